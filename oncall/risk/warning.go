package risk

import (
	"cmp"
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/interruption"
	"jerem/sorting"
)

// WarningKind is what a warning is about.
type WarningKind string

// The kinds of warnings.
const (
	WarnGap           WarningKind = "gap"
	WarnFewPeople     WarningKind = "few_people"
	WarnManyPeople    WarningKind = "many_people"
	WarnShare         WarningKind = "share"
	WarnRest          WarningKind = "rest"
	WarnTwoAtOnce     WarningKind = "two_at_once"
	WarnAbsence       WarningKind = "absence"
	WarnLate          WarningKind = "late"
	WarnIdle          WarningKind = "idle"
	WarnNoContact     WarningKind = "no_contact"
	WarnInterruptions WarningKind = "interruptions"
	WarnSetAside      WarningKind = "set_aside" // events of a source could not be understood
)

// Warning is something of the next 12 weeks, or for interruptions of the last 4, that is allowed and bears a risk. One
// with a Person is for that person and operators.
type Warning struct {
	Kind       WarningKind
	IsError    bool // else a warning
	Rota       string
	Person     string
	Change     int64
	civil.Span // zero where it is about the rota as a whole
	Text       string
}

// Absence is when a person is away, dates of their zone, both included.
type Absence struct {
	ID       int64
	Person   string
	From, To calendar.Date
}

// Span returns the time of an absence in the person's zone.
func (a Absence) Span(zone *time.Location) civil.Span {
	return civil.Span{Start: civil.Midnight(a.From, zone), End: civil.Midnight(a.To.Add(1), zone)}
}

// Outlook is all that warnings are made from.
type Outlook struct {
	Board    oncall.Board
	Absences []Absence
	Callouts []interruption.Callout
	Paging   map[string]bool // the teams that page
	Rest     time.Duration
	Notice   civil.Period
}

// The numbers of section 2.
const (
	weeksAhead        = 12
	weeksBehind       = 4
	fewPeople         = 5
	tooFewPeople      = 3
	manyPeople        = 10
	largestShare      = 4 // one part in four
	manyInterruptions = 2
	halfDay           = 12 * time.Hour
)

// Warnings returns the warnings at a moment, by rota in the order of the file, then by start.
func (o Outlook) Warnings(now time.Time) []Warning {
	var out []Warning
	var duties []duty
	for _, r := range o.Board.Rotas {
		s := oncall.NewSchedule(r, o.Board.People, o.Board.Changes)
		if len(s.ActiveVersions()) == 0 {
			continue
		}
		ahead := civil.Span{Start: now,
			End: civil.Period{Number: weeksAhead, Unit: civil.Weeks}.Later(now, s.ZoneAt(now))}
		out = append(out, o.ofRota(r, s, ahead)...)
		for _, g := range s.Segments(ahead) {
			if !g.IsGap() {
				duties = append(duties, duty{r.Name, g})
			}
		}
		out = append(out, o.noContact(s, ahead)...)
	}
	out = append(out, o.ofPeople(duties)...)
	return append(out, o.warnOfInterruptions(now)...)
}

// ofRota returns the warnings about one rota.
func (o Outlook) ofRota(r oncall.Rota, s *oncall.Schedule, ahead civil.Span) []Warning {
	var out []Warning
	for _, g := range s.Gaps(ahead) {
		out = append(out, Warning{Kind: WarnGap, Rota: r.Name, Span: g.Span,
			Text: fmt.Sprintf("nobody is on duty in %s", r.Name)})
	}
	out = append(out, warnOfSize(s, ahead.Start)...)
	out = append(out, warnOfShares(s, ahead.Start)...)
	idle := s.IdleSeconds()
	for _, c := range s.Changes() {
		if seconds := idle[c.ID]; seconds > 0 && c.InForce().Meets(ahead) {
			out = append(out, Warning{Kind: WarnIdle, Rota: r.Name, Change: c.ID, Span: c.Span,
				Text: fmt.Sprintf("change %d has no effect for %d s", c.ID, seconds)})
		}
		if ahead.Holds(c.Start) && o.isLate(c.Answered, c.Start, s.ZoneAt(c.Start)) {
			out = append(out, Warning{Kind: WarnLate, Rota: r.Name, Change: c.ID, Span: c.Span,
				Text: fmt.Sprintf("change %d was accepted less than %s before it begins", c.ID,
					periodInWords(o.Notice))})
		}
	}
	for _, p := range s.ActiveVersions() {
		if ahead.Holds(p.Start) && !p.FirstRead.IsZero() && o.isLate(p.FirstRead, p.Start, p.Zone) {
			out = append(out, Warning{Kind: WarnLate, Rota: r.Name, Span: civil.Span{Start: p.Start, End: p.Start},
				Text: fmt.Sprintf("the version from %s was read less than %s before it begins", p.From,
					periodInWords(o.Notice))})
		}
	}
	return out
}

func (o Outlook) isLate(known, begins time.Time, zone *time.Location) bool {
	return o.Notice.Number > 0 && begins.Before(o.Notice.Later(known, zone))
}

// warnOfSize warns of a rota of too few or too many people, by the version that runs. Who has several turns of a round
// is one person.
func warnOfSize(s *oncall.Schedule, now time.Time) []Warning {
	n := len(s.VersionFor(now).DistinctPeople())
	isOver := len(s.ActiveVersions()) > 0 && !now.Before(s.ActiveVersions()[len(s.ActiveVersions())-1].End)
	switch {
	case isOver:
		return nil
	case n < fewPeople:
		return []Warning{{Kind: WarnFewPeople, IsError: n < tooFewPeople, Rota: s.Rota,
			Text: fmt.Sprintf("%s has %s, fewer than %d", s.Rota, countPeople(n), fewPeople)}}
	case n > manyPeople:
		return []Warning{{Kind: WarnManyPeople, Rota: s.Rota,
			Text: fmt.Sprintf("%s has %s, more than %d", s.Rota, countPeople(n), manyPeople)}}
	}
	return nil
}

func countPeople(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// warnOfShares warns of a person with more than a quarter of the next two rounds, whole turns, the running one first.
func warnOfShares(s *oncall.Schedule, now time.Time) []Warning {
	running, ok := s.At(now)
	n := len(s.VersionFor(now).People)
	if !ok || n < fewPeople {
		return nil
	}
	whole := civil.Span{Start: running.Turn.Start, End: running.Turn.Start}
	for count := 0; count < 2*n; count++ {
		next, ok := s.At(whole.End)
		if !ok {
			break
		}
		whole.End = next.Turn.End
	}
	seconds := map[string]int64{}
	var total int64
	for _, g := range s.Segments(whole) {
		total += g.Seconds()
		seconds[g.Person] += g.Seconds()
	}
	var out []Warning
	for person, n := range seconds {
		if person != "" && n*largestShare > total {
			out = append(out, Warning{Kind: WarnShare, Rota: s.Rota, Person: person, Span: whole,
				Text: fmt.Sprintf("%d %% of the next two rounds of %s are one person's, more than a quarter",
					n*100/total, s.Rota)})
		}
	}
	sorting.By(out, func(a, b Warning) int { return cmp.Compare(a.Person, b.Person) })
	return out
}

// periodInWords is a period as a sentence tells it: 15 days, 1 month.
func periodInWords(p civil.Period) string {
	unit := map[civil.Unit]string{civil.Days: "day", civil.Weeks: "week", civil.Months: "month"}[p.Unit]
	if p.Number != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", p.Number, unit)
}
