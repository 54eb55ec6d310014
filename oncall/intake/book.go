package intake

import (
	"fmt"
	"slices"
	"time"

	"jerem/oncall"
	"jerem/oncall/interruption"
	"jerem/oncall/plan"
)

// Alert is an alert with its name at its source and the events that were entered of it.
type Alert struct {
	interruption.Alert
	PagerID string
	Events  []AlertEvent
}

// AlertEvent is an event of an alert, which counts once.
type AlertEvent struct {
	State State     `json:"state"`
	At    time.Time `json:"at"`
}

// Book is the alerts and call-outs that events are entered into. The lists it was made of are not changed.
type Book struct {
	Now       time.Time // of the one who enters; what lies further ahead of it than clocks differ is not understood
	Schedules []*oncall.Schedule
	File      plan.File
	Paging    map[string]bool // teams that page themselves: nobody of them is presumed
	Alerts    []Alert
	Callouts  []Callout

	alerts, callouts  []int64 // the IDs of what was changed
	isAlreadyCopied   bool
	nextAlert, nextID int64
}

// Enter enters an event of a source. The reason tells why it cannot be understood; nothing was changed then.
func (b *Book) Enter(source plan.Source, e Event) (reason string) {
	b.copyLists()
	if reason := aheadOf(b.Now, e); reason != "" {
		return reason
	}
	if e.Team == "" {
		e.Team = source.Team
	}
	if _, isKnown := b.File.TeamNamed(e.Team); !isKnown {
		return fmt.Sprintf("%q is no team of the file", e.Team)
	}
	if e.Person != "" {
		handle := b.handleOf(e.Person)
		if handle == "" {
			return "person is nobody of on-call"
		}
		e.Person = handle
	}
	if b.wasEntered(source.Name, e) {
		return ""
	}
	if source.Kind == plan.Alertmanager {
		b.enterOfKnownStart(source.Name, e)
		return ""
	}
	return b.enterOfPager(source.Name, e)
}

// How far ahead of our clock an event of a source may lie: as far as clocks differ, but for an end, which a source may
// tell before it comes.
const (
	mostAhead    = 10 * time.Minute
	mostAheadEnd = 24 * time.Hour
)

// LiesAhead tells of an event that cannot have happened yet, which [Book.Enter] refuses until its moment has come.
func LiesAhead(e Event, now time.Time) bool { return aheadOf(now, e) != "" }

// aheadOf tells of an event that cannot have happened by now.
func aheadOf(now time.Time, e Event) (reason string) {
	most := mostAhead
	if e.State == Resolved {
		most = mostAheadEnd
	}
	at := e.At
	if e.Start.After(now.Add(mostAhead)) {
		at, most = e.Start, mostAhead
	}
	if !at.After(now.Add(most)) {
		return ""
	}
	return fmt.Sprintf("%s lies ahead: it is %s; set the clock of the source right", at.UTC().Format(time.RFC3339),
		now.UTC().Format(time.RFC3339))
}

func (b *Book) copyLists() {
	if b.isAlreadyCopied {
		return
	}
	b.Alerts, b.Callouts, b.isAlreadyCopied = slices.Clone(b.Alerts), slices.Clone(b.Callouts), true
	for _, a := range b.Alerts {
		b.nextAlert = max(b.nextAlert, a.ID)
	}
	for _, c := range b.Callouts {
		b.nextID = max(b.nextID, c.ID)
	}
}

// handleOf returns the handle of a person who is named by handle or login, "" for nobody of the file.
func (b *Book) handleOf(name string) string {
	for _, p := range b.File.People {
		if p.Handle == name {
			return name
		}
	}
	return b.File.HandleOf(name)
}

