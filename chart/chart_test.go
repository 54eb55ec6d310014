package chart

import (
	"encoding/xml"
	goflag "flag"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jerem/chart/charttest"
	"jerem/chart/inline"
	"jerem/chart/labels"
	"jerem/chart/plot"
)

var update = goflag.Bool("update", false, "write the goldens anew")

func days(n int) []Day {
	var out []Day
	for i := range n {
		out = append(out, Day{Name: "Mon", Number: fmt.Sprint(i + 1), Off: i%7 > 4,
			Why: []string{"", "weekend"}[(i%7)/5]})
	}
	return out
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := "testdata/" + name + ".svg"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is drawn otherwise; look at it, then run with -update", file)
	}
	check(t, got)
}

// check holds a drawing to what every drawing keeps: well-formed, no style of its own, no number that
// is none.
func check(t interface{ Errorf(string, ...any) }, svg string) {
	d := xml.NewDecoder(strings.NewReader("<g>" + svg + "</g>"))
	for {
		_, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Errorf("not well-formed: %v in %.300s", err, svg)
			return
		}
	}
	if bad := regexp.MustCompile(`NaN|Inf[^a-z]|style=|%!`).FindString(svg); bad != "" {
		t.Errorf("holds %q: %.300s", bad, svg)
	}
}

func TestGoldens(t *testing.T) {
	now := .6
	golden(t, "burndown", Burndown{ID: "b", Title: "A <sprint> & more", Days: days(12), End: now, Now: &now,
		NowName: "now",
		Line:    []XY{{X: 0, Y: 38}, {X: .2, Y: 33}, {X: .3, Y: 41}, {X: .5, Y: 27}},
		Ideal:   []XY{{X: 0, Y: 38}, {X: .4, Y: 20}, {X: .6, Y: 20}, {X: 1, Y: 0}},
		First:   "38 committed", Last: "27 remain",
		Marks: []Mark{{.3, Added, "+5", "added", "K-1", "ev-1"}, {.31, Removed, "−3", "removed", "K-2", "ev-2"},
			{.5, Reopened, "+2", "reopened", "K-3", ""}}}.SVG())
	golden(t, "bars", Bars{ID: "i", Title: "Hours", Days: days(12),
		Bars: []Bar{{0, 2, false}, {2, 6.5, false}, {7, 3, true}}, Level: 3, LevelName: "budget 3 h"}.SVG())
	golden(t, "trend", Trend{ID: "v", Title: "Velocity", Names: []string{"21", "22", "23"},
		Values: []float64{4, 2.7, 3.4},
		Median: 3.4}.SVG())
	golden(t, "burnup", Burnup{ID: "u", Title: "Burnup", Days: days(30), End: now, Now: &now, NowName: "now",
		Scope: []XY{{X: 0, Y: 206}, {X: .3, Y: 212}}, Done: []XY{{X: 0, Y: 0}, {X: .2, Y: 50}, {X: .5, Y: 121}},
		Capacity: []XY{{X: .6, Y: 121}, {X: .8, Y: 150}, {X: 1, Y: 190}}, First: "206 at first", Last: "212 in all",
		DoneLabel: "121 done",
		Pace:      "capacity, 3.5 a day"}.SVG())
	golden(t, "weeks", Weeks{ID: "w", Title: "Weeks",
		Weeks: []Week{{Name: "W40", Value: 7, Level: 8}, {Name: "W41", Value: -2, Level: 17.5},
			{Name: "W42", Value: 3, Open: true}}}.SVG())
	tick := .5
	golden(t, "small", inline.Meter(.5, &tick, "f-exp")+inline.Stack([]inline.Part{{Value: 16,
		Class: "f-done"}, {Value: 15, Class: "f-doing"},
		{Value: 12, Class: "f-todo"}})+inline.Kept(38, 27, 22, 44))
}

