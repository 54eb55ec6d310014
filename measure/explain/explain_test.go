package explain_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/explain/onpage"
	"jerem/measure/flow"
	"jerem/measure/grade"
	"jerem/measure/investment"
	"jerem/measure/outlook"
	"jerem/measure/sprintreport"
	"jerem/measure/storytest"
	"jerem/measure/words"
	"jerem/web/webtest"
)

// holder holds explanations to what they say of themselves, and counts what it saw.
type holder struct {
	t    *testing.T
	told map[string]int // figures with a value, by subject and name
	seen map[string]bool
	sums int // sums that were read and added up
}

// hold checks that the inputs of each figure give its value by its expression.
func (h *holder) hold(place string, list []explanation.Explanation) {
	h.t.Helper()
	for _, e := range list {
		name := string(e.Figure.Of) + " " + e.Figure.Name
		h.seen[name] = true
		switch {
		case e.Figure.Name == "":
			h.t.Errorf("%s: a figure is not in the catalogue: %+v", place, e.Shown)
			continue
		case e.Figure.Formula == "" || e.Numbers == "" || e.Quality.Grade == "" || e.At.IsZero() || e.Shown.Name == "":
			h.t.Errorf(
				"%s %s: formula %q, numbers %q, grade %q, at %v",
				place,
				name,
				e.Figure.Formula,
				e.Numbers,
				e.Quality.Grade,
				e.At,
			)
		}
		h.shown(place, e)
		if e.Figure.Unit == catalogue.UnitDate || e.Value == nil {
			continue
		}
		h.told[name]++
		got, err := evaluate(e.Figure.Expression, e.Inputs)
		if err != nil || math.Abs(got-*e.Value) > 1e-6*max(1, math.Abs(*e.Value)) {
			h.t.Errorf(
				"%s %s: %s over %d inputs is %v, the figure is %v (%v)",
				place,
				name,
				e.Figure.Expression,
				len(e.Inputs),
				got,
				*e.Value,
				err,
			)
		}
	}
}

// date checks that the date of a figure is the working day of its input.
func (h *holder) date(place string, team *measure.Team, f *outlook.Forecast, list []explanation.Explanation) {
	h.t.Helper()
	for _, e := range list {
		if e.Date == nil {
			continue
		}
		h.told[string(e.Figure.Of)+" "+e.Figure.Name]++
		if len(e.Inputs) != 1 || f.WorkingDay(int(*e.Inputs[0].Value)) != *e.Date {
			h.t.Errorf("%s %s: %v is not the working day of %+v", place, e.Figure.Name, *e.Date, e.Inputs)
		}
	}
}

// companyRead is a company that was read: of a short run the one of the pages' story, which is small.
func companyRead(t *testing.T) (teams []*measure.Team) {
	if !testing.Short() {
		return webtest.World(t)
	}
	b := webtest.Read(t, webtest.Story(), webtest.Company()...)
	for _, conf := range webtest.Company() {
		teams = append(teams, webtest.Computed(t, b, conf))
	}
	return teams
}

// TestPlayedCompany holds explanations to a played company, which is read once. Tests of other rooms of measure that
// read one stand here too: to be linked with all that reads it costs a program more than its tests do.
func TestPlayedCompany(t *testing.T) {
	teams := companyRead(t)
	t.Run("inputs give the value", func(t *testing.T) { inputsGiveTheValue(t, teams) })
	t.Run("hours are read", func(t *testing.T) { hoursAreRead(t, teams) })
	t.Run("grade is shown", func(t *testing.T) { gradeIsShown(t, teams[0]) })
}

