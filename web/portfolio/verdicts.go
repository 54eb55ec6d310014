package portfolio

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
)

// statesInOrder are the verdicts from the best to the worst.
var statesInOrder = []string{outlook.StateDone, outlook.StateOnTrack, outlook.StateAtRisk, outlook.StateUnlikely,
	outlook.StateUnknown}

// verdictInSentence is a verdict behind how many rows have it.
func verdictInSentence(state string) string {
	if state == outlook.StateUnknown {
		return "where it " + format.Verdicts[outlook.StateUnknown].Word
	}
	return format.Verdicts[state].Word
}

// countStates counts the rows of each verdict.
func countStates(rows []outlook.Row) map[string]int {
	counts := map[string]int{}
	for _, row := range rows {
		counts[row.State]++
	}
	return counts
}

// fewRows is up to how many rows no filter is offered: they are seen at once.
const fewRows = 12

// fillStates offers the rows of one verdict where there are many rows; ?state= names it.
func (t *oddsTable) fillStates(rows []outlook.Row, r *http.Request) error {
	query := r.URL.Query()
	if t.State = query.Get("state"); t.State != "" && !slices.Contains(statesInOrder, t.State) {
		return frame.NewProblem(http.StatusBadRequest, "bad_state",
			"Write one of "+strings.Join(statesInOrder, ", ")+".",
			"state=%q is no verdict", t.State)
	}
	if len(rows) <= fewRows && t.State == "" {
		return nil
	}
	address := func(state string) string {
		return frame.WithQuery("/", "quarter", query.Get("quarter"), "at", query.Get("at"), "sort", query.Get("sort"),
			"state", state) + "#odds"
	}
	t.States = []frame.Choice{{Name: fmt.Sprintf("all %d", len(rows)), Address: address(""), Here: t.State == ""}}
	counts := countStates(rows)
	for _, state := range statesInOrder {
		if n := counts[state]; n > 0 {
			t.States = append(t.States, frame.Choice{Name: fmt.Sprintf("%s %d", format.Verdicts[state].Word, n),
				Address: address(state), Here: t.State == state})
		}
	}
	return nil
}

// fewUntold is how many rows that cannot tell a group shows beside those that can, or alone.
const fewUntold = 3

// fold folds the rows beyond the first; by verdict, those that cannot tell are the first to be folded, where there are
// more than a few of many.
func (g *oddsGroup) fold(isByVerdict bool) {
	name := "more " + strings.ToLower(g.Name)
	untold := 0
	for _, row := range g.Rows {
		if row.row.State == outlook.StateUnknown {
			untold++
		}
	}
	if !isByVerdict || len(g.Rows) <= fewRows || untold <= fewUntold {
		g.Rows, g.Rest = frame.FoldRows(g.Rows)
		g.RestName = format.Plural(len(g.Rest), name)
		return
	}
	told := slices.DeleteFunc(slices.Clone(g.Rows), func(row oddsRow) bool {
		return row.row.State == outlook.StateUnknown
	})
	cannot := slices.DeleteFunc(g.Rows, func(row oddsRow) bool { return row.row.State != outlook.StateUnknown })
	g.Rows, g.Rest = frame.FoldRows(told)
	if len(told) == 0 {
		g.Rows, cannot = cannot[:fewUntold], cannot[fewUntold:]
	}
	g.Rest = append(slices.Clone(g.Rest), cannot...)
	g.RestName = format.Plural(len(g.Rest), name) + ", " + fmt.Sprint(len(cannot)) + " of which cannot tell"
	if len(cannot) == len(g.Rest) {
		g.RestName = format.Plural(len(g.Rest), name) + " where it cannot tell"
	}
}

// sentenceOf writes the verdicts in one sentence: of the initiatives, of the teams where there are none.
func (t *oddsTable) sentenceOf(rows []outlook.Row) string {
	if len(rows) == 0 {
		return ""
	}
	things := format.Plural(len(rows), rows[0].Kind)
	if t.Past {
		return t.pastSentence(rows, things)
	}
	counts := countStates(rows)
	var parts []string
	for _, state := range statesInOrder {
		if n := counts[state]; n > 0 {
			counted := frame.Sign(format.Verdicts[state]) + frame.LinkFigure("odds-all", fmt.Sprint(n))
			parts = append(parts, `<span class="nobr">`+counted+" "+verdictInSentence(state)+"</span>")
		}
	}
	return fmt.Sprintf("Of %s for %s: %s", frame.LinkFigure("odds-all", things), t.Due, strings.Join(parts, ", "))
}

// pastSentence says of a quarter that is over how many came by its end and after it, and how the dates that were told
// at its middle held.
func (t *oddsTable) pastSentence(rows []outlook.Row, things string) string {
	came, inTime := 0, 0
	for _, row := range rows {
		if row.Came != nil {
			came++
			if *row.Came <= t.ends.lastOf(row.Teams).String() {
				inTime++
			}
		}
	}
	verb := "were"
	if inTime == 1 || len(rows) == 1 {
		verb = "was"
	}
	text := fmt.Sprintf("%s of %s %s done by %s", linkRows(inTime), frame.LinkFigure("odds-all", things), verb, t.Due)
	if late := came - inTime; late > 0 {
		text += fmt.Sprintf(" and %s came later", linkRows(late))
	}
	return text + heldSentence(rows)
}

// heldSentence says how many of the dates that were told at the middle held, of those of which it can be told: a date
// that still lies ahead of work that is not done is neither held nor missed.
func heldSentence(rows []outlook.Row) (text string) {
	judged, held, ahead := 0, 0, 0
	for _, row := range rows {
		switch {
		case row.Told == nil || row.Told.P85 == nil:
		case row.Told.Held == nil:
			ahead++
		default:
			judged++
			if *row.Told.Held {
				held++
			}
		}
	}
	dates := func(n int) string {
		return fmt.Sprintf("%s told at the middle at 85%s%%",
			frame.LinkFigure("odds-all", format.Plural(n, "date")), format.Thin)
	}
	switch {
	case judged > 0 && ahead > 0:
		return fmt.Sprintf("; of %s, %s held, with %s more still ahead", dates(judged), linkRows(held), linkRows(ahead))
	case judged > 0:
		return fmt.Sprintf("; of %s, %s held", dates(judged), linkRows(held))
	case ahead > 0:
		return fmt.Sprintf("; of %s, none is due yet", dates(ahead))
	}
	return ""
}

// linkRows writes a number of rows, which opens them all.
func linkRows(n int) string { return frame.LinkFigure("odds-all", fmt.Sprint(n)) }
