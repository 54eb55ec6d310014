package intake

import (
	"slices"
	"time"

	"jerem/oncall/interruption"
	"jerem/sorting"
)

// Callout is a call-out as it is kept. Where nobody said when it ended, its end follows from alerts and touches; see
// interruption.EndOf.
type Callout struct {
	ID           int64
	Team, Rota   string // Rota is "" where the person was in none of the team's
	Level        int    // 0 where the person was in no rota
	Person       string
	Started      time.Time
	Acknowledged time.Time   // zero: never
	Ended        time.Time   // as somebody said it; zero: nobody did
	Touches      []time.Time // pages to and clicks of its person
	Alerts       []int64
	Issue        string
	Verdict      interruption.Verdict // "" is unset
	Reason       NoiseReason          // of noise
	Origin       interruption.Origin
	Confirmed    bool // of a presumed one: its person, or an operator for them, acknowledged or judged it
}

// NoiseReason is why a call-out was noise. The list is fixed.
type NoiseReason string

// The reasons of noise.
const (
	NoAction       NoiseReason = "no_action"
	Duplicate      NoiseReason = "duplicate"
	HealsItself    NoiseReason = "heals_itself"
	WrongThreshold NoiseReason = "wrong_threshold"
	NotOurs        NoiseReason = "not_ours"
)

// IsNoiseReason tells whether r is on the list.
func IsNoiseReason(r NoiseReason) bool {
	return slices.Contains([]NoiseReason{NoAction, Duplicate, HealsItself, WrongThreshold, NotOurs}, r)
}

// pagePerson enters a page to a person whom the source named.
func (b *Book) pagePerson(alert int, e Event) {
	a := b.Alerts[alert]
	rota, level := interruption.RotaOf(b.Schedules, a.Team, e.Person, e.At)
	b.placePage(a.ID, Callout{Team: a.Team, Rota: rota, Level: level, Person: e.Person, Started: e.At,
		Origin: interruption.FromSource})
}

// presumeCallout enters the page that the start of an alert was, to the person on duty at level 1 then. A team that
// pages itself presumes nobody.
func (b *Book) presumeCallout(alert int) {
	a := b.Alerts[alert]
	rota, person := interruption.PresumedPerson(b.Schedules, a.Team, a.First)
	if person == "" || b.Paging[a.Team] {
		return
	}
	b.placePage(a.ID, Callout{Team: a.Team, Rota: rota, Level: 1, Person: person, Started: a.First,
		Origin: interruption.Presumed})
}

// runsAt tells whether a call-out has begun and not ended at t.
func (b *Book) runsAt(c Callout, t time.Time) bool {
	if t.Before(c.Started) {
		return false
	}
	if !c.Ended.IsZero() {
		return t.Before(c.Ended)
	}
	_, hasEnded := interruption.EndOf(c.Started, b.resolutionOf(c), c.Touches, t)
	return !hasEnded
}

// resolutionOf returns when the last alert of a call-out was resolved, zero while one is open or where it has none.
func (b *Book) resolutionOf(c Callout) time.Time {
	var last time.Time
	for _, a := range b.Alerts {
		switch {
		case !slices.Contains(c.Alerts, a.ID):
		case a.Resolved.IsZero():
			return time.Time{}
		case a.Resolved.After(last):
			last = a.Resolved
		}
	}
	return last
}

func (b *Book) openCallout(c Callout) int {
	b.nextID++
	c.ID = b.nextID
	b.Callouts = append(b.Callouts, c)
	return len(b.Callouts) - 1
}

// touchCallout adds a page of an alert to a call-out.
func (b *Book) touchCallout(i int, alert int64, at time.Time) {
	c := &b.Callouts[i]
	c.Touches = append(slices.Clone(c.Touches), at)
	sorting.By(c.Touches, time.Time.Compare)
	if !slices.Contains(c.Alerts, alert) {
		c.Alerts = append(slices.Clone(c.Alerts), alert)
	}
	b.callouts = append(b.callouts, c.ID)
}

// acknowledgeCallout enters that a person acknowledged an alert: their call-out that holds it and began last before is
// acknowledged by it, and a presumed one is confirmed.
func (b *Book) acknowledgeCallout(alert int, e Event) {
	id := b.Alerts[alert].ID
	for i, c := range slices.Backward(b.Callouts) {
		if e.Person == "" || c.Person != e.Person || !slices.Contains(c.Alerts, id) || e.At.Before(c.Started) {
			continue
		}
		if c.Acknowledged.IsZero() || e.At.Before(c.Acknowledged) {
			b.Callouts[i].Acknowledged = e.At
		}
		b.Callouts[i].Confirmed = true
		b.touchCallout(i, id, e.At)
		return
	}
}
