package outlook

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestForecastSprint: what is left of a sprint is what stands in it, counts and is not done; it is due on its planned
// end.
func TestForecastSprint(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	start, end := at.AddDate(0, 0, -7), at.AddDate(0, 0, 11)
	h := storytest.SteadyTeam(at)
	h.Sprints = []agile.Sprint{
		{ID: 1, OriginBoard: 1, Versions: []agile.SprintVersion{
			{Name: "S1", State: agile.Active, Start: start, End: end}}},
		{ID: 2, OriginBoard: 1, Versions: []agile.SprintVersion{{Name: "S2", State: agile.Active, Start: start}}},
	}
	before := start.AddDate(0, 0, -3)
	storytest.AddIssue(h, "K-101", before, 8, 1)
	storytest.AddIssue(h, "K-102", before, -1, 1)
	storytest.Become(&storytest.AddIssue(h, "K-103", before, 4, 1).Status, at.AddDate(0, 0, -4), "6")
	storytest.Become(&storytest.AddIssue(h, "K-104", before, 16, 1).Sprints, at.AddDate(0, 0, -4), nil)
	storytest.Become(&storytest.AddIssue(h, "K-105", before, 32, 2).Sprints, at.Add(time.Hour), []int64{1})
	storytest.AddIssue(h, "K-106", before, 64, 1).Type = agile.Constant(before, "sub")
	storytest.AddIssue(h, "K-107", before, 128, 1).Type = agile.Constant(before, "epic")
	f := ask(t, h, Question{Sprint: 1}, at)
	if *f.Remaining != 8 || *f.Unestimated != 1 || storytest.Maybe(f.Deadline) != "2026-11-20" ||
		storytest.Maybe(f.PaceAlone.P50) != "2026-11-13" {
		t.Errorf("%v left, %d unestimated, due %s, %s at the pace alone", *f.Remaining, *f.Unestimated,
			storytest.Maybe(f.Deadline), storytest.Maybe(f.PaceAlone.P50))
	}
	if first := f.Fan[0]; first.P95 < 4 {
		t.Errorf("the 4 points that are done do not stand in the fan: %+v", first)
	}
	if f := ask(t, h, Question{Sprint: 2}, at); *f.Remaining != 32 || f.Deadline != nil || f.Odds != nil {
		t.Errorf("a sprint without an end: %v left, due %s", *f.Remaining, storytest.Maybe(f.Deadline))
	}
	if f := ask(t, h, Question{Sprint: 1, Issues: true}, at); *f.Remaining != 2 || f.Unestimated != nil {
		t.Errorf("in issues: %v left, %s unestimated", *f.Remaining, storytest.Maybe(f.Unestimated))
	}
	_, err := Ask(measure.Of(h), Question{Sprint: 9}, at)
	if err == nil || !strings.Contains(err.Error(), "no such sprint") {
		t.Errorf("a sprint that there is not: %v", err)
	}
}

// TestForecastSprintGrowth: what is added to the team's sprints on each day lets a sprint grow as it goes: with two
// points added on each of the days that are drawn, against two done, a sprint is never over.
func TestForecastSprintGrowth(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	growing := func(perDay float64, take bool) *Forecast {
		h := storytest.SteadyTeam(at)
		begin := storytest.SteadyStart.AddDate(0, 3, 0)
		h.Sprints = []agile.Sprint{
			{ID: 1, OriginBoard: 1, Versions: []agile.SprintVersion{{Name: "S1", State: agile.Active, Start: begin}}},
			{ID: 2, OriginBoard: 1, Versions: []agile.SprintVersion{
				{Name: "S2", State: agile.Active, Start: at.AddDate(0, 0, -7)}}},
		}
		storytest.AddIssue(h, "K-900", begin.AddDate(0, 0, -1), 20, 2)
		for d := calendar.DateOf(begin, time.UTC).Add(1); d.Before(calendar.DateOf(at, time.UTC)); d = d.Add(1) {
			noon := d.In(time.UTC, 12*time.Hour)
			if !h.Team.Calendar.Working(d) || perDay == 0 {
				continue
			}
			i := storytest.AddIssue(h, fmt.Sprintf("K-%d", 1000+len(h.Issues)), noon, perDay, 1)
			if take {
				storytest.Become(&i.Sprints, noon.Add(time.Hour), nil)
			}
		}
		return ask(t, h, Question{Sprint: 2}, at)
	}
	none, added, removed := growing(0, false), growing(1, false), growing(1, true)
	if storytest.Maybe(none.PaceAlone.P50) != "2026-11-20" {
		t.Errorf("20 points at 2 a day: %s, want the tenth day", storytest.Maybe(none.PaceAlone.P50))
	}
	if storytest.Maybe(added.PaceAlone.P50) != "2026-12-04" {
		t.Errorf("with a point added each day: %s, want the 20th day, 2026-12-04", storytest.Maybe(added.PaceAlone.P50))
	}
	if storytest.Maybe(removed.PaceAlone.P50) != "2026-11-20" {
		t.Errorf("with a point added and removed each day: %s, want the tenth day",
			storytest.Maybe(removed.PaceAlone.P50))
	}
}

