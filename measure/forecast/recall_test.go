package forecast

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestRecalledRecord: a record whose days were replayed before is the one that is simulated anew, also after a past day
// or the last one changed; and what lies more than a year of working days back changes nothing later.
func TestRecalledRecord(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	days := make(Throughput, 620)
	for n := range days {
		days[n] = float64(random.IntN(6))
	}
	simulate := func(days Throughput) []Outcome {
		recalled.newer, recalled.older = nil, nil
		return Replay(days)
	}
	first := simulate(days)
	count := len(recalled.newer)
	if again := Replay(days); !slices.Equal(again, first) || len(recalled.newer) != count {
		t.Error("the same days are another record, or are simulated twice")
	}
	for _, changed := range []int{619, 400, 260, 249, 100} {
		other := slices.Clone(days)
		other[changed] += 3
		recalled.newer, recalled.older = nil, nil
		Replay(days)
		before := len(recalled.newer)
		got := Replay(other)
		simulated := len(recalled.newer) - before
		if want := simulate(other); !slices.Equal(got, want) {
			t.Errorf("day %d changed: another record than simulated anew", changed)
		}
		after := (619-changed)/replayEvery + 1
		if most := min(after, capDays/replayEvery+1, before); simulated > most {
			t.Errorf("day %d changed: %d days simulated, %d rest on it at most", changed, simulated, most)
		}
	}
}

// TestRecallIsBounded: what is remembered does not grow beyond its bound, and what was asked lately stays.
func TestRecallIsBounded(t *testing.T) {
	recalled.newer, recalled.older = nil, nil
	defer func() { recalled.newer, recalled.older = nil, nil }()
	for n := range 5 * mostRecalled / 2 {
		rememberMedians(replayKey{byte(n), byte(n >> 8), byte(n >> 16)}, [len(Horizons)]int{n})
	}
	if got := len(recalled.newer) + len(recalled.older); got > 2*mostRecalled || got < mostRecalled {
		t.Errorf("%d are remembered", got)
	}
}
