package chart

import (
	"strings"
	"testing"
)

// TestSteps: each step of a burndown leads to its event, those at one place together; a step that a mark tells too is
// read out once, by the mark.
func TestSteps(t *testing.T) {
	svg := Burndown{ID: "b", Days: days(12), End: .6, Line: []XY{{X: 0, Y: 38}, {X: .2, Y: 33}, {X: .2, Y: 30},
		{X: .4, Y: 35}},
		Steps: []Step{{X: .2, From: 38, To: 33, Told: "A-1 completed −5", ID: "event-1"},
			{X: .201, From: 33, To: 30, Told: "A-2 completed −3", ID: "event-2"},
			{X: .4, From: 30, To: 35, Told: "A-3 added +5", ID: "event-3", Marked: true}}}.SVG()
	for _, want := range []string{
		`<a href="#event-1" data-events="event-1 event-2" class="step"><title>A-1 completed −5,` + "\n" +
			`A-2 completed −3</title>`,
		`<a href="#event-3" data-events="event-3" class="step" tabindex="-1" aria-hidden="true">`,
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in %s", want, svg)
		}
	}
	if n := strings.Count(svg, `class="step"`); n != 2 {
		t.Errorf("%d links, want 2", n)
	}
	check(t, svg)
	check(t, WithoutLinks(svg))
}

// TestManyEventsOfOneMark: a mark of many events names eight of them and says how many more there are.
func TestManyEventsOfOneMark(t *testing.T) {
	eight := "A" + strings.Repeat(",\nA", 7)
	for n, want := range map[int]string{1: "A", 8: eight, 10: eight + ",\nand 2 more"} {
		if got := tellTogether(strings.Split(strings.Repeat("A", n), "")); got != want {
			t.Errorf("%d events: %q, want %q", n, got, want)
		}
	}
}
