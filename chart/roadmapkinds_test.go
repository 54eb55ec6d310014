package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jerem/chart/inline"
	"jerem/chart/plot"
	"jerem/chart/small"
)

// TestFloatingRows: the rows of a waterfall lie end to end, and the last one reaches from where the first begins to
// where the last part ends.
func TestFloatingRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parts []float64
		for _, days := range rapid.SliceOfN(rapid.IntRange(-40, 40), 1, 6).Draw(t, "parts") {
			parts = append(parts, float64(days))
		}
		rows := inline.FloatingRows(parts, make([]string, len(parts)+1))
		sum, span := 0.0, 0.0
		for i, part := range parts {
			sum += part
			if i > 0 && rows[i].From != rows[i-1].To {
				t.Fatalf("row %d begins at %v, the one before ends at %v", i, rows[i].From, rows[i-1].To)
			}
			if part != 0 {
				span = (rows[i].To - rows[i].From) / part // of one unit
			}
			check(t, rows[i].SVG())
		}
		last := rows[len(parts)]
		if last.From != rows[0].From || math.Abs(last.To-rows[len(parts)-1].To) > 1e-9 ||
			math.Abs(last.To-last.From-sum*span) > 1e-9 {
			t.Fatalf("%v: the sum reaches from %v to %v", parts, last.From, last.To)
		}
		for _, row := range rows {
			if min(row.From, row.To) < -1e-9 || max(row.From, row.To) > 1+1e-9 {
				t.Fatalf("%v: a row reaches from %v to %v", parts, row.From, row.To)
			}
		}
	})
	if svg := (inline.Floating{From: .5, To: .5}).SVG(); strings.Contains(svg, "<rect") {
		t.Errorf("nothing is drawn as a bar: %s", svg)
	}
}

// TestSpark: a small burnup holds its bounds whatever it is made of, and one without values is left out.
func TestSpark(t *testing.T) {
	number := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, -1, 1e300, math.NaN(), math.Inf(1)}))
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 9).Draw(t, "n")
		list := rapid.SliceOfN(number, n, n)
		check(t, inline.Spark{Label: "<a>", Total: list.Draw(t, "total"), Done: list.Draw(t, "done"), Places: 5}.SVG())
		var values []*float64
		for _, x := range list.Draw(t, "values") {
			values = append(values, &x, nil)
		}
		check(t, inline.DateTrend{Label: "<a>", Values: values, Due: &[]float64{number.Draw(t, "due")}[0],
			Class: "good"}.SVG())
	})
	if svg := (inline.Spark{Total: []float64{0, 0}, Done: []float64{0, 0}}).SVG(); svg != "" {
		t.Errorf("nothing is drawn: %s", svg)
	}
}

// TestSmall: whatever the numbers, small burnups are drawings; what is twice as much stands twice as high on the scale
// that all share; equal days are one piece of the line; what never had anything to do is not drawn.
func TestSmall(t *testing.T) {
	number := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, -1, 1e300, math.NaN(), math.Inf(1)}))
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 9).Draw(t, "n")
		list := rapid.SliceOfN(number, n, n)
		one := small.Burnup{Label: "<a>", Total: list.Draw(t, "total"), Done: list.Draw(t, "done"), Places: 5,
			Due: number.Draw(t, "due"), Early: &[]float64{number.Draw(t, "early")}[0]}
		check(t, one.SVG(small.ScaleOf([]small.Burnup{one})))
	})
	low := small.Burnup{Label: "low", Total: []float64{5, 5, 5, 5}, Done: []float64{0, 0, 2, 2}, Places: 8, Due: 1}
	high := small.Burnup{Label: "high", Total: []float64{10, 10, 10, 10}, Done: []float64{0, 0, 4, 4}, Places: 8,
		Due: 1}
	s := small.ScaleOf([]small.Burnup{low, high})
	for _, one := range []struct {
		burnup small.Burnup
		want   string
	}{{low, `d="M0 34H500" class="p s-scope"`}, {high, `d="M0 6H500" class="p s-scope"`},
		{low, `d="M0 62H250V50.8H500" class="p s-exp"`}, {high, `d="M0 62H250V39.6H500" class="p s-exp"`}} {
		if svg := one.burnup.SVG(s); !strings.Contains(svg, one.want) {
			t.Errorf("%s lacks %s: %s", one.burnup.Label, one.want, svg)
		}
	}
	late := .75
	low.Late = &late
	if svg := low.SVG(s); !strings.Contains(svg, `<path d="M500 34H750" class="p s-scope dash"/></svg>`+
		`<circle cx="75%" cy="34" r="3.5" class="dot"/>`) {
		t.Errorf("the total is not carried on to its date: %s", svg)
	}
	if svg := (small.Burnup{Total: []float64{0, 0}, Done: []float64{0, 0}}).SVG(s); svg != "" {
		t.Errorf("nothing is drawn: %s", svg)
	}
}

