package measure

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"jerem/agile"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/workstate"
	"jerem/sorting"
)

// Kind says what an entry of the ledger does.
type Kind string

// The kinds of an entry.
const (
	Commit     Kind = "commit"
	Add        Kind = "add"
	Remove     Kind = "remove"
	Reestimate Kind = "reestimate"
	Complete   Kind = "complete"
	Reopen     Kind = "reopen"
)

// Entry is one change of what remains of a sprint.
type Entry struct {
	Time      time.Time `json:"time"`
	Issue     string    `json:"issue"` // the present key
	Kind      Kind      `json:"kind"`
	Delta     float64   `json:"delta"`     // signed, in the unit of the team
	Remaining float64   `json:"remaining"` // what remains after it

	NoAmount bool `json:"-"` // the issue has no estimate: the event moves nothing
	order    int
	id       int64
}

// Ledger is the account of a sprint. Its sums satisfy
//
//	Commitment + Added − Removed + Reestimated − Completed + Reopened = Remaining
//
// and Remaining is what a recount of the open issues in the sprint gives, at every event.
type Ledger struct {
	Commitment  float64 `json:"commitment"`
	Added       float64 `json:"added"`
	Removed     float64 `json:"removed"`
	Reestimated float64 `json:"reestimated"`
	Completed   float64 `json:"completed"`
	Reopened    float64 `json:"reopened"`
	Remaining   float64 `json:"remaining"`
	Entries     []Entry `json:"entries"`
}

// LedgerOf keeps the account of a span.
func LedgerOf(x *index.Index, s index.SprintSpan, stays []index.Membership) *Ledger {
	return keepLedger(x, s, stays, isInLedger)
}

// isInLedger tells whether an entry stands in the ledger: the commitment does, other ones where they move an amount.
func isInLedger(e Entry) bool { return e.Kind == Commit || e.Delta != 0 }

// Events lists what happened in a sprint: the entries of its ledger, and among them what moves no amount, as the end of
// an issue that has no estimate. Nil for a sprint without a ledger.
func Events(t *Team, s *Sprint) []Entry {
	n := slices.IndexFunc(t.Index.History.Sprints, func(one agile.Sprint) bool { return one.ID == s.ID })
	if n < 0 || s.Ledger == nil {
		return nil
	}
	span := t.Index.SprintSpan(s.ID, t.Index.History.Sprints[n].At(s.At), s.At)
	return keepLedger(t.Index, span, t.Index.Memberships(span), func(e Entry) bool {
		return e.Kind != Reestimate || e.Delta != 0
	}).Entries
}

// ListEntries lists the entries of the ledger of a sprint of which the sums are told. Nothing of them is kept: of a
// long sprint they are half a megabyte.
func ListEntries(t *Team, s *Sprint) (entries []Entry) {
	n := slices.IndexFunc(t.Index.History.Sprints, func(one agile.Sprint) bool { return one.ID == s.ID })
	if n < 0 || s.Ledger == nil {
		return nil
	}
	span := t.Index.SprintSpan(s.ID, t.Index.History.Sprints[n].At(s.At), s.At)
	index.LookAtMemberships(t.Index, span, func(stays []index.Membership) {
		entries = LedgerOf(t.Index, span, stays).Entries
	})
	return entries
}

// keepLedger keeps the account of those entries that count.
func keepLedger(x *index.Index, s index.SprintSpan, stays []index.Membership, counts func(Entry) bool) *Ledger {
	l := &Ledger{}
	eachEntry(x, s, stays, counts, func(entries []Entry) {
		l.Entries = make([]Entry, 0, len(entries))
		for _, e := range entries {
			l.Post(e)
		}
	})
	l.tidySums()
	return l
}

// sumLedger is [LedgerOf] without its entries; some tells whether it has any.
func sumLedger(x *index.Index, s index.SprintSpan, stays []index.Membership) (l *Ledger, some bool) {
	l = &Ledger{}
	eachEntry(x, s, stays, isInLedger, func(entries []Entry) {
		some = len(entries) > 0
		for _, e := range entries {
			l.SumUp(e)
		}
	})
	l.tidySums()
	return l, some
}

