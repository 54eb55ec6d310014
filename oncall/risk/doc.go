// Package risk warns of what is allowed in a plan and bears a risk: gaps, rotas of few people, too little rest, duty in
// an absence, late changes, interruptions close to each other.
//
// The way through it: an Outlook is all that warnings are made from. Outlook.Warnings looks twelve weeks ahead at each
// rota (warning.go) and at each person over all rotas (person.go), and four weeks behind at interruptions.
//
// A Warning with a Person is for that person and for operators; who shows warnings has to hold that.
//
// An example. A rota of two people is warned of as an error, for one of them is always on duty:
//
//	list := risk.Outlook{Board: oncall.Board{Rotas: rotas, People: people}}.Warnings(now)
//	list[0].Kind // risk.WarnFewPeople
package risk