// TestAnything: whatever the numbers, a drawing is a drawing.
func TestAnything(t *testing.T) {
	number := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, -1, 1e300, math.NaN(), math.Inf(1),
		math.Inf(-1),
		1e-300}))
	rapid.Check(t, func(t *rapid.T) {
		xy := rapid.Custom(func(t *rapid.T) XY { return XY{X: number.Draw(t, "x"), Y: number.Draw(t, "y")} })
		mark := rapid.Custom(func(t *rapid.T) Mark {
			return Mark{X: number.Draw(t, "x"), Kind: Added,
				Label: strings.ToValidUTF8(rapid.StringMatching(`[a-z<>&"é -]{0,8}`).Draw(t, "label"), "")}
		})
		x := number.Draw(t, "now")
		check(t, Burndown{ID: "b", Days: days(rapid.IntRange(0, 70).Draw(t, "days")),
			Line:  rapid.SliceOf(xy).Draw(t, "line"),
			Ideal: rapid.SliceOf(xy).Draw(t, "ideal"), End: x, Now: &x, NowName: "now",
			Marks: rapid.SliceOf(mark).Draw(t, "marks")}.SVG())
		drawn := Burndown{ID: "b", Days: days(12), Line: rapid.SliceOf(xy).Draw(t, "line"),
			Ideal: rapid.SliceOf(xy).Draw(t, "ideal"), End: x, Now: &x, NowName: "now", First: "38.5 committed",
			Last:  "27 remain",
			Marks: rapid.SliceOf(mark).Draw(t, "marks")}.SVG()
		check(t, drawn)
		readable(t, drawn, burndownNarrowest)
		values := rapid.SliceOfN(number, 0, 6).Draw(t, "values")
		check(t, Trend{ID: "t", Names: make([]string, len(values)), Values: values, Median: x}.SVG())
		var bars []Bar
		for i, v := range values {
			bars = append(bars, Bar{i, v, i%2 == 0})
		}
		check(t, Bars{ID: "i", Days: days(len(values)), Bars: bars, Level: x}.SVG())
		var weeks []Week
		for i, v := range values {
			weeks = append(weeks, Week{Name: "W", Value: v, Level: x, Open: i%2 == 0})
		}
		check(t, Weeks{ID: "w", Weeks: weeks}.SVG())
		check(t, Burnup{ID: "u", Days: days(3), Scope: rapid.SliceOf(xy).Draw(t, "scope"),
			Done: rapid.SliceOf(xy).Draw(t, "done"), Capacity: rapid.SliceOf(xy).Draw(t, "capacity"), End: x, Now: &x,
			NowName: "now"}.SVG())
		check(t, inline.Progress(x, 1, number.Draw(t, "todo"), number.Draw(t, "longest")))
		check(t, inline.Meter(x, &x, "f-exp")+inline.Stack([]inline.Part{{Value: x, Class: "a"},
			{Value: 1, Class: "b"}})+inline.Kept(x, x, x, number.Draw(t, "long")))
	})
}

// TestManyMarks: five hundred changes of scope stay readable: their stacks stand clear of each other, and each change
// is in one of them.
func TestManyMarks(t *testing.T) {
	var marks []Mark
	for i := range 500 {
		marks = append(marks, Mark{X: float64(i) / 500, Kind: Added, Delta: "+1", Label: fmt.Sprint("K-", i),
			ID: fmt.Sprint("ev-", i)})
	}
	for _, s := range labels.Screens(burndownNarrowest) {
		list := stackMarks(marks, s)
		total := 0
		for _, f := range list {
			total += len(f.marks)
		}
		if total != 500 || len(list) > 16 {
			t.Errorf("%d marks in %d stacks", total, len(list))
		}
	}
	readable(t, Burndown{ID: "b", Days: days(10), Marks: marks}.SVG(), burndownNarrowest)
}

