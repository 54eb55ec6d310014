package labels

import (
	"testing"

	"pgregory.net/rapid"
)

// TestBesideIsNotCut: a line crosses an area where one of its parts is cut by the sides of the area, whatever is asked
// before that. Both take the points as they are rounded in a drawing: whether a part that touches a corner is cut
// depends on that.
func TestBesideIsNotCut(t *testing.T) {
	const width = 100.0
	across := func(p Point) float64 { return p.X / 100 * width }
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) float64 { return float64(rapid.IntRange(-12, 12).Draw(t, name)) }
		a := Area{X0: draw("left"), y0: draw("upper")}
		size := rapid.IntRange(0, 9)
		a.X1, a.y1 = a.X0+float64(size.Draw(t, "width")), a.y0+float64(size.Draw(t, "height"))
		var line []Point
		for range rapid.IntRange(0, 5).Draw(t, "points") {
			line = append(line, Point{draw("x"), draw("y")})
		}
		cut := false
		for n := 1; n < len(line); n++ {
			cut = cut || a.cutBy(across(line[n-1]), line[n-1].Y, across(line[n]), line[n].Y)
		}
		if got := a.crossedBy(line, width); got != cut {
			t.Fatalf("crossed: %v, cut: %v", got, cut)
		}
	})
}

// TestNearlyAllIsBeside: of a line of many steps, those few are cut by the sides of a text that lie at it.
func TestNearlyAllIsBeside(t *testing.T) {
	a := Area{X0: 50, X1: 60, y0: 10, y1: 20}
	looked := 0
	for x := range 100 {
		if !a.isBeside(float64(x), 15, float64(x+1), 15) {
			looked++
		}
	}
	if looked != 12 {
		t.Errorf("%d of 100 steps are cut by sides, want the 12 that touch the area", looked)
	}
}
