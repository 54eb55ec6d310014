package chart

import (
	"encoding/xml"
	goflag "flag"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var update = goflag.Bool("update", false, "write the goldens anew")

func days(n int) []Day {
	var out []Day
	for i := range n {
		out = append(out, Day{Name: "Mon", Number: fmt.Sprint(i + 1), Off: i%7 > 4})
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
		Line: []XY{{0, 38}, {.2, 33}, {.3, 41}, {.5, 27}}, Ideal: []XY{{0, 38}, {.4, 20}, {.6, 20}, {1, 0}}, First: "38 committed", Last: "27 remain",
		Marks: []Mark{{.3, Added, "+5", "added", "K-1"}, {.31, Removed, "−3", "removed", "K-2"}, {.5, Reopened, "+2", "reopened", "K-3"}}}.SVG())
	golden(t, "bars", Bars{ID: "i", Title: "Hours", Days: days(12), Bars: []Bar{{0, 2, false}, {2, 6.5, false}, {7, 3, true}}, Level: 3, LevelName: "budget 3 h"}.SVG())
	golden(t, "trend", Trend{ID: "v", Title: "Velocity", Names: []string{"21", "22", "23"}, Values: []float64{4, 2.7, 3.4}, Median: 3.4}.SVG())
	golden(t, "burnup", Burnup{ID: "u", Title: "Burnup", Days: days(30), End: now, Now: &now, Scope: []XY{{0, 206}, {.3, 212}}, Done: []XY{{0, 0}, {.2, 50}, {.5, 121}},
		Capacity: []XY{{.6, 121}, {.8, 150}, {1, 190}}, First: "206 at first", Last: "212 in all", DoneLabel: "121 done", Pace: "capacity, 3.5 a day"}.SVG())
	golden(t, "weeks", Weeks{ID: "w", Title: "Weeks", Weeks: []Week{{"W40", 7, 8, false}, {"W41", -2, 17.5, false}, {"W42", 3, 0, true}}}.SVG())
	tick := .5
	golden(t, "small", Meter("half", .5, &tick, "f-exp")+Stack("parts", []Part{{16, "f-done"}, {15, "f-doing"}, {12, "f-todo"}})+Kept("kept", 38, 27, 22, 44))
}

// TestAnything: whatever the numbers, a drawing is a drawing.
func TestAnything(t *testing.T) {
	number := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, -1, 1e300, math.NaN(), math.Inf(1), math.Inf(-1), 1e-300}))
	rapid.Check(t, func(t *rapid.T) {
		xy := rapid.Custom(func(t *rapid.T) XY { return XY{number.Draw(t, "x"), number.Draw(t, "y")} })
		mark := rapid.Custom(func(t *rapid.T) Mark {
			return Mark{X: number.Draw(t, "x"), Kind: Added, Label: strings.ToValidUTF8(rapid.StringMatching(`[a-z<>&"é -]{0,8}`).Draw(t, "label"), "")}
		})
		x := number.Draw(t, "now")
		check(t, Burndown{ID: "b", Days: days(rapid.IntRange(0, 70).Draw(t, "days")), Line: rapid.SliceOf(xy).Draw(t, "line"), Ideal: rapid.SliceOf(xy).Draw(t, "ideal"), End: x, Now: &x,
			Marks: rapid.SliceOf(mark).Draw(t, "marks")}.SVG())
		values := rapid.SliceOfN(number, 0, 6).Draw(t, "values")
		check(t, Trend{ID: "t", Names: make([]string, len(values)), Values: values, Median: x}.SVG())
		var bars []Bar
		for i, v := range values {
			bars = append(bars, Bar{i, v, i%2 == 0})
		}
		check(t, Bars{ID: "i", Days: days(len(values)), Bars: bars, Level: x}.SVG())
		var weeks []Week
		for i, v := range values {
			weeks = append(weeks, Week{"W", v, x, i%2 == 0})
		}
		check(t, Weeks{ID: "w", Weeks: weeks}.SVG())
		check(t, Burnup{ID: "u", Days: days(3), Scope: rapid.SliceOf(xy).Draw(t, "scope"), Done: rapid.SliceOf(xy).Draw(t, "done"), Capacity: rapid.SliceOf(xy).Draw(t, "capacity"), End: x, Now: &x}.SVG())
		check(t, Progress("p", x, 1, number.Draw(t, "todo"), number.Draw(t, "longest")))
		check(t, Meter("m", x, &x, "f-exp")+Stack("s", []Part{{x, "a"}, {1, "b"}})+Kept("k", x, x, x, number.Draw(t, "long")))
	})
}

// TestManyMarks: five hundred changes of scope stay readable: flags never stand closer than they may.
func TestManyMarks(t *testing.T) {
	var marks []Mark
	for i := range 500 {
		marks = append(marks, Mark{X: float64(i) / 500, Kind: Added, Delta: "+1", Label: fmt.Sprint("K-", i)})
	}
	list := flags(marks)
	total := 0
	for i, f := range list {
		total += len(f.marks)
		if i > 0 && f.marks[0].X-list[i-1].marks[0].X < apart {
			t.Errorf("flags %d and %d stand %v apart", i-1, i, f.marks[0].X-list[i-1].marks[0].X)
		}
	}
	if total != 500 || len(list) > 15 {
		t.Errorf("%d marks in %d flags", total, len(list))
	}
}

// TestScale: the top is round, covers the highest value, and takes at most five lines above zero.
func TestScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		high := rapid.Float64Range(1e-6, 1e9).Draw(t, "high")
		s := newScale(high, 0, 100)
		if s.top < high*(1-1e-9) || math.Round(s.top/s.step) > 5 {
			t.Fatalf("%v: top %v, step %v", high, s.top, s.step)
		}
	})
}

// TestIdealName: the name of the ideal line makes room for the value of now, and a line of zeros has none.
func TestIdealName(t *testing.T) {
	ideal := func(from float64) (line []XY) {
		for i := range 11 {
			line = append(line, XY{float64(i) / 10, from * float64(10-i) / 10})
		}
		return line
	}
	for name, c := range map[string]struct {
		end, from, at float64
		named         bool
	}{
		"the value of now stands early": {.13, 100, .8, true},
		"it stands on its other side":   {.5, 100, .2, true},
		"nothing is committed":          {.13, 0, 0, false},
	} {
		place, named := Burndown{Ideal: ideal(c.from), End: c.end}.besideIdeal()
		if named != c.named || place.X != c.at {
			t.Errorf("%s: at %v, named %v", name, place, named)
		}
	}
}