// TestStacks: marks that share a place stand one on the other, the first on top; beyond four the rest is counted. Each
// leads to its event, and what stands alone says its issue on a desk.
func TestStacks(t *testing.T) {
	at := func(x float64, delta string, n int) Mark {
		return Mark{X: x, Kind: Added, Delta: delta, Word: "added", Label: fmt.Sprint("K-", n),
			ID: fmt.Sprint("ev-", n)}
	}
	svg := Burndown{ID: "b", Days: days(12), Marks: []Mark{at(.2, "+5", 1), at(.2, "+3", 2), at(.7, "+8", 3)}}.SVG()
	for _, want := range []string{`href="#ev-1"`, `href="#ev-2"`, `y="40" class="lab">+5</text>`,
		`y="55" class="lab">+3</text>`, `>+8 K-3</text>`, `<title>K-3 added +8</title>`, ">weekend</text>"} {
		if !strings.Contains(svg, want) {
			t.Errorf("there is no %s in %s", want, svg)
		}
	}
	opened := Burndown{ID: "b", Days: days(12), Line: []XY{{X: 0, Y: 8}, {X: .5, Y: 5}}, End: .6, First: "8 committed",
		Last: "5 remain", Opens: Opened{First: "#explain-commitment", Last: "#explain-remaining"}}.SVG()
	for _, want := range []string{`<a href="#explain-commitment" class="opens`,
		`<a href="#explain-remaining" class="opens`} {
		if _, links, _ := strings.Cut(opened, "</g>\n"); !strings.Contains(links, want) {
			t.Errorf("outside of the picture is no %s in %s", want, opened)
		}
	}
	if strings.Contains(Alone(svg, "", ""), "<a ") {
		t.Error("a drawing that stands alone leads nowhere")
	}
	var many []Mark
	for n := range 9 {
		many = append(many, at(.5, "+1", n))
	}
	svg = Burndown{ID: "b", Days: days(12), Marks: many}.SVG()
	for _, want := range []string{">6 more</text>", `data-events="ev-3 ev-4 ev-5 ev-6 ev-7 ev-8"`} {
		if !strings.Contains(svg, want) {
			t.Errorf("there is no %s in %s", want, svg)
		}
	}
}

// TestBurndownFan: the outcomes of a burndown stay readable wherever they end, and say what they end at on a desk.
func TestBurndownFan(t *testing.T) {
	for _, now := range []float64{0, .1, .5, .8, .97} {
		for _, left := range []float64{0, 2, 20, 38} {
			b := Burndown{ID: "b", Days: days(12), End: now, Now: &now, NowName: "now",
				Line:  []XY{{X: 0, Y: 38}, {X: now / 2, Y: 40}},
				Ideal: []XY{{X: 0, Y: 38}, {X: .4, Y: 20}, {X: .6, Y: 20}, {X: 1, Y: 0}}, First: "38 committed",
				Last:   "40 remain",
				FanEnd: "about 11 left", FanRange: "between 9 and 14",
				Dates: []DateMark{{X: now + (1-now)*.7, Name: "50 % Thu 19 Nov"}}}
			for i := range 6 {
				share := float64(i) / 5
				at := func(spread float64) float64 { return max(0, 40-(40-left+spread)*share) }
				b.Fan = append(b.Fan, FanPoint{now + (1-now)*share, at(-9), at(-6), at(-3), at(0), at(3), at(6), at(9)})
			}
			svg := b.SVG()
			check(t, svg)
			readable(t, svg, burndownNarrowest)
			if now == .1 && left == 20 && !strings.Contains(svg, ">between 9 and 14<") {
				t.Error("the fan does not say what it ends at")
			}
		}
	}
}

// TestScale: the top is round, covers the highest value, and takes at most five lines above zero.
func TestScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		high := rapid.Float64Range(1e-6, 1e9).Draw(t, "high")
		s := plot.NewScale(high, 0, 100)
		if s.Top < high*(1-1e-9) || math.Round(s.Top/s.Step) > 5 {
			t.Fatalf("%v: top %v, step %v", high, s.Top, s.Step)
		}
	})
}

// readable holds a drawing to its promise, at every width that it is shown at.
func readable(t interface{ Errorf(string, ...any) }, svg string, desk float64) {
	for window, wide := range map[int][]float64{390: {230, 260, 300, 390, 428}, 768: {430, 490, 606, 700, 810, 872},
		1280: {desk - labels.Gutter, desk, desk + 150, 960, 1132}} {
		for _, width := range wide {
			for _, fault := range charttest.Faults(svg, window, width, labels.TextWidth) {
				t.Errorf("%v pixels wide on %v: %s", width, window, fault)
			}
		}
	}
}