// wasEntered tells whether the event was entered before: one event is of one name at the source, state and moment. Of
// a source that tells the start of an alert with each event, the start tells alerts of one name apart.
func (b *Book) wasEntered(source string, e Event) bool {
	return slices.ContainsFunc(b.Alerts, func(a Alert) bool {
		isSame := a.Source == source && a.PagerID == e.PagerID && (e.Start.IsZero() || a.First.Equal(e.Start))
		return isSame && slices.ContainsFunc(a.Events, func(x AlertEvent) bool {
			return x.State == e.State && x.At.Equal(e.At)
		})
	})
}

// enterOfKnownStart enters an event that tells the start of its alert: firing and resolved may come in any order.
func (b *Book) enterOfKnownStart(source string, e Event) {
	i := slices.IndexFunc(b.Alerts, func(a Alert) bool {
		return a.Source == source && a.Fingerprint == e.Fingerprint && a.First.Equal(e.Start)
	})
	isNew := i < 0
	if isNew {
		i = b.openAlert(source, e, e.Start)
	}
	b.noteEvent(i, e)
	if isNew {
		b.presumeCallout(i)
	}
}

// enterOfPager enters an event of a source that names its alerts: a firing opens one or is a page of the one that is
// open then; anything else needs one that is open.
func (b *Book) enterOfPager(source string, e Event) (reason string) {
	i := b.alertOpenAt(source, e)
	isNew := i < 0
	switch {
	case isNew && e.State != Firing:
		return fmt.Sprintf("no alert of this id was open when it was %s", e.State)
	case isNew:
		i = b.openAlert(source, e, e.At)
	}
	b.noteEvent(i, e)
	switch {
	case e.State == Firing && e.Person != "":
		b.pagePerson(i, e)
	case isNew:
		b.presumeCallout(i)
	case e.State == Acknowledged:
		b.acknowledgeCallout(i, e)
	}
	return ""
}

// alertOpenAt returns the alert of the name that was open at the moment of an event, else -1.
func (b *Book) alertOpenAt(source string, e Event) int {
	for i, a := range slices.Backward(b.Alerts) {
		isSame := a.Source == source && a.PagerID == e.PagerID
		isOver := !a.Resolved.IsZero() && !e.At.Before(a.Resolved)
		if isSame && !e.At.Before(a.First) && !isOver {
			return i
		}
	}
	return -1
}

func (b *Book) openAlert(source string, e Event, start time.Time) int {
	b.nextAlert++
	b.Alerts = append(b.Alerts, Alert{PagerID: e.PagerID, Alert: interruption.Alert{ID: b.nextAlert, Source: source,
		Fingerprint: e.Fingerprint, Rule: e.Rule, Service: e.Service, Severity: e.Severity, Team: e.Team,
		First: start, Last: start}})
	return len(b.Alerts) - 1
}

// noteEvent keeps an event of an alert. Once resolved an alert stays so; the first resolution counts and the first
// acknowledgement, by their moments, in whatever order they come.
func (b *Book) noteEvent(i int, e Event) {
	a := &b.Alerts[i]
	a.Events = append(slices.Clone(a.Events), AlertEvent{e.State, e.At})
	if e.At.After(a.Last) {
		a.Last = e.At
	}
	switch {
	case e.State == Resolved && (a.Resolved.IsZero() || e.At.Before(a.Resolved)):
		a.Resolved = e.At
	case e.State == Acknowledged && (a.Acknowledged.IsZero() || e.At.Before(a.Acknowledged)):
		a.Acknowledged = e.At
	}
	b.alerts = append(b.alerts, a.ID)
}

// ChangedAlerts returns the alerts that are new or differ, in order of their IDs.
func (b *Book) ChangedAlerts() []Alert {
	return slices.DeleteFunc(slices.Clone(b.Alerts), func(a Alert) bool { return !slices.Contains(b.alerts, a.ID) })
}

// ChangedCallouts returns the call-outs that are new or differ, in order of their IDs.
func (b *Book) ChangedCallouts() []Callout {
	return slices.DeleteFunc(slices.Clone(b.Callouts), func(c Callout) bool {
		return !slices.Contains(b.callouts, c.ID)
	})
}
