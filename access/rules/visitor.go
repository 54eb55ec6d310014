package rules

import "slices"

// Visitor is who asks, what they may do, and which teams they may see. For a visitor a team that they may not see does
// not exist: it is in no list, sum, stream or total.
type Visitor struct {
	Login string // "" where nobody logs in; of a token its name
	Token bool   // a program with a token, no person
	Roles []Role
	Teams []string // in the order of the configuration
}

// May tells whether the visitor has a role.
func (v Visitor) May(role Role) bool { return slices.Contains(v.Roles, role) }
