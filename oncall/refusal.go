package oncall

// RefusalKind is how a refusal is answered.
type RefusalKind string

// The kinds of refusals.
const (
	Invalid   RefusalKind = "invalid"   // a field is missing, unknown or malformed
	Forbidden RefusalKind = "forbidden" // not theirs to do
	NotFound  RefusalKind = "not_found"
	Conflict  RefusalKind = "conflict" // the rules of the contract say no
)

// Refusal is why something was not done, and what would help.
type Refusal struct {
	Kind    RefusalKind
	Message string
	Hint    string
}

// Error returns the message and the hint.
func (r *Refusal) Error() string {
	if r.Hint == "" {
		return r.Message
	}
	return r.Message + ": " + r.Hint
}
