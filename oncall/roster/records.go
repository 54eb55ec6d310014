package roster

import (
	"cmp"
	"context"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/intake"
	"jerem/oncall/risk"
)

// Records keep what on-call must remember.
type Records interface {
	// State returns all that is kept, as of one moment.
	State(ctx context.Context) (State, error)
	// Update hands what is kept to decide and keeps what it returns, in one transaction; of several at once each sees
	// what the one before kept. An error of decide comes back as it is, and nothing was kept.
	Update(ctx context.Context, decide func(State) (Writes, error)) error
}

// State is all that is kept, each list in order of its IDs. Whoever has it reads it only.
type State struct {
	Kept        oncall.Kept
	Clock       Clock // of this machine; as of the last look at it that was kept
	Changes     []oncall.Change
	Absences    []risk.Absence
	Alerts      []intake.Alert
	Callouts    []intake.Callout
	Decisions   []Decision
	Frozen      []FrozenMonth // in order of the months
	NotAdjusted map[string]civil.Month
	Dropped     civil.Month // the statements of the months before it were kept long enough and are gone; zero for none
	LastAbsence int64       // the highest ID that an absence ever had
}

// Writes are rows to keep: those with a known ID replace what stood there, others are new.
type Writes struct {
	Kept           *oncall.Kept // nil to leave it
	Clock          *Clock       // nil to leave it
	Changes        []oncall.Change
	Absences       []risk.Absence
	AbsencesEnded  []int64 // absences that are taken back
	Alerts         []intake.Alert
	Callouts       []intake.Callout
	Decisions      []Decision
	Frozen         *FrozenMonth // nil for none
	Notices        []Notice
	Journal        []Entry
	EventsFinished []EventResult
}

// appendAll appends the rows of other writes.
func (w *Writes) appendAll(other Writes) {
	w.Changes = append(w.Changes, other.Changes...)
	w.Absences = append(w.Absences, other.Absences...)
	w.AbsencesEnded = append(w.AbsencesEnded, other.AbsencesEnded...)
	w.Alerts = append(w.Alerts, other.Alerts...)
	w.Callouts = append(w.Callouts, other.Callouts...)
	w.Decisions = append(w.Decisions, other.Decisions...)
	w.Notices = append(w.Notices, other.Notices...)
	w.Journal = append(w.Journal, other.Journal...)
	w.EventsFinished = append(w.EventsFinished, other.EventsFinished...)
	if other.Kept != nil {
		w.Kept = other.Kept
	}
	if other.Clock != nil {
		w.Clock = other.Clock
	}
	if other.Frozen != nil {
		w.Frozen = other.Frozen
	}
}

// Decision is what a team decided about an alert rule. The last one of a rule holds.
type Decision struct {
	ID         int64
	Team, Rule string
	Kind       DecisionKind
	Review     calendar.Date // when to look again; zero for page
	At         time.Time
	By         string
}

// DecisionKind is how alerts of a rule are to reach people.
type DecisionKind string

// The kinds of decisions.
const (
	PageAlways  DecisionKind = "page"
	DaytimeOnly DecisionKind = "daytime"
	MakeTicket  DecisionKind = "ticket"
	DropAlert   DecisionKind = "drop"
)

// FrozenMonth is a month whose statements were approved. Their bodies never change, byte for byte.
type FrozenMonth struct {
	Month      civil.Month
	At         time.Time
	By         string
	Statements []FrozenStatement
}

// FrozenStatement is a statement as it was approved.
type FrozenStatement struct {
	Person, Currency string
	Body             []byte // JSON, as the API answers it
}

// NoticeKind is what a person is told by message.
type NoticeKind string

// The kinds of notices.
const (
	NoticeAsked    NoticeKind = "asked"
	NoticeAccepted NoticeKind = "accepted"
	NoticeDeclined NoticeKind = "declined"
	NoticeRelieved NoticeKind = "relieved"
	NoticeExpired  NoticeKind = "expired"
	NoticeSet      NoticeKind = "set" // an operator set or cancelled a change of theirs
)

// Notice is a message that is due to a person, once.
type Notice struct {
	ID     int64
	Person string
	Kind   NoticeKind
	Change int64 // what it is about
	Due    time.Time
	Sent   time.Time // zero while it is due
}

// Entry is a line of the journal: who changed what, when, from where. It is written once.
type Entry struct {
	At     time.Time
	Who    string // a login, the name of a token, or the source of alerts
	What   string
	Source string // the address that it came from
	Args   string
}

// EventResult is what became of a raw event.
type EventResult struct {
	ID    int64
	At    time.Time
	Why   string // why it was set aside; "" where it was understood
	Cause AsideCause
}

// AsideCause is why an event was set aside, in a word that is kept beside the reason; "" where it was understood.
type AsideCause string

// The causes.
const (
	Ahead         AsideCause = "ahead" // its moment has not come: it is tried again by itself
	NotUnderstood AsideCause = "other" // something is to be mended first
)

// After returns the state once rows were kept, as reading everything again would; ok is false for what has to be read:
// the past and frozen months.
func (s State) After(w Writes) (after State, ok bool) {
	if w.Kept != nil || w.Frozen != nil {
		return State{}, false
	}
	if w.Clock != nil {
		s.Clock = *w.Clock
	}
	s.Changes = replaceByID(s.Changes, w.Changes, func(c oncall.Change) int64 { return c.ID })
	s.Absences = replaceByID(s.Absences, w.Absences, func(a risk.Absence) int64 { return a.ID })
	if len(w.AbsencesEnded) > 0 {
		s.Absences = slices.DeleteFunc(slices.Clone(s.Absences), func(a risk.Absence) bool {
			return slices.Contains(w.AbsencesEnded, a.ID)
		})
	}
	for _, a := range w.Absences {
		s.LastAbsence = max(s.LastAbsence, a.ID)
	}
	s.Alerts = replaceByID(s.Alerts, w.Alerts, func(a intake.Alert) int64 { return a.ID })
	s.Callouts = replaceByID(s.Callouts, w.Callouts, func(c intake.Callout) int64 { return c.ID })
	s.Decisions = replaceByID(s.Decisions, w.Decisions, func(d Decision) int64 { return d.ID })
	return s, true
}

// replaceByID returns a list in order of IDs with rows replaced or added; the list itself is not changed.
func replaceByID[T any](list, rows []T, id func(T) int64) []T {
	if len(rows) == 0 {
		return list
	}
	out := slices.Clone(list)
	for _, row := range rows {
		i, found := slices.BinarySearchFunc(out, id(row),
			func(x T, wanted int64) int { return cmp.Compare(id(x), wanted) })
		if found {
			out[i] = row
			continue
		}
		out = slices.Insert(out, i, row)
	}
	return out
}
