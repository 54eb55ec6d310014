package inputs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/outlook/workdays"
	"jerem/measure/storytest"
)

// TestGrowthCounts: what grows an epic after its baseline, the end of the first working day of its quarter: what
// comes, goes and is estimated anew, on the working day it falls on; sub-tasks and what was there before do not.
func TestGrowthCounts(t *testing.T) {
	at := time.Date(2026, 11, 12, 8, 0, 0, 0, time.UTC)
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 12, 0, 0, 0, time.UTC) }
	h := storytest.SteadyTeam(at)
	add := func(key string, created time.Time, points float64) *agile.Issue {
		i := storytest.AddIssue(h, key, created, points)
		i.EpicLink = agile.Constant(created, "K-2")
		return i
	}
	estimated := add("K-501", day(time.September, 1), 8)
	points := estimated.Numbers.Of(storytest.EstimateField)
	storytest.Become(&points, day(time.November, 4), agile.Number{Value: 13, Known: true})
	estimated.Numbers.Put(storytest.EstimateField, points)
	storytest.Become(&add("K-502", day(time.September, 1), 3).EpicLink, day(time.November, 5), "K-1")
	add("K-503", day(time.November, 6), 2).Type = agile.Constant(day(time.November, 6), "sub")
	add("K-504", day(time.November, 7), 4) // a Saturday
	add("K-505", day(time.October, 1), 16)
	add("K-506", day(time.October, 2), 1)
	became := add("K-507", day(time.October, 2), 32)
	became.Type = agile.Constant(became.Created, "sub")
	storytest.Become(&became.Type, day(time.November, 3), "story")
	add("K-508", at.Add(time.Hour), 64)
	storytest.Become(&add("K-509", day(time.November, 10), 128).Status, day(time.November, 11), "6")
	f := func(unit agile.Unit, want string) {
		t.Helper()
		team := measure.Of(h)
		days := workdays.Between(team.Index, calendar.Date{Year: 2026, Month: 9, Day: 1}, team.Index.Date(at))
		got := ""
		for n, x := range (TeamWork{Unit: unit, Team: team}).epicGrowth([]int64{2}, workdays.PlacesOf(days), at) {
			if x != 0 {
				got += fmt.Sprintf("%s %+v ", days[n], x)
			}
		}
		if strings.TrimSpace(got) != want {
			t.Errorf("in %s: %s\nwant %s", unit, got, want)
		}
	}
	f(agile.Points, "2026-10-02 1 2026-11-03 32 2026-11-04 5 2026-11-05 -3 2026-11-09 4 2026-11-10 128")
	f(agile.Issues, "2026-10-02 1 2026-11-03 1 2026-11-05 -1 2026-11-09 1 2026-11-10 1")
}

// TestEntriesInIssues: a forecast in issues of a team that estimates counts what came and went, not what was estimated
// anew.
func TestEntriesInIssues(t *testing.T) {
	team := measure.Of(storytest.NewHistory())
	for kind, want := range map[measure.Kind][2]float64{
		measure.Add: {5, 1}, measure.Remove: {5, -1}, measure.Reestimate: {5, 0}, measure.Complete: {0,
			0}, measure.Reopen: {0, 0},
	} {
		points := entryDelta(TeamWork{Unit: team.Index.Unit, Team: team}, measure.Entry{Kind: kind, Delta: 5})
		issues := entryDelta(TeamWork{Unit: agile.Issues, Team: team}, measure.Entry{Kind: kind, Delta: 5})
		if points != want[0] || issues != want[1] {
			t.Errorf("%s: %v in points, %v issues; want %v", kind, points, issues, want)
		}
	}
}

// TestGrownUpPlace: a scope is grown up on the thirtieth working day after the one on which it was planned, whatever of
// that lies before the first day of the past; one that is not planned never is.
func TestGrownUpPlace(t *testing.T) {
	team := measure.Of(storytest.NewHistory())
	w := TeamWork{Unit: team.Unit(), Team: team}
	date := func(month time.Month, day int) calendar.Date {
		return calendar.Date{Year: 2026, Month: month, Day: day}
	}
	past := workdays.Between(team.Index, date(9, 1), date(12, 1)) // 65 working days from Tuesday on
	for _, c := range []struct {
		since time.Time
		want  int
	}{
		{time.Time{}, len(past)},
		{time.Date(2026, 9, 30, 23, 59, 0, 0, time.UTC), 22 + 30}, // 1 October is the 23rd
		{time.Date(2026, 8, 31, 12, 0, 0, 0, time.UTC), 30},
		{time.Date(2026, 8, 24, 12, 0, 0, 0, time.UTC), 25}, // the 25th to the 31st of August are five of them
		{time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC), 0},
		{time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), len(past)},
	} {
		if got := grownUpPlace(w, c.since, past); got != c.want {
			t.Errorf("planned %v: grown up at place %d of %d, want %d", c.since, got, len(past), c.want)
		}
	}
}