// TestFirstHours: what stood on one another: the commitment on what remains in a sprint's first hours, "now" on what is
// done in a quarter's first weeks, a budget on a bar, the names of many weeks, what remains on its own line.
func TestFirstHours(t *testing.T) {
	for _, share := range []float64{0, .001, .01, .03, .08, .5, .97, 1} {
		now := share
		for _, line := range [][]XY{{{X: 0, Y: 32}}, {{X: 0, Y: 32}, {X: share / 2, Y: 30}},
			{{X: 0, Y: 32}, {X: share / 4, Y: 12}, {X: share / 3, Y: 40}, {X: share, Y: 12}}, {{X: 0, Y: 0}}} {
			readable(t, Burndown{ID: "b", Days: days(12), End: now, Now: &now, NowName: "now", Line: line,
				Ideal: []XY{{X: 0, Y: 32}, {X: .4, Y: 20}, {X: .6, Y: 20}, {X: 1, Y: 0}}, First: "32 committed",
				Last: "32 remain"}.SVG(), burndownNarrowest)
			readable(t, Burnup{ID: "u", Days: days(92), End: now, Now: &now, NowName: "now", Scope: line,
				Done: []XY{{X: 0, Y: 0}, {X: share, Y: 1}}, Capacity: []XY{{X: share, Y: 1}, {X: 1, Y: 90}},
				First: "32 at first", Last: "32 in all", DoneLabel: "1 done",
				Pace: "capacity, 2.7 a day"}.SVG(), burnupNarrowest)
		}
	}
	for _, high := range []float64{2.9, 3, 3.3, 9} {
		var bars []Bar
		var weeks []Week
		for i := range 12 {
			bars = append(bars, Bar{i, high * float64(i%3+1), i == 11})
			weeks = append(weeks, Week{Name: fmt.Sprint("W", 40+i), Value: high * float64(i%4-1), Level: 3.3,
				Open: i == 11})
		}
		readable(t, Bars{ID: "i", Days: days(12), Bars: bars, Level: 3.3,
			LevelName: "budget 3.3 h"}.SVG(), barsNarrowest)
		readable(t, Weeks{ID: "w", Weeks: weeks}.SVG(), weeksNarrowest)
		readable(t, Trend{ID: "v", Names: []string{"Kraken", "Leviathan", "Midgard serpent", "24", "25", "26"},
			Values: []float64{1, high, 2, high, 0, 12.25}, Median: high}.SVG(), trendNarrowest)
	}
}

// TestLabelsThere: keeping clear is not done by leaving out: on a desk an ordinary chart has all its labels.
func TestLabelsThere(t *testing.T) {
	now := .6
	svg := Burndown{ID: "b", Days: days(12), End: now, Now: &now, NowName: "now",
		Line:  []XY{{X: 0, Y: 38}, {X: .2, Y: 33}, {X: .3, Y: 41}, {X: .5, Y: 27}},
		Ideal: []XY{{X: 0, Y: 38}, {X: .4, Y: 20}, {X: .6, Y: 20}, {X: 1, Y: 0}},
		First: "38 committed", Last: "27 remain"}.SVG()
	svg += Burnup{ID: "u", Days: days(92), End: now, Now: &now, NowName: "now",
		Scope: []XY{{X: 0, Y: 206}, {X: .3, Y: 212}},
		Done:  []XY{{X: 0, Y: 0}, {X: .5, Y: 121}}, Capacity: []XY{{X: .6, Y: 121}, {X: 1, Y: 190}},
		First: "206 at first", Last: "212 in all",
		DoneLabel: "121 done", Pace: "capacity, 3.5 a day"}.SVG()
	for _, text := range []string{"38 committed", "27 remain", "ideal", "206 at first", "212 in all", "121 done",
		"capacity, 3.5 a day", "now"} {
		written := slices.ContainsFunc(regexp.MustCompile(`<text [^>]*>`+text+`</text>`).FindAllString(svg, -1),
			func(element string) bool { return !strings.Contains(element, "x-d") })
		if !written {
			t.Errorf("%q is not written", text)
		}
	}
}

