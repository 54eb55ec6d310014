package sprint

import (
	"fmt"
	"time"

	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
)

// eventLine is an entry of the ledger: ID is that of its row, which the marks of the burndown link to.
type eventLine struct{ ID, Time, Key, Address, Title, What, Delta, Remaining string }

// fillEvents lists the entries of the ledger, each with its issue and from what to what it went.
func (m *page) fillEvents(team *measure.Team, sp *measure.Sprint, at time.Time, base, keep string) {
	issues := map[string]*measure.IssueHistory{}
	for n, e := range sp.Ledger.Entries {
		h, known := issues[e.Issue]
		if !known {
			h, _ = team.Issue(e.Issue, at)
			issues[e.Issue] = h
		}
		m.Events = append(m.Events, eventLine{fmt.Sprintf("ev-%d", n+1), m.W.Short(e.Time), e.Issue,
			frame.IssueAddress(base, e.Issue, keep), format.TitleOf(h), eventWords(m.W, e, h),
			m.W.SignedColumn(e.Delta),
			m.W.Column(e.Remaining)})
	}
}

// eventWords says what an entry is, and from what to what: a status or an estimate.
func eventWords(w format.Words, e measure.Entry, h *measure.IssueHistory) string {
	word := format.KindWords[e.Kind]
	if h == nil {
		return word
	}
	switch e.Kind {
	case measure.Complete, measure.Reopen:
		if from, to, changed := changeAt(h.Status, e.Time); changed {
			return word + ", " + from + " → " + to
		}
	case measure.Reestimate:
		if from, to, changed := changeAt(h.Estimate, e.Time); changed {
			return word + ", " + w.AmountOrNone(from) + " → " + w.AmountOrNone(to)
		}
	}
	return word
}

// changeAt returns what a field was until a moment and from it on; false where it did not change then.
func changeAt[T any](list []measure.Held[T], at time.Time) (from, to T, changed bool) {
	for n := 1; n < len(list); n++ {
		if list[n].From.Equal(at) {
			if !changed {
				from = list[n-1].Value
			}
			to, changed = list[n].Value, true
		}
	}
	return from, to, changed
}
