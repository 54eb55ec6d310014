package outlook

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/outlook/inputs"
	"jerem/measure/outlook/workdays"
	"jerem/measure/storytest"
)

// inputsStory is a week of a team with an impediment, other work, and time that does not count. 2026-11-02 is a Monday.
const inputsStory = `K-1 2026-10-01T08:00 labels=impediment
  2026-11-03T12:00 log 1h on 2026-11-03T09:00
  2026-11-03T13:00 log 2h on 2026-11-03T11:00
  2026-11-05T12:00 log 4h on 2026-11-05T09:00
  2026-11-09T12:00 log 16h on 2026-11-07T09:00
K-2 2026-10-01T08:00 points=3
  2026-11-02T09:00 status=doing
  2026-11-03T12:00 log 3h on 2026-11-03T09:00
  2026-11-04T15:00 status=done
K-3 2026-10-01T08:00 points=2
  2026-11-02T09:00 status=doing
  2026-11-04T16:00 status=done
K-4 2026-10-01T08:00
  2026-11-02T09:00 status=doing
  2026-11-04T17:00 status=done
K-5 2026-10-01T08:00 project=99
  2026-11-03T12:00 log 8h on 2026-11-03T09:00`

var thisWeek = []calendar.Date{{Year: 2026, Month: 11, Day: 3}, {Year: 2026, Month: 11, Day: 4},
	{Year: 2026, Month: 11, Day: 5}, {Year: 2026, Month: 11, Day: 9}}

func november(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }

// TestLostTime: what impediments took and what was logged at all, on each working day; on a day off it counts on the
// next working day, before the first one not at all, nor on another team's issue, nor what was logged later.
func TestLostTime(t *testing.T) {
	team := measure.Of(storytest.Read(t, "until 2026-11-20", inputsStory))
	for _, c := range []struct {
		at              time.Time
		days            []calendar.Date
		impeded, logged []float64
	}{
		// Tuesday 1 h + 2 h and 3 h beside them, Thursday 4 h; the 16 h of Saturday the 7th count on Monday
		{november(20, 8), thisWeek, []float64{3, 0, 4, 16}, []float64{6, 0, 4, 16}},
		{november(9, 11), thisWeek, []float64{3, 0, 4, 0}, []float64{6, 0, 4, 0}},
		{november(3, 12), thisWeek, []float64{1, 0, 0, 0}, []float64{4, 0, 0, 0}},
		{november(20, 8), thisWeek[1:3], []float64{0, 4}, []float64{0, 4}},
		{november(20, 8), nil, nil, nil},
	} {
		lost := gatherLostTime(team.Impediments, workdays.PlacesOf(c.days), c.at)
		for n := range lost.impeded {
			lost.impeded[n], lost.logged[n] = lost.impeded[n]/3600, lost.logged[n]/3600
		}
		if !slices.Equal(lost.impeded, c.impeded) || !slices.Equal(lost.logged, c.logged) {
			t.Errorf("as of %v on %v: %v of %v hours, want %v of %v", c.at, c.days, lost.impeded, lost.logged,
				c.impeded, c.logged)
		}
	}
}

// TestLostTimeOfWindow: of the days that are drawn from all sums are those of the whole past, wherever their first day
// lies beside what was logged: on it, on a day off before it, or on a day that is drawn from no more.
func TestLostTimeOfWindow(t *testing.T) {
	team := measure.Of(storytest.Read(t, "until 2027-06-01", inputsStory))
	first, sums := calendar.Date{Year: 2026, Month: 10, Day: 1}, map[float64]bool{}
	for n := range 60 {
		days := workdays.Between(team.Index, first, calendar.Date{Year: 2027, Month: 4, Day: 1}.Add(n))
		o := &projection{team: team, at: team.Now()}
		o.past = inputs.Past{Days: days, Places: workdays.PlacesOf(days),
			Throughput: make(forecast.Throughput, len(days))}
		got, whole := sumLostTime(o), gatherLostTime(team.Impediments, o.past.Places, o.at)
		from := len(days) - o.past.Throughput.WindowLength()
		if !slices.Equal(got.impeded[from:], whole.impeded[from:]) ||
			!slices.Equal(got.logged[from:], whole.logged[from:]) ||
			got.capacity != whole.capacity {
			t.Errorf("since %v: %v of %v, want %v of %v", days[from], got.impeded[from:], got.logged[from:],
				whole.impeded[from:], whole.logged[from:])
		}
		sum := 0.0
		for _, seconds := range got.impeded[from:] {
			sum += seconds / 3600
		}
		sums[sum] = true
	}
	if want := map[float64]bool{23: true, 20: true, 16: true, 0: true}; !maps.Equal(sums, want) {
		t.Errorf("hours of impediments in the windows: %v, want %v", sums, want)
	}
}

// TestDatesWithinLimit: a date of the pace alone is told up to four horizons, the last day included.
func TestDatesWithinLimit(t *testing.T) {
	team := measure.Of(storytest.SteadyTeam(storytest.SteadyStart.AddDate(0, 6, 0)))
	limit := forecast.Limit(20) // 80 working days
	for days, told := range map[int]bool{limit - 1: true, limit: true, limit + 1: false} {
		p := &projection{team: team, at: team.Now(), ahead: workdays.After(team.Index, team.Now()),
			scope: inputs.Scope{Remaining: 1}, corrected: forecast.Correct(nil, 0, forecast.Shipped())}
		p.base.Days = []int{20, 20, 20, 20, 20, 20, 20, 20, days, days} // the ninth of ten is the one of 85 %
		var f Forecast
		p.fillDates(&f)
		if (f.PaceAlone.P85 != nil) != told || f.PaceAlone.P50 == nil {
			t.Errorf("%d days: %s at 85 %%, want told %v", days, storytest.Maybe(f.PaceAlone.P85), told)
		}
	}
}

