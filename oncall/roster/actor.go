package roster

import (
	"fmt"
	"slices"
	"time"

	"jerem/oncall"
)

// Actor is who asks for something, with what they may do.
type Actor struct {
	Handle   string // "" for one who is nobody of on-call
	Login    string // under which the journal keeps the act; "" where nobody logs in
	Operator bool
	Pay      bool
	Teams    []string // that they may see
	Source   string   // the address that the request came from
}

// operatorName stands in lists for an operator without a handle: a login is not shown.
const operatorName = "operator"

// LedgerName is the name under which lists show an act.
func (a Actor) LedgerName() string {
	if a.Handle != "" {
		return a.Handle
	}
	return operatorName
}

func (a Actor) onBoard() oncall.Actor {
	return oncall.Actor{Handle: a.Handle, Name: a.LedgerName(), Operator: a.Operator}
}

// Sees tells whether the actor may see a team.
func (a Actor) Sees(team string) bool { return slices.Contains(a.Teams, team) }

// Is tells whether a person, by their handle, is the actor themself.
func (a Actor) Is(person string) bool { return a.Handle != "" && a.Handle == person }

// journalEntry makes a line of the journal.
func (a Actor) journalEntry(now time.Time, what, format string, args ...any) Entry {
	return Entry{At: now, Who: a.Login, What: what, Source: a.Source, Args: fmt.Sprintf(format, args...)}
}

// CheckBecause tells whether an actor may set something for a person, and why they do: an operator says so from the
// list of reasons, a person needs none for themself.
func (a Actor) CheckBecause(person string, because oncall.Reason) error {
	switch {
	case because != "" && !oncall.IsReason(because):
		return newRefusal(oncall.Invalid, fmt.Sprintf("%q is no reason", because), reasonHint)
	case because != "" && !a.Operator:
		return newRefusal(oncall.Forbidden, "only an operator gives a reason", "Leave out because.")
	case person == a.Handle && a.Handle != "":
		return nil
	case !a.Operator:
		return newRefusal(oncall.Forbidden, "it is somebody else's", "An operator may set it, with a reason.")
	case because == "":
		return newRefusal(oncall.Invalid, "because is missing", reasonHint)
	}
	return nil
}

const reasonHint = "because is one of agreed, absence, correction, other."

func newRefusal(kind oncall.RefusalKind, message, hint string) error {
	return &oncall.Refusal{Kind: kind, Message: message, Hint: hint}
}
