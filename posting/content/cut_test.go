package content

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/series"
)

// TestCutGoesOn: whatever pieces of a series go on, end, are others or come, the content of a cut that goes on is that
// of all pieces cut anew.
func TestCutGoesOn(t *testing.T) {
	stood := 0
	rapid.Check(t, func(t *rapid.T) {
		var cut *Cut
		pieces := drawPieces(t)
		for range rapid.IntRange(2, 5).Draw(t, "postings") {
			former := cut
			cut = cut.GoOn(pieces)
			if former != nil && len(cut.digests) > 0 &&
				unchangedUpTo(former.pieces, pieces).compare(cut.begins[1]) > 0 {
				stood++
			}
			want, got := Of(&series.Extent{Pieces: pieces}), cut.Content()
			if !bytes.Equal(want.Last, got.Last) || len(want.Former) != len(got.Former) {
				t.Fatalf("%d parts, want %d", len(got.Former), len(want.Former))
			}
			for n, part := range want.Former {
				if got.Former[n].Digest != part.Digest || !bytes.Equal(got.Former[n].Pack(), part.Pack()) {
					t.Fatalf("part %d of %d is another", n, len(want.Former))
				}
			}
			pieces = drawChange(t, slices.Clone(pieces))
		}
	})
	if stood == 0 {
		t.Error("no parts stood")
	}
}

// drawChange changes pieces; the points of those that stay stand where they stood.
func drawChange(t *rapid.T, pieces []series.Series) []series.Series {
	if len(pieces) == 0 {
		return drawPieces(t)
	}
	place := rapid.IntRange(0, len(pieces)-1).Draw(t, "piece")
	one := &pieces[place]
	switch rapid.IntRange(0, 5).Draw(t, "what") {
	case 0: // it goes on where it stands, at the end or in the midst
		for range rapid.SampledFrom([]int{1, 300}).Draw(t, "more") {
			one.Points = append(one.Points, series.Point{Tick: one.Points[len(one.Points)-1].Tick + 1})
		}
	case 1:
		one.Points = slices.Clone(one.Points)
		one.Points[rapid.IntRange(0, len(one.Points)-1).Draw(t, "point")].Value = series.Long(-7)
	case 2:
		one.End = one.End.Add(time.Hour)
	case 3:
		one.Kind = 1 - one.Kind
	case 4:
		pieces = slices.Delete(pieces, place, place+1)
	default:
		pieces = append(pieces, drawPieces(t)...)
	}
	return pieces
}

// TestCutReadsWhatCame: of a series that goes on no more points are read than those of its last part, and of those that
// came.
func TestCutReadsWhatCame(t *testing.T) {
	whole := hourlyPieces(20_000).Pieces[1]
	piecesOf := func(points int) []series.Series {
		now := whole
		now.Points = whole.Points[:points]
		return []series.Series{now}
	}
	cut := (*Cut)(nil).GoOn(piecesOf(10_000))
	for points := 10_000; points < len(whole.Points); points += 77 {
		want := (*Cut)(nil).GoOn(piecesOf(points))
		whole.Points[0].Tick-- // which is not read
		cut = cut.GoOn(piecesOf(points))
		whole.Points[0].Tick++
		if !slices.Equal(cut.digests, want.digests) {
			t.Fatalf("%d points: parts are others", points)
		}
	}
}
