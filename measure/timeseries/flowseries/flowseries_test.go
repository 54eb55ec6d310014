package flowseries

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/storytest"
	"jerem/series"
)

// TestFlowSeriesAreFigures: what the series tell of a moment is what the flow as of it tells.
func TestFlowSeriesAreFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		team := measure.Of(h)
		now := storytest.GeneratedStart.Add(120 * time.Hour)
		byName := map[string]series.Series{}
		for _, s := range Of(team, now) {
			byName[s.Class] = s
		}
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-60, 110).Draw(t, "asked")) * time.Hour)
		from, to := flow.DefaultDates(team, at)
		f := flow.Measure(team, at, from, to)
		if got, _ := valueOf(byName["jerem.agile.flow.wip"], at, true); got != float64(f.WIP.Count) {
			t.Errorf("%v in progress at %v, want %d", got, at, f.WIP.Count)
		}
		noon := noonOf(team.Index, team.Index.Date(at))
		if noon.After(now) {
			return
		}
		from, to = flow.DefaultDates(team, noon)
		f = flow.Measure(team, noon, from, to)
		for class, want := range map[string]*int{"cycletime.p50": f.CycleTime.P50, "cycletime.p70": f.CycleTime.P70,
			"cycletime.p85": f.CycleTime.P85, "cycletime.p95": f.CycleTime.P95, "age.p50": f.WIP.Age.P50,
			"age.p85": f.WIP.Age.P85} {
			got, told := valueOf(byName["jerem.agile.flow."+class], noon, false)
			if told != (want != nil) || told && got != float64(*want) {
				t.Errorf("%s at %v: %v (%v), want %s", class, noon, got, told, storytest.Maybe(want))
			}
		}
	})
}

// valueOf returns the value of a series at a moment: of a step function the one that holds.
func valueOf(s series.Series, at time.Time, holds bool) (value float64, told bool) {
	for _, p := range s.Points {
		if p.Tick == series.Tick(at) || holds && p.Tick < series.Tick(at) {
			value, told = p.Value.Number(), true
		}
	}
	return value, told
}

// TestThroughputSeries: what was finished on each day stands at its noon, as the flow tells it.
func TestThroughputSeries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		team := measure.Of(storytest.GenerateHistory(t))
		now := team.Now()
		var got []series.Point
		for _, s := range Of(team, now) {
			if s.Class == "jerem.agile.flow.throughput" {
				got = s.Points
			}
		}
		var want []series.Point
		f := flow.Measure(team, now, team.Index.Date(storytest.GeneratedStart).Add(-400), team.Index.Date(now))
		for _, day := range f.Throughput {
			d, err := calendar.ParseMoment(day.Date)
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, series.Point{Tick: series.Tick(noonOf(team.Index, d.Date())),
				Value: series.Long(int64(day.Issues))})
		}
		if !slices.Equal(got, want) {
			t.Errorf("finished %v, want %v", got, want)
		}
	})
}

// TestCycleTimesLeave: a cycle time counts on the day of its finish and the 89 after it.
func TestCycleTimesLeave(t *testing.T) {
	team := measure.Of(storytest.Read(t, "until 2027-03-31",
		"K-1 2026-10-01T08:00\n  2026-10-05T09:00 status=doing\n  2026-10-07T15:00 status=done"))
	for _, s := range Of(team, team.Now()) {
		if s.Class != "jerem.agile.flow.cycletime.p85" {
			continue
		}
		first, last := series.Time(s.Points[0].Tick), series.Time(s.Points[len(s.Points)-1].Tick)
		// finished at 15:00 on the 7th: at its noon it was not; the last of 90 days is 4 January
		if first.Format(time.DateOnly) != "2026-10-08" || last.Format(time.DateOnly) != "2027-01-04" ||
			s.Points[0].Value.Number() != 3 {
			t.Errorf("from %v to %v: %v days", first, last, s.Points[0].Value.Number())
		}
		return
	}
	t.Error("no cycle times")
}

func TestValueCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newValueCounts(-20, 30)
		var values []int
		for range rapid.IntRange(1, 40).Draw(t, "changes") {
			value := rapid.IntRange(-20, 30).Draw(t, "value")
			if n := slices.Index(values, value); n >= 0 && rapid.Bool().Draw(t, "less") {
				values = slices.Delete(values, n, n+1)
				c.addCount(value, -1)
				continue
			}
			values = append(values, value)
			c.addCount(value, 1)
		}
		slices.Sort(values)
		if c.total != len(values) {
			t.Fatalf("%d values are counted, want %d", c.total, len(values))
		}
		for n, want := range values {
			if got := c.valueAtRank(n + 1); got != want {
				t.Fatalf("rank %d is %d, want %d of %v", n+1, got, want, values)
			}
		}
	})
}

// TestWorkInProgressCostsOneList: room for all that changed is made at once. Grown by a sixteenth at a time, as what
// goes on by a few points is, the list would be written seventeen times over.
func TestWorkInProgressCostsOneList(t *testing.T) {
	team := measure.Of(storytest.BigHistoryOf(200))
	none, many := newFlowChanges(team.Index, team.Now()), newFlowChanges(team.Index, team.Now())
	for n := range 1000 {
		at := team.Now().Add(time.Duration(n) * time.Second)
		many.inProgress = append(many.inProgress, countedMoment{at, 1})
	}
	allocationsOf := func(c *flowChanges) float64 {
		return testing.AllocsPerRun(10, func() {
			f := newMemory(team)
			f.takeChanges(team, c)
		})
	}
	if own, all := allocationsOf(&none), allocationsOf(&many); all > own+1 {
		t.Errorf("%v allocations with a thousand changes, %v with none", all, own)
	}
}

// TestAheadGoesOn: where something is dated ahead of the moment, as what changes while a reading goes on is, the series
// go on from those before, and are those that are made anew.
func TestAheadGoesOn(t *testing.T) {
	const known = "until 2027-03-31"
	team := measure.Of(storytest.Read(t, known,
		"K-1 2026-10-01T08:00\n  2026-10-05T09:00 status=doing\n  2026-10-07T15:00 status=done\n"+
			"K-2 2026-10-02T08:00\n  2026-10-06T09:00 status=doing\n  2026-11-20T15:00 status=done"))
	var m Memory
	first := m.GoOn(team, storytest.ParseTime(t, "2026-11-01T10:00"))
	if later := m.GoOn(team, storytest.ParseTime(t, "2026-11-01T11:00")); len(first) == 0 ||
		!series.GoesOnFrom(first[0].Points, later[0].Points) {
		t.Error("all is counted from the beginning")
	}
	rapid.Check(t, func(t *rapid.T) {
		team, m := measure.Of(storytest.GenerateHistory(t)), Memory{}
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-60, 60).Draw(t, "first")) * time.Hour)
		for range 4 {
			got, want := m.GoOn(team, at), Of(team, at)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("as of %v: %v, want %v", at, got, want)
			}
			at = at.Add(time.Duration(rapid.IntRange(0, 2000).Draw(t, "minutes")) * time.Minute)
		}
	})
}
