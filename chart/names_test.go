package chart

import (
	"fmt"
	"strings"
	"testing"
)

// dotsOf are two dots that lead to an address.
func dotsOf(link string) []Dot {
	return []Dot{{Day: 1, Value: 2, Title: "K-1", Link: link}, {Day: 4, Value: 3, Title: "K-2", Link: link}}
}

// screensOf counts on how many of the three screens a text stands.
func screensOf(svg, text string) int {
	shown := 0
	for _, before := range strings.SplitAfter(svg, ">"+text+"<") {
		if strings.HasSuffix(before, ">"+text+"<") {
			own := before[strings.LastIndex(before, "<text"):]
			shown += 3 - strings.Count(own, "x-p") - strings.Count(own, "x-t") - strings.Count(own, "x-d")
		}
	}
	return shown
}

// TestDotsAreNamed: a dot that stands apart is named right beside it on every screen, one that others crowd is not, and
// no name hides anything.
func TestDotsAreNamed(t *testing.T) {
	pace := 7.0
	dots := []Dot{{Value: 128, Title: "K-434, 128 days", Name: "K8S-434"}, {Value: 93, Title: "K-456", Name: "K8S-456"}}
	for i := range 7 {
		dots = append(dots, Dot{Value: 8, Title: "K", Name: fmt.Sprint("NEAR-", i)})
	}
	ageing := Ageing{ID: "a", Columns: []AgeColumn{{Name: "To Do"}, {Name: "In Progress", Pace: &pace,
		PaceName: "85 % by 7", Dots: dots}, {Name: "In Review", Pace: &pace, PaceName: "85 % by 7"}}}.SVG()
	readable(t, ageing, ageingNarrowest)
	s := Scatter{ID: "s", Days: days(90), Levels: []Level{{Value: 9, Name: "85 %: 9 days", Class: "s-end"}}}
	for day := range 90 {
		s.Dots = append(s.Dots, Dot{Day: day, Value: float64(day % 9), Title: "K", Name: "CROWD-1"})
	}
	for _, day := range []int{0, 45, 89} {
		s.Dots = append(s.Dots, Dot{Day: day, Value: float64(40 + day), Title: "K", Name: fmt.Sprint("K8S-", day)})
	}
	scatter := s.SVG()
	readable(t, scatter, scatterNarrowest)
	for name, svg := range map[string]string{"K8S-434": ageing, "K8S-456": ageing, "K8S-0": scatter, "K8S-45": scatter,
		"K8S-89": scatter} {
		if n := screensOf(svg, name); n != 3 {
			t.Errorf("%s is named on %d of 3 screens", name, n)
		}
	}
	crowd := 0
	for i := range 7 {
		crowd += screensOf(ageing, fmt.Sprint("NEAR-", i))
	}
	if crowd > 7 {
		t.Errorf("7 dots that stand close have %d names on 3 screens", crowd)
	}
}

// TestSurestDateIsNamedFirst: on a phone the 85 % date close to the quarter's end has its name as on a desk, and one
// after the end of the axis is told at its edge.
func TestSurestDateIsNamedFirst(t *testing.T) {
	due := 1.0
	b := Burnup{ID: "u", Days: days(92), End: .52, Scope: []XY{{X: 0, Y: 72}, {X: .4, Y: 85}},
		Done: []XY{{X: 0, Y: 0}, {X: .5, Y: 61}}, Last: "85 in all", DoneLabel: "61 done", Deadline: &due,
		DueName: "ends 31 Dec", Dates: []DateMark{{X: .74, Name: "50 % 7 Dec"}, {X: .9, Name: "85 % 22 Dec"}}}
	for _, share := range []float64{.52, .74, 1} {
		done := min(85, 61+85*(share-.52))
		b.Fan = append(b.Fan, FanPoint{share, done - 9, done - 6, done - 3, done, done, done, done})
	}
	svg := b.SVG()
	readable(t, svg, burnupNarrowest)
	if n := screensOf(svg, "85 % 22 Dec"); n != 3 {
		t.Errorf("the 85 %% date is named on %d of 3 screens", n)
	}
	b.Dates, b.Beyond = b.Dates[:1], DateMark{Name: "85 % 8 Jun 2027 →", Link: "#explain-date-85"}
	svg = b.SVG()
	readable(t, svg, burnupNarrowest)
	if n := screensOf(svg, "85 % 8 Jun 2027 →"); n != 3 {
		t.Errorf("the 85 %% date beyond the axis is told on %d of 3 screens", n)
	}
}

// TestPaceIsNamedInShort: where the whole name of the pace finds no room beside the dates its short one stands.
func TestPaceIsNamedInShort(t *testing.T) {
	due := 1.0
	b := Burnup{ID: "u", Days: days(92), End: .52, Scope: []XY{{X: 0, Y: 72}, {X: .4, Y: 85}},
		Done: []XY{{X: 0, Y: 0}, {X: .5, Y: 61}}, Last: "85 in all", DoneLabel: "61 done", Deadline: &due,
		DueName: "ends 31 Dec", Dates: []DateMark{{X: .74, Name: "50 % 7 Dec"}, {X: .9, Name: "85 % 22 Dec"}},
		Capacity: []XY{{X: .52, Y: 61}, {X: .62, Y: 85}}, PaceShort: "capacity, 2.7 a day",
		Pace: "capacity, 2.7 a day, meets the scope on 27 Nov"}
	svg := b.SVG()
	readable(t, svg, burnupNarrowest)
	if whole, short := screensOf(svg, b.Pace), screensOf(svg, b.PaceShort); short == 0 || whole+short > 3 {
		t.Errorf("the pace is named on %d of 3 screens, in short on %d", whole, short)
	}
}