// TestRiskOfEstimates: more than a fifth of what is open without an estimate; what is done, or of another epic, counts
// not.
func TestRiskOfEstimates(t *testing.T) {
	f := func(name, story, want string) {
		t.Helper()
		team := measure.Of(storytest.Read(t, "",
			"E-1 2026-10-01 type=epic labels=Q4-26\nE-2 2026-10-01 type=epic\n"+story))
		var issues openIssues
		issues.addTeam(team, q426, november(20, 0), takeAll)
		if got := riskText(issues.unestimatedRisk()); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	open := func(n int, words string) string {
		text := ""
		for i := range n {
			text += fmt.Sprintf("K-%s%d 2026-10-01 epic=E-1 %s\n", words[:1], i, words)
		}
		return text
	}
	f("one of five", open(4, "points=1")+"K-9 2026-10-01 epic=E-1\n", "")
	f("one of four", open(3, "points=1")+"K-9 2026-10-01 epic=E-1\n", "1 of 4 open issues without an estimate")
	f("done ones count not", open(4,
		"points=1")+"K-9 2026-10-01 epic=E-1\nK-8 2026-10-01 epic=E-1\n  2026-10-02 status=done\n", "")
	f("those that left count not", open(4,
		"points=1")+"K-9 2026-10-01 epic=E-1\nK-8 2026-10-01 epic=E-1\n  2026-10-02 epic=E-2\n", "")
	f("done ones leave fewer open", open(3,
		"points=1")+"K-9 2026-10-01 epic=E-1\nK-8 2026-10-01 epic=E-1 points=1\n  2026-10-02 status=done\n",
		"1 of 4 open issues without an estimate")
}

func riskText(r *Risk) string {
	if r == nil {
		return ""
	}
	return r.Text
}

// TestInquiry: questions that are asked together have the answers of questions asked alone, in any order and unit.
func TestInquiry(t *testing.T) {
	at := november(9, 8)
	h := storytest.SteadyTeam(at, 60, 20, -1)
	team := measure.Of(h)
	sooner := at.AddDate(0, 0, -30)
	inquiry := About(team)
	for n, c := range []struct {
		q  Question
		at time.Time
	}{
		{Question{Quarter: &q426}, at}, {Question{Epic: "K-2"}, at}, {Question{Epic: "K-2", Issues: true}, at},
		{Question{Remaining: ptr(40.0)}, at}, {Question{Epic: "K-2"}, sooner}, {Question{Epic: "K-2"},
			at}, {Question{Epic: "K-1"}, at},
	} {
		together, errTogether := inquiry.AskDates(c.q, c.at)
		alone, errAlone := AskDates(measure.Of(h), c.q, c.at)
		if errTogether != nil || errAlone != nil {
			t.Fatal(errTogether, errAlone)
		}
		if diff := cmp.Diff(alone, together, cmpopts.IgnoreUnexported(Forecast{})); diff != "" {
			t.Errorf("question %d (-alone +together):\n%s", n, diff)
		}
	}
	unit := inputs.TeamWork{Unit: team.Index.Unit, Team: team}
	first := inquiry.basisOf(unit, at, true)
	if About(team.AsOf(at.Add(time.Hour))).basisOf(unit, at, true) != first {
		t.Error("what one inquiry worked out another one about the same history works out again")
	}
	if inquiry.basisOf(unit, at, false) == first || inquiry.basisOf(unit, sooner, true) == first ||
		inquiry.basisOf(inputs.TeamWork{Unit: agile.Issues, Team: team}, at, true) == first {
		t.Error("all work, another moment and another unit have bases of their own")
	}
}

// TestEpicThatIsDone: what is left before an epic does not count where the epic itself is done; an issue without an
// estimate
// is left.
func TestEpicThatIsDone(t *testing.T) {
	at := november(20, 0)
	for _, c := range []struct {
		name, story string
		remaining   float64
		unestimated int
	}{
		{"done", "K-2 2026-10-01 epic=E-2 points=5\n  2026-10-05 status=done", 0, 0},
		{"an issue without an estimate", "K-2 2026-10-01 epic=E-2\n  2026-10-05 status=doing", 3, 1},
		{"open", "K-2 2026-10-01 epic=E-2 points=5\n  2026-10-05 status=doing", 8, 0},
	} {
		team := measure.Of(storytest.Read(t, "",
			"E-1 2026-10-01 type=epic labels=Q4-26\nE-2 2026-10-01 type=epic labels=Q4-26\n"+
				"K-1 2026-10-01 epic=E-1 points=3\n  2026-10-02 status=doing\n"+c.story))
		f, err := AskDates(team, Question{Epic: "E-2"}, at)
		if err != nil || *f.Remaining != c.remaining || *f.Unestimated != c.unestimated ||
			(f.State == StateDone) != (c.name == "done") {
			t.Errorf("%s: %v left, %v without an estimate, %s, %v", c.name, *f.Remaining, *f.Unestimated, f.State, err)
		}
	}
}
