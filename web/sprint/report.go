package sprint

import (
	"slices"
	"strings"
	"time"

	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
)

// reportGroup is one list of the sprint as Jira's report has it, with its sum.
type reportGroup struct {
	Name, Sum string
	Opened    string // address of what the sum is made from
	Count     int
	Lines     []issueLine
}

// issueLine is an issue of a sprint. Under names the parent of a sub-task; it stands below its parent where that is in
// the same list.
type issueLine struct {
	Key, Address, Summary, State, Estimate, Note, Under string
	Nested, Impediment                                  bool
}

// fillReport lists what was in the sprint as Jira's own report does: completed, not completed, completed outside,
// removed.
func (m *page) fillReport(team *measure.Team, sp *measure.Sprint, at time.Time, base, keep string) {
	d, err := measure.DifferencesOf(team, sp.ID, at)
	if err != nil || d == nil {
		return
	}
	lists := reportRows(d)
	lines := lineMaker{m.W, team, sp, at, base, keep, impedimentKeys(sp)}
	for _, one := range reportLists {
		group := reportGroup{Name: one.name, Sum: m.W.Count(d.Sums[one.list].Final), Count: len(lists[one.list]),
			Opened: m.File("differences")}
		for _, row := range lists[one.list] {
			group.Lines = append(group.Lines, lines.issueLine(row))
		}
		group.Lines = underParents(group.Lines)
		m.Report = append(m.Report, group)
	}
}

// ReportReading says in a sentence how much stands in each list.
func (m page) ReportReading() string {
	var parts []string
	for _, g := range m.Report {
		parts = append(parts, g.Sum+" "+strings.ToLower(g.Name))
	}
	return strings.Join(parts, ", ")
}

// reportRows are the lists of the report by their names.
func reportRows(d *measure.Differences) map[string][]measure.ReportIssue {
	return map[string][]measure.ReportIssue{measure.ListCompleted: d.Report.Completed,
		measure.ListNotCompleted:     d.Report.NotCompleted,
		measure.ListCompletedOutside: d.Report.CompletedOutside, measure.ListRemoved: d.Report.Removed}
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

func (l lineMaker) issueLine(row measure.ReportIssue) issueLine {
	h, _ := l.team.Issue(row.Issue, l.at)
	line := issueLine{Key: row.Issue, Address: frame.IssueAddress(l.base, row.Issue, l.keep), Summary: titleOf(h),
		Estimate: "–", Under: parentOf(l.team, row.Issue, l.at), Impediment: l.impediments[row.Issue]}
	if h != nil && len(h.State) > 0 {
		line.State = format.StateWords[h.State[len(h.State)-1].Value]
	}
	if row.Final != nil {
		line.Estimate = l.words.Amount(*row.Final)
	}
	var notes []string
	if first := estimateWord(l.words, row.Initial); line.Estimate != "–" && first != line.Estimate {
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
	parent, ok := team.Index.Issues[i.Parent.At(at)]
	if !ok {
		return ""
	}
	return parent.Key.At(at)
}

// underParents puts sub-tasks below their parents where these are in the list; the rest keeps its order.
func underParents(lines []issueLine) []issueLine {
	var out []issueLine
	has := func(key string) bool {
		return slices.ContainsFunc(lines, func(l issueLine) bool { return l.Key == key && l.Under == "" })
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
