package explain_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/explain/onpage"
	"jerem/measure/flow"
	"jerem/measure/storytest"
	"jerem/measure/words"
)

// TestNumbersOfTheFlow: efficiency and the rules that are kept open to their formulas with the numbers put in.
func TestNumbersOfTheFlow(t *testing.T) {
	h := storytest.Read(t, "until 2026-11-20T12:00\n", `K-1 2026-11-02T08:00
  2026-11-02T10:00 status=doing
  2026-11-02T13:00 status=todo
  2026-11-02T14:00 status=done
K-2 2026-11-02T08:00
  2026-11-03T10:00 status=doing
  2026-11-03T15:00 status=done
K-3 2026-11-02T08:00
  2026-11-04T15:00 status=done
`)
	team := measure.Of(h)
	at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	f := flow.Measure(team, at, calendar.Date{Year: 2026, Month: 11, Day: 1}, calendar.DateOf(at, time.UTC))
	list := explain.Flow(team, f, flow.Late(team, at))
	n := slices.IndexFunc(list, func(e explanation.Explanation) bool { return e.Figure.Name == "flow_efficiency" })
	if got := list[n].Numbers; strings.ReplaceAll(got, words.Thin, " ") != "8 h ÷ (8 h + 1 h) = 89 %" {
		t.Errorf("efficiency: %q", got)
	}
	if e, _, _ := onpage.RulesKept(f); e.Numbers != "2 + 2 = 4, of 3 + 2 = 5" {
		t.Errorf("rules: %q", e.Numbers)
	}
}
