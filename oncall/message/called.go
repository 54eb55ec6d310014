package message

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/oncall/interruption"
	"jerem/oncall/roster"
)

// The kinds of notices about a call-out; their number is the call-out's.
const (
	NoticeCalled     roster.NoticeKind = "called"      // it is over, and its person has not judged it
	NoticeLinkClosed roster.NoticeKind = "link_closed" // three wrong answers were given by its link
)

// askedWithin is how long after its end a call-out is asked about.
const askedWithin = 24 * time.Hour

// Called returns the notices of call-outs that are over and wait for the verdict of their person: a presumed one bears
// no fee without. One that was entered by hand is known to whoever entered it.
func Called(v *roster.View) []roster.Notice {
	var out []roster.Notice
	for _, c := range v.CalloutRows() {
		isJustOver := !c.Ended.IsZero() && !v.Now.Before(c.Ended) && v.Now.Sub(c.Ended) < askedWithin
		if isJustOver && c.Verdict == interruption.Unset && c.Origin != interruption.ByHand {
			out = append(out, roster.Notice{Person: c.Person, Kind: NoticeCalled, Change: c.ID, Due: c.Started})
		}
	}
	return out
}

// wordCallout words a notice about a call-out; "" where it is judged by now, or gone.
func wordCallout(v *roster.View, n roster.Notice) (subject, text string) {
	rows := v.CalloutRows()
	i := slices.IndexFunc(rows, func(c roster.CalloutRow) bool { return c.ID == n.Change })
	if i < 0 {
		return "", ""
	}
	at := wordMoment(v, rows[i].Started, n.Person)
	if n.Kind == NoticeLinkClosed {
		return "The link for your call-out of " + at + " is closed",
			"Somebody typed wrong digits there three times. Nothing was changed; answer where you are logged in.\n"
	}
	if rows[i].Verdict != interruption.Unset {
		return "", ""
	}
	text = fmt.Sprintf("You were called on %s, for %s.\n", at, strings.Join(rulesOf(v, rows[i]), ", "))
	if rows[i].Origin == interruption.Presumed && !rows[i].Confirmed {
		text = fmt.Sprintf("You were on duty on %s when %s fired, so it is presumed that you were called. It bears no "+
			"fee until you have answered.\n", at, strings.Join(rulesOf(v, rows[i]), ", "))
	}
	return "Was your call-out of " + at + " useful?", text
}

// rulesOf returns the names of the rules that a call-out was for, each once.
func rulesOf(v *roster.View, c roster.CalloutRow) []string {
	var out []string
	for _, a := range v.State.Alerts {
		if slices.Contains(c.Alerts, a.ID) && !slices.Contains(out, a.Rule) {
			out = append(out, a.Rule)
		}
	}
	if out == nil {
		out = []string{"no alert"}
	}
	return out
}
