// Package risk warns of what is allowed in a plan and bears a risk. Nothing is refused here: who plans decides.
//
// Its words:
//
//   - An [Outlook] is all that warnings are made from: the board of rotas, people and changes, absences, call-outs.
//   - A [Warning] is of a rota or of a person, of a span or of the whole. One with a Person is for that person and for
//     operators; who shows warnings has to hold that.
//   - Its kind ([WarningKind]) is what it is about: gaps that nobody covers, few or many people, one with too large a
//     share, too little rest, two duties at once, duty in an absence, a change told late, interruptions close to each
//     other.
//
// The way through it: Outlook.Warnings looks twelve weeks ahead at each rota (warning.go) and at each person over all
// rotas (person.go), and four weeks behind at interruptions.
//
// An example. A rota of two people is warned of as an error, for one of them is always on duty:
//
//	list := risk.Outlook{Board: oncall.Board{Rotas: rotas, People: people}}.Warnings(now)
//	list[0].Kind // risk.WarnFewPeople
package risk
