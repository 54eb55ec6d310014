package explain_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/explain/onpage"
	"jerem/measure/flow"
	"jerem/measure/grade"
	"jerem/measure/investment"
	"jerem/measure/outlook"
	"jerem/measure/storytest"
)

// ruledPast is a team with a budget, a capacity and an impediment, of which a rule was another one until 10 November.
func ruledPast(t *testing.T, rule agile.Subject) *measure.Team {
	h := storytest.Read(t, `until 2026-12-01
sprint 1 S1 closed 2026-11-02T09:00 2026-11-13T18:00 2026-11-13T18:00`, `E-1 2026-09-01 type=epic labels=Q4-26,Project_A
K-1 2026-09-01 epic=1 points=50
K-2 2026-09-01 points=3 labels=impediment sprint=1
  2026-10-20T12:00 log 2h on 2026-10-20T10:00
  2026-11-04T12:00 log 2h on 2026-11-04T10:00
`+finishedDaily())
	h.Team.Sprint.Budget, h.Team.Sprint.Capacity = 20*time.Hour, 8*time.Hour
	h.Gaps = []agile.Gap{{Source: agile.SourceScope, Code: agile.GapMoved, Subject: rule,
		Since: storytest.ParseTime(t, "2026-11-10T10:00")}}
	return measure.Of(h)
}

// finishedDaily are issues of the epic E-1, one of which is finished on each day of two months.
func finishedDaily() string {
	var issues strings.Builder
	day := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	for n := range 60 {
		issues.WriteString("K-" + string(rune('0'+n/10)) + string(rune('0'+n%10)) +
			"0 2026-09-01T00:00 epic=1 points=1\n  " +
			day.AddDate(0, 0, n).Format("2006-01-02T15:04") + " status=done\n")
	}
	return issues.String()
}

// openedAt opens figures of all kinds as of a moment.
func openedAt(t *testing.T, team *measure.Team, at time.Time) []explanation.Explanation {
	t.Helper()
	from, to := flow.DefaultDates(team, at)
	list := explain.Flow(team, flow.Measure(team, at, from, to), flow.Late(team, at))
	list = append(list, explain.Mix(team, investment.Of(team, at, 1)[0], at)...)
	quarter, _ := measure.ParseQuarter("Q4-26")
	f, err := outlook.Ask(team, outlook.Question{Quarter: &quarter}, at)
	if err != nil {
		t.Fatal(err)
	}
	if f.Price == nil || f.Price.Days == nil {
		t.Fatal("nothing has a price")
	}
	sprint, err := team.Sprint(1, at)
	if err != nil {
		t.Fatal(err)
	}
	list = append(append(list, explain.Forecast(team, f)...), explain.Sprint(team, sprint)...)
	initiative, ok := explain.Initiative([]outlook.Asked{{Team: team, At: at}}, "A", quarter)
	if !ok {
		t.Fatal("there is no initiative")
	}
	return append(append(list, initiative...), onpage.BudgetLeft(sprint))
}

// TestRulesOfAFigure: a setting that changed lowers, of the time before, the figures that it is a part of, and no
// other; of the moment after it none that tells of the moment alone.
func TestRulesOfAFigure(t *testing.T) {
	for _, c := range []struct {
		rule        agile.Subject
		text        string
		want, later []string
	}{
		{agile.NewSubject(agile.SubjectRuleUntouched, 5, 3), "flow.untouched was 5 and is 3 now",
			[]string{"late", "lifecycle.untouched"}, nil},
		{agile.NewSubject(agile.SubjectRuleCapacity, "35h", "8h"), "sprint.capacity was 35h and is 8h now",
			[]string{"price.days"}, nil},
		{agile.NewSubject(agile.SubjectRuleBudget, "30h", "20h"), "sprint.budget was 30h and is 20h now",
			[]string{"budget.left"}, []string{"budget.left"}},
		{agile.NewSubject(agile.SubjectRuleInitiative), "initiative.label was another one",
			[]string{"initiative", "mix.estimate.initiative", "mix.seconds.initiative"},
			[]string{"mix.estimate.initiative", "mix.seconds.initiative"}},
	} {
		team := ruledPast(t, c.rule)
		for at, want := range map[string][]string{"2026-11-05T12:00": c.want, "2026-11-20T12:00": c.later} {
			var got []string
			for _, e := range openedAt(t, team, storytest.ParseTime(t, at)) {
				told := slices.ContainsFunc(e.Quality.Reasons,
					func(r string) bool { return strings.Contains(r, c.text) })
				if told && e.Quality.Grade == grade.Whole {
					t.Errorf("%s is complete in spite of %q", e.Figure.Name, c.text)
				}
				name := e.Figure.Name
				if e.Figure.Of == catalogue.OfInitiative {
					name = "initiative"
				}
				if told && !slices.Contains(got, name) {
					got = append(got, name)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s as of %s is told by %q, want %q", c.text, at, got, want)
			}
		}
	}
}
