package roster

import (
	"slices"

	"jerem/oncall/civil"
	"jerem/oncall/interruption"
	"jerem/oncall/risk"
)

// WarningsFor returns the warnings that an actor may see: those about a rota of their teams are for all, those about a
// person for that person and operators.
func WarningsFor(v *View, a Actor) []risk.Warning {
	outlook := risk.Outlook{Board: v.Board, Absences: v.State.Absences, Callouts: v.Callouts(), Rest: v.File.Rest,
		Notice: v.File.Notice}
	return slices.DeleteFunc(outlook.Warnings(v.Now), func(w risk.Warning) bool {
		isOthers := w.Person != "" && w.Person != a.Handle && (!a.Operator || !SeesPerson(v, a, w.Person))
		return isOthers || w.Rota != "" && checkRotaSeen(v, a, w.Rota) != nil
	})
}

// Load returns what on-call asks of a team in a span.
func (v *View) Load(team string, in civil.Span) interruption.Load {
	return interruption.LoadOf(v.schedules, v.Board.People, v.Callouts(), team, in, v.File.Rest)
}
