package teams

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
)

// TestKeysAreTakenOver: after a change few keys of pieces are written again, and those that are taken over are the keys
// of their pieces, also where pieces came and went between them.
func TestKeysAreTakenOver(t *testing.T) {
	h := storytest.BigHistoryOf(1_000)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	team, names, told := measure.Of(h), pieceNames{}, timeseries.Told{}
	pieces, err := told.Pieces(t.Context(), team, h.Until)
	if err != nil {
		t.Fatal(err)
	}
	linesLike(nil, &names, pieces)
	if all := names.made; all < 500 || all != len(names.now) {
		t.Fatalf("%d keys of %d pieces are written the first time", all, len(names.now))
	}
	next := *h
	next.Issues, next.Until = slices.Clone(h.Issues), h.Until.Add(time.Hour)
	for place := 60; place < len(next.Issues); place += 20 {
		changed := *next.Issues[place]
		changed.Status = append(slices.Clone(changed.Status),
			agile.Step[string]{From: agile.MomentOf(h.Until.Add(time.Minute)), Order: 99, Value: "3"})
		next.Issues[place] = &changed
	}
	now, err := told.Pieces(t.Context(), measure.Update(team, &next, nil), next.Until)
	if err != nil {
		t.Fatal(err)
	}
	linesLike(nil, &names, now)
	if names.made > len(names.now)/5 {
		t.Errorf("%d keys of %d pieces are written again after a change", names.made, len(names.now))
	}
	for _, list := range [][]int{{0, 3, 4, 5}, {5, 0, 3}, {1, 2, 3, 4, 5, 6}} {
		some := slices.Clone(now[:0:0])
		for _, n := range list {
			some = append(some, now[n*40:n*40+20]...)
		}
		if len(list) == 3 { // the classes of an epic, which share its labels, in another order
			slices.Reverse(some)
		}
		linesLike(nil, &names, some)
		for n := range some {
			if want := some[n].Key(); names.now[n].key != want {
				t.Fatalf("piece %d has the key %s, want %s", n, names.now[n].key, want)
			}
		}
	}
}
