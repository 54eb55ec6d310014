package interruption

import (
	"cmp"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/sorting"
)

// Verdict is what a person says of a call-out.
type Verdict string

// The verdicts. A test counts nowhere but in the list of alerts and, with 0 cents, in its person's statement.
const (
	Unset  Verdict = "unset"
	Useful Verdict = "useful"
	Noise  Verdict = "noise"
	Test   Verdict = "test"
)

// Origin is how a call-out became known.
type Origin string

// The origins: the pager named the person, the person on duty was presumed, or somebody entered it.
const (
	FromSource Origin = "source"
	Presumed   Origin = "presumed"
	ByHand     Origin = "hand"
)

// Alert is what a monitoring source reported.
type Alert struct {
	ID                                           int64
	Source, Fingerprint, Rule, Service, Severity string
	Team                                         string
	First, Last, Acknowledged, Resolved          time.Time // zero where it did not happen
}

// Callout is an interruption of a person.
type Callout struct {
	ID           int64
	Team, Rota   string // Rota is "" where the person was in none of the team's
	Level        int    // 0 where the person was in no rota
	Person       string
	Started      time.Time
	Acknowledged time.Time // zero: never
	Ended        time.Time // not before Started; EndOf gives it where nobody said it
	Assumed      bool      // nobody said when it ended
	Alerts       []int64
	Issue        string
	Verdict      Verdict // "" is Unset
	Origin       Origin
	Confirmed    bool // of a presumed one: its person, or an operator for them, acknowledged or judged it
}

// Span returns the time of the call-out, from its start to its end, whenever it was acknowledged.
func (c Callout) Span() civil.Span {
	return civil.Span{Start: c.Started, End: calendar.LaterOf(c.Started, c.Ended)}
}

// ByStart returns call-outs in the order of their start, those of one moment by ID.
func ByStart(list []Callout) []Callout {
	out := slices.Clone(list)
	sorting.By(out, func(a, b Callout) int {
		return cmp.Or(a.Started.Compare(b.Started), cmp.Compare(a.ID,
			b.ID))
	})
	return out
}

// assumedCallout is how long a call-out lasts after its last page or click where nobody says its end.
const assumedCallout = time.Hour

// EndOf returns the end of a call-out of which nobody said it: when its alerts are resolved, but no later than one
// hour after the last page to or click of its person. A page or click after that hour moves nothing. resolved is
// when the last of its alerts was resolved, zero while one is open. hasEnded is false while it still runs at now;
// the end is then now.
func EndOf(started, resolved time.Time, touches []time.Time, now time.Time) (end time.Time, hasEnded bool) {
	limit := started.Add(assumedCallout)
	sorted := slices.SortedFunc(slices.Values(touches), time.Time.Compare)
	for _, t := range sorted {
		if !t.After(limit) && !t.After(now) {
			limit = calendar.LaterOf(limit, t.Add(assumedCallout))
		}
	}
	end = limit
	if !resolved.IsZero() {
		end = calendar.LaterOf(started, calendar.EarlierOf(limit, resolved))
	}
	if end.After(now) {
		return calendar.LaterOf(started, now), false
	}
	return end, true
}

// RotaOf returns the rota and level of a call-out that names its person: the team's rota in which the person is on
// duty at its start, the lowest level first, else those of none.
func RotaOf(schedules []*oncall.Schedule, team, person string, started time.Time) (rota string, level int) {
	for _, s := range schedules {
		of, at := s.TeamAt(started)
		d, ok := s.At(started)
		if ok && of == team && d.Person == person && person != "" && (rota == "" || at < level) {
			rota, level = s.Rota, at
		}
	}
	return rota, level
}

// PresumedPerson returns who is presumed to have been called for a team: who is on duty at level 1. The person is ""
// where nobody is.
func PresumedPerson(schedules []*oncall.Schedule, team string, t time.Time) (rota, person string) {
	for _, s := range schedules {
		of, level := s.TeamAt(t)
		d, ok := s.At(t)
		if ok && of == team && level == 1 && d.Person != "" {
			return s.Rota, d.Person
		}
	}
	return "", ""
}

// disturbedNight is a person's local night, whatever the night of pay is.
var disturbedNight = oncall.Window{From: 22 * 60 * 60, To: 8 * 60 * 60}

// NightOf returns the date on which the person's local night that holds t began; ok is false by day.
func NightOf(p oncall.Person, t time.Time) (night calendar.Date, ok bool) {
	return disturbedNight.BeganOn(t, p.Zone)
}
