package series

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawn is an extent of up to three pieces in the minutes from 0 to 200, as measures make them.
func drawn(t *rapid.T, name string) *Extent {
	e := &Extent{Step: time.Duration(rapid.SampledFrom([]int{0, 7, 20}).Draw(t, name+" step")) * time.Minute,
		Until: at(rapid.IntRange(0, 220).Draw(t, name+" until"))}
	for range rapid.IntRange(0, 3).Draw(t, name+" pieces") {
		s := Series{Kind: Kind(rapid.IntRange(0, 1).Draw(t, name+" kind"))}
		for m := range 201 {
			if rapid.IntRange(0, 30).Draw(t, name+" point") == 0 {
				s.Add(at(m), Long(rapid.Int64Range(0, 2).Draw(t, name+" value")))
			}
		}
		if rapid.Bool().Draw(t, name+" ends") {
			s.End = at(rapid.IntRange(0, 220).Draw(t, name+" end"))
		}
		if rapid.Bool().Draw(t, name+" grid ends") {
			s.GridEnd = at(rapid.IntRange(0, 220).Draw(t, name+" grid end"))
		}
		e.Pieces = append(e.Pieces, s)
	}
	return e
}

// plain computes the points of an extent in the plainest way: minute by minute.
func plain(e *Extent) map[int64]Value {
	out := map[int64]Value{}
	for i := range e.Pieces {
		s := &e.Pieces[i]
		for m := range 221 {
			tick := Tick(at(m))
			held, any := s.lastAtOrBefore(tick)
			own := any && held.Tick == tick && (s.Kind == Events || tick <= Tick(e.Until))
			onGrid := e.Step > 0 && tick%e.Step.Microseconds() == 0 && tick <= Tick(e.Until) && s.holdsAt(tick) &&
				(s.GridEnd.IsZero() || tick < Tick(s.GridEnd))
			if own || any && onGrid {
				out[tick] = held.Value
			}
		}
	}
	return out
}

func gathered(points []Point) map[int64]Value {
	out := map[int64]Value{}
	for _, p := range points {
		out[p.Tick] = p.Value
	}
	return out
}

// TestWalkProperty: a walk finds each point of change and of the grid once, in ascending order.
func TestWalkProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawn(t, "e")
		list := e.Points(First)
		for i := 1; i < len(list); i++ {
			if list[i-1].Tick >= list[i].Tick {
				t.Fatalf("%v stands before %v", list[i-1], list[i])
			}
		}
		if got, want := gathered(list), plain(e); !maps.Equal(got, want) {
			t.Fatalf("walked %v, want %v", got, want)
		}
		from := Tick(at(rapid.IntRange(0, 220).Draw(t, "from")))
		want := plain(e)
		maps.DeleteFunc(want, func(tick int64, _ Value) bool { return tick < from })
		if got := gathered(e.Points(from)); !maps.Equal(got, want) {
			t.Fatalf("walked from %d: %v, want %v", from, got, want)
		}
	})
}

// TestDifferProperty: before the tick that is told, two extents hold the same points.
func TestDifferProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawn(t, "a"), drawn(t, "b")
		if rapid.Bool().Draw(t, "alike") {
			*b = Extent{Pieces: append([]Series{}, a.Pieces...), Step: a.Step, Until: b.Until}
			if n := len(b.Pieces); n > 0 && rapid.Bool().Draw(t, "longer") {
				b.Pieces[n-1].End = time.Time{}
			}
		}
		at := Differ(a, b)
		was, is := plain(a), plain(b)
		for tick, v := range was {
			if other, ok := is[tick]; tick < at && (!ok || other != v) {
				t.Fatalf("they differ at %d, before %d", tick, at)
			}
		}
		for tick := range is {
			if _, ok := was[tick]; tick < at && !ok {
				t.Fatalf("they differ at %d, before %d", tick, at)
			}
		}
		if same := a.Digest() == b.Digest(); same && a.Step == b.Step && a.Until.Equal(b.Until) &&
			!maps.Equal(was, is) {
			t.Fatal("different points, the same digest")
		}
	})
}

