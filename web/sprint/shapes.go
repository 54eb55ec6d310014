package sprint

import (
	"fmt"
	"html/template"
	"slices"

	"jerem/chart"
	"jerem/web/format"
	"jerem/web/frame"
)

// Headline is the first sentence of the page, or why nothing is told.
func (m page) Headline() template.HTML {
	if m.Sentence == "" && m.Empty != nil {
		return template.HTML(template.HTMLEscapeString(m.Empty.Title))
	}
	return m.Sentence
}

// Picture is the burndown where its events are not: without links.
func (m page) Picture() template.HTML { return frame.HTML(chart.WithoutLinks(string(m.Burndown.SVG))) }

// OthersActive says how many other sprints are active beside the one shown, "" where none is.
func (m page) OthersActive() string {
	switch n := len(m.Others); n {
	case 0:
		return ""
	case 1:
		return "1 other sprint is active"
	default:
		return fmt.Sprintf("%d other sprints are active", n)
	}
}

// listSections lists the sections of the page, each with its figure; flow are those of the flow.
func listSections(m *page, flow []frame.Section) []frame.Section {
	expected := frame.SectionIf(m.Burndown != nil, "h-e", "The expected", remainingSaid(m))
	unexpected := frame.SectionIf(m.Unexpected != "", "h-u", "The unexpected", unexpectedSaid(m))
	past := frame.SectionIf(len(m.Past) > 0, "h-p", "Past sprints", pastSaid(m))
	issues := frame.SectionIf(len(m.Report) > 0, "h-i", "In the sprint", issuesSaid(m))
	if m.Burndown == nil { // of a team without a sprint the flow comes first
		return frame.NewContents(append(slices.Clone(flow), unexpected, past, issues)...)
	}
	return frame.NewContents(append(append([]frame.Section{expected, unexpected, past}, flow...), issues)...)
}

// remainingSaid is how much of the sprint remains, or remained.
func remainingSaid(m *page) string {
	if m.Sprint == nil || m.Sprint.Ledger == nil || m.WhyNoAmounts != "" {
		return ""
	}
	return m.W.Count(m.Sprint.Ledger.Remaining) + " left"
}

// unexpectedSaid is the time that impediments took, or how many there are where time is not known.
func unexpectedSaid(m *page) string {
	i := impedimentsShown(*m)
	switch {
	case i == nil:
		return ""
	case i.Count == 0:
		return "none"
	case i.TimeUnknown:
		return fmt.Sprint(i.Count)
	}
	return format.Hours(i.Seconds) + format.Thin + "h"
}

// pastSaid is the mean of what the past sprints kept of their commitments.
func pastSaid(m *page) string {
	if m.PastSum == nil || m.PastSum.SayDo == "" {
		return ""
	}
	return m.PastSum.SayDo + " kept"
}

// issuesSaid is how many issues the sprint holds.
func issuesSaid(m *page) string {
	if m.Sprint == nil {
		return ""
	}
	return format.Plural(len(m.Sprint.Issues), "issue")
}
