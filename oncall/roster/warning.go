package roster

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jerem/oncall/civil"
	"jerem/oncall/interruption"
	"jerem/oncall/plan"
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

// SetAside is what is set aside of a source.
type SetAside struct {
	Source string
	Events int
	Since  time.Time // when the first of them was received
	Why    string    // of the last one
}

// AsideRemedy is what to do about events that are set aside.
const AsideRemedy = "mend it and run jerem oncall replay; what is set aside goes after oncall.keep.events"

// Text tells it.
func (s SetAside) Text() string {
	if s.Events == 1 {
		return fmt.Sprintf("an event of the source %s is set aside: %s", s.Source, s.Why)
	}
	return fmt.Sprintf("%d events of the source %s are set aside, the last one: %s", s.Events, s.Source, s.Why)
}

// SetAsideFor returns what is set aside, for operators who see all teams: of which one an event is, nobody knows.
func (r *Roster) SetAsideFor(ctx context.Context, a Actor, events Events) ([]SetAside, error) {
	isKept := slices.ContainsFunc(r.File.Teams, func(t plan.Team) bool { return !a.Sees(t.Name) })
	if !a.Operator || isKept {
		return nil, nil
	}
	return events.EventsSetAside(ctx)
}