// TestControlCharacters: what XML does not allow is left out of every text.
func TestControlCharacters(t *testing.T) {
	bad := "a\x00b\x1b[31m\x0b\uFFFEc\xffd\u0085"
	for _, svg := range []string{
		Burndown{ID: "b", Title: bad, Line: []XY{{X: 0, Y: 3}}, End: .5, First: bad, Last: bad,
			Marks: []Mark{{.2, Added, bad, bad, bad, bad}}}.SVG(),
		Bars{ID: "i", Title: bad, Days: []Day{{Name: bad, Number: bad}}, Bars: []Bar{{0, 1, false}}, Level: 2,
			LevelName: bad}.SVG(),
		Weeks{ID: "w", Title: bad, Weeks: []Week{{Name: bad, Value: 1, Level: 2, Open: true}}}.SVG(),
		Trend{ID: "t", Title: bad, Names: []string{bad}, Values: []float64{1}}.SVG(),
		Burnup{ID: "u", Title: bad, Scope: []XY{{X: 0, Y: 1}}, Done: []XY{{X: 0, Y: 1}},
			Capacity: []XY{{X: 0, Y: 1}, {X: 1, Y: 1}}, First: bad,
			Last: bad, DoneLabel: bad, Pace: bad}.SVG(),
		inline.Range{Label: bad}.SVG(), inline.DateTrend{Label: bad, Values: []*float64{new(.5)}}.SVG(),
	} {
		check(t, svg)
	}
}

// TestFlowCharts: the charts of the flow stay readable whatever they hold, and name their lines where there is room.
func TestFlowCharts(t *testing.T) {
	pace, zero := 7.0, 0.0
	for _, n := range []int{1, 7, 90, 400} {
		var dots []Dot
		var weeks []Week
		var reached [3][]float64
		for i := range n {
			dots = append(dots, Dot{Day: i, Value: float64(i*7%13 + 1), Title: "K-<1>"})
			weeks = append(weeks, Week{Name: fmt.Sprint("W", i%53), Value: float64(i % 9), Level: 0, Open: i == n-1})
			for c := range reached {
				reached[c] = append(reached[c], float64(max(0, i+5-3*c)))
			}
		}
		levels := []Level{{Value: 7, Name: "85 %: 7 days", Short: "85 %", Class: "s-end"},
			{Value: 6.8, Name: "50 %: 6.8 days", Short: "50 %", Class: "s-ideal"},
			{Value: 21, Name: "limit 21", Short: "limit", Class: "s-now"}}
		scatter := Scatter{ID: "s", Title: "a & b", Days: days(n), Dots: dots, Levels: levels}.SVG()
		flow := Cumulative{ID: "c", Days: days(n),
			Columns: []Reached{{"To <Do>", reached[0]}, {"A column with a long name", reached[1]},
				{"Done", reached[2]}}}.SVG()
		bars := Weeks{ID: "w", Weeks: weeks, Across: levels[1:], Third: true}.SVG()
		age := Ageing{ID: "a", Columns: []AgeColumn{
			{Name: "In Progress", Pace: &pace, PaceName: "85 % by 7", Dots: dots[:min(n, 30)]}, {Name: "Review"},
			{Name: "Waiting for the customer", Pace: &zero, PaceName: "85 % by 0", Dots: dots[:1]}}}.SVG()
		for svg, desk := range map[string]float64{scatter: scatterNarrowest, flow: scatterNarrowest,
			bars: trendNarrowest,
			age:  ageingNarrowest} {
			check(t, svg)
			readable(t, svg, desk)
		}
		if n == 90 && (!strings.Contains(scatter, ">85 %: 7 days<") || !strings.Contains(flow, ">Done<") ||
			!strings.Contains(bars, ">limit 21<")) {
			t.Error("the lines have no names")
		}
		if got := strings.Count(scatter, "<circle"); got != n {
			t.Errorf("%d dots of %d", got, n)
		}
	}
	check(t, Scatter{ID: "s"}.SVG()+Cumulative{ID: "c"}.SVG()+Ageing{ID: "a"}.SVG())
}

