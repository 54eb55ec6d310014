package index

import (
	"fmt"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/storytest"
)

// TestStepAt: a step ends with each change of a field, each worklog, each moment of a sprint and each reading of other
// days off, with the day and with the working hours, and with nothing else.
func TestStepAt(t *testing.T) {
	h := storytest.Read(t, "", `K-1 2026-10-01`)
	day := func(hour, minute int) time.Time { return time.Date(2026, 11, 12, hour, minute, 0, 0, time.UTC) }
	i := h.Issues[0]
	i.Flagged = agile.Timeline[bool]{{From: agile.MomentOf(i.Created)}, {From: agile.MomentOf(day(10, 30)),
		Value: true}}
	h.Worklogs = []agile.Worklog{{ID: 1, Issue: i.ID, Started: day(11, 30), Created: day(12, 30), Seconds: 60}}
	h.Sprints = []agile.Sprint{{ID: 1, Versions: []agile.SprintVersion{{Seen: day(13, 30), Start: day(14, 30),
		End: day(15, 30), State: agile.Active}}}}
	h.Impeded = map[int64]agile.Timeline[bool]{i.ID: {{From: agile.MomentOf(day(16, 30)), Value: true}}}
	h.DaysOff = []agile.DaysOffVersion{{Seen: day(17, 30)}}
	h.Until = day(36, 0)
	x := New(h)
	last, ok := x.StepAt(day(7, 0))
	if !ok {
		t.Fatal("no step")
	}
	var ended []string
	for at := day(7, 1); !at.After(day(24, 30)); at = at.Add(time.Minute) {
		step, _ := x.StepAt(at)
		if step != last {
			ended = append(ended, at.Format("15:04"))
		}
		last = step
	}
	want := "[09:00 10:30 11:30 12:30 13:30 14:30 15:30 16:30 17:30 18:00 00:00]"
	if got := fmt.Sprint(ended); got != want {
		t.Errorf("steps end at %s, want %s", got, want)
	}
	if _, ok := x.StepAt(h.Until.Add(time.Second)); ok {
		t.Error("a moment after the reading has a step")
	}
	if _, ok := x.StepAt(h.Until.AddDate(0, -2, 0)); ok {
		t.Error("a moment long before the reading has a step")
	}
}

// TestInStep: a value is computed once in a step, anew in another one, and each time where no step is told; another
// history has values of its own.
func TestInStep(t *testing.T) {
	h := storytest.Read(t, "", `K-1 2026-10-01`)
	h.Until = time.Date(2026, 11, 12, 10, 0, 0, 0, time.UTC)
	computed := 0
	ask := func(x *Index, at time.Time) { InStep(x, at, "key", func() int { computed++; return 0 }) }
	asOf := func(x *Index, until time.Time) *Index {
		later, shown := *x, *x.History
		shown.Until, later.History = until, &shown
		return &later
	}
	for what, one := range []struct {
		ask  func(x *Index)
		want int
	}{
		{func(x *Index) { ask(x, h.Until); ask(x, h.Until) }, 1},
		{func(x *Index) { ask(x, h.Until); ask(asOf(x, h.Until.Add(time.Hour)), h.Until.Add(time.Hour)) }, 1},
		{func(x *Index) { ask(x, h.Until); ask(asOf(x, h.Until.Add(9*time.Hour)), h.Until.Add(9*time.Hour)) }, 2},
		{func(x *Index) { ask(x, h.Until.Add(-time.Minute)); ask(x, h.Until.Add(-time.Minute)) }, 1},
		{func(x *Index) {
			ask(x, h.Until.Add(-time.Minute))
			ask(x, h.Until)
			ask(x, h.Until.Add(-2*time.Minute))
		}, 2},
		{func(x *Index) { ask(x, h.Until.AddDate(0, -3, 0)); ask(x, h.Until.AddDate(0, -3, 0)) }, 2},
		{func(x *Index) {
			ask(x, h.Until)
			next := *h
			y, _, _ := x.Updated(&next, nil)
			ask(y, h.Until)
		}, 2},
	} {
		computed = 0
		one.ask(New(h))
		if computed != one.want {
			t.Errorf("case %d: computed %d times, want %d", what, computed, one.want)
		}
	}
}