// entryRooms is the memory in which entries are put in order: those of a long sprint are half a megabyte.
var entryRooms = sync.Pool{New: func() any { return new([]Entry) }}

// eachEntry hands over the entries that count, in their order; their list is another's when it returns.
func eachEntry(
	x *index.Index, s index.SprintSpan, stays []index.Membership, counts func(Entry) bool, take func([]Entry),
) {
	room := entryRooms.Get().(*[]Entry)
	defer entryRooms.Put(room)
	entries := (*room)[:0]
	for _, st := range stays {
		entries = appendEntries(entries, x, s, st, counts)
	}
	*room = entries
	sorting.By(entries, func(a, b Entry) int { // an issue has one entry of an order: no two are equal
		if c := a.Time.Compare(b.Time); c != 0 {
			return c
		}
		return cmp.Or(naming.CompareKeys(a.Issue, b.Issue), cmp.Compare(a.id, b.id), a.order-b.order)
	})
	take(entries)
}

// appendEntries lists what one issue does to the sprint, commitment included, as far as it counts.
func appendEntries(
	out []Entry, x *index.Index, s index.SprintSpan, st index.Membership, counts func(Entry) bool,
) []Entry {
	issue, first := x.Key(st.Issue), len(out)
	add := func(at time.Time, kind Kind, delta float64, known bool) {
		e := Entry{Time: at.UTC(), Issue: issue, Kind: kind, Delta: delta, NoAmount: !known, order: len(out) - first,
			id: st.Issue}
		if counts(e) {
			out = append(out, e)
		}
	}
	before := st.At(s.Start)
	if before.In && before.State() != workstate.Done {
		add(s.Start, Commit, before.Points(), before.Estimate().Known)
	}
	for _, b := range st.Snapshots {
		if !b.At().After(s.Start) {
			continue
		}
		postChange(before, b, func(kind Kind, delta float64) {
			add(b.At(), kind, delta, before.Estimate().Known || b.Estimate().Known)
		})
		before = b
	}
	return out
}

// postChange says what one change of an issue does to the ledger.
func postChange(a, b index.MemberSnapshot, post func(Kind, float64)) {
	wasOpen, isOpen := a.In && a.State() != workstate.Done, b.In && b.State() != workstate.Done
	switch {
	case !a.In && isOpen:
		post(Add, b.Points())
	case wasOpen && !b.In:
		post(Remove, -a.Points())
	case wasOpen && isOpen:
		post(Reestimate, b.Points()-a.Points())
	case wasOpen && b.In: // a change of estimate in the same step comes first
		post(Reestimate, b.Points()-a.Points())
		post(Complete, -b.Points())
	case a.In && isOpen:
		post(Reopen, b.Points())
	}
}

// Post adds an entry.
func (l *Ledger) Post(e Entry) {
	l.SumUp(e)
	e.Remaining = amount.Tidy(l.Remaining)
	e.Delta = amount.Tidy(e.Delta)
	l.Entries = append(l.Entries, e)
}

// SumUp adds an entry to the sums alone.
func (l *Ledger) SumUp(e Entry) {
	switch e.Kind {
	case Commit:
		l.Commitment += e.Delta
	case Add:
		l.Added += e.Delta
	case Remove:
		l.Removed -= e.Delta
	case Reestimate:
		l.Reestimated += e.Delta
	case Complete:
		l.Completed -= e.Delta
	case Reopen:
		l.Reopened += e.Delta
	}
	l.Remaining += e.Delta
}

func (l *Ledger) tidySums() {
	for _, sum := range []*float64{&l.Commitment, &l.Added, &l.Removed, &l.Reestimated, &l.Completed, &l.Reopened,
		&l.Remaining} {
		*sum = amount.Tidy(*sum)
	}
}
