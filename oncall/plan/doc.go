// Package plan is what the section `oncall` of the configuration says, read and checked: people, rotas, pay, sources of
// alerts. It is pure: who reads the file makes a [File], and all that decides takes one.
//
// A File is what the team wants from now on. What has begun is kept elsewhere and outranks it (oncall.Kept).
//
// An example, as a file with one rota of Kubernetes says it:
//
//	f := plan.File{Rotas: []oncall.Rota{k8s}, People: []oncall.Person{ada, ben}, Zone: paris,
//		Logins: map[string]string{"ada@example.org": "ada"}, Teams: []plan.Team{{Name: "Kubernetes", Zone: paris}}}
//	f.HandleOf("ada@example.org") // ada
package plan
