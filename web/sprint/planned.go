package sprint

import (
	"fmt"
	"html/template"
	"slices"
	"time"

	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/sprint/report"
)

// fillPlanned tells what is planned for a sprint that has not begun.
func (m *page) fillPlanned(team *measure.Team, sp *measure.Sprint, at time.Time, base, keep string) {
	m.Empty = &frame.EmptyState{Title: "This sprint has not started",
		Text: "Its ledger, burndown and impediments begin when it starts in Jira. What is planned for it " +
			"stands below."}
	planned := sp.ToDo.Estimate + sp.Doing.Estimate + sp.Done.Estimate
	m.Sentence = template.HTML(template.HTMLEscapeString(fmt.Sprintf("%s planned: %s.",
		format.Plural(len(sp.Issues), "issue"), m.W.Count(planned))))
	to := reportLinks(m, base, keep)
	to.Sum = m.File("issues.csv")
	m.Report = append(m.Report, report.Planned(team, sp, at, to))
}

// reportLinks are what the lists of the sprint lead to.
func reportLinks(m *page, base, keep string) report.Links {
	return report.Links{Base: base, Keep: keep, Sum: m.File("differences")}
}

// ReportIsEmpty tells whether no list of the sprint holds an issue.
func (m page) ReportIsEmpty() bool {
	return !slices.ContainsFunc(m.Report, func(g report.Group) bool { return g.Count > 0 })
}

// ReportReading says in a sentence how much stands in each list.
func (m page) ReportReading() template.HTML { return report.Reading(m.Report) }
