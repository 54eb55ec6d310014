package sprint

import (
	"fmt"

	"jerem/agile"
	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
)

// Badges are the figures of the sprint in a few words each, all of them always: what cannot be told says why, so that
// no README that shows it has a broken picture.
func (m page) Badges() []frame.Badge {
	counted := sprintBadge{name: badgeName(m), untold: whyUncounted(m)}
	amounts := sprintBadge{name: counted.name, untold: format.OrElse(counted.untold, m.WhyNoAmounts)}
	return []frame.Badge{
		amounts.badgeIfTold("done", func() string {
			return m.W.Amount(*m.Sprint.Completed) + " of " + m.W.Count(*m.Sprint.Scope)
		}),
		amounts.badgeIfTold("remaining", func() string { return m.W.Count(m.Sprint.Ledger.Remaining) + " to go" }),
		counted.badgeIfTold("day", func() string { return m.DayOf }),
		impedimentBadge(impedimentsShown(m), counted.untold), likelyBadge(m, amounts.untold),
	}
}

// sprintBadge is what the badges of figures of one sprint have in common.
type sprintBadge struct {
	name   string // of the sprint
	untold string // why such a figure cannot be told; "" where it can
}

// badgeIfTold is the badge of a figure, whose value is asked for only where it can be told.
func (b sprintBadge) badgeIfTold(show string, value func() string) frame.Badge {
	if b.untold != "" {
		return untoldBadge(show, b.name, b.untold)
	}
	return frame.Badge{Show: show, Label: b.name, Value: value(), Class: "f-exp"}
}

// badgeName is the sprint's name on a badge, which says of how many that are active it is one.
func badgeName(m page) string {
	switch {
	case m.Sprint == nil:
		return "sprint"
	case len(m.Others) == 0:
		return m.Sprint.Name
	}
	return fmt.Sprintf("%s, one of %d active", m.Sprint.Name, len(m.Others)+1)
}

// untoldBadge says in grey why a figure cannot be told.
func untoldBadge(show, label, why string) frame.Badge {
	return frame.Badge{Show: show, Label: label, Value: why, Class: "b-none"}
}

// whyUncounted says why nothing of the sprint is counted; "" where it is.
func whyUncounted(m page) string {
	switch {
	case m.Sprint == nil && m.Over != "":
		return m.Over
	case m.Sprint == nil && m.Empty != nil:
		return m.Empty.Title
	case m.Sprint == nil || m.Sprint.Ledger == nil && m.Sprint.State == agile.Future:
		return "not started"
	case m.Sprint.Ledger == nil:
		return m.Sprint.WhyNotCounted()
	}
	return ""
}

// likelyBadge is the likely end of a sprint that runs; untold says why it has no amounts to forecast.
func likelyBadge(m page, untold string) frame.Badge {
	const label = "likely end"
	switch {
	case untold != "":
	case m.Sprint.State == agile.Closed:
		untold = m.DayOf
	case m.Likely == nil:
		untold = "nothing remains"
	default:
		untold = m.Likely.Why
	}
	if untold != "" {
		return untoldBadge("likely", label, untold)
	}
	return frame.Badge{Show: "likely", Label: label, Value: m.Likely.P50 + ", " + m.Likely.Verdict.Word,
		Class: "b-" + format.OrElse(m.Likely.Verdict.Class, "none")}
}

// impedimentsShown are those of the sprint, or of the last weeks of a team without one; nil of one that has not begun.
func impedimentsShown(m page) *measure.Impediments {
	if m.Sprint != nil {
		return m.Sprint.Impediments
	}
	return m.lately
}

func impedimentBadge(i *measure.Impediments, untold string) frame.Badge {
	if i == nil {
		return untoldBadge("impediments", "impediments", untold)
	}
	b := frame.Badge{Show: "impediments", Label: "impediments", Class: "f-unx", Value: fmt.Sprint(i.Count)}
	if !i.TimeUnknown {
		b.Value = format.Hours(i.Seconds) + format.Thin + "h in " + fmt.Sprint(i.Count)
	}
	return b
}
