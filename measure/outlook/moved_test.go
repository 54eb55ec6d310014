package outlook

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/outlook/inputs"
	"jerem/measure/storytest"
)

// TestMoved: a week of work done as told moves nothing; scope that came moves by itself; parts add up.
func TestMoved(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 60)
	m := ask(t, h, Question{Quarter: &q426}, at).Moved
	if m.Days == nil || *m.Days != 5 || m.Worked != 5 || m.Scope != 0 || m.Pace != 0 {
		t.Errorf("five days passed, nothing of the quarter was done: %+v", m)
	}
	late := *h.Issues[2]
	created := at.AddDate(0, 0, -3)
	late.ID, late.Key, late.Created, late.EpicLink = 9001, agile.Constant(created,
		"K-9001"), created, agile.Constant(created, "K-2")
	late.Status, late.Project, late.Type = agile.Constant(created, "1"), agile.Constant(created,
		"10"), agile.Constant(created, "story")
	late.Numbers = agile.FieldsOf(
		map[string]agile.Timeline[agile.Number]{storytest.EstimateField: agile.Constant(created,
			agile.Number{Value: 10, Known: true})})
	h.Issues = append(h.Issues, &late)
	m = ask(t, h, Question{Quarter: &q426}, at).Moved
	if m.Scope < 5 || *m.Days != m.Worked+m.Scope+m.Impediments+m.Pace+m.Calendar {
		t.Errorf("10 points came: %+v", m)
	}
	named := slices.ContainsFunc(m.By, func(by MovedBy) bool {
		return by.Part == "scope" && storytest.Maybe(by.Issue) == "K-2" && by.Days == float64(m.Scope)
	})
	if !named {
		t.Errorf("the epic is not named: %+v", m.By)
	}
}

// TestMovedByGrowth: what came in the week moves a date by scope twice, as what is left and as growth that is drawn
// from now on, and by nothing else.
func TestMovedByGrowth(t *testing.T) {
	h := storytest.SteadyTeam(november(9, 8), 200)
	was := ask(t, h, Question{Quarter: &q426}, november(9, 8))
	storytest.AddOpenStory(h, november(6, 8), 40)
	f := ask(t, h, Question{Quarter: &q426}, november(9, 8))
	grown := *f.WorkingDays.P85 - *was.WorkingDays.P85
	if m := f.Moved; m.Worked != 5 || m.Scope != grown || m.Pace != 0 || *m.Days != 5+grown || grown <= 20 {
		t.Errorf("40 points are 20 days, and came once in the days that are drawn from: %d days in all, %+v", grown, m)
	}
}

// TestGrowthSince: the growth of days that came takes the place of that of the days that are drawn from no more.
func TestGrowthSince(t *testing.T) {
	for _, c := range []struct{ n, length int }{{120, 125}, {250, 255}, {250, 370}, {250, 400}, {120, 120}, {60, 65},
		{60, 119}, {60, 121}, {60, 200}, {60, 400}} {
		growth := make([]float64, c.length)
		for day := range growth {
			growth[day] = float64(day)
		}
		got := growthSince(growth, c.n)
		for place := max(0, c.n-120); place < c.n; place++ {
			want := place // as long as the day is drawn from, else the day that came after it has taken its place
			for want < c.length-120 {
				want += 120
			}
			if got[place] != float64(want) {
				t.Fatalf("of %d days %d: day %d stands in the place of %d, want %d", c.length, c.n, int(got[place]),
					place, want)
			}
		}
	}
}

// TestMovedByWork: work that was done before counts in no part; what is done in the week moves the date by itself, and
// nothing by scope.
func TestMovedByWork(t *testing.T) {
	at := november(9, 8)
	h := storytest.SteadyTeam(at, 60, 20, 10)
	finishStory(h, "K-4", november(2, 8).AddDate(0, -1, 0)) // 20 points in October
	finishStory(h, "K-5", november(4, 15))                  // 10 points last week
	m := ask(t, h, Question{Quarter: &q426}, at).Moved
	if m.Days == nil || m.Scope != 0 || m.Worked >= 5 || *m.Days != m.Worked+m.Scope+m.Impediments+m.Pace+m.Calendar {
		t.Fatalf("%+v", m)
	}
	// without the work of October the date moves as much
	whole := m.Worked
	h = storytest.SteadyTeam(at, 60, 10)
	finishStory(h, "K-4", november(4, 15))
	if m := ask(t, h, Question{Quarter: &q426}, at).Moved; m.Worked != whole {
		t.Errorf("the work of October moves the date: %d and %d days", whole, m.Worked)
	}
}

