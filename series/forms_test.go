package series

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func at(minutes int) time.Time {
	return time.Unix(0, 0).UTC().Add(time.Duration(minutes) * time.Minute)
}

func step(end int, points ...int) Series {
	s := Series{Class: "c", Labels: map[string]string{"a": "b"}}
	if end > 0 {
		s.End = at(end)
	}
	for _, m := range points {
		s.Add(at(m), Long(int64(m)))
	}
	return s
}

func minutes(s Series) string {
	var out []string
	for _, p := range s.Points {
		out = append(out, fmt.Sprintf("%d=%s", p.Tick/60e6, p.Value.GTS()))
	}
	return strings.Join(out, " ")
}

func TestWindow(t *testing.T) {
	f := func(s Series, from, to int, want string) {
		t.Helper()
		if got := minutes(s.Window(at(from), at(to))); got != want {
			t.Errorf("%s from %d to %d: %q, want %q", minutes(s), from, to, got, want)
		}
	}
	f(step(0, 10, 20, 30), 0, 100, "10=10 20=20 30=30")
	f(step(0, 10, 20, 30), 15, 25, "15=10 20=20")
	f(step(0, 10, 20, 30), 20, 20, "20=20")
	f(step(0, 10, 20, 30), 50, 60, "50=30")
	f(step(40, 10, 20, 30), 50, 60, "") // over before
	f(step(40, 10, 20, 40), 40, 60, "40=40")
	f(step(40, 10, 50), 45, 60, "50=50") // corrected after its end
	events := step(0, 10, 90)
	events.Kind = Events
	f(events, 20, 30, "90=90") // an end that lies ahead is known
	f(events, 95, 99, "")
}

// gridded writes the points of a series and of its hourly grid.
func gridded(s Series, from int64, to int) string {
	return minutes(Series{Points: hourly(to, s).Points(from)})
}

// hourly is an extent with an hourly grid.
func hourly(to int, pieces ...Series) *Extent {
	return &Extent{Pieces: pieces, Step: time.Hour, Until: at(to)}
}

func TestGrid(t *testing.T) {
	f := func(s Series, to int, want string) {
		t.Helper()
		if got := gridded(s, First, to); got != want {
			t.Errorf("%s to %d: %q, want %q", minutes(s), to, got, want)
		}
	}
	short := step(0, 10, 70)
	short.GridEnd = at(100)
	f(short, 200, "10=10 60=10 70=70") // it lives on without points
	f(step(0, 10, 70), 200, "10=10 60=10 70=70 120=70 180=70")
	f(step(0, 60, 70), 120, "60=60 70=70 120=70")
	f(step(120, 10, 120), 300, "10=10 60=10 120=120") // none after its end
	f(step(0), 300, "")
	f(step(0, -70), 0, "-70=-70 -60=-70 0=-70")
	late := step(0, 10, 70)
	if got, want := gridded(late, Tick(at(100)), 200), "120=70 180=70"; got != want {
		t.Errorf("from 100: %q, want %q", got, want)
	}
}

// TestGridProperty: grid points stand on the grid only, carry the value held, and change no other.
func TestGridProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points := rapid.SliceOfNDistinct(rapid.IntRange(0, 500), 1, 8, rapid.ID).Draw(t, "points")
		s := Series{Class: "c"}
		for m := range 501 {
			for _, p := range points {
				if p == m {
					s.Add(at(m), Long(int64(m)))
				}
			}
		}
		was := map[int64]Value{}
		for _, p := range s.Points {
			was[p.Tick] = p.Value
		}
		for _, p := range hourly(600, s).Points(First) {
			if v, ok := was[p.Tick]; ok {
				if v != p.Value {
					t.Fatalf("a point of change was changed: %v", p)
				}
				delete(was, p.Tick)
				continue
			}
			if held, _ := s.lastAtOrBefore(p.Tick); p.Tick%3600e6 != 0 || held.Value != p.Value {
				t.Fatalf("%v stands off the grid, or carries another value than %v", p, held)
			}
		}
		if len(was) > 0 {
			t.Fatalf("points were lost: %v", was)
		}
	})
}

func TestJoin(t *testing.T) {
	a, b := step(30, 10, 20), step(0, 40, 50)
	c := Series{Class: "b", Points: []Point{{1, Long(1)}}}
	got := Join([]Series{a, b, c, {Class: "empty"}})
	if len(got) != 2 || got[0].Class != "b" || minutes(got[1]) != "10=10 20=20 40=40 50=50" || !got[1].End.IsZero() {
		t.Errorf("%+v", got)
	}
}

