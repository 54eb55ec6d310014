package oncall

import (
	"cmp"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall/civil"
	"jerem/sorting"
)

// Kind is what a change is.
type Kind string

// The kinds of a change. An exchange is two changes of one group.
const (
	Cover    Kind = "cover"
	Exchange Kind = "exchange"
	Take     Kind = "take"
)

// State is how far a change has come.
type State string

// The states of a change. An accepted one is in force; of a cancelled one only what lies before CancelledFrom.
const (
	Open      State = "open"
	Accepted  State = "accepted"
	Declined  State = "declined"
	Withdrawn State = "withdrawn"
	Cancelled State = "cancelled"
	Expired   State = "expired"
)

// Reason is why an operator set something for others. The list is fixed: free text would gather what is
// nobody's business.
type Reason string

// The reasons of operators.
const (
	Agreed     Reason = "agreed"
	Absent     Reason = "absence"
	Correction Reason = "correction"
	Other      Reason = "other"
)

// IsReason tells whether r is on the list.
func IsReason(r Reason) bool { return slices.Contains([]Reason{Agreed, Absent, Correction, Other}, r) }

// Change puts To in the place of From in a rota, for a span. A row of the ledger: its span, kind and persons
// never change.
type Change struct {
	ID    int64
	Seq   int64 // given when it comes into force; 0 before
	Group int64 // the ID of the first change of an exchange, shared by both; 0 for others
	Kind  Kind
	Rota  string
	civil.Span
	From, To      string // handles; To is "" while everybody of the rota is asked
	State         State
	Asked         time.Time
	AskedBy       string // a handle, or the name under which an operator acts
	Answered      time.Time
	AnsweredBy    string
	CancelledAt   time.Time
	CancelledFrom time.Time // from here on it is no longer in force
	Reason        Reason    // of operators only
}

// InForce returns the span in which the change counts; empty where it never did.
func (c Change) InForce() civil.Span {
	switch c.State {
	case Accepted:
		return c.Span
	case Cancelled:
		if c.Seq == 0 {
			return civil.Span{}
		}
		return civil.Span{Start: c.Start, End: calendar.EarlierOf(c.End, c.CancelledFrom)}
	}
	return civil.Span{}
}

// orderChanges returns the changes of a rota that count at some moment, in the order in which they came into force.
func orderChanges(rota string, changes []Change) []Change {
	var out []Change
	for _, c := range changes {
		if c.Rota == rota && !c.InForce().Empty() {
			out = append(out, c)
		}
	}
	sorting.By(out, func(a, b Change) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID)) })
	return out
}
