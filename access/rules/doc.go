// Package rules says who may do what and see which team. It is pure: an [Identity], as a proxy or an identity provider
// tells it, and the [Rules] of the configuration make a [Visitor].
//
// Its words:
//
//   - A [Role] is what a visitor may do: look, swap own duties, decide on call, see pay. A role gives what it says and
//     nothing else: who decides on call without being a viewer sees no sprint.
//   - A [Matcher] tells of whom a rule speaks: `*` is whoever is logged in, `groups=leads` whoever has that claim,
//     anything else one login.
//   - A restricted team is one that access.teams names. For a visitor who may not see it it does not exist: it is in no
//     list, sum, stream or total.
//
// An example, with `access.roles: {viewer: ["*"], operator: [ada, "groups=leads"]}` and
// `access.teams: {Metal: ["groups=metal"]}`: whoever is logged in is a viewer, and sees all teams but Metal; ada may
// decide on call, and so may who has the group leads:
//
//	v := r.VisitorOf(rules.Identity{Login: "ada"}, []string{"Kubernetes", "Metal"})
//	// Roles [viewer operator], Teams [Kubernetes]
//	v.May(rules.Operator) // true
package rules
