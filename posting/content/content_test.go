package content

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/series"
	"jerem/store/ledger"
)

// drawPieces draws pieces of a series, long ones too.
func drawPieces(t *rapid.T) (pieces []series.Series) {
	moments := []time.Time{{}, time.Date(2026, 11, 2, 8, 0, 0, 123_000, time.UTC), time.UnixMicro(0).UTC()}
	tick := rapid.Int64Range(-1<<50, 1<<50).Draw(t, "first tick")
	for range rapid.IntRange(0, 4).Draw(t, "pieces") {
		one := series.Series{Kind: series.Kind(rapid.IntRange(0, 1).Draw(t, "kind")),
			End: rapid.SampledFrom(moments).Draw(t, "end"), GridEnd: rapid.SampledFrom(moments).Draw(t, "grid end")}
		value := rapid.OneOf(rapid.Map(rapid.Int64(), series.Long), rapid.Map(rapid.Float64(), series.Double),
			rapid.Map(rapid.StringMatching(`[a-z<>&"\\é ]{0,9}`), series.String)).Draw(t, "value")
		apart := rapid.Int64Range(1, 1<<40).Draw(t, "apart")
		for range rapid.SampledFrom([]int{1, 2, 100, 700}).Draw(t, "points") {
			tick += apart
			one.Points = append(one.Points, series.Point{Tick: tick, Value: value})
		}
		pieces = append(pieces, one)
	}
	return pieces
}

// partsOf makes all parts of a content.
func partsOf(c ledger.Content) (parts [][]byte) {
	for _, part := range c.Former {
		parts = append(parts, part.Pack())
	}
	return append(parts, c.Last)
}

// TestContentOf: pieces come back out of their content as they were, and out of the JSON of former versions.
func TestContentOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := drawPieces(t)
		content := Of(&series.Extent{Pieces: pieces})
		back, err := Parse(partsOf(content))
		if diff := cmp.Diff(pieces, back); err != nil || diff != "" {
			t.Fatalf("%v (-want +got):\n%s", err, diff)
		}
		for n, part := range content.Former {
			if part.Digest != digestOfPart(part.Pack()) || part.Digest == "" {
				t.Errorf("part %d is made otherwise than it was digested", n)
			}
		}
		former := make([]formerPiece, len(pieces))
		for n, one := range pieces {
			former[n] = formerPiece{one.Kind, one.Points, one.End, one.GridEnd}
		}
		text, wrong := json.Marshal(former)
		back, err = Parse([][]byte{text})
		if diff := cmp.Diff(pieces, back); wrong != nil || err != nil || diff != "" {
			t.Fatalf("%v %v (-want +got):\n%s", wrong, err, diff)
		}
	})
}

// TestContentCutShort: content that is not whole is refused, and breaks nothing.
func TestContentCutShort(t *testing.T) {
	one := series.Series{Points: []series.Point{{Tick: 1, Value: series.String("a text")},
		{Tick: 5, Value: series.Double(0.1)}}, End: time.UnixMicro(9)}
	whole := Of(&series.Extent{Pieces: []series.Series{one}}).Last
	for length := range whole {
		if pieces, err := Parse([][]byte{whole[:length]}); err == nil && length > 1 {
			t.Errorf("%d bytes of %d are read as %v", length, len(whole), pieces)
		}
	}
	for at := range whole {
		other := slices.Clone(whole)
		other[at] ^= 0xff
		_, _ = Parse([][]byte{other}) // of another meaning, or none
	}
}

// hourlyPieces are two pieces of a series, of a number of points an hour apart in all.
func hourlyPieces(points int) *series.Extent {
	ended, living := series.Series{}, series.Series{}
	start := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := range points {
		at := start.Add(time.Duration(n) * time.Hour)
		if n < 300 {
			ended.Add(at, series.Long(int64(n)))
			ended.End = at.Add(time.Minute)
		} else {
			living.Add(at, series.Double(float64(n)/2))
		}
	}
	return &series.Extent{Pieces: []series.Series{ended, living}}
}

// TestContentGoesOn: what a point more, another one of the past, or one between others of the past writes of a series
// does not grow with its past.
func TestContentGoesOn(t *testing.T) {
	for _, points := range []int{2_000, 50_000} {
		known := map[string]bool{}
		written := func(e *series.Extent) (parts, bytes int) {
			content := Of(e)
			for _, part := range content.Former {
				if !known[part.Digest] {
					known[part.Digest] = true
					parts++
					bytes += len(part.Pack())
				}
			}
			return parts, bytes + len(content.Last)
		}
		written(hourlyPieces(points))
		for n := range 50 {
			if parts, bytes := written(hourlyPieces(points + n + 1)); parts > 1 || bytes > 12_000 {
				t.Errorf("a point after %d writes %d parts, %d bytes", points+n, parts, bytes)
			}
		}
		corrected := hourlyPieces(points)
		corrected.Pieces[1].Points[500].Value = series.Double(-1)
		if parts, bytes := written(corrected); parts != 1 || bytes > 12_000 {
			t.Errorf("a point that is corrected writes %d parts, %d bytes", parts, bytes)
		}
		between := hourlyPieces(points)
		living := &between.Pieces[1]
		living.Points = slices.Insert(living.Points, 500, series.Point{Tick: living.Points[500].Tick - 1,
			Value: series.Double(-2)})
		if parts, bytes := written(between); parts > 2 || bytes > 24_000 {
			t.Errorf("a point that comes between others writes %d parts, %d bytes", parts, bytes)
		}
	}
}