func ptr[T any](x T) *T { return &x }

// TestEpicQuarters: an epic is due with the first of its quarters that is not over, else with the last, else never.
func TestEpicQuarters(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	for labels, due := range map[string]string{
		"Q4-26": "2026-12-31", "Q1-27 Q4-26": "2026-12-31", "Q3-26 Q1-27": "2027-03-31",
		"Q1-26 Q3-26": "2026-09-30", "": "none",
	} {
		h := storytest.SteadyTeam(at, 20)
		h.Issues[1].Labels = agile.Constant(h.Issues[1].Created, strings.Fields(labels))
		if f := ask(t, h, Question{Epic: "K-2"}, at); storytest.Maybe(f.Deadline) != due || *f.Remaining != 20 {
			t.Errorf("%q: due %s, %v left; want %s", labels, storytest.Maybe(f.Deadline), *f.Remaining, due)
		}
	}
	h := storytest.SteadyTeam(at, 20)
	for key, when := range map[string]time.Time{"K-99999": at, "K-2": h.Issues[1].Created.Add(-time.Hour)} {
		_, err := Ask(measure.Of(h), Question{Epic: key}, when)
		if err == nil || !strings.Contains(err.Error(), key+" is no epic") {
			t.Errorf("%s: %v", key, err)
		}
	}
	storytest.Become(&h.Issues[2].Status, at.Add(-time.Hour), "6")
	if f := ask(t, h, Question{Epic: "K-2"}, at); *f.Remaining != 0 || f.State != StateDone {
		t.Errorf("an epic that is done: %v left, %s", *f.Remaining, f.State)
	}
}

// TestFanOfAnEpic: the fan of an epic begins with what is done of it, and rises once what is taken before it is done.
func TestFanOfAnEpic(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 40)
	later := storytest.AddIssue(h, "K-9000", storytest.SteadyStart, -1)
	later.Type = agile.Constant(later.Created, "epic")
	later.Labels = agile.Constant(later.Created, []string{"Q4-26"})
	storytest.AddIssue(h, "K-9001", storytest.SteadyStart, 10).EpicLink = agile.Constant(later.Created, "K-9000")
	done := storytest.AddIssue(h, "K-9002", storytest.SteadyStart, 6)
	done.EpicLink = agile.Constant(later.Created, "K-9000")
	storytest.Become(&done.Status, at.AddDate(0, -1, 0), "6")
	storytest.AddOpenStory(h, storytest.SteadyStart, 0)
	f := ask(t, h, Question{Epic: "K-9000"}, at)
	if first := f.Fan[0]; *f.Remaining != 50 || first.P05 != 6 || first.P95 != 6 {
		t.Errorf("%v left; on the first day %+v, want the 6 that are done", *f.Remaining, first)
	}
	for _, day := range f.Fan {
		if day.Date >= *f.Dates.P85 && day.P15 < 16 || day.P15 > 6 && day.Date < "2026-12-04" {
			t.Errorf("%+v: 16 are all of it, due with odds of 85 %% on %s, and 40 come before", day, *f.Dates.P85)
		}
	}
}

// TestForecastOfAClosedSprint: it stands as of the completion, with what was left then: what the closing took out of
// the sprint field is roll-over, what was done at that very moment is done, and nothing that comes later counts.
func TestForecastOfAClosedSprint(t *testing.T) {
	at, closed := november(20, 10), november(9, 16)
	h := storytest.SteadyTeam(at)
	h.Sprints = []agile.Sprint{{ID: 7, Versions: []agile.SprintVersion{{Seen: november(2, 9), Name: "Seven",
		State: agile.Closed, Start: november(2, 9), End: november(13, 18), Complete: closed}}}}
	add := func(key string, points float64) *agile.Issue {
		return storytest.AddIssue(h, key, november(1, 9), points, 7)
	}
	storytest.Become(&add("K-9001", 8).Sprints, closed, []int64{8}) // rolled over
	storytest.Become(&add("K-9002", 5).Status, closed, "6")
	storytest.Become(&add("K-9003", 3).Status, november(16, 9), "6") // afterwards
	storytest.Become(&add("K-9004", 2).Sprints, november(5, 9), []int64{})
	team := measure.Of(h)
	f, err := Ask(team, Question{Sprint: 7}, at)
	if err != nil {
		t.Fatal(err)
	}
	sprint, err := team.Sprint(7, at)
	if err != nil || *f.Remaining != 11 || sprint.Ledger.Remaining != 11 || *f.Odds == 0 {
		t.Errorf("%v left with odds of %s, the ledger has %v, %v", *f.Remaining,
			storytest.Maybe(f.Odds), sprint.Ledger.Remaining, err)
	}
	before, err := Ask(team, Question{Sprint: 7}, closed.Add(-time.Hour))
	if err != nil || *before.Remaining != 16 {
		t.Errorf("an hour before: %v left, %v", *before.Remaining, err)
	}
}