func finishStory(h *agile.History, key string, at time.Time) {
	for _, i := range h.Issues {
		if i.Key.Last() == key {
			storytest.Become(&i.Status, at, "6")
		}
	}
}

func estimateAnew(h *agile.History, key string, at time.Time, points float64) {
	for _, i := range h.Issues {
		if i.Key.Last() == key {
			numbers := i.Numbers.Of(storytest.EstimateField)
			storytest.Become(&numbers, at, agile.Number{Value: points, Known: true})
			i.Numbers.Put(storytest.EstimateField, numbers)
		}
	}
}

// TestMovedIsNamed: what was open and is done is work done, also of an epic taken before the one asked for and without
// an estimate; what is estimated anew once it is done is nothing, while it is open it is scope.
func TestMovedIsNamed(t *testing.T) {
	at := november(9, 8)
	for _, c := range []struct {
		name          string
		change        func(h *agile.History)
		epic          string
		worked, scope string // the sign of each part, 0 for none
	}{
		{"nothing", func(*agile.History) {}, "", "+", "0"},
		{"done", func(h *agile.History) { finishStory(h, "K-4", november(4, 15)) }, "", "-", "0"},
		{"done, of the epic before", func(h *agile.History) {
			finishStory(h, "K-4", november(4, 15))
			later := storytest.AddIssue(h, "K-9000", storytest.SteadyStart, -1)
			later.Type = agile.Constant(later.Created, "epic")
			later.Labels = agile.Constant(later.Created, []string{"Q4-26"})
			storytest.AddIssue(h, "K-9001", storytest.SteadyStart, 4).EpicLink = agile.Constant(later.Created, "K-9000")
		}, "K-9000", "-", "0"},
		{"done without an estimate", func(h *agile.History) {
			for _, key := range []string{"K-6", "K-7", "K-8", "K-9"} {
				finishStory(h, key, november(4, 15))
			}
		}, "", "0", "0"}, // five days went by, and four of work
		{"done and estimated anew", func(h *agile.History) {
			finishStory(h, "K-5", november(4, 15))
			estimateAnew(h, "K-5", november(5, 15), 0)
		}, "", "-", "0"},
		{"done, of 0 points", func(h *agile.History) {
			estimateAnew(h, "K-5", november(1, 8), 0)
			finishStory(h, "K-5", november(4, 15))
		}, "", "+", "0"},
		{"estimated anew", func(h *agile.History) { estimateAnew(h, "K-4", november(4, 15), 60) }, "", "+", "+"},
		{"reopened", func(h *agile.History) {
			finishStory(h, "K-4", november(2, 8).AddDate(0, -1, 0))
			for _, i := range h.Issues {
				if i.Key.Last() == "K-4" {
					storytest.Become(&i.Status, november(4, 15), "3")
				}
			}
		}, "", "+", "+"},
	} {
		h := storytest.SteadyTeam(at, 60, 40, 10, -1, -1, -1, -1)
		c.change(h)
		q := Question{Quarter: &q426}
		if c.epic != "" {
			q = Question{Epic: c.epic}
		}
		m := ask(t, h, q, at).Moved
		if m.Days == nil || signOf(m.Worked) != c.worked || signOf(m.Scope) != c.scope {
			t.Errorf("%s: work done %s and scope %s wanted, got %+v", c.name, c.worked, c.scope, m)
		}
		holdParts(t, m)
		if _, err := json.Marshal(m); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestMovedUnknown: the parts of a move that cannot be told are null, not 0.
func TestMovedUnknown(t *testing.T) {
	at := november(9, 8)
	m := ask(t, storytest.SteadyTeam(at, 2000), Question{Quarter: &q426}, at).Moved
	text, err := json.Marshal(m)
	want := `{"since":"2026-11-02T08:00:00Z","days":null,"worked":null,"scope":null,"impediments":null,"pace":null,` +
		`"calendar":null,"by":[]}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v, want %s", text, err, want)
	}
	m = ask(t, storytest.SteadyTeam(at, 60), Question{Quarter: &q426}, at).Moved
	if text, err = json.Marshal(m); err != nil || !strings.Contains(string(text), `"days":5,"worked":5,"scope":0,`) {
		t.Errorf("%s, %v", text, err)
	}
}

func signOf(n int) string {
	switch {
	case n > 0:
		return "+"
	case n < 0:
		return "-"
	}
	return "0"
}

// holdParts holds that the parts of a move add up to it, and those named of a part to the part.
func holdParts(t interface{ Errorf(string, ...any) }, m *Moved) {
	parts := map[string]int{"worked": m.Worked, "scope": m.Scope, "impediments": m.Impediments, "pace": m.Pace,
		"calendar": m.Calendar}
	sum := 0
	for _, days := range parts {
		sum += days
	}
	if m.Days != nil && sum != *m.Days {
		t.Errorf("the parts add up to %d: %+v", sum, m)
	}
	named := map[string]float64{}
	for _, by := range m.By {
		named[by.Part] += by.Days
		if tenths := by.Days * 10; math.Abs(tenths-math.Round(tenths)) > 1e-9 || tenths == 0 {
			t.Errorf("%v days are told of %+v", by.Days, by)
		}
	}
	for part, days := range parts {
		if math.Abs(named[part]-float64(days)) > 1e-9 {
			t.Errorf("%s: %d days, named are %.2f: %+v", part, days, named[part], m.By)
		}
	}
}

// TestMovedAddsUp: whatever came since, the parts of a move add up to it, and what is named of each part to the part.
func TestMovedAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := november(9, 8)
		h := storytest.SteadyTeam(at, 30, 8, 5, -1)
		for n := range rapid.IntRange(1, 8).Draw(t, "changes") {
			when := at.Add(-time.Duration(rapid.IntRange(1, 300).Draw(t, "hours before")) * time.Hour)
			key := fmt.Sprintf("K-%d", rapid.IntRange(3, 6).Draw(t, "issue"))
			switch rapid.IntRange(0, 4).Draw(t, "change") {
			case 0:
				finishStory(h, key, when)
			case 1:
				estimateAnew(h, key, when, rapid.Float64Range(0, 40).Draw(t, "points"))
			case 2:
				storytest.AddOpenStory(h, when, float64(rapid.IntRange(1, 20).Draw(t, "new points")))
			case 3:
				i := storytest.AddIssue(h, fmt.Sprintf("K-%d", 9500+n), when, 1)
				i.Labels = agile.Constant(i.Created, []string{"impediment"})
				storytest.LogDaily(h, i.ID, rapid.IntRange(1, 6).Draw(t, "hours"), when, at)
			default:
				h.Team.Sprint.Capacity = 20 * time.Hour
			}
		}
		q := Question{Quarter: &q426, Since: at.AddDate(0, 0, -rapid.IntRange(1, 40).Draw(t, "days since"))}
		f, err := Ask(measure.Of(h), q, at)
		if err != nil {
			t.Fatal(err)
		}
		if f.Moved != nil && f.Moved.Days != nil {
			holdParts(t, f.Moved)
		}
	})
}

// TestSplitByDate: a part is split by days in proportion to their amounts, oldest first; where there are none it stands
// in one row, a part of 0 in none.
func TestSplitByDate(t *testing.T) {
	amounts := map[calendar.Date]float64{thisWeek[1]: 1, thisWeek[0]: 3, thisWeek[2]: 0}
	if by := splitByDate("pace", 0, amounts); len(by) != 0 {
		t.Errorf("a part of 0: %+v", by)
	}
	by := splitByDate("pace", -2, amounts)
	if len(by) != 2 || *by[0].Date != "2026-11-03" || by[0].Days != -1.5 || *by[1].Date != "2026-11-04" ||
		by[1].Days != -0.5 {
		t.Errorf("a part of -2: %+v", by)
	}
	if by := splitByDate("pace", 3, nil); len(by) != 1 || by[0] != (MovedBy{Part: "pace", Days: 3}) {
		t.Errorf("no day did it: %+v", by)
	}
}

// TestMoveByDate: what was finished of the old scope and what impediments took, by day: after one moment and up to
// another. Where impediments took nothing since, the days that are no longer drawn tell it.
func TestMoveByDate(t *testing.T) {
	team := measure.Of(storytest.Read(t, "until 2026-11-20", inputsStory))
	from := func(since, until time.Time) *move {
		u := inputs.TeamWork{Unit: team.Unit(), Team: team}
		return &move{team: team, before: &projection{team: team, at: since, unit: u},
			now: &projection{team: team, at: until, unit: u}}
	}
	saturday := calendar.Date{Year: 2026, Month: 11, Day: 7}
	want := map[calendar.Date]float64{thisWeek[0]: 10800, thisWeek[2]: 14400, saturday: 57600}
	if got := from(november(2, 0), november(20, 8)).impededDays(); !maps.Equal(got, want) {
		t.Errorf("impeded: %v, want %v", got, want)
	}
	want = map[calendar.Date]float64{thisWeek[0]: 7200, thisWeek[2]: 14400}
	if got := from(november(3, 9), november(6, 8)).impededDays(); !maps.Equal(got, want) {
		t.Errorf("impeded after the 3rd, 09:00: %v, want %v", got, want)
	}
	quiet := from(november(10, 0), november(20, 8))
	quiet.before.past.Days = thisWeek
	quiet.now.past.Days = thisWeek[1:]
	if got := quiet.impededDays(); !maps.Equal(got, map[calendar.Date]float64{thisWeek[0]: 10800}) {
		t.Errorf("nothing since the 10th, the 3rd is no longer drawn: %v", got)
	}
}

// TestPaceIsNamed: the days that are slower than the old pace move the date later, those that are faster earlier.
func TestPaceIsNamed(t *testing.T) {
	days := slices.Clone(thisWeek)
	v := &move{before: &projection{past: inputs.Past{Days: days[:2], Throughput: []float64{2, 4}}},
		now: &projection{past: inputs.Past{Days: days, Throughput: []float64{2, 4, 0, 9}}}}
	// the 4 is capped at 2, and so is the 9 at 4
	if got := v.paceOfDays(1); !maps.Equal(got, map[calendar.Date]float64{days[2]: 2}) {
		t.Errorf("later: %v", got)
	}
	if got := v.paceOfDays(-1); !maps.Equal(got, map[calendar.Date]float64{days[3]: 2}) {
		t.Errorf("earlier: %v", got)
	}
}

// TestScopeOfASprint: the issues of a sprint are named for its scope.
func TestScopeOfASprint(t *testing.T) {
	at := november(9, 8)
	h := storytest.SteadyTeam(at)
	h.Sprints = []agile.Sprint{{ID: 1, OriginBoard: 1, Versions: []agile.SprintVersion{{Name: "S1", State: agile.Active,
		Start: at.AddDate(0, 0, -12), End: at.AddDate(0, 0, 11)}}}}
	storytest.AddIssue(h, "K-7001", at.AddDate(0, 0, -20), 8, 1)
	storytest.AddIssue(h, "K-7002", at.AddDate(0, 0, -2), 6, 1)
	m := ask(t, h, Question{Sprint: 1}, at).Moved
	if m.Scope <= 0 || !slices.ContainsFunc(m.By, func(by MovedBy) bool {
		return by.Part == "scope" && storytest.Maybe(by.Issue) == "K-7002" && by.Days == float64(m.Scope)
	}) {
		t.Errorf("%+v", m)
	}
}

// TestScopeIsNamed: what was done since is no change of scope of its epic; what left, came or is estimated anew is.
func TestScopeIsNamed(t *testing.T) {
	team := measure.Of(storytest.SteadyTeam(november(9, 8), 1))
	open := func(epic int64, points float64) inputs.Issue { return inputs.Issue{Epic: epic, Estimate: points} }
	v := &move{team: team, before: &projection{scope: inputs.Scope{Issues: map[int64]inputs.Issue{
		11: open(1, 8), 12: open(1, 5), 21: open(2, 3), 22: open(2, 4)}}},
		now: &projection{scope: inputs.Scope{Issues: map[int64]inputs.Issue{
			11: {Epic: 1, Estimate: 8, Done: true}, 12: open(1, 5), 21: open(2, 1)}}}}
	by := v.splitScope(-3)
	if len(by) != 1 || *by[0].Issue != team.Index.Key(2) || by[0].Days != -3 {
		t.Errorf("%+v, want all 3 days by the second epic, of which 4 points left and 2 were taken off", by)
	}
	if by := v.splitScope(2); len(by) != 1 || by[0] != (MovedBy{Part: "scope", Days: 2}) {
		t.Errorf("nothing came: %+v", by)
	}
}

// TestNothingCameOfFractions: an epic of which nothing came or left is named for no part, in whatever order its
// fractions are summed.
func TestNothingCameOfFractions(t *testing.T) {
	team := measure.Of(storytest.SteadyTeam(november(9, 8), 1))
	issues := map[int64]inputs.Issue{}
	for n := range int64(60) {
		issues[11+n] = inputs.Issue{Epic: 1, Estimate: 1 / float64(3+n)}
	}
	scope := inputs.Scope{Issues: issues}
	v := &move{team: team, before: &projection{scope: scope}, now: &projection{scope: scope}}
	for range 50 {
		if by := v.splitScope(2); len(by) != 1 || by[0] != (MovedBy{Part: "scope", Days: 2}) {
			t.Fatalf("nothing came: %+v", by)
		}
	}
}

// TestMovedByDaysOff: days off that were configured since then move the date by themselves, by as many working days as
// they take out before it; taken out again they move it back. What was configured before, after the moment, or lies on
// a weekend or behind the date moves nothing.
func TestMovedByDaysOff(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	const soon = "2026-11-11 2026-11-12"
	for _, c := range []struct {
		name, before, after string
		seen                time.Time // when the latter was first read
		want                int
		dates               string
	}{
		{"two days off more", "", soon, at.AddDate(0, 0, -2), 2, "2026-11-11 1, 2026-11-12 1"},
		{"seen at the moment", "", soon, at, 2, "2026-11-11 1, 2026-11-12 1"},
		{"two days off less", soon, "", at.AddDate(0, 0, -2), -2, "2026-11-11 -1, 2026-11-12 -1"},
		{"one for another", "2026-11-12", "2026-11-11", at.AddDate(0, 0, -2), 0, ""},
		{"seen before the week", "", soon, at.AddDate(0, 0, -8), 0, ""},
		{"seen after the moment", "", soon, at.Add(time.Hour), 0, ""},
		{"a weekend", "", "2026-11-14 2026-11-15", at.AddDate(0, 0, -2), 0, ""},
		{"far away", "", "2031-11-12", at.AddDate(0, 0, -2), 0, ""},
		{"in the days gone by", "", "2026-11-05", at.AddDate(0, 0, -2), 1, "2026-11-05 1"},
		{"a region that is known no more", "NOWHERE", soon, at.AddDate(0, 0, -2), 0, ""},
	} {
		h := storytest.SteadyTeam(at, 60)
		off, err := calendar.OffOf(c.after)
		if err != nil {
			t.Fatal(err)
		}
		h.Team.Calendar.Off = off
		h.DaysOff = []agile.DaysOffVersion{{Seen: storytest.SteadyStart, Text: c.before}, {Seen: c.seen, Text: c.after}}
		m := ask(t, h, Question{Quarter: &q426}, at).Moved
		var dates []string
		for _, by := range m.By {
			if by.Part == "calendar" {
				dates = append(dates, fmt.Sprintf("%s %v", storytest.Maybe(by.Date), by.Days))
			}
		}
		if got := strings.Join(dates, ", "); m.Days == nil || m.Calendar != c.want || got != c.dates {
			t.Errorf("%s: calendar %d by %s, want %d by %s", c.name, m.Calendar, got, c.want, c.dates)
		}
		holdParts(t, m)
	}
}
