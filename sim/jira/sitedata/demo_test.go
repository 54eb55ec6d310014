package sitedata

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// points sums the story points of a sprint's issues that are not done at a moment.
func points(s *Site, sprint int, when time.Time, count func(state) bool) (sum float64, issues int) {
	for _, t := range s.story.tales {
		st, ok := t.stateAt(when)
		if !ok || s.story.typeLevel(st.typ) != 0 || !slices.Contains(st.sprints, sprint) || !count(st) {
			continue
		}
		n, _ := st.custom["customfield_10036"].(float64)
		sum, issues = sum+n, issues+1
	}
	return sum, issues
}

func notDone(s state) bool { return s.status.category != "done" }

func TestDemoFigures(t *testing.T) {
	s, err := LoadScenario("demo.txtar", DemoScenario())
	if err != nil {
		t.Fatal(err)
	}
	paris := "Europe/Paris"
	if want := at0(paris, "2026-11-23 14:00"); !s.Clock().Equal(want) {
		t.Errorf("clock %s, want %s", s.Clock(), want)
	}
	for _, c := range []struct {
		name   string
		sprint int
		when   string
		count  func(state) bool
		points float64
		issues int
	}{
		{"21 committed", 21, "2026-10-19 09:30", notDone, 44, 9},
		{"21 left at the close", 21, "2026-10-30 17:12", notDone, 8, 1},
		{"22 committed", 22, "2026-11-02 09:30", notDone, 36, 9},
		{"22 left at the close", 22, "2026-11-13 17:20", notDone, 12, 3},
		{"23 committed", 23, "2026-11-16 09:30", notDone, 38, 12},
		{"23 remaining", 23, "2026-11-23 14:00", notDone, 27, 7},
		{"23 done", 23, "2026-11-23 14:00", func(s state) bool { return !notDone(s) }, 16, 5},
		{"23 doing", 23, "2026-11-23 14:00", func(s state) bool { return s.status.category == "indeterminate" }, 15, 3},
		{"23 to do", 23, "2026-11-23 14:00", func(s state) bool { return s.status.category == "new" }, 12, 4},
		{"23 unestimated", 23, "2026-11-23 14:00", func(s state) bool { return s.custom["customfield_10036"] == nil },
			0, 1},
		{"23 dependency", 23, "2026-11-23 14:00", func(s state) bool { return slices.Contains(s.labels, "dependency") },
			5, 1},
		{"23 flagged", 23, "2026-11-23 14:00", func(s state) bool { return s.flagged }, 5, 1},
	} {
		p, n := points(s, c.sprint, at0(paris, c.when), c.count)
		if p != c.points || n != c.issues {
			t.Errorf("%s: %v points in %d issues, want %v in %d", c.name, p, n, c.points, c.issues)
		}
	}
}

func TestDemoImpediments(t *testing.T) {
	s, err := LoadScenario("demo.txtar", DemoScenario())
	if err != nil {
		t.Fatal(err)
	}
	daily, natures, sprints := map[string]float64{}, map[string]float64{}, map[string]float64{}
	for _, l := range s.story.logs {
		v, alive := l.versionAt(s.Clock())
		if st := l.tale.currentState(); !alive || !slices.Contains(st.labels, "impediment") {
			continue
		}
		day, hours := v.started.In(s.Zone).Format("2006-01-02"), float64(v.seconds)/3600
		switch {
		case day >= "2026-11-16":
			daily[day] += hours
			n, _ := l.tale.currentState().custom["customfield_11028"].([]string)
			natures[strings.Join(n, "")] += hours
			sprints["23"] += hours
		case day >= "2026-11-02":
			sprints["22"] += hours
		default:
			sprints["21"] += hours
		}
	}
	want := func(what string, got, want map[string]float64) {
		if as(got) != as(want) {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	want("daily", daily, map[string]float64{"2026-11-16": 2, "2026-11-17": 3.5, "2026-11-18": 6.5, "2026-11-19": 5.5,
		"2026-11-20": 2, "2026-11-21": 2, "2026-11-23": 3})
	want("nature", natures, map[string]float64{"Support": 10, "Incident": 7.5, "Bug": 4, "Infrastructure": 2, "": 1})
	want("sprints", sprints, map[string]float64{"21": 18.5, "22": 33, "23": 24.5})
}

func at0(zone, s string) time.Time {
	z, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", s, z)
	if err != nil {
		panic(err)
	}
	return t
}

// as returns a JSON value as text, for messages.
func as(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}