func TestGone(t *testing.T) {
	f := func(old, now Series, want string) {
		t.Helper()
		var out []string
		for _, r := range Gone(ungridded(old), ungridded(now), First, 9) {
			out = append(out, fmt.Sprintf("%d-%d", r.First/60e6, r.Last/60e6))
		}
		if got := strings.Join(out, " "); got != want {
			t.Errorf("%s to %s: %q, want %q", minutes(old), minutes(now), got, want)
		}
	}
	f(step(0, 1, 2, 3), step(0, 1, 2, 3), "")
	f(step(0, 1, 2, 3), step(0, 1, 3), "2-2")
	f(step(0, 1, 2, 3, 4, 5), step(0, 1, 5), "2-4")
	f(step(0, 1, 3, 5), step(0, 1, 2, 4), "3-3 5-5")
	f(step(0, 1, 2), Series{}, "1-2")
	if got := Gone(ungridded(step(0, 1, 3, 5, 7)), ungridded(step(0, 2, 4, 6)), First, 3); len(got) != 1 ||
		got[0] != (Stretch{60e6, 420e6}) {
		t.Errorf("of too many stretches one is made: %v", got)
	}
}

// ungridded is an extent of a series without a grid.
func ungridded(pieces ...Series) *Extent { return &Extent{Pieces: pieces, Until: at(1000)} }

// TestGoneProperty: exactly the points that the new list does not have lie in the stretches.
func TestGoneProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, now := Series{Class: "c"}, Series{Class: "c"}
		for m := range 30 {
			if rapid.Bool().Draw(t, "old") {
				old.Add(at(m), Long(0))
			}
			if rapid.Bool().Draw(t, "now") {
				now.Add(at(m), Long(0))
			}
		}
		in := func(tick int64) bool {
			for _, r := range Gone(ungridded(old), ungridded(now), First, 30) {
				if tick >= r.First && tick <= r.Last {
					return true
				}
			}
			return false
		}
		there := map[int64]bool{}
		for _, p := range now.Points {
			there[p.Tick] = true
			if in(p.Tick) {
				t.Fatalf("a point that is there would go: %d", p.Tick)
			}
		}
		for _, p := range old.Points {
			if !there[p.Tick] && !in(p.Tick) {
				t.Fatalf("a point that vanished would stay: %d", p.Tick)
			}
		}
	})
}

func TestForms(t *testing.T) {
	list := []Series{{Class: "a b", Labels: map[string]string{"z": "1,2", "k": "é"}, Points: []Point{
		{-5, Double(3)}, {1700000000000001, Double(2.5)}, {1700000060000000, Long(7)}, {1700000060000001,
			String("l'end, \"x\"\n")}, {1700000060000002, Double(1e21)}}}}
	var gts, js, csv strings.Builder
	if err := WriteGTS(&gts, slices.Values(list)); err != nil {
		t.Fatal(err)
	}
	if err := WriteJSON(&js, slices.Values(list)); err != nil {
		t.Fatal(err)
	}
	if err := WriteCSV(&csv, slices.Values(list)); err != nil {
		t.Fatal(err)
	}
	f := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
	f(gts.String(), "-5// a%20b{k=%C3%A9,z=1%2C2} 3.0\n=1700000000000001// 2.5\n=1700000060000000// "+
		"7\n=1700000060000001// 'l%27end%2C%20%22x%22%0A'\n=1700000060000002// 1e+21\n")
	f(js.String(), `{"class":"a b","labels":{"k":"é","z":"1,2"},"points":[[-5,3.0],[1700000000000001,2.5],`+
		`[1700000060000000,7],[1700000060000001,"l'end, \"x\"\n"],[1700000060000002,1e+21]]}`+"\n")
	var back struct{ Points []Point }
	if err := json.Unmarshal([]byte(js.String()), &back); err != nil ||
		fmt.Sprint(back.Points) != fmt.Sprint(list[0].Points) {
		t.Errorf("%v read back as %v, %v", list[0].Points, back.Points, err)
	}
	f(csv.String(), "class,labels,time,value\na b,k=%C3%A9;z=1%2C2,1969-12-31T23:59:59.999995Z,3.0\na "+
		"b,k=%C3%A9;z=1%2C2,2023-11-14T22:13:20.000001Z,2.5\na b,k=%C3%A9;z=1%2C2,2023-11-14T22:14:20Z,7\n"+
		"a b,k=%C3%A9;z=1%2C2,2023-11-14T22:14:20.000001Z,\"l'end, \"\"x\"\"\n\"\na "+
		"b,k=%C3%A9;z=1%2C2,2023-11-14T22:14:20.000002Z,1e+21\n")
}

// TestGTSReadsBack: any text survives the percent encoding, any number its type.
func TestGTSReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, number := rapid.String().Draw(t, "text"), rapid.Float64().Draw(t, "number")
		s := Series{Class: text, Labels: map[string]string{text: text},
			Points: []Point{{1, String(text)}, {2, Double(number)}}}
		var b strings.Builder
		if err := WriteGTS(&b, slices.Values([]Series{s})); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(b.String(), "\n")
		if len(lines) != 3 {
			t.Fatalf("%d lines: %q", len(lines), b.String())
		}
		plain, err := url.PathUnescape(strings.TrimSuffix(lines[0][strings.Index(lines[0], "'")+1:], "'"))
		if err != nil || plain != text {
			t.Fatalf("%q came back as %q, %v", text, plain, err)
		}
		written := strings.TrimPrefix(lines[1], "=2// ")
		var back float64
		if json.Unmarshal([]byte(written), &back) != nil || back != number || !strings.ContainsAny(written, ".e") {
			t.Fatalf("%v came back as %q", number, written)
		}
	})
}
