package rules

import (
	"fmt"
	"slices"
	"strings"
)

// Role is what a visitor may do. A role gives what it says and nothing else: who decides on call without being a viewer
// sees no sprint.
type Role string

// The roles.
const (
	Viewer   Role = "viewer"   // pages and API of the teams that the visitor may see
	Member   Role = "member"   // own duties on call, and their swaps
	Operator Role = "operator" // on-call's changes for others, decisions, events read again
	Pay      Role = "pay"      // statements of pay
	Badge    Role = "badge"    // the badge and the card of one team: for tokens alone
)

// roles are those that the configuration may give, in the order in which a visitor has them.
var roles = []Role{Viewer, Member, Operator, Pay}

// ParseTokenRole reads the name of a role that a token may have: those of the configuration, and badge. A token is no
// person, so it has no duties of its own and is no member.
func ParseTokenRole(text string) (Role, error) {
	allowed := []Role{Viewer, Operator, Pay, Badge}
	if r := Role(text); slices.Contains(allowed, r) {
		return r, nil
	}
	return "", fmt.Errorf("a token cannot have the role %q; it can have %s", text, listRoles(allowed))
}

func listRoles(list []Role) string {
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}
