package measure_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
)

// recount sums up, straight from the timelines, the estimates of what is in a sprint and not done.
func recount(h *agile.History, sprint int64, at time.Time) float64 {
	byID := map[int64]*agile.Issue{}
	for _, i := range h.Issues {
		byID[i.ID] = i
	}
	var sum float64
	for _, i := range h.Issues {
		if i.Created.After(at) {
			continue
		}
		level := h.Types[i.Type.At(at)].Level
		in := i.Sprints.At(at)
		if level < 0 {
			if p := byID[i.Parent.At(at)]; p != nil && !p.Created.After(at) {
				in = p.Sprints.At(at)
			}
		}
		filtered := (h.Matches != nil || h.Team.Works != "") && !storytest.InScope(h, i, at)
		if level > 0 || level < 0 && h.Board.Unit() != agile.Seconds || filtered || !slices.Contains(in, sprint) {
			continue
		}
		status := i.Status.At(at)
		if status == "6" || status == "77" && i.Resolution.At(at) != "" {
			continue
		}
		switch h.Board.Estimate {
		case "":
			sum++
		default:
			if n := i.Numbers.Of(h.Board.Estimate).At(at); n.Known {
				sum += n.Value
			}
		}
	}
	return sum
}

// TestConservation: at every event of every sprint, what the ledger says remains is what a recount
// gives, and the seven sums satisfy their identity.
func TestConservation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		team := measure.Of(h)
		for _, sprint := range []int64{1, 2} {
			whole, err := team.Sprint(sprint, storytest.GeneratedStart.Add(200*time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			checkConservation(t, h, team, sprint, whole)
		}
	})
}

func checkConservation(t *rapid.T, h *agile.History, team *measure.Team, sprint int64, whole *measure.Sprint) {
	l := whole.Ledger
	if sum := l.Commitment + l.Added - l.Removed + l.Reestimated - l.Completed +
		l.Reopened; math.Abs(sum-l.Remaining) > 1e-9 {
		t.Fatalf("sprint %d: %+v: the sums give %v", sprint, l, sum)
	}
	for n, e := range l.Entries {
		if n+1 < len(l.Entries) && l.Entries[n+1].Time.Equal(e.Time) {
			continue
		}
		if whole.Complete != nil && e.Time.Equal(*whole.Complete) {
			continue // roll-over: what leaves by the Sprint field at the completion stays
		}
		if want := recount(h, sprint, e.Time); math.Abs(want-e.Remaining) > 1e-9 {
			t.Fatalf("sprint %d at %v: ledger %v, recount %v", sprint, e.Time, e.Remaining, want)
		}
		then, err := team.Sprint(sprint, e.Time)
		if err != nil {
			t.Fatal(err)
		}
		if got := then.ToDo.Estimate + then.Doing.Estimate; math.Abs(got-e.Remaining) > 1e-9 {
			t.Fatalf("sprint %d at %v: ledger %v, to do and doing %v", sprint, e.Time, e.Remaining, got)
		}
	}
}

// TestPastDoesNotMove: a figure as of a moment is the same when the history goes on after it.
func TestPastDoesNotMove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(0, 110).Draw(t, "moment")) * time.Hour)
		cut := storytest.KnownAt(h, at)
		if got, want := measure.Of(h).Quarter(genQuarter, at), measure.Of(cut).Quarter(genQuarter, at); !cmp.Equal(got,
			want, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(measure.Quarter{})) {
			t.Fatalf("quarter at %v, with a future and without: %s", at,
				cmp.Diff(got, want, cmpopts.IgnoreUnexported(measure.Quarter{})))
		}
		for _, sprint := range []int64{1, 2} {
			a, _ := measure.Of(h).Sprint(sprint, at)
			b, _ := measure.Of(cut).Sprint(sprint, at)
			if diff := cmp.Diff(b, a, cmpopts.IgnoreUnexported(measure.Sprint{}, measure.Entry{})); diff != "" {
				t.Fatalf("sprint %d at %v (-without +with a future):\n%s", sprint, at, diff)
			}
		}
	})
}

// TestOrderOfArrival: sprints and quarters do not depend on the order in which issues, time logged and sprints were
// received.
func TestOrderOfArrival(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-60, 110).Draw(t, "moment")) * time.Hour)
		inOrder, shuffled := measure.Of(h), measure.Of(storytest.Shuffled(t, h))
		if diff := cmp.Diff(inOrder.Quarter(genQuarter, at), shuffled.Quarter(genQuarter, at),
			cmpopts.IgnoreUnexported(measure.Quarter{})); diff != "" {
			t.Fatalf("the quarter (-in order +shuffled):\n%s", diff)
		}
		if diff := cmp.Diff(inOrder.Sprints(at), shuffled.Sprints(at)); diff != "" {
			t.Fatalf("the sprints (-in order +shuffled):\n%s", diff)
		}
		for _, sprint := range []int64{1, 2} {
			a, _ := inOrder.Sprint(sprint, at)
			b, _ := shuffled.Sprint(sprint, at)
			if diff := cmp.Diff(a, b, cmpopts.IgnoreUnexported(measure.Sprint{}, measure.Entry{})); diff != "" {
				t.Fatalf("sprint %d (-in order +shuffled):\n%s", sprint, diff)
			}
		}
	})
}