// TestFan: a fan stays readable wherever its dates lie, and names the dates and the deadline on a desk.
func TestFan(t *testing.T) {
	for _, now := range []float64{0, .02, .3, .6, .9} {
		for _, wide := range []float64{.05, .3, 1} {
			due := .8
			b := Burnup{ID: "u", Days: days(120), End: now, Now: &now, NowName: "now",
				Scope: []XY{{X: 0, Y: 90}, {X: now, Y: 100}},
				Done:  []XY{{X: 0, Y: 0}, {X: now, Y: 60}}, First: "90 at first", Last: "100 in all",
				DoneLabel: "60 done",
				Deadline:  &due,
				DueName:   "ends 31 Dec"}
			for i := range 20 {
				share := float64(i) / 19
				done := func(speed float64) float64 { return min(100, 60+40*share*speed) }
				b.Fan = append(b.Fan, FanPoint{now + (1-now)*wide*share, done(.3), done(.5), done(.8), done(1),
					done(1.3),
					done(1.8), done(3)})
			}
			b.Dates = []DateMark{{X: now + (1-now)*wide*.6, Name: "50 % 5 Jan"},
				{X: now + (1-now)*wide, Name: "85 % 13 Jan"}}
			svg := b.SVG()
			check(t, svg)
			readable(t, svg, burnupNarrowest)
			for _, name := range []string{">50 % 5 Jan<", ">85 % 13 Jan<", ">ends 31 Dec<"} {
				if wide == 1 && now < .5 && !strings.Contains(svg, name) {
					t.Errorf("%s is not written", name)
				}
			}
		}
	}
}

// TestLanes: a timeline stays readable whatever changed how often, and names the value that holds at last.
func TestLanes(t *testing.T) {
	for _, n := range []int{1, 2, 7, 60} {
		var lane, flags Lane
		lane.Name, flags.Name, flags.Class = "Status", "Time logged", "f-exp"
		for i := range n {
			lane.Spans = append(lane.Spans, LaneSpan{float64(i) / float64(n), float64(i+1) / float64(n),
				fmt.Sprint("Waiting for <review> ", i), []string{"", "f-done", "f-doing"}[i%3]})
			flags.Columns = append(flags.Columns, LaneColumn{float64(i) / float64(n), float64(i%4) / 3,
				fmt.Sprint(i, " h")})
		}
		ticks := []Tick{{0, "2 Nov"}, {.01, "3 Nov"}, {.5, "9 Nov"}, {1, "16 Nov"}}
		svg := Lanes{ID: "l", Title: "K-1 & its past", Lanes: []Lane{lane, {Name: "Empty"}, flags}, Ticks: ticks}.SVG()
		check(t, svg)
		readable(t, svg, lanesNarrow)
		if !strings.Contains(svg, fmt.Sprintf("Waiting for &lt;review&gt; %d</text>", n-1)) {
			t.Errorf("%d values: the last one has no name", n)
		}
	}
	check(t, Lanes{ID: "l", Lanes: []Lane{{Spans: []LaneSpan{{math.NaN(), math.Inf(1), "a", ""}}}}}.SVG())
}

// TestLanesLongNames: a name that finds no room, alone in its lane or beside another one, is cut and not left out; the
// whole of it stands in its bar.
func TestLanesLongNames(t *testing.T) {
	long := strings.Repeat("Autoscaling of node pools ", 8)
	tries := map[string][]LaneSpan{
		"alone":  {{0, 1, long, ""}},
		"beside": {{0, .55, "Sprint 9: upgrades without a window", ""}, {.55, 1, "Sprint 9, Sprint 10: " + long, ""}},
		"late":   {{0, .1, "none", ""}, {.1, .8, "Sprint 9", ""}, {.8, 1, "Sprint 9, " + long, ""}},
	}
	for name, spans := range tries {
		svg := Lanes{ID: "l", Title: name, Lanes: []Lane{{Name: "Sprints", Spans: spans}}}.SVG()
		check(t, svg)
		readable(t, svg, lanesNarrow)
		texts, _, _ := strings.Cut(svg, "</svg>")
		if screens := strings.Count(svg, "…</text>"); screens == 0 || !strings.Contains(texts, long) {
			t.Errorf("%s: %d names are cut, or the whole one is nowhere:\n%s", name, screens, svg)
		}
		for _, span := range spans {
			if begins := ">" + string([]rune(span.Name)[:4]); !strings.Contains(svg, begins) {
				t.Errorf("%s: nothing begins with %q", name, begins)
			}
		}
	}
}

