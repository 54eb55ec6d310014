package teams

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
	"jerem/series"
)

// TestPiecesThatStayAreNotListed: where all lines stay as they were few allocations are made, however many they are.
func TestPiecesThatStayAreNotListed(t *testing.T) {
	h := storytest.BigHistoryOf(300)
	pieces, names := timeseries.Pieces(measure.Of(h), h.Until), pieceNames{}
	former := linesLike(nil, &names, pieces)
	if len(former) < 500 {
		t.Fatalf("%d lines", len(former))
	}
	if got := testing.AllocsPerRun(5, func() { linesLike(former, &names, pieces) }); got > 30 {
		t.Errorf("%v allocations for %d lines that stay", got, len(former))
	}
}

// TestLinesHoldTheirPieces: each line has the pieces of its key in their order, wherever they stand among others and
// whatever the former ones were.
func TestLinesHoldTheirPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (pieces []series.Series) {
			for range rapid.IntRange(0, 12).Draw(t, name) {
				one := series.Series{Class: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "class")}
				for n := range rapid.IntRange(0, 2).Draw(t, "points") {
					one.Add(time.Unix(int64(n), 0), series.Long(int64(rapid.IntRange(0, 1).Draw(t, "value"))))
				}
				pieces = append(pieces, one)
			}
			return pieces
		}
		former, pieces := linesLike(nil, &pieceNames{}, draw("former")), draw("now")
		var want []Line
		for _, one := range pieces {
			if len(one.Points) == 0 {
				continue
			}
			n := 0
			for n < len(want) && want[n].Key != one.Key() {
				n++
			}
			if n == len(want) {
				want = append(want, Line{Key: one.Key()})
			}
			want[n].Pieces = append(want[n].Pieces, one)
		}
		got := linesLike(former, &pieceNames{}, pieces)
		if len(got) != len(want) {
			t.Fatalf("%d lines, want %d", len(got), len(want))
		}
		for n, line := range got {
			tally := series.Tally{}.GoOn(nil, want[n].Pieces)
			if line.Key != want[n].Key || line.Digest != tally.Digest() || len(line.Pieces) != len(want[n].Pieces) {
				t.Fatalf("%+v, want %+v", line, want[n])
			}
			for i := range line.Pieces {
				if !series.IsSamePiece(&line.Pieces[i], &want[n].Pieces[i]) {
					t.Fatalf("piece %d of %s: %+v, want %+v", i, line.Key, line.Pieces[i], want[n].Pieces[i])
				}
			}
		}
	})
}
