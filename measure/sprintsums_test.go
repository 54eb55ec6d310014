package measure_test

import (
	"encoding/json"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// TestSprintSums: the sums of a closed sprint are its figures without the lists of its work, and what it is graded by.
func TestSprintSums(t *testing.T) {
	if closed := compareSums(t, storytest.BigHistoryOf(300)); closed < 3 {
		t.Errorf("%d sprints are closed", closed)
	}
	rapid.Check(t, func(t *rapid.T) { compareSums(t, storytest.GenerateHistory(t)) })
}

// compareSums compares the sums of the closed sprints of a history with their figures, and counts them.
func compareSums(t rapid.TB, h *agile.History) (closed int) {
	whole, alone := measure.Of(h), measure.Of(h)
	for _, head := range whole.Sprints(h.Until) {
		if head.State != agile.Closed || head.Complete == nil {
			continue
		}
		closed++
		got, err := measure.SprintSums(alone, head.ID, h.Until)
		want, wrong := whole.Sprint(head.ID, h.Until)
		if err != nil || wrong != nil {
			t.Fatal(err, wrong)
		}
		short := *want
		short.Issues, short.Reconciliation = nil, nil
		if want.Ledger != nil {
			ledger := *want.Ledger
			ledger.Entries, short.Ledger = nil, &ledger
		}
		if diff := cmp.Diff(textOf(t, &short), textOf(t, got)); diff != "" {
			t.Fatalf("sprint %d (-whole +sums):\n%s", head.ID, diff)
		}
	}
	return closed
}

// TestSumsListNothing: the sums of closed sprints take a small part of the memory that their lists take.
func TestSumsListNothing(t *testing.T) {
	h := storytest.BigHistoryOf(2_000)
	bytesOf := func(tell func(*measure.Team, int64, time.Time) (*measure.Sprint, error)) uint64 {
		team := measure.Of(h)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for _, head := range team.Sprints(h.Until) {
			if head.State != agile.Closed {
				continue
			}
			if _, err := tell(team, head.ID, h.Until); err != nil {
				t.Fatal(err)
			}
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	lists, sums := bytesOf((*measure.Team).Sprint), bytesOf(measure.SprintSums)
	t.Logf("%d and %d bytes", lists, sums)
	if sums > lists/2 {
		t.Errorf("sums take %d bytes, the whole sprints %d", sums, lists)
	}
}

// TestWorkThatStands: the work in a closed sprint stands where only an impediment of it differs, and where an issue
// changed after its end; it does not where an issue of it was another before.
func TestWorkThatStands(t *testing.T) {
	h := storytest.BigHistoryOf(500)
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	team := measure.Of(h)
	sprint := h.Sprints[1]
	place := slices.IndexFunc(h.Issues, func(i *agile.Issue) bool {
		return slices.Contains(i.Sprints.Last(), sprint.ID) && len(i.Status) > 0
	})
	if place < 0 {
		t.Fatal("no issue is in the sprint")
	}
	changeAt := func(at time.Time) *measure.Team {
		next := *h
		next.Issues = slices.Clone(h.Issues)
		changed := *h.Issues[place]
		changed.Status = append(slices.DeleteFunc(slices.Clone(changed.Status), func(s agile.Step[string]) bool {
			return s.From.After(at)
		}), agile.Step[string]{From: agile.MomentOf(at), Order: 99, Value: "3"})
		next.Issues[place] = &changed
		return measure.Update(team, &next, nil)
	}
	if !measure.WorkThatStands(team, changeAt(h.Until))[sprint.ID] {
		t.Error("a change of today concerns the work in a sprint of long ago")
	}
	if measure.WorkThatStands(team, changeAt(sprint.Last().Start.Add(time.Hour)))[sprint.ID] {
		t.Error("a change in the time of a sprint does not concern its work")
	}
	next := *h
	next.Worklogs = append(slices.Clone(h.Worklogs), agile.Worklog{ID: 900_000, Issue: h.Issues[place].ID,
		Created: h.Until, Started: sprint.Last().Start.Add(time.Hour), Seconds: 3600})
	logged := measure.Update(team, &next, []int64{h.Issues[place].ID})
	if measure.SprintsThatStand(team, logged)[sprint.ID] || !measure.WorkThatStands(team, logged)[sprint.ID] {
		t.Error("time that was logged in a sprint concerns its figures, and not its work")
	}
}

func textOf(t rapid.TB, s *measure.Sprint) string {
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
