package report

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/issuehistory"
	"jerem/measure/sprintreport"
	"jerem/web/format"
	"jerem/web/frame"
)

// Group is one list of the sprint as Jira's report has it, with its sum.
type Group struct {
	Name, Sum string
	Opened    string // address of what the sum is made from
	Count     int
	Lines     []Line
}

// Line is an issue of a sprint. Under names the parent of a sub-task; it stands below its parent where that is in
// the same list.
type Line struct {
	Key, Address, Summary, State, Estimate, Note, Under string
	Nested, Impediment                                  bool
}

// Links are what the lists lead to: the pages of issues, of the team at Base with the query Keep, and the address that
// opens a sum.
type Links struct{ Base, Keep, Sum string }

// Lists are what was in a sprint as Jira's own report lists it: completed, not completed, completed outside, removed.
// None where the sprint has no ledger.
func Lists(team *measure.Team, sp *measure.Sprint, at time.Time, to Links) []Group {
	d, err := sprintreport.Compare(team, sp.ID, at)
	if err != nil || d == nil {
		return nil
	}
	var out []Group
	w, lists := format.WordsOf(team), reportRows(d)
	lines := lineMaker{w, team, sp, at, to.Base, to.Keep, impedimentKeys(sp)}
	for _, one := range reportLists {
		group := Group{Name: one.name, Sum: w.Count(d.Sums[one.list].Final), Count: len(lists[one.list]),
			Opened: to.Sum}
		for _, row := range lists[one.list] {
			group.Lines = append(group.Lines, lines.issueLine(row))
		}
		group.Lines = underParents(group.Lines)
		out = append(out, group)
	}
	return out
}

// Planned is what stands in a sprint that has not begun.
func Planned(team *measure.Team, sp *measure.Sprint, at time.Time, to Links) Group {
	w := format.WordsOf(team)
	planned := sp.ToDo.Estimate + sp.Doing.Estimate + sp.Done.Estimate
	group := Group{Name: "Planned", Sum: w.Count(planned), Count: len(sp.Issues), Opened: to.Sum}
	for _, i := range sp.Issues {
		group.Lines = append(group.Lines, Line{Key: i.Key, Address: frame.IssueAddress(to.Base, i.Key, to.Keep),
			Summary: i.Summary, State: format.StateWords[i.State], Estimate: w.AmountOrNone(i.Estimate),
			Under: parentOf(team, i.Key, at)})
	}
	group.Lines = underParents(group.Lines)
	return group
}

// Reading says in a sentence how much stands in each list.
func Reading(groups []Group) template.HTML {
	return readLists(groups, func(g Group) string { return g.Sum })
}

// CountReading says in a sentence how many issues stand in each list.
func CountReading(groups []Group) template.HTML {
	return readLists(groups, func(g Group) string { return format.Plural(g.Count, "issue") })
}

func readLists(groups []Group, amount func(Group) string) template.HTML {
	var parts []string
	for _, g := range groups {
		parts = append(parts, fmt.Sprintf(`<a class="plain" href="%s">%s</a> %s`, template.HTMLEscapeString(g.Opened),
			template.HTMLEscapeString(amount(g)), strings.ToLower(g.Name)))
	}
	return template.HTML(strings.Join(parts, ", "))
}

// reportRows are the lists of the report by their names.
func reportRows(d *sprintreport.Differences) map[string][]sprintreport.Issue {
	return map[string][]sprintreport.Issue{sprintreport.ListCompleted: d.Report.Completed,
		sprintreport.ListNotCompleted:     d.Report.NotCompleted,
		sprintreport.ListCompletedOutside: d.Report.CompletedOutside, sprintreport.ListRemoved: d.Report.Removed}
}

// impedimentKeys are the keys of the impediments of a sprint.
func impedimentKeys(sp *measure.Sprint) map[string]bool {
	keys := map[string]bool{}
	if sp.Impediments != nil {
		for _, i := range sp.Impediments.Issues {
			keys[i.Key] = true
		}
	}
	return keys
}

// lineMaker writes the lines of a sprint's issues.
type lineMaker struct {
	words       format.Words
	team        *measure.Team
	sprint      *measure.Sprint
	at          time.Time
	base, keep  string
	impediments map[string]bool
}

func (l lineMaker) issueLine(row sprintreport.Issue) Line {
	line := Line{Key: row.Issue, Address: frame.IssueAddress(l.base, row.Issue, l.keep),
		Summary:  issuehistory.SummaryOf(l.team, row.Issue, l.at),
		Estimate: "–", Under: parentOf(l.team, row.Issue, l.at), Impediment: l.impediments[row.Issue]}
	if state, known := issuehistory.StateOf(l.team, row.Issue, l.at); known {
		line.State = format.StateWords[state]
	}
	if row.Final != nil {
		line.Estimate = l.words.Column(*row.Final)
	}
	var notes []string
	first, last := l.words.AmountOrNone(row.Initial), l.words.AmountOrNone(row.Final)
	if row.Final != nil && first != last {
		notes = append(notes, first+" at first")
	}
	for _, i := range l.sprint.Issues {
		if i.Key == row.Issue && !i.Committed {
			notes = append(notes, "not committed")
		}
	}
	line.Note = strings.Join(notes, ", ")
	return line
}

// parentOf is the key of a sub-task's parent; "" for another issue.
func parentOf(team *measure.Team, key string, at time.Time) string {
	i, ok := team.Lookup(key)
	if !ok || team.Index.Level(i.Type.At(at)) >= 0 {
		return ""
	}
	parent, ok := team.Index.Issues.Get(i.Parent.At(at))
	if !ok {
		return ""
	}
	return parent.Key.At(at)
}

// underParents puts sub-tasks below their parents where these are in the list; the rest keeps its order.
func underParents(lines []Line) []Line {
	var out []Line
	has := func(key string) bool {
		return slices.ContainsFunc(lines, func(l Line) bool { return l.Key == key && l.Under == "" })
	}
	for _, line := range lines {
		if line.Under != "" && has(line.Under) {
			continue
		}
		out = append(out, line)
		for _, sub := range lines {
			if sub.Under == line.Key && line.Under == "" {
				sub.Nested = true
				out = append(out, sub)
			}
		}
	}
	return out
}