// TestNumbersOpen: where values lead somewhere each of their texts is a link behind the picture, once on a screen;
// where they lead nowhere the chart is one picture without links.
func TestNumbersOpen(t *testing.T) {
	drawings := map[string]func(link string) string{
		"bars": func(link string) string {
			return Bars{ID: "b", Days: days(3), Bars: []Bar{{0, 2, false}, {2, 6.5, false}}, Opens: link}.SVG()
		},
		"weeks": func(link string) string {
			return Weeks{ID: "w", Weeks: []Week{{Name: "W1", Value: 3, Link: link},
				{Name: "W2", Value: 4, Link: link}}}.SVG()
		},
		"trend": func(link string) string {
			trend := Trend{ID: "t", Names: []string{"1", "2"}, Values: []float64{3, 4}, Median: 3}
			if link != "" {
				trend.Links = []string{link, link}
			}
			return trend.SVG()
		},
		"scatter": func(link string) string {
			return Scatter{ID: "s", Days: days(9), Dots: dotsOf(link)}.SVG()
		},
		"ageing": func(link string) string {
			return Ageing{ID: "a", Columns: []AgeColumn{{Name: "Doing", Dots: dotsOf(link)}}}.SVG()
		},
	}
	for name, draw := range drawings {
		open, closed := draw("#explain-it"), draw("")
		picture := open[:strings.LastIndex(open, "</g>")]
		if strings.Contains(picture, "<a ") || strings.Count(open, `href="#explain-it"`) < 2 ||
			!strings.Contains(open, `role="group"`) {
			t.Errorf("%s: the values do not lead on behind the picture: %s", name, open)
		}
		if strings.Contains(closed, "<a ") || !strings.Contains(closed, `role="img"`) {
			t.Errorf("%s leads somewhere without being told where: %s", name, closed)
		}
	}
	if got := plot.Number(-12345.5); got != "−12\u202f345.5" {
		t.Errorf("a number of five digits is %q", got)
	}
}

// TestCumulativeNamesInOrder: columns whose lines end at one height are named from the first down to the last.
func TestCumulativeNamesInOrder(t *testing.T) {
	names := []string{"To Do", "In Progress", "In Review", "Done"}
	for _, levels := range [][4]float64{{40, 40, 40, 40}, {40, 37, 37, 37}, {40, 39, 39, 3}, {1, 0, 0, 0},
		{0, 0, 0, 0}} {
		drawing := Cumulative{ID: "c", Days: days(90)}
		for i, level := range levels {
			values := make([]float64, 90)
			for day := range values {
				values[day] = level * float64(day+1) / 90
			}
			drawing.Columns = append(drawing.Columns, Reached{names[i], values})
		}
		svg := drawing.SVG()
		readable(t, svg, scatterNarrowest)
		for _, hidden := range []string{"x-p", "x-t", "x-d"} {
			if got := namesDown(svg, hidden); !slices.IsSortedFunc(got, func(a, b string) int {
				return slices.Index(names, a) - slices.Index(names, b)
			}) || len(got) < 2 || hidden != "x-p" && len(got) < 4 {
				t.Errorf("%v, not %s: named are %q", levels, hidden, got)
			}
		}
	}
}

// namesDown are the bold texts of a drawing from the top down, but those that a screen hides; a name that was cut is
// told in full.
func namesDown(svg, hidden string) []string {
	at := map[float64]string{}
	bold := regexp.MustCompile(` y="([\d.]+)" class="(lab[^"]*)"[^>]*>([^<]+)`)
	for _, text := range bold.FindAllStringSubmatch(svg, -1) {
		if y, err := strconv.ParseFloat(text[1], 64); err == nil && !strings.Contains(text[2], hidden) {
			at[y] = strings.Replace(text[3], "In Pro…", "In Progress", 1)
		}
	}
	var names []string
	for _, y := range slices.Sorted(maps.Keys(at)) {
		names = append(names, at[y])
	}
	return names
}
