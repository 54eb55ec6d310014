package impediment

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure/internal/index"
	"jerem/measure/storytest"
)

// TestOpenedOrAmong: the impediments that are found by the moments at which they were opened are those that are found
// by asking each.
func TestOpenedOrAmong(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		h.Matches = nil
		first := h.Issues[0]
		first.Project = agile.Constant(first.Created, h.ProjectID)
		first.Labels = agile.Constant(first.Created, []string{"impediment"})
		list := Find(index.New(h))
		moment := func(name string) time.Time {
			return storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-60, 110).Draw(t, name)) * time.Hour)
		}
		w := Window{From: moment("from"), To: moment("to"), Closed: rapid.Bool().Draw(t, "closed")}
		by, among := moment("by"), map[int64]bool{rapid.Int64Range(1, 3).Draw(t, "among"): true}
		var want []int64
		for _, j := range list.All {
			if among[j.Issue.ID] || j.Opened(w, by) {
				want = append(want, j.Issue.ID)
			}
		}
		var got []int64
		for _, j := range OpenedOrAmong(list, w, by, among) {
			got = append(got, j.Issue.ID)
		}
		found += len(got)
		if !slices.Equal(got, want) {
			t.Fatalf("in %v by %v: %v, want %v", w, by, got, want)
		}
	})
	if found == 0 {
		t.Error("no impediment was drawn")
	}
}

// TestOpenedOrAmongCostsItsList: what is found is listed with the places of it, and nothing else: each closed sprint is
// asked after each change.
func TestOpenedOrAmongCostsItsList(t *testing.T) {
	list := Find(index.New(storytest.BigHistoryOf(500)))
	among := map[int64]bool{}
	for _, j := range list.All {
		among[j.Issue.ID] = true
	}
	w := Window{From: storytest.GeneratedStart.AddDate(0, 0, 10), To: storytest.GeneratedStart.AddDate(0, 0, 20)}
	found := len(OpenedOrAmong(list, w, w.To, among))
	if got := testing.AllocsPerRun(10, func() { OpenedOrAmong(list, w, w.To, among) }); found < 10 || got > 2 {
		t.Errorf("%v allocations for %d impediments", got, found)
	}
}
