package sprint

import (
	"fmt"
	"html/template"
	"regexp"

	"jerem/chart"
	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
)

var linked = regexp.MustCompile(`<a [^>]*>(.*?)</a>`)

// Unlinked is the headline of the page where its figures lead nowhere: they stand out all the same.
func (m page) Unlinked() template.HTML {
	return frame.HTML(linked.ReplaceAllString(string(m.Sentence), "<b>$1</b>"))
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

// badgeName is the sprint's name on a badge, which says of how many that are active it is one.
func badgeName(m page) string {
	if len(m.Others) == 0 {
		return m.Sprint.Name
	}
	return fmt.Sprintf("%s, one of %d active", m.Sprint.Name, len(m.Others)+1)
}

// Badges are the figures of the sprint in a few words each; none of a sprint that has not begun.
func (m page) Badges() []frame.Badge {
	sp := m.Sprint
	if sp == nil || sp.Ledger == nil {
		return nil
	}
	var out []frame.Badge
	if m.WhyNoAmounts == "" {
		out = append(out, frame.Badge{Show: "done", Label: badgeName(m), Value: m.W.Amount(*sp.Completed) + " of " +
			m.W.Count(*sp.Scope), Class: "f-exp"},
			frame.Badge{Show: "remaining", Label: badgeName(m), Value: m.W.Count(sp.Ledger.Remaining) + " to go",
				Class: "f-exp"})
	}
	out = append(out, frame.Badge{Show: "day", Label: badgeName(m), Value: m.DayOf,
		Class: "f-exp"}, impedimentBadge(sp.Impediments))
	if m.Likely != nil && m.Likely.Why == "" {
		out = append(out, frame.Badge{Show: "likely", Label: "likely end",
			Value: m.Likely.P50 + ", " + m.Likely.Verdict.Word,
			Class: "b-" + format.OrElse(m.Likely.Verdict.Class, "none")})
	}
	return out
}

func impedimentBadge(i *measure.Impediments) frame.Badge {
	b := frame.Badge{Show: "impediments", Label: "impediments", Class: "f-unx", Value: fmt.Sprint(i.Count)}
	if !i.TimeUnknown {
		b.Value = format.Hours(i.Seconds) + format.Thin + "h in " + fmt.Sprint(i.Count)
	}
	return b
}
