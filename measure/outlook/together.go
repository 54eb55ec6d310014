package outlook

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/internal/recall"
	"jerem/measure/internal/roadmap"
	"jerem/measure/internal/workstate"
	"jerem/measure/outlook/inputs"
	"jerem/measure/words"
)

// mostTogether is how many values are kept of several teams in a quarter: a few of each initiative.
const mostTogether = 256

// togetherKey names what is kept of several teams in a quarter, with the first of them.
type togetherKey struct{ name roadmap.QuarterName }

// chained are things in a row, in a form that compares.
type chained struct{ last, before any }

// recallTogether returns a value of several teams in a quarter, computing it where the one that is kept rests on
// something else. The key names the value; nobody changes it.
func recallTogether[V any](teams []Asked, name roadmap.QuarterName, key, rests any, compute func() V) V {
	kept := measure.InStep(teams[0].Team, teams[0].asOf(name), togetherKey{name}, func() *recall.Memo {
		return &recall.Memo{Most: mostTogether}
	})
	return recall.Latest(kept, key, rests, compute)
}

// asOf is the moment as of which a quarter of the team is told.
func (a Asked) asOf(name roadmap.QuarterName) time.Time { return a.Team.Roadmap.Span(name).AsOf(a.At) }

// stepsOf are the histories and the steps in which several teams are told, in a form that compares; false where one of
// them has no step.
func stepsOf(teams []Asked, name roadmap.QuarterName) (steps any, known bool) {
	for _, asked := range teams {
		step, known := asked.Team.StepAt(asked.asOf(name))
		if !known {
			return nil, false
		}
		steps = chained{step, steps}
	}
	return steps, len(teams) > 0
}

// Part is what a team has of an initiative, in issues.
type Part struct {
	Team         string
	Done, Issues int
}

// PartsOf returns what each team has of an initiative in a quarter, in the order of the teams; none where no epic
// belongs to it.
func PartsOf(teams []Asked, initiative string, name measure.QuarterName) []Part {
	var out []Part
	parts, _, _ := partsOf(teams, initiative, name)
	for _, p := range parts {
		out = append(out, Part{p.asked.Team.History().Team.Name, p.issues - p.open, p.issues})
	}
	return out
}

// sharedEpics are epics of an initiative that a team has and that count with one that is asked before it.
type sharedEpics struct {
	team, with string
	keys       []string
}

// sharingReasons say with which team they count.
func (s sharedEpics) sharingReasons() (r grade.Reasons) {
	r.Add(grade.OnInitiatives, grade.Partial, "%s of %s too, counted there: %s", words.Count(len(s.keys), "epic"),
		s.with, strings.Join(s.keys, ", "))
	return r
}

// partsOf gathers what the teams do for an initiative, each epic once, and what all of it rests on in a form that
// compares.
func partsOf(teams []Asked, initiative string, name roadmap.QuarterName) (parts []initiativePart, shared []sharedEpics,
	rests any) {
	counted := map[measure.EpicIdentity]string{} // with which team each epic counts
	for _, asked := range teams {
		kept := keptPart(asked, initiative, name, nil)
		if without, with := countedElsewhere(kept.epics, counted, asked.Team); len(without) > 0 {
			kept, shared = keptPart(asked, initiative, name, without), append(shared, with...)
		}
		if kept.projection == nil {
			continue
		}
		for _, epic := range kept.epics {
			counted[measure.IdentityOf(asked.Team.Index.Issues.Of(epic))] = asked.Team.Index.History.Team.Name
		}
		part := *kept
		part.asked, part.projection = asked, kept.projection.asOf(asked.Team, asked.asOf(name))
		parts, rests = append(parts, part), chained{kept, rests}
	}
	if len(shared) > 0 {
		rests = chained{fmt.Sprint(shared), rests}
	}
	return parts, shared, rests
}

// countedElsewhere returns those epics of a team that count with other teams, and says so team by team.
func countedElsewhere(epics []int64, counted map[measure.EpicIdentity]string, team *measure.Team) (without []int64,
	told []sharedEpics) {
	for _, epic := range epics {
		with, shared := counted[measure.IdentityOf(team.Index.Issues.Of(epic))]
		if !shared {
			continue
		}
		without = append(without, epic)
		n := slices.IndexFunc(told, func(s sharedEpics) bool { return s.with == with })
		if n < 0 {
			n, told = len(told), append(told, sharedEpics{team: team.Index.History.Team.Name, with: with})
		}
		told[n].keys = append(told[n].keys, team.Index.Issues.Of(epic).Key.Last())
	}
	return without, told
}

// keptPart gathers what a team does for an initiative, without epics that count with other teams: its epics are taken
// in turn, so what remains of those before the last one of the initiative comes first. It is of any moment of the step.
func keptPart(asked Asked, initiative string, name roadmap.QuarterName, without []int64) *initiativePart {
	at := asked.asOf(name)
	key := partKey{initiative: initiative, name: name}
	if len(without) > 0 {
		key.without = fmt.Sprint(without)
	}
	return measure.InStep(asked.Team, at, key, func() *initiativePart {
		part := gatherPart(asked.Team, initiative, without, asked.Team.Roadmap.Span(name), at)
		part.projection = part.projection.withoutTeam()
		return &part
	})
}

// partKey names what a team does for an initiative, which is the same throughout a step.
type partKey struct {
	initiative string
	name       roadmap.QuarterName
	without    string // epics
}

// gatherPart is keptPart at a moment of the quarter; it has no projection where the team has no epic of it.
func gatherPart(team *measure.Team, initiative string, without []int64, span roadmap.QuarterSpan,
	at time.Time) initiativePart {
	name := span.Name
	var all, own []int64
	var members []roadmap.Member
	for _, m := range team.Roadmap.EpicsOf(name, at) {
		all = append(all, m.Issue.ID)
		named := roadmap.Initiative(team.Roadmap.Index.History.Team.Initiative, m.Issue.Labels.At(at))
		if named == initiative && !slices.Contains(without, m.Issue.ID) {
			own, members = append(own, m.Issue.ID), append(members, m)
		}
	}
	if len(own) == 0 {
		return initiativePart{}
	}
	p := initiativePart{deadline: span.Last, epics: own}
	for _, m := range members {
		p.countIssues(team, m, span, at)
	}
	u := inputs.TeamWork{Unit: team.Index.Unit, Team: team}
	u.Known = inputs.LookUpEpics(u, at)
	turns := u.Known.Order(all)
	last := 0
	for place, epic := range turns {
		if slices.Contains(own, epic) {
			last = place
		}
	}
	p.projection = projectEpics(u, turns[:last+1], own, span, at)
	return p
}

// countIssues counts the issues of an epic, without what was done before a quarter into which the epic is carried over.
func (p *initiativePart) countIssues(team *measure.Team, m roadmap.Member, span roadmap.QuarterSpan, at time.Time) {
	for id, b := range team.Index.IssuesOfEpic(m.Issue.ID, at) {
		if !team.Roadmap.Takes(m, span, id, at) {
			continue
		}
		p.issues++
		if b.State() != workstate.Done {
			p.open++
		}
	}
}

// projectEpics gathers the inputs for a list of epics; where those that are asked for are done, nothing is left.
func projectEpics(u inputs.TeamWork, epics, asked []int64, span roadmap.QuarterSpan, at time.Time) *projection {
	o := &projection{team: u.Team, at: at, unit: u}
	o.scope = o.unit.ScopeInTurn(epics, asked, at)
	o.scope.Deadline = &span.Last
	o.gatherInputs(About(u.Team), true)
	return o
}
