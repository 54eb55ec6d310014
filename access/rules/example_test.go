package rules_test

import (
	"fmt"

	"jerem/access/rules"
)

// Whoever is logged in looks at all teams but a restricted one; ada decides on call, and so do the leads.
func Example() {
	r := rules.DefaultRules()
	ada, _ := rules.ParseMatcher("ada")
	leads, _ := rules.ParseMatcher("groups=leads")
	metal, _ := rules.ParseMatcher("groups=metal")
	r.Roles[rules.Operator] = []rules.Matcher{ada, leads}
	r.Teams = map[string][]rules.Matcher{"Metal": {metal}}
	teams := []string{"Kubernetes", "Metal"}
	for _, who := range []rules.Identity{{Login: "ada"}, {Login: "ben"},
		{Login: "cleo", Claims: map[string][]string{"groups": {"leads", "metal"}}}} {
		v := r.VisitorOf(who, teams)
		fmt.Println(v.Login, v.Roles, v.Teams, v.May(rules.Operator))
	}
	// Output:
	// ada [viewer operator] [Kubernetes] true
	// ben [viewer] [Kubernetes] false
	// cleo [viewer operator] [Kubernetes Metal] true
}
