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
	return []frame.Badge{
		m.badgeOf("done", func() string {
			return m.W.Amount(*m.Sprint.Completed) + " of " + m.W.Count(*m.Sprint.Scope)
		}),
		m.badgeOf("remaining", func() string { return m.W.Count(m.Sprint.Ledger.Remaining) + " to go" }),
		m.dayBadge(), impedimentBadge(m.impediments()), m.likelyBadge(),
	}
}

// badgeName is the sprint's name on a badge, which says of how many that are active it is one.
func (m page) badgeName() string {
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
func (m page) whyUncounted() string {
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

// badgeOf is a badge of an amount.
func (m page) badgeOf(show string, value func() string) frame.Badge {
	if why := format.OrElse(m.whyUncounted(), m.WhyNoAmounts); why != "" {
		return untoldBadge(show, m.badgeName(), why)
	}
	return frame.Badge{Show: show, Label: m.badgeName(), Value: value(), Class: "f-exp"}
}

func (m page) dayBadge() frame.Badge {
	if why := m.whyUncounted(); why != "" {
		return untoldBadge("day", m.badgeName(), why)
	}
	return frame.Badge{Show: "day", Label: m.badgeName(), Value: m.DayOf, Class: "f-exp"}
}

// likelyBadge is the likely end of a sprint that runs.
func (m page) likelyBadge() frame.Badge {
	const label = "likely end"
	why := format.OrElse(m.whyUncounted(), m.WhyNoAmounts)
	switch {
	case why != "":
	case m.Sprint.State == agile.Closed:
		why = m.DayOf
	case m.Likely == nil:
		why = "nothing remains"
	default:
		why = m.Likely.Why
	}
	if why != "" {
		return untoldBadge("likely", label, why)
	}
	return frame.Badge{Show: "likely", Label: label, Value: m.Likely.P50 + ", " + m.Likely.Verdict.Word,
		Class: "b-" + format.OrElse(m.Likely.Verdict.Class, "none")}
}

// impediments are those of the sprint, or of the last weeks of a team without one; nil of one that has not begun.
func (m page) impediments() *measure.Impediments {
	if m.Sprint != nil {
		return m.Sprint.Impediments
	}
	return m.lately
}

func impedimentBadge(i *measure.Impediments) frame.Badge {
	if i == nil {
		return untoldBadge("impediments", "impediments", "not started")
	}
	b := frame.Badge{Show: "impediments", Label: "impediments", Class: "f-unx", Value: fmt.Sprint(i.Count)}
	if !i.TimeUnknown {
		b.Value = format.Hours(i.Seconds) + format.Thin + "h in " + fmt.Sprint(i.Count)
	}
	return b
}
