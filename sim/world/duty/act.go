package duty

import "time"

// Kind is what an act does.
type Kind string

// The kinds of acts. Of is the act that the later ones are about.
const (
	Ask         Kind = "ask"         // By asks To, or everybody where To is "", for a change
	Accept      Kind = "accept"      // By accepts the request of Of
	Decline     Kind = "decline"     // By declines it
	Withdraw    Kind = "withdraw"    // By withdraws it
	CancelRest  Kind = "cancel rest" // the operator cancels what lies ahead of it
	Absent      Kind = "absent"      // By is away from From to Until, both included
	Fire        Kind = "fire"        // the pager of Team tells that an alert fires
	Confirm     Kind = "confirm"     // By acknowledges the alert of Of: at the pager where it names people
	Resolve     Kind = "resolve"     // the pager tells that the alert of Of is resolved
	Judge       Kind = "judge"       // By gives a verdict on the call-out of Of
	SetTimes    Kind = "set times"   // By sets start and end of the call-out of Of right
	LinkIssue   Kind = "link issue"  // By says which issue the call-out of Of is
	EnterByHand Kind = "enter"       // By enters a call-out that no pager told
	DecideRule  Kind = "decide"      // By decides about an alert rule of Team
	Freeze      Kind = "freeze"      // By approves the statements of Month
)

// Act is something that happens at a moment. Only the fields that its kind needs are filled.
type Act struct {
	N    int // its place among all acts, from 1
	At   time.Time
	Kind Kind
	By   string // a handle, Operator or Treasurer; "" for a pager
	Of   int    // the number of the act that it is about

	Change     string // cover, exchange or take
	Rota       string
	Start, End time.Time // of a change or a call-out
	Giver      string    // whose duty it is, where the operator sets it
	To         string
	Against    *Side
	Reason     string // of the operator, or of noise

	From, Until string // dates of an absence

	Team, Source      string
	Rule, Fingerprint string
	Person            string // whom the pager called, "" where it does not tell
	Verdict           string
	Issue             string
	Decision, Review  string
	Month             string

	label, about int // how the generator tells which act it means, before acts have numbers
}

// Side is what the other side of an exchange gives.
type Side struct {
	Rota       string
	Start, End time.Time
}
