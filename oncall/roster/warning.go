package roster

import (
	"context"
	"fmt"
	"slices"

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
	Why    string // of the last one
}

// Text tells it.
func (s SetAside) Text() string {
	if s.Events == 1 {
		return fmt.Sprintf("an event of the source %s is set aside: %s", s.Source, s.Why)
	}
	return fmt.Sprintf("%d events of the source %s are set aside, the last one: %s", s.Events, s.Source, s.Why)
}

// SetAsideOf counts the events that are set aside, by their source, in the order of their first ones.
func SetAsideOf(events []RawEvent) []SetAside {
	var out []SetAside
	for _, e := range events {
		if e.Why == "" {
			continue
		}
		i := slices.IndexFunc(out, func(s SetAside) bool { return s.Source == e.Source })
		if i < 0 {
			i, out = len(out), append(out, SetAside{Source: e.Source})
		}
		out[i].Events++
		out[i].Why = e.Why
	}
	return out
}

// SetAsideFor returns what is set aside, for operators who see all teams: of which one an event is, nobody knows.
func (r *Roster) SetAsideFor(ctx context.Context, a Actor, events Events) ([]SetAside, error) {
	isKept := slices.ContainsFunc(r.File.Teams, func(t plan.Team) bool { return !a.Sees(t.Name) })
	if !a.Operator || isKept {
		return nil, nil
	}
	list, err := events.EventsToRun(ctx, true)
	return SetAsideOf(list), err
}
