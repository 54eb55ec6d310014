package series

import (
	"math"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// randomPieces draws pieces of a few series, several of them of one series, some without points.
func randomPieces(t *rapid.T) (list []Series) {
	value := rapid.OneOf(rapid.Map(rapid.Int64(), Long), rapid.Map(rapid.Float64(), Double),
		rapid.Map(rapid.StringMatching(`[a-z ]{0,4}`), String))
	for range rapid.IntRange(0, 8).Draw(t, "pieces") {
		one := Series{Class: rapid.SampledFrom([]string{"b", "a", "a.b"}).Draw(t, "class"),
			Labels: map[string]string{"n": rapid.SampledFrom([]string{"1", "2"}).Draw(t, "label")},
			Kind:   Kind(rapid.IntRange(0, 1).Draw(t, "kind")),
			End:    time.UnixMicro(rapid.Int64Range(-5, 5).Draw(t, "end"))}
		tick := rapid.OneOf(rapid.Int64Range(-10, 10), rapid.Int64Range(-1<<61, 1<<61)).Draw(t, "first")
		for range rapid.IntRange(0, 4).Draw(t, "points") {
			one.Points = append(one.Points, Point{tick, value.Draw(t, "value")})
			tick += rapid.OneOf(rapid.Int64Range(1, 4), rapid.Int64Range(1, 1<<58)).Draw(t, "distance")
		}
		list = append(list, one)
	}
	return list
}

// TestPack: what comes out of a pack is what Join makes of what was added, whatever the values are, and again for the
// next who reads.
func TestPack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := randomPieces(t)
		var pack Pack
		points := 0
		for _, one := range list {
			pack.Add(one)
			points += len(one.Points)
		}
		want := Join(list)
		for range 2 {
			var got []Series
			for one := range pack.Each() {
				one.Points = slices.Clone(one.Points)
				got = append(got, one)
			}
			if len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
				t.Fatalf("got %v, want %v", got, want)
			}
		}
		if pack.Points() != points {
			t.Fatalf("%d points, want %d", pack.Points(), points)
		}
	})
}

// TestPackUnjoined: pieces come out of a pack as they were added, those of a series together, and joined they are what
// the pack joins.
func TestPackUnjoined(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := randomPieces(t)
		var pack Pack
		added := map[string][]Series{}
		for _, one := range list {
			pack.Add(one)
			if len(one.Points) > 0 {
				added[one.Key()] = append(added[one.Key()], one)
			}
		}
		var got []Series
		found := map[string][]Series{}
		for pieces := range pack.EachUnjoined() {
			found[pieces[0].Key()] = pieces
			got = append(got, pieces...)
		}
		if !reflect.DeepEqual(found, added) {
			t.Fatalf("got %v, want %v", found, added)
		}
		if got, want := Join(got), Join(list); len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Fatalf("joined: got %v, want %v", got, want)
		}
	})
}

// TestJoinLeavesPieces: what is joined is not written into: pieces are shared with who keeps them.
func TestJoinLeavesPieces(t *testing.T) {
	kept := []Point{{1, Long(1)}, {2, Long(2)}}
	first, later := Series{Points: kept[:1]}, Series{Points: []Point{{5, Long(5)}}}
	Join([]Series{first, later})
	if kept[1] != (Point{2, Long(2)}) {
		t.Errorf("%v was written behind the points of a piece", kept[1])
	}
}

// TestPackIsSmall: points of amounts and counts take less than a third packed; several may read at once.
func TestPackIsSmall(t *testing.T) {
	amounts, counts := Series{Class: "amounts"}, Series{Class: "counts"}
	for n := range 10_000 {
		at := time.Date(2026, 1, 1, 0, n, n%60, 0, time.UTC)
		amounts.Add(at, Double(math.Abs(float64(n%300))/2))
		counts.Add(at, Long(int64(n)))
	}
	var pack Pack
	pack.Add(amounts)
	pack.Add(counts)
	const ofPoint = 32
	if most := pack.Points() * ofPoint / 3; pack.Size() > most {
		t.Errorf("%d bytes for %d points, want at most %d", pack.Size(), pack.Points(), most)
	}
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for one := range pack.Each() {
				if !slices.Equal(one.Points, amounts.Points) && !slices.Equal(one.Points, counts.Points) {
					t.Error("other points")
				}
			}
		})
	}
	readers.Wait()
}

// TestPointIsSmall: a team has millions of points, so that each byte of one counts, and none of them is a pointer,
// which each collection of garbage would follow.
func TestPointIsSmall(t *testing.T) {
	if size := reflect.TypeFor[Point]().Size(); size > 16 {
		t.Errorf("a point takes %d bytes", size)
	}
	point, value := reflect.TypeFor[Point](), reflect.TypeFor[Value]()
	for _, field := range []reflect.StructField{point.Field(0), value.Field(0)} {
		if kind := field.Type.Kind(); kind != reflect.Int64 && kind != reflect.Uint64 {
			t.Errorf("a point holds a %v", kind)
		}
	}
	if point.NumField() != 2 || value.NumField() != 1 {
		t.Error("a point holds more than its moment and its value")
	}
}

// TestValues: each value is what it was made of, and equal to no other one; the zero Value is LONG 0.
func TestValues(t *testing.T) {
	if (Long(0) != Value{}) || (Double(0) == Value{}) {
		t.Error("the zero Value is not LONG 0")
	}
	odd := Double(math.Float64frombits(0xFFF8 << 48))
	if got := odd; !math.IsNaN(got.Number()) || !got.IsDouble() || got != Double(math.NaN()) {
		t.Errorf("what is no number is %v", got.GTS())
	}
	const ended = 0x7ff0000000000002 // by which Prometheus tells the end of a series
	if got := math.Float64bits(Double(math.Float64frombits(ended)).Number()); got != ended {
		t.Errorf("the end of a series is %x", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{math.Inf(1), math.Inf(-1), -math.MaxFloat64,
			math.SmallestNonzeroFloat64, math.Copysign(0, -1)})).Draw(t, "double")
		if v := Double(x); math.Float64bits(v.Number()) != math.Float64bits(x) || !v.IsDouble() || v != Double(x) {
			t.Fatalf("%v is %v", x, v.GTS())
		}
		n := rapid.OneOf(rapid.Int64(), rapid.Int64Range(1<<48-2, 1<<48+2), rapid.Int64Range(-1<<48-2, -1<<48+2),
			rapid.Int64Range(-9, 9)).Draw(t, "long")
		if v := Long(n); v.longNumber() != n || v.numberBits() != uint64(n) || v.kind() != isLong || v != Long(n) ||
			v == Long(n+1) || v == Double(float64(n)) {
			t.Fatalf("%d is %v", n, v.GTS())
		}
		s := rapid.String().Draw(t, "text")
		told := String(s)
		text, ok := told.Text()
		if !ok || text != s || told != String(s) || String(s) == String(s+"!") || String(s) == Long(n) {
			t.Fatalf("%q is %q, %v", s, text, ok)
		}
	})
}
