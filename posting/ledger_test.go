package posting

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/series"
)

// TestWritePieces: what is written of pieces is what encoding/json writes and reads of them.
func TestWritePieces(t *testing.T) {
	moments := []time.Time{{}, time.Date(2026, 11, 2, 8, 0, 0, 123_000, time.UTC),
		time.Date(2026, 11, 2, 8, 0, 0, 0, time.FixedZone("", 3600))}
	rapid.Check(t, func(t *rapid.T) {
		e := &series.Extent{}
		want := []piece{}
		for range rapid.IntRange(0, 3).Draw(t, "pieces") {
			one := piece{Kind: series.Kind(rapid.IntRange(0, 1).Draw(t, "kind")), Points: []series.Point{},
				End:     rapid.SampledFrom(moments).Draw(t, "end"),
				GridEnd: rapid.SampledFrom(moments).Draw(t, "grid end")}
			for n := range rapid.Int64Range(0, 3).Draw(t, "points") {
				value := rapid.OneOf(rapid.Map(rapid.Int64(), series.Long),
					rapid.Map(rapid.Float64(), series.Double), rapid.Map(rapid.StringMatching(`[a-z<>&"\\é ]{0,9}`),
						series.String)).Draw(t, "value")
				one.Points = append(one.Points, series.Point{Tick: n, Value: value})
			}
			want = append(want, one)
			e.Pieces = append(e.Pieces, series.Series{Kind: one.Kind, Points: one.Points, End: one.End,
				GridEnd: one.GridEnd})
		}
		got, err := writePieces(e)
		plain, wrong := json.Marshal(want)
		if err != nil || wrong != nil || string(got) != string(plain) {
			t.Fatalf("%s, want %s; %v %v", got, plain, err, wrong)
		}
		var back []piece
		if err := json.Unmarshal(got, &back); err != nil || len(back) != len(want) {
			t.Fatal(back, err)
		}
		for n := range back {
			if !reflect.DeepEqual(back[n].Points, want[n].Points) || !back[n].End.Equal(want[n].End) {
				t.Fatalf("%v came back as %v", want[n], back[n])
			}
		}
	})
}