// TestTold: what was told stays readable however many moments there are and wherever the dates lie; what was not told
// is not drawn.
func TestTold(t *testing.T) {
	for _, n := range []int{1, 6, 13, 40} {
		var moments []ToldDates
		for i := range n {
			from, to := float64(i%7)/7, float64(i%5+2)/7
			one := ToldDates{Name: fmt.Sprint(i%28+1, " Oct"), From: &from, To: &to,
				Class: []string{"good", "bad", ""}[i%3],
				Title: "told <on>"}
			if i%4 == 3 {
				one.To = nil
			}
			moments = append(moments, one)
		}
		for _, due := range []float64{0, .02, .5, .98, 1} {
			c := Told{ID: "t", Title: "a & b", Moments: moments,
				Dates: []ToldDate{{Y: due, Name: "ends 31 Dec", Short: "end",
					Class: "s-end"}, {Y: 1 - due, Name: "came 12 Jan", Short: "came", Class: "s-exp"}},
				Ticks: []ToldDate{{Y: 0, Name: "Oct"}, {Y: .5, Name: "Dec"}, {Y: 1, Name: "Feb"}}}
			check(t, c.SVG())
			readable(t, c.SVG(), toldNarrowest)
			if got, want := strings.Count(c.SVG(), `class="rb"`), n-n/4; got != want {
				t.Errorf("%d lines of %d", got, want)
			}
			c.Third = true
			readable(t, c.SVG(), trendNarrowest)
		}
	}
}

// TestGrowthMarks: what changed the scope is named where there is room, and every change leads to what did it.
func TestGrowthMarks(t *testing.T) {
	now := .6
	for _, n := range []int{1, 4, 12} {
		b := Burnup{ID: "u", Days: days(92), End: now, Now: &now, NowName: "now",
			Done:     []XY{{X: 0, Y: 0}, {X: .5, Y: 121}},
			Capacity: []XY{{X: .6, Y: 121}, {X: .9, Y: 212}}, First: "206 at first", Last: "212 in all",
			DoneLabel: "121 done", Pace: "capacity, 3.5 a day"}
		for i := range n {
			x, y := float64(i)*.55/float64(n), 180+float64(i*37%50)
			b.Scope = append(b.Scope, XY{X: x, Y: y})
			b.Grown = append(b.Grown, Growth{X: x, Y: y, Up: i%2 == 0, Text: "+5 K8S-1447", Title: "+5 points & more",
				Address: "/teams/K/issues/K8S-1447?a=1&b=2"})
		}
		svg := b.SVG()
		check(t, svg)
		readable(t, svg, burnupNarrowest)
		if got := strings.Count(svg, "<a href="); got != n {
			t.Errorf("%d links of %d", got, n)
		}
		if n == 1 && !strings.Contains(svg, ">+5 K8S-1447<") {
			t.Error("the change has no name")
		}
	}
}

// TestWholeSteps: of whole values the grid has whole lines and covers the highest; of others it may have halves.
func TestWholeSteps(t *testing.T) {
	for _, c := range []struct{ top, step, above float64 }{{.4, 1, 1}, {1, 1, 1}, {2, 1, 2}, {7, 2, 8}, {11, 5, 15},
		{12.1, 5, 15}, {24, 5, 25}, {110, 25, 125}} {
		s := plot.NewScale(c.top, 0, 100).WithWholeSteps(3, 7)
		if s.Step != c.step || s.Top != c.above {
			t.Errorf("up to %v: a line every %v up to %v, want %v and %v", c.top, s.Step, s.Top, c.step, c.above)
		}
	}
	if s := plot.NewScale(11, 0, 100).WithWholeSteps(2.5); s.Step != 2.5 {
		t.Errorf("halves: a line every %v", s.Step)
	}
}

// TestLinkedNames: the names of a cumulative flow and the dates that were told lead to what opens them, outside of the
// picture that is read out as one sentence.
func TestLinkedNames(t *testing.T) {
	day := .5
	for name, svg := range map[string]string{
		"cumulative": Cumulative{ID: "c", Title: "flow", Days: days(5), Link: "#explain-flow-cfd",
			Columns: []Reached{{Name: "To Do", Values: []float64{3, 4}},
				{Name: "Done", Values: []float64{0, 2}}}}.SVG(),
		"told": Told{ID: "c", Title: "dates", Link: "#explain-told-dates", Dates: []ToldDate{{Y: .4, Name: "ends"}},
			Moments: []ToldDates{{Name: "4 Oct", From: &day, Title: "told then"}, {Name: "11 Oct"}}}.SVG(),
	} {
		check(t, svg)
		picture, links, parted := strings.Cut(svg, "</g>\n<a ")
		if !parted || strings.Contains(picture, "<a ") || strings.Count(links, "href=") < 1 {
			t.Errorf("%s: the names lead nowhere: %s", name, svg)
		}
	}
}
