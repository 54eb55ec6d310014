package issue

import (
	"fmt"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/issuehistory"
	"jerem/web/format"
	"jerem/web/frame"
)

// countLine is a figure that the issue counts in: with how much, and of how much in all.
type countLine struct {
	Of, Page, Figure, Address, Part, Value, Unit string

	name  string // of the figure, in the catalogue
	part  float64
	whole *float64
	unit  string // of the API
}

// countGroup is the figures of one sprint or epic that the issue counts in.
type countGroup struct {
	Of, Page string
	Lines    []countLine
}

// CountGroups parts the figures that the issue counts in by what they are figures of.
func (p page) CountGroups() []countGroup {
	var out []countGroup
	for _, line := range p.Counts {
		if n := len(out); n == 0 || out[n-1].Page != line.Page {
			out = append(out, countGroup{Of: line.Of, Page: line.Page})
		}
		last := &out[len(out)-1]
		last.Lines = append(last.Lines, line)
	}
	return out
}

// fillCounts lists the figures of sprints and of its epic that the issue is a part of.
func (p *page) fillCounts(team *measure.Team, issue *issuehistory.History, at time.Time, asked string) {
	w, name := format.WordsOf(team), team.History().Team.Name
	for _, id := range sprintsOf(team, issue, at) {
		sp, err := team.Sprint(id, at)
		if err != nil {
			continue
		}
		subject := []string{"team", name, "sprint", fmt.Sprint(id), "at", asked}
		for _, line := range partsOf(issue.Key, explain.Sprint(team, sp), w, subject) {
			line.Of, line.Page = sp.Name, frame.WithQuery(fmt.Sprintf("%s/sprints/%d", frame.TeamAddress(name), id),
				"at", asked)
			p.Counts = append(p.Counts, line)
		}
	}
	epic := issue.Epic[len(issue.Epic)-1].Value
	if epic == nil {
		return
	}
	quarter, ok := measure.QuarterOfEpic(team, *epic, at)
	if !ok {
		return
	}
	list, _ := explain.Epic(team, *epic, quarter, at)
	for _, line := range partsOf(issue.Key, list, w, []string{"team", name, "epic", *epic, "at", asked}) {
		line.Of, line.Page = *epic+" in "+quarter.String(), frame.WithQuery(frame.TeamAddress(name)+"/roadmap",
			"quarter",
			quarter.String(), "at", asked)
		p.Counts = append(p.Counts, line)
	}
}

// sprintsOf are the sprints of the team that an issue was in, or was worked on during, in order of their ids.
func sprintsOf(team *measure.Team, issue *issuehistory.History, at time.Time) []int64 {
	var ids []int64
	for _, head := range team.Sprints(at) {
		in := slices.ContainsFunc(issue.Sprints,
			func(h issuehistory.Held[[]int64]) bool { return slices.Contains(h.Value, head.ID) })
		worked := head.Start != nil && slices.ContainsFunc(issue.Worklogs, func(l issuehistory.LoggedTime) bool {
			return !l.Started.Before(*head.Start) && (head.Complete == nil || l.Started.Before(*head.Complete))
		})
		if in || worked {
			ids = append(ids, head.ID)
		}
	}
	return ids
}

// partsOf are the figures of a list that an issue is a part of; subject names in their addresses what they are one of.
// What tells only states, or a share of other figures, is left to these.
func partsOf(key string, list []explanation.Explanation, w format.Words, subject []string) []countLine {
	var out []countLine
	for _, e := range list {
		sum, counts := 0.0, false
		for _, i := range e.Inputs {
			if i.Issue == key && i.Term != "" && i.Value != nil {
				sum, counts = sum+*i.Value, true
			}
		}
		if !counts || explanation.RunningSums(e) == nil {
			continue
		}
		line := countLine{Figure: e.Shown.Name, Value: e.Shown.Value, Unit: unitWord(e),
			Part: writePart(sum, e, w), name: e.Figure.Name, part: sum, whole: e.Value, unit: e.Unit}
		line.Address = frame.WithQuery("/explain", append([]string{"figure", e.Figure.Name}, subject...)...)
		out = append(out, line)
	}
	return out
}

// unitWord is the unit of a figure as its value is written in it.
func unitWord(e explanation.Explanation) string {
	unit := e.Unit
	if unit == string(agile.Seconds) {
		unit = "hours"
	}
	return format.UnitOf(e.Shown.Value, unit)
}

// writePart writes an amount of a figure with its sign, in the unit of the figure.
func writePart(x float64, e explanation.Explanation, w format.Words) string {
	if e.Unit != string(w.Unit) {
		w.Unit = agile.Unit(e.Unit)
	}
	return w.Signed(x)
}
