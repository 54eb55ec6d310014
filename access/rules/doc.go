// Package rules says who may do what and see which team. It is pure: an [Identity] and the [Rules] of the configuration
// make a [Visitor].
//
// An example, with `access.roles: {operator: [ada, "groups=leads"]}` and `access.teams: {Metal: ["groups=metal"]}`:
// whoever is logged in is a viewer, as nothing else is said of viewers, and sees all teams but Metal; ada may decide on
// call, and so may who has the group leads:
//
//	v := r.VisitorOf(rules.Identity{Login: "ada"}, []string{"Kubernetes", "Metal"})
//	// Roles [viewer operator], Teams [Kubernetes]
package rules
