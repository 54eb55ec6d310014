package measure

import (
	"cmp"
	"slices"
	"time"
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

// ledger keeps the account of a span.
func (t *Team) ledger(s span, stays []stay) *Ledger {
	var entries []Entry
	for _, st := range stays {
		entries = append(entries, t.entries(s, st)...)
	}
	slices.SortStableFunc(entries, func(a, b Entry) int {
		if c := a.Time.Compare(b.Time); c != 0 {
			return c
		}
		return cmp.Or(compareKeys(a.Issue, b.Issue), cmp.Compare(a.id, b.id), a.order-b.order)
	})
	l := &Ledger{Entries: []Entry{}}
	for _, e := range entries {
		l.post(e)
	}
	l.tidy()
	return l
}

// entries lists what one issue does to the sprint, commitment included.
func (t *Team) entries(s span, st stay) []Entry {
	var out []Entry
	post := func(b seen, kind Kind, delta float64) {
		if kind == Commit || delta != 0 {
			out = append(out, Entry{Time: b.at.UTC(), Issue: t.key(st.issue), Kind: kind, Delta: delta, order: len(out), id: st.issue})
		}
	}
	before := st.until(s.start)
	if before.in && before.state != Done {
		start := before
		start.at = s.start
		post(start, Commit, before.points())
	}
	for _, b := range st.beats {
		if !b.at.After(s.start) {
			continue
		}
		change(before, b, post)
		before = b
	}
	return out
}

// change says what one change of an issue does to the ledger.
func change(a, b seen, post func(seen, Kind, float64)) {
	wasOpen, isOpen := a.in && a.state != Done, b.in && b.state != Done
	switch {
	case !a.in && isOpen:
		post(b, Add, b.points())
	case wasOpen && !b.in:
		post(b, Remove, -a.points())
	case wasOpen && isOpen:
		post(b, Reestimate, b.points()-a.points())
	case wasOpen && b.in: // a change of estimate in the same step comes first
		post(b, Reestimate, b.points()-a.points())
		post(b, Complete, -b.points())
	case a.in && isOpen:
		post(b, Reopen, b.points())
	}
}

// post adds an entry to the sums.
func (l *Ledger) post(e Entry) {
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
	e.Remaining = tidy(l.Remaining)
	e.Delta = tidy(e.Delta)
	l.Entries = append(l.Entries, e)
}

func (l *Ledger) tidy() {
	for _, sum := range []*float64{&l.Commitment, &l.Added, &l.Removed, &l.Reestimated, &l.Completed, &l.Reopened, &l.Remaining} {
		*sum = tidy(*sum)
	}
}
