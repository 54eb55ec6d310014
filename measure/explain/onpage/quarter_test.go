package onpage_test

import (
	"slices"
	"testing"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/measure/explain/onpage"
	"jerem/measure/storytest"
)

// quarterWithOpenWork is a quarter of an epic whose estimates are all done while an issue without one is open, of one
// whose only issue has no estimate and is done, and of one without issues; and a closed sprint that lacks an estimate.
func quarterWithOpenWork(t *testing.T) (*measure.Team, *measure.Quarter) {
	t.Helper()
	h := storytest.Read(t, `until 2026-11-20T12:00
sprint 1 S1 closed 2026-11-02T08:00 2026-11-13T18:00 2026-11-13T18:00
`, `K-1 2026-09-01T08:00 type=epic labels=Q4-26
K-2 2026-09-01T08:00 type=epic labels=Q4-26
K-3 2026-09-01T08:00 type=epic labels=Q4-26
K-4 2026-09-02T08:00 epic=K-1 points=5
  2026-11-03T08:00 status=done
K-5 2026-09-02T08:00 epic=K-1
K-6 2026-09-02T08:00 epic=K-2
  2026-11-03T08:00 status=done
K-7 2026-11-01T08:00 sprint=1
`)
	team := measure.Of(h)
	name, _ := measure.ParseQuarter("Q4-26")
	return team, team.Quarter(name, storytest.ParseTime(t, "2026-11-20T12:00"))
}

// TestEpicsDone: an epic is done when all of its issues are, whatever they are estimated at.
func TestEpicsDone(t *testing.T) {
	team, q := quarterWithOpenWork(t)
	if open := measure.OpenInQuarter(team, q, q.At); !slices.Equal(open, []string{"K-5"}) || q.OpenIssues() != 1 {
		t.Errorf("%q are open, %d in number", open, q.OpenIssues())
	}
	e := onpage.EpicsDone(q)
	if e.Numbers != "1 of 3" {
		t.Errorf("%s epics are done", e.Numbers)
	}
	for n, want := range []string{"1 of 2 issues", "1 of 1 issue", "0 of 0 issues"} {
		if got := e.Inputs[n].Shown; got != want {
			t.Errorf("%s: %s, want %s", e.Inputs[n].Issue, got, want)
		}
	}
}

// TestFiguresOfTheRoadmapAreGradedAlone: what opens on the page of a quarter says what its own figure lacks, and of an
// epic what the API says.
func TestFiguresOfTheRoadmapAreGradedAlone(t *testing.T) {
	team, q := quarterWithOpenWork(t)
	const epics, past = "2 of 3 issues without an estimate", "1 of 1 issue of the last sprints without an estimate"
	if got := q.Quality.Reasons; !slices.Contains(got, epics) || !slices.Contains(got, past) {
		t.Fatalf("the quarter lacks %q", got)
	}
	unestimated, waiting := onpage.EpicsLacking(q)
	for _, c := range []struct {
		e    explanation.Explanation
		want []string
	}{
		{onpage.UsualPace(team, q), []string{epics, past}},
		{onpage.EpicsDone(q), nil},
		{unestimated, nil},
		{waiting, nil},
		{onpage.WeekGain(team, q, 0, 5), []string{epics}},
		{onpage.EpicsTogether(team, q, []string{"K-1"}), []string{epics}},
		{onpage.WeekTime(q, "week_impediments", "Impediments of a week", "time", nil), nil},
	} {
		if !slices.Equal(c.e.Quality.Reasons, c.want) {
			t.Errorf("%s: %q, want %q", c.e.Figure.Name, c.e.Quality.Reasons, c.want)
		}
	}
	name, _ := measure.ParseQuarter(q.Quarter)
	for _, epic := range q.Epics {
		list, _ := explain.Epic(team, epic.Key, name, q.At)
		n := slices.IndexFunc(list, func(e explanation.Explanation) bool { return e.Figure.Name == "total" })
		if got := onpage.Epic(team, q, epic).Quality; !slices.Equal(got.Reasons, list[n].Quality.Reasons) {
			t.Errorf("%s: %q, want %q", epic.Key, got.Reasons, list[n].Quality.Reasons)
		}
	}
}