// inputsGiveTheValue: each figure of the catalogue is opened, and its inputs give its value by the expression that the
// catalogue states.
func inputsGiveTheValue(t *testing.T, teams []*measure.Team) {
	h := &holder{t, map[string]int{}, map[string]bool{}, 0}
	var asked []outlook.Asked
	teams = slices.Clone(teams)
	for n, team := range teams {
		var keys []string
		for _, one := range team.Impediments.All {
			keys = append(keys, one.Issue.Key.Last())
		}
		teams[n] = team.WithOnCall(storytest.OnCallOf(team.History(), keys...))
		team = teams[n]
		asked = append(asked, outlook.Asked{Team: team, At: team.Now()})
		moments := []time.Time{team.Now(), team.Now().Add(-30 * 24 * time.Hour)}
		if testing.Short() {
			moments = moments[:1]
			if n > 0 {
				moments = nil
			}
		}
		for _, at := range moments {
			h.team(team, at)
		}
	}
	name := teams[0].QuarterAt(teams[0].Now())
	for _, quarter := range []measure.QuarterName{name, name.Before()} {
		for _, initiative := range outlook.Initiatives(asked, quarter) {
			h.initiative(asked, initiative, quarter)
		}
		h.portfolio(asked, quarter)
	}
	if old, young := teamsOfCloud(); !testing.Short() {
		quarter := old.Team.QuarterAt(old.At)
		h.forecast("a long past", old.Team, outlook.Question{Quarter: &quarter}, old.At)
		h.initiative([]outlook.Asked{old, young}, "Cloud", old.Team.QuarterAt(old.At))
	}
	if h.sums == 0 {
		t.Error("no sum was read")
	}
	for _, f := range catalogue.All() {
		if name := string(f.Of) + " " + f.Name; f.Expression != "" && !testing.Short() && h.told[name] == 0 {
			t.Errorf("%s: no value of it was opened (seen %v)", name, h.seen[name])
		}
	}
}

// team holds the figures of a team as of a moment.
func (h *holder) team(team *measure.Team, at time.Time) {
	h.t.Helper()
	place := team.History().Team.Name + at.Format(" 2006-01-02")
	sprints := team.Sprints(at)
	var past []*measure.Sprint
	for _, head := range sprints[max(0, len(sprints)-4):] {
		sp, err := team.Sprint(head.ID, at)
		if err != nil {
			h.t.Fatal(err)
		}
		h.hold(place+" "+head.Name, explain.Sprint(team, sp))
		h.hold(place+" "+head.Name, explain.OnCall(sp))
		h.hold(place+" "+head.Name, explain.OnCallRules(sp))
		h.hold(place+" "+head.Name, slices.Concat(explain.SprintDays(team, sp), explain.OnCallParts(sp)))
		h.rows(place+" "+head.Name, catalogue.OfOnCall, func(figure string) []explain.Row {
			return explain.OnCallRows(sp, figure)
		})
		if sp.Ledger != nil {
			past = append(past, sp)
		}
		if i := sp.Impediments; i != nil && i.BudgetSeconds != nil {
			h.hold(place+" "+head.Name, []explanation.Explanation{onpage.BudgetLeft(sp)})
		}
		natures := explain.Natures(team, sp)
		if sp.Impediments != nil && len(natures) != 2*len(sp.Impediments.ByNature) {
			h.t.Errorf("%s %s: %d figures of %d natures", place, head.Name, len(natures), len(sp.Impediments.ByNature))
		}
		h.hold(place+" "+head.Name, natures)
		d, err := sprintreport.Compare(team, head.ID, at)
		if err != nil {
			h.t.Fatal(err)
		}
		h.hold(place+" "+head.Name, explain.Differences(team, d, sp.Quality))
	}
	for _, name := range []measure.QuarterName{team.QuarterAt(at), team.QuarterAt(at.AddDate(0, -3, 0))} {
		h.quarter(place+" "+name.String(), team, name, at)
	}
	sum := onpage.SprintsSum(team, past, "past.committed", "Committed", "committed",
		func(s *measure.Sprint) float64 { return s.Ledger.Commitment })
	list := []explanation.Explanation{sum}
	if mean, ok := onpage.SprintsMean(team, past, "past.mean", "Say/do", "kept ÷ commitment",
		func(s *measure.Sprint) *float64 { return s.Completion.Kept }); ok {
		list = append(list, mean)
	}
	if taken, ok := onpage.SprintsTime(team, past); ok {
		list = append(list, taken)
	}
	h.hold(place+" past sprints", list)
	from, to := flow.DefaultDates(team, at)
	f := flow.Measure(team, at, from, to)
	h.onFlowPage(place, team, f)
	whole := explain.Flow(team, f, flow.Late(team, at))
	h.hold(place, whole)
	for _, most := range []int{1, 3, len(team.History().Issues) + 1} {
		h.flowOnPage(place, whole, explain.FlowOnPage(team, f, flow.Late(team, at), most), most)
	}
	paces := explain.ColumnPaces(team, f)
	if len(paces) != len(f.ColumnPace) {
		h.t.Errorf("%s: the pace of %d columns is opened, there are %d", place, len(paces), len(f.ColumnPace))
	}
	h.hold(place, paces)
	h.rows(place, catalogue.OfFlow, func(figure string) []explain.Row { return explain.FlowRows(team, f, figure) })
	by := calendar.DateOf(at, team.History().Team.Calendar.Zone).Add(30)
	h.forecast(place, team, outlook.Question{By: &by}, at)
	h.forecast(place, team, outlook.Question{By: &by, Issues: true}, at)
	h.hold(place, explain.Mix(team, investment.Of(team, at, 1)[0], at))
	if id, ok := team.ActiveSprint(at); ok {
		h.forecast(place, team, outlook.Question{Sprint: id}, at)
	}
}

