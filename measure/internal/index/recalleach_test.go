package index

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/storytest"
)

// TestRecallEach: the value of an issue is computed once, whatever the moment of the reading; where a history goes on,
// those of the changed issues, of their children and of what came are computed anew and no others, also where nobody
// asked in between.
func TestRecallEach(t *testing.T) {
	h := storytest.Read(t, "", `K-1 2026-11-02
K-2 2026-11-02 type=sub parent=K-1
K-3 2026-11-02
K-4 2026-11-02`)
	var computed []int64
	ask := func(x *Index, want ...int64) {
		t.Helper()
		computed = nil
		got := RecallEach(x, "key", func(i *agile.Issue) string {
			computed = append(computed, i.ID)
			return i.Key.Last() + string(x.Histories.Of(i.ID)[len(x.Histories.Of(i.ID))-1].State())
		})
		if !slices.Equal(computed, want) {
			t.Errorf("computed %v, want %v", computed, want)
		}
		var all []string
		for _, i := range x.History.Issues {
			all = append(all, i.Key.Last()+string(x.Histories.Of(i.ID)[len(x.Histories.Of(i.ID))-1].State()))
		}
		if !slices.Equal(got, all) {
			t.Errorf("values %v, want %v", got, all)
		}
	}
	update := func(x *Index, change func(issues []*agile.Issue) []*agile.Issue) *Index {
		t.Helper()
		next := *x.given
		next.Issues = change(slices.Clone(next.Issues))
		y, _, ok := x.Updated(&next, nil)
		if !ok {
			t.Fatal("indexed anew")
		}
		return y
	}
	done := func(place int) func([]*agile.Issue) []*agile.Issue {
		return func(issues []*agile.Issue) []*agile.Issue {
			changed := *issues[place]
			changed.Status = append(slices.Clone(changed.Status),
				agile.Step[string]{From: agile.MomentOf(h.Until.Add(-time.Hour)), Order: 9, Value: "6"})
			issues[place] = &changed
			return issues
		}
	}
	x := New(h)
	ask(x, 1, 2, 3, 4)
	ask(x)
	later := *x
	ask(&later)
	y := update(x, done(0))
	ask(y, 1, 2)
	ask(x)
	gone := update(update(y, done(3)), func(issues []*agile.Issue) []*agile.Issue { return issues[1:] })
	ask(gone, 2, 4)
	come := update(gone, func(issues []*agile.Issue) []*agile.Issue {
		fifth := *issues[1]
		fifth.ID, fifth.Key = 5, agile.Constant(fifth.Created, "K-5")
		return append(issues, &fifth)
	})
	ask(come, 5)
	ask(y)
}
