// Package plan is what the section `oncall` of the configuration says, read and checked: people, rotas, pay, sources of
// alerts. It is pure: who reads the file makes a [File], and all that decides takes one.
//
// Its words:
//
//   - A File is what the team wants from now on, with defaults in place of what is not set. What has begun is kept
//     elsewhere and outranks it (oncall.Kept).
//   - A handle is the name that a team chooses for a person; a login is what an identity provider calls them. The file
//     joins the two ([File.HandleOf]).
//   - A [Source] is what sends alerts to /hooks/{name}, in the form of its [Kind]. It is believed by a secret, of which
//     a hash is held; there is more than one while it is being changed ([Source.Accepts]).
//   - A [Team] is one of `projects`, with its zone: a source says whose alerts it sends, or which label says so.
//
// An example, as a file with one rota of Kubernetes says it:
//
//	f := plan.File{Rotas: []oncall.Rota{k8s}, People: []oncall.Person{ada, ben}, Zone: paris,
//		Logins: map[string]string{"ada@example.org": "ada"}, Teams: []plan.Team{{Name: "Kubernetes", Zone: paris}}}
//	f.HandleOf("ada@example.org") // ada
//	f.TeamNamed("Kubernetes")     // the team, true
package plan