// flowOnPage holds the figures of a flow as its page opens them to those of the whole flow: they lack what no list of a
// page shows, and nothing else.
func (h *holder) flowOnPage(place string, whole, list []explanation.Explanation, most int) {
	h.t.Helper()
	for _, e := range list {
		n := slices.IndexFunc(whole, func(one explanation.Explanation) bool { return one.Figure.Name == e.Figure.Name })
		if n < 0 {
			h.t.Errorf("%s: the whole flow does not explain %s", place, e.Figure.Name)
			continue
		}
		want := whole[n]
		shown := slices.DeleteFunc(slices.Clone(want.Inputs), func(i explanation.Input) bool { return !i.Listed })
		if grows := e.Figure.Name == "wip.count" || e.Figure.Name == "late"; grows && len(shown) > most {
			want.Left, shown = len(shown)-most, shown[:most]
		}
		if len(shown) != len(e.Inputs) || len(shown) > 0 && !reflect.DeepEqual(shown, e.Inputs) {
			h.t.Errorf("%s: of %d rows the page lists %d of the %d of %s", place, most, len(e.Inputs), len(shown),
				e.Figure.Name)
		}
		want.Inputs, want.Beside = e.Inputs, nil
		if !reflect.DeepEqual(want, e) {
			h.t.Errorf("%s: the page explains %s otherwise than the whole flow", place, e.Figure.Name)
		}
	}
}

// quarter holds the figures of a quarter, of its epics and of its forecast.
func (h *holder) quarter(place string, team *measure.Team, name measure.QuarterName, at time.Time) {
	h.t.Helper()
	q := team.Quarter(name, at)
	h.hold(place, explain.Quarter(team, q))
	for _, e := range q.Epics {
		list, ok := explain.Epic(team, e.Key, name, at)
		if !ok || len(list) < 7 {
			h.t.Errorf("%s: the epic %s is opened with %d figures", place, e.Key, len(list))
		}
		h.hold(place+" "+e.Key, list)
		whole, ok := explain.EpicAlone(team, e.Key, at)
		if !ok || len(whole) != len(list) {
			h.t.Errorf("%s: the whole of the epic %s is opened with %d figures, in its quarter with %d", place, e.Key,
				len(whole), len(list))
		}
		h.hold(place+" "+e.Key, whole)
	}
	h.onPage(place, team, q)
	h.forecast(place, team, outlook.Question{Quarter: &name}, at)
	if len(q.Epics) > 0 {
		h.forecast(place, team, outlook.Question{Epic: q.Epics[len(q.Epics)-1].Key}, at)
	}
}

// onFlowPage holds the figures of a flow that its page alone shows.
func (h *holder) onFlowPage(place string, team *measure.Team, f *flow.Flow) {
	h.t.Helper()
	all, _, _ := onpage.RulesKept(f)
	list := []explanation.Explanation{all}
	for _, rule := range f.Lifecycle {
		list = append(list, onpage.RuleKept(team, f, rule))
	}
	if e, ok := onpage.Arrivals(f); ok {
		list = append(list, e)
	}
	h.hold(place+" flow page", list)
}

