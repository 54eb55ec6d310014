package issuehistory

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestIssueTellsItsQuarters: of an epic whose quarters versions or due dates tell, the history says which they were at
// each moment; labels, and what is no epic, say it by themselves.
func TestIssueTellsItsQuarters(t *testing.T) {
	h := storytest.Read(t, "version 7 Q3-26\nversion 8 Q4-26\nversion 9 4.2", `
E-1 2026-08-01T10:00 type=epic fix=7 due=2026-12-31 labels=Q1-26
  2026-08-02T10:00 fix=8,7
  2026-08-03T10:00 fix=8,7,9
  2026-08-04T10:00 type=story
  2026-08-05T10:00 type=epic fix=
K-1 2026-08-02T10:00 epic=1 fix=7 due=2026-12-31`)
	for _, c := range []struct {
		by   agile.QuarterBy
		key  string
		want string
	}{
		{agile.ByFixVersion, "E-1", "1[Q3-26] 2[Q3-26 Q4-26] 4[] "},
		{agile.ByDueDate, "E-1", "1[Q4-26] 4[] 5[Q4-26] "},
		{agile.ByFixVersion, "K-1", ""},
		{agile.ByLabel, "E-1", ""},
	} {
		h.Team.Quarter.By = c.by
		issue, ok := Of(measure.Of(h), c.key, time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC))
		got := ""
		for _, step := range issue.Quarters {
			got += fmt.Sprintf("%d%v ", step.From.Day(), step.Value)
		}
		if !ok || got != c.want {
			t.Errorf("by %s, %s: %s, want %s", c.by, c.key, got, c.want)
		}
	}
}

// TestIssueAsOfADay: the worked example of the room: values with the moments since which they hold, none of them later
// than the moment asked. A change of the estimate tells state and sprints no second time.
func TestIssueAsOfADay(t *testing.T) {
	team := measure.Of(storytest.Read(t, "sprint 22 S active 2026-11-02T09:00 2026-11-13T18:00",
		"K-1 2026-10-30T10:00 sprint=22 points=5\n  2026-11-03T10:00 points=8\n  2026-11-05T10:00 status=done"))
	for day, want := range map[int]string{4: "todo", 9: "todo done"} {
		h, ok := Of(team, "K-1", time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC))
		got := ""
		for _, held := range h.State {
			got += fmt.Sprintf("%v ", held.Value)
		}
		if !ok || strings.TrimSpace(got) != want || len(h.Sprints) != 1 || fmt.Sprint(h.Sprints[0].Value) != "[22]" {
			t.Errorf("on the %dth: %s in %v, want %s", day, got, h.Sprints, want)
		}
	}
	if _, ok := Of(team, "K-1", time.Date(2026, 10, 30, 9, 0, 0, 0, time.UTC)); ok {
		t.Error("it is told before it was created")
	}
}