// TestNeedProperty: what was posted once, whatever of a later push was taken, and what is told to be needed make what
// is wanted; the stretches told to be gone take away the rest.
func TestNeedProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was, tried, now := drawn(t, "was"), drawn(t, "tried"), drawn(t, "now")
		stands, through := plain(was), Tick(at(rapid.IntRange(-1, 220).Draw(t, "through")))
		for _, p := range tried.Points(First) {
			if p.Tick <= through || rapid.Bool().Draw(t, "taken") {
				stands[p.Tick] = p.Value
			}
		}
		wanted := neededPoints(now, plain(was), plain(tried), through)
		if count := Need(now, was, tried, through, First).Count(); count != len(wanted) {
			t.Fatalf("%d points are counted, %d are needed", count, len(wanted))
		}
		need := Need(now, was, tried, through, First)
		part := rapid.IntRange(1, 20).Draw(t, "part")
		for list := need.AppendNext(nil, part); len(list) > 0; list = need.AppendNext(list[:0], part) {
			for _, p := range list {
				if len(list) > part || len(wanted) == 0 || p != wanted[0] {
					t.Fatalf("%v comes in a part of %d, wanted are %v", p, len(list), wanted)
				}
				wanted, stands[p.Tick] = wanted[1:], p.Value
			}
		}
		most := rapid.IntRange(0, 5).Draw(t, "most")
		for _, gone := range append(Gone(was, now, First, most), Gone(tried, now, First, most)...) {
			parts, few := Around(gone, now, 1000)
			if !few {
				t.Fatal("a thousand parts are not too many here")
			}
			maps.DeleteFunc(stands, func(tick int64, _ Value) bool {
				for _, part := range parts {
					if tick >= part.First && tick <= part.Last {
						return true
					}
				}
				return false
			})
		}
		if want := plain(now); !maps.Equal(stands, want) {
			t.Fatalf("stands %v, want %v", stands, want)
		}
	})
}

// neededPoints finds the plain way, point by point, what of an extent does not stand.
func neededPoints(now *Extent, was, tried map[int64]Value, through int64) (out []Point) {
	points := plain(now)
	for _, tick := range slices.Sorted(maps.Keys(points)) {
		old, had := was[tick]
		later, overwritten := tried[tick]
		standing := had && old == points[tick]
		if overwritten {
			standing = later == points[tick] && (tick <= through || standing)
		}
		if !standing {
			out = append(out, Point{tick, points[tick]})
		}
	}
	return out
}

// TestGoesOnProperty: what does not go on has no point after the tick, however far it reaches.
func TestGoesOnProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawn(t, "e")
		tick := Tick(at(rapid.IntRange(0, 200).Draw(t, "tick")))
		goesOn, further := e.GoesOn(tick), *e
		further.Until = at(400)
		if later := further.Points(tick + 1); !goesOn && len(later) > 0 {
			t.Fatalf("%v come after %d", later, tick)
		}
		s := Series{Kind: Step, End: e.Until}
		s.Add(at(-1), Long(1))
		if ended := (&Extent{Pieces: []Series{s}, Step: time.Minute, Until: e.Until}); ended.GoesOn(Tick(e.Until)) {
			t.Fatal("a series goes on that ended")
		}
	})
}

// TestContradictProperty: extents contradict each other where a tick has two values.
func TestContradictProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawn(t, "a"), drawn(t, "b")
		from, want := Tick(at(rapid.IntRange(-1, 220).Draw(t, "from"))), false
		others := plain(b)
		for tick, value := range plain(a) {
			other, both := others[tick]
			want = want || both && tick >= from && other != value
		}
		if Contradict(a, b, from) != want {
			t.Fatalf("contradict: %v, want %v", !want, want)
		}
		for _, p := range Need(a, b, nil, First, from).KeepOld().AppendNext(nil, 1000) {
			if _, stands := others[p.Tick]; stands {
				t.Fatalf("%v would be posted where another point stands", p)
			}
		}
	})
}

// TestRunsOfYears: a grid of years costs as many runs as there are changes of value, not as many as it has points.
func TestRunsOfYears(t *testing.T) {
	s := Series{Kind: Step}
	for n := range 10 {
		s.Add(at(1000*n+1), Long(int64(n)))
	}
	e := &Extent{Pieces: []Series{s}, Step: 20 * time.Minute, Until: at(0).AddDate(3, 0, 0)}
	runs, points, need := 0, 0, Need(e, nil, nil, First, First)
	for run, ok := need.NextRun(1 << 30); ok; run, ok = need.NextRun(1 << 30) {
		runs, points = runs+1, points+run.Count
	}
	if want := len(e.Points(First)); points != want || want < 70_000 || runs > 20 {
		t.Errorf("%d points in %d runs, want %d in 20 at most", points, runs, want)
	}
	if gone := Gone(e, &Extent{}, First, 3); len(gone) != 1 {
		t.Errorf("%v is gone, want one stretch", gone)
	}
}

// TestEndAtFirstTick: an end at tick 0 is an end, for the digest and for what differs.
func TestEndAtFirstTick(t *testing.T) {
	extent := func(end, gridEnd time.Time) *Extent {
		s := Series{Kind: Step, End: end, GridEnd: gridEnd}
		s.Add(at(-20), Long(1))
		return &Extent{Pieces: []Series{s}, Step: 20 * time.Minute, Until: at(60)}
	}
	for name, ended := range map[string]*Extent{"end": extent(at(0), time.Time{}), "grid": extent(time.Time{}, at(0))} {
		endless := extent(time.Time{}, time.Time{})
		if tick := Differ(ended, endless); tick != 0 {
			t.Errorf("%s: they differ from %d on, want 0", name, tick)
		}
		if ended.Digest() == endless.Digest() {
			t.Errorf("%s: an end is not in the digest", name)
		}
	}
}