// onPage holds the figures of a quarter that its page alone shows.
func (h *holder) onPage(place string, team *measure.Team, q *measure.Quarter) {
	h.t.Helper()
	none, waits := onpage.EpicsLacking(q)
	list := []explanation.Explanation{onpage.UsualPace(team, q), onpage.EpicsDone(q), none, waits}
	var keys []string
	for _, e := range q.Epics {
		list, keys = append(list, onpage.Epic(team, q, e)), append(keys, e.Key)
	}
	list = append(list, onpage.EpicsTogether(team, q, keys[len(keys)/2:]))
	list = append(list, onpage.WeekTime(q, "week_impediments", "Impediments of a week", "time",
		[]onpage.DayTime{{Date: "2026-11-16", Seconds: 3_600}, {Date: "2026-11-17", Seconds: 5_400}}))
	for n := range q.Weekly {
		list = append(list, onpage.WeekGain(team, q, n, 5))
	}
	name, _ := measure.ParseQuarter(q.Quarter)
	list = append(list, onpage.DatesTold(team, q, outlook.PastForecasts(team, name, q.At)))
	came, told := outlook.OutcomeOf(team, name, q.At)
	before, after := onpage.Outcome(team, q, came, told)
	h.hold(place+" page", append(list, before, after))
}

// initiative holds the figures of an initiative: its dates are working days of the team that decides.
func (h *holder) initiative(asked []outlook.Asked, initiative string, name measure.QuarterName) {
	h.t.Helper()
	place := "initiative " + initiative + " " + name.String()
	list, ok := explain.Initiative(asked, initiative, name)
	if !ok {
		h.t.Errorf("%s is not opened", place)
		return
	}
	h.hold(place, list)
	f, _ := outlook.AskInitiative(asked, initiative, name)
	if f.Deciding() != nil {
		h.date(place, nil, f.Deciding(), list)
	}
	known := map[string]*string{"dates.p50": f.Dates.P50, "dates.p70": f.Dates.P70, "dates.p85": f.Dates.P85,
		"dates.p95": f.Dates.P95, "pace_alone.p50": f.PaceAlone.P50, "pace_alone.p85": f.PaceAlone.P85}
	for _, e := range list {
		if date, told := known[e.Figure.Name]; told && (date == nil) != (e.Date == nil) ||
			e.Date != nil && date != nil && *e.Date != *date {
			h.t.Errorf("%s %s: %v is opened, %v is told", place, e.Figure.Name, e.Date, date)
		}
	}
}

// portfolio holds the figures that the portfolio of a quarter alone shows.
func (h *holder) portfolio(asked []outlook.Asked, name measure.QuarterName) {
	h.t.Helper()
	place := "portfolio " + name.String()
	teams, initiatives, err := outlook.Rows(asked, name)
	if err != nil {
		h.t.Fatal(err)
	}
	var quarters []onpage.TeamQuarter
	for _, one := range asked {
		quarters = append(quarters, onpage.TeamQuarter{Team: one.Team, Quarter: one.Team.Quarter(name, one.At)})
	}
	list := []explanation.Explanation{onpage.SharesDone(quarters, asked[0].At),
		onpage.PortfolioStates(append(initiatives, teams...), name.String(), asked[0].At)}
	for _, row := range append(initiatives, teams...) {
		list = append(list, onpage.PortfolioRow(row, "the quarter's end", asked[0].At))
		if row.Kind == outlook.KindInitiative {
			epics := onpage.InitiativeEpics(quarters, row.Name, []string{"1 of 2 points"}, asked[0].At)
			h.initiativeTime(place+" "+row.Name, epics)
			list = append(list, epics)
		}
	}
	h.hold(place, list)
	if !testing.Short() && (h.told["forecast row_odds"] == 0 || h.told["quarter shares_done"] == 0) {
		h.t.Errorf("%s: no odds and no shares were opened: %v", place, h.told)
	}
}

// TestRecordedTeams holds explanations to recorded Jira data, at the ends of months.
func TestRecordedTeams(t *testing.T) {
	for _, site := range []struct {
		folder, project string
		board           int64
	}{{"devlake", "EE", 8}, {"jirametrics/site", "SP", 2}} {
		t.Run(site.project, func(t *testing.T) {
			team := webtest.Recorded(t, site.folder, site.project, site.board)
			h := &holder{t, map[string]int{}, map[string]bool{}, 0}
			for months := range 4 {
				h.team(team, team.Now().AddDate(0, -months, 0))
			}
			for _, figure := range []string{"sprint completed", "flow wip.count", "sprint ledger.commitment"} {
				if h.told[figure] == 0 {
					t.Errorf("%s is told nowhere", figure)
				}
			}
		})
	}
}

