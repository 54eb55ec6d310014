package measure

import (
	"cmp"
	"slices"
	"time"

	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/workstate"
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

	order int
	id    int64
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
	var entries []Entry
	for _, st := range stays {
		entries = append(entries, ledgerEntries(x, s, st)...)
	}
	slices.SortFunc(entries, func(a, b Entry) int { // an issue has one entry of an order: no two are equal
		if c := a.Time.Compare(b.Time); c != 0 {
			return c
		}
		return cmp.Or(naming.CompareKeys(a.Issue, b.Issue), cmp.Compare(a.id, b.id), a.order-b.order)
	})
	l := &Ledger{Entries: []Entry{}}
	for _, e := range entries {
		l.Post(e)
	}
	l.tidySums()
	return l
}

// ledgerEntries lists what one issue does to the sprint, commitment included.
func ledgerEntries(x *index.Index, s index.SprintSpan, st index.Membership) []Entry {
	var out []Entry
	issue := x.Key(st.Issue)
	add := func(at time.Time, kind Kind, delta float64) {
		if kind == Commit || delta != 0 {
			out = append(out, Entry{Time: at.UTC(), Issue: issue, Kind: kind, Delta: delta, order: len(out),
				id: st.Issue})
		}
	}
	before := st.At(s.Start)
	if before.In && before.State != workstate.Done {
		add(s.Start, Commit, before.Points())
	}
	post := func(b index.MemberSnapshot, kind Kind, delta float64) { add(b.At, kind, delta) }
	for _, b := range st.Snapshots {
		if !b.At.After(s.Start) {
			continue
		}
		postChange(before, b, post)
		before = b
	}
	return out
}

// postChange says what one change of an issue does to the ledger.
func postChange(a, b index.MemberSnapshot, post func(index.MemberSnapshot, Kind, float64)) {
	wasOpen, isOpen := a.In && a.State != workstate.Done, b.In && b.State != workstate.Done
	switch {
	case !a.In && isOpen:
		post(b, Add, b.Points())
	case wasOpen && !b.In:
		post(b, Remove, -a.Points())
	case wasOpen && isOpen:
		post(b, Reestimate, b.Points()-a.Points())
	case wasOpen && b.In: // a change of estimate in the same step comes first
		post(b, Reestimate, b.Points()-a.Points())
		post(b, Complete, -b.Points())
	case a.In && isOpen:
		post(b, Reopen, b.Points())
	}
}

// Post adds an entry to the sums.
func (l *Ledger) Post(e Entry) {
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
	e.Remaining = amount.Tidy(l.Remaining)
	e.Delta = amount.Tidy(e.Delta)
	l.Entries = append(l.Entries, e)
}

func (l *Ledger) tidySums() {
	for _, sum := range []*float64{&l.Commitment, &l.Added, &l.Removed, &l.Reestimated, &l.Completed, &l.Reopened,
		&l.Remaining} {
		*sum = amount.Tidy(*sum)
	}
}