// rows holds the first, the middle and the last row of each figure of a subject that is told in rows.
func (h *holder) rows(place string, of catalogue.Subject, rows func(figure string) []explain.Row) {
	h.t.Helper()
	for _, f := range catalogue.All() {
		if f.Of != of || f.Row == "" {
			continue
		}
		list := rows(f.Name)
		for n, row := range list {
			if n == 0 || n == len(list)/2 || n == len(list)-1 {
				h.hold(place, []explanation.Explanation{row.Open()})
			}
		}
	}
}

func (h *holder) forecast(place string, team *measure.Team, question outlook.Question, at time.Time) {
	h.t.Helper()
	f, err := outlook.Ask(team, question, at)
	if err != nil {
		h.t.Fatal(err)
	}
	list := explain.Forecast(team, f)
	h.hold(place+" forecast", list)
	h.hold(place+" forecast", slices.Concat(explain.ForecastParts(team, f), explain.OnCallPrice(f),
		explain.OnCallPriceParts(f)))
	h.rows(place+" forecast", catalogue.OfForecast, func(figure string) []explain.Row {
		return explain.ForecastRows(team, f, figure)
	})
	h.rows(place+" forecast", catalogue.OfOnCallPrice, func(figure string) []explain.Row {
		return explain.OnCallPriceRows(f, figure)
	})
	dates, err := outlook.AskDates(team, question, at)
	if err != nil {
		h.t.Fatal(err)
	}
	for i, e := range explain.Dates(team, dates) {
		if e.Shown != list[i].Shown || e.Numbers != list[i].Numbers || !reflect.DeepEqual(e.Inputs, list[i].Inputs) {
			h.t.Errorf("%s: %s alone is %+v, in the whole %+v", place, e.Figure.Name, e, list[i])
		}
	}
	h.date(place+" forecast", team, f, list)
}

// hoursAreRead: what stands beside a figure names the unit that people read, and a sum of hours is told in hours.
func hoursAreRead(t *testing.T, teams []*measure.Team) {
	for _, team := range teams {
		if team.Unit() != agile.Seconds {
			continue
		}
		for _, e := range explain.Quarter(team, team.Quarter(team.QuarterAt(team.Now()), team.Now())) {
			if e.Figure.Name == "total" &&
				(e.Shown.Unit != "hours" || e.Unit != "seconds" ||
					!strings.HasSuffix(e.Numbers, "= "+words.Duration(*e.Value))) {
				t.Errorf("%s: %s %s, %s, numbers %.80s", team.History().Team.Name, e.Shown.Value, e.Shown.Unit, e.Unit,
					e.Numbers)
			}
		}
		return
	}
	t.Error("no team estimates in time")
}

// gradeIsShown: what pages show as one figure carries its grade, its moment and its name as every other does.
func gradeIsShown(t *testing.T, team *measure.Team) {
	from, to := flow.DefaultDates(team, team.Now())
	f := flow.Measure(team, team.Now(), from, to)
	if e := explain.CycleTime(team, f); e.Quality.Grade != f.Quality.Grade || !e.At.Equal(f.At) ||
		e.Figure.Name == "" ||
		len(e.Inputs) == 0 {
		t.Errorf("cycle time: grade %q, at %v, figure %q, %d inputs", e.Quality.Grade, e.At, e.Figure.Name,
			len(e.Inputs))
	}
}

// TestMixOfUnreadEpics: what stood in an epic that nobody reads is told in the grade of the mix by initiative, alone.
func TestMixOfUnreadEpics(t *testing.T) {
	h := storytest.Read(t, "until 2026-12-01",
		"K-1 2026-10-01 points=3\n  2026-10-05 status=doing\n  2026-10-06 status=done")
	at := time.Date(2026, 11, 10, 12, 0, 0, 0, time.UTC)
	for link, want := range map[string]string{"": "complete", "OPS-1": "partial", "4711": "partial"} {
		h.Issues[0].EpicLink = agile.Constant(h.Issues[0].Created, link)
		team := measure.Of(h)
		list := explain.Mix(team, investment.Of(team, at, 1)[0], at)
		for _, e := range list {
			got, is := e.Quality, strings.HasSuffix(e.Figure.Name, ".initiative")
			if is && string(got.Grade) != want || !is && got.Grade != grade.Whole || (len(got.Reasons) > 0) !=
				(got.Grade != grade.Whole) {
				t.Errorf("epic %q: %s is %s: %q", link, e.Figure.Name, got.Grade, got.Reasons)
			}
		}
	}
}
