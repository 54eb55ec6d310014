package forecast

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// forget empties what is remembered.
func forget() {
	replayed.newer, replayed.older, replayed.computed = nil, nil, 0
	answered.newer, answered.older, answered.computed = nil, nil, 0
	halfDone.newer, halfDone.older, halfDone.computed = nil, nil, 0
	calibrated.newer, calibrated.older, calibrated.computed = nil, nil, 0
	drawn.newer, drawn.older, drawn.computed = nil, nil, 0
}

func randomDays(random *rand.Rand, n int) Throughput {
	days := make(Throughput, n)
	for i := range days {
		days[i] = float64(random.IntN(6))
	}
	return days
}

// TestRecalledRecord: a record whose days were replayed before is the one that is simulated anew, also after a past day
// or the last one changed; and only the days that rest on the change are simulated.
func TestRecalledRecord(t *testing.T) {
	days := randomDays(rand.New(rand.NewPCG(3, 4)), 620)
	forget()
	defer forget()
	first := Replay(days)
	all := replayed.computed
	if again := Replay(days); !slices.Equal(again, first) || replayed.computed != all {
		t.Errorf("the same days: another record, or %d simulated again", replayed.computed-all)
	}
	for _, changed := range []int{619, 400, 260, 249, 100} {
		other := slices.Clone(days)
		other[changed] += 3
		forget()
		Replay(days)
		got := Replay(other)
		resting := 0
		for day := replayFirst; day < len(days); day += replayEvery {
			if day > changed && day <= changed+capDays {
				resting++
			}
		}
		if again := replayed.computed - all; again != resting {
			t.Errorf("day %d changed: %d days simulated, %d rest on it", changed, again, resting)
		}
		forget()
		if want := Replay(other); !slices.Equal(got, want) {
			t.Errorf("day %d changed: another record than simulated anew", changed)
		}
	}
}

// TestRecalledAnswers: a question that was answered before has the answer that is simulated anew, whatever its inputs
// are, and two questions that differ in one input have an answer each.
func TestRecalledAnswers(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	work := Work{Throughput: randomDays(random, 300), Growth: randomDays(random, 300), Remaining: 40, Unestimated: 3,
		Sizes: []float64{1, 2, 3, 5, 8}, Pace: 1.1}
	changes := map[string]func(*Work){
		"none":        func(*Work) {},
		"remaining":   func(w *Work) { w.Remaining = 41 },
		"unestimated": func(w *Work) { w.Unestimated = 0 },
		"sizes":       func(w *Work) { w.Sizes = []float64{8, 5, 3, 2, 1} },
		"pace":        func(w *Work) { w.Pace = 0 },
		"growth":      func(w *Work) { w.Growth = slices.Clone(w.Growth); w.Growth[250] += 9 },
		"no growth":   func(w *Work) { w.Growth = nil },
		"last day":    func(w *Work) { w.Throughput = slices.Clone(w.Throughput); w.Throughput[299] += 2 },
		"a day whose rank tells what is ordinary": func(w *Work) {
			w.Throughput = slices.Clone(w.Throughput)
			w.Throughput[60] = 99
		},
		"dates":          func(w *Work) { w.Dates = []int{5, 6, 7, 10, 11} },
		"another date":   func(w *Work) { w.Dates = []int{5, 6, 7, 10, 12} },
		"a day long ago": func(w *Work) { w.Throughput = slices.Clone(w.Throughput); w.Throughput[10] = 99 },
	}
	forget()
	defer forget()
	for range 2 {
		for name, change := range changes {
			other := work
			change(&other)
			got := Simulate(Question{Teams: []Work{other}, Trials: 500})
			want := simulateTrials(Question{Teams: []Work{other}, Trials: 500})
			if !slices.Equal(got.Days, want.Days) || !slices.Equal(got.Decides, want.Decides) {
				t.Errorf("%s: other days than simulated anew", name)
			}
			days := []int{1, 5, 0, 20}
			if !slices.Equal(Amounts(other, days, 300), simulateAmounts(other, days, 300)) {
				t.Errorf("%s: other amounts than simulated anew", name)
			}
		}
	}
	for range 2 { // two teams have answers of their own, by their order
		slow := work
		slow.Remaining = 90
		for _, teams := range [][]Work{{work, slow}, {slow, work}} {
			got, want := Simulate(Question{Teams: teams, Trials: 500}), simulateTrials(Question{Teams: teams,
				Trials: 500})
			if !slices.Equal(got.Days, want.Days) || !slices.Equal(got.Decides, want.Decides) {
				t.Errorf("two teams: %v decide, want %v", got.Decides, want.Decides)
			}
		}
	}
	if n := len(changes) + 1; answered.computed != n { // a day long ago changes nothing
		t.Errorf("%d questions were simulated, %d differ", answered.computed, n)
	}
}

// TestMemoryIsBounded: what is remembered does not grow beyond its bound, and what is asked for stays.
func TestMemoryIsBounded(t *testing.T) {
	m := memory[int]{most: 100}
	asked := digest{1, 2, 3}
	for n := range 1000 {
		m.recallValue(digest{byte(n), byte(n >> 8), 9}, func() int { return n })
		m.recallValue(asked, func() int { return -1 })
	}
	if got := len(m.newer) + len(m.older); got > 2*m.most || got < m.most {
		t.Errorf("%d are remembered", got)
	}
	if m.computed != 1001 {
		t.Errorf("computed %d times: what is asked for again and again was forgotten", m.computed)
	}
}

// TestRecalledCalibration: what was told of a record is told again, and of another record or with another prior anew.
func TestRecalledCalibration(t *testing.T) {
	forget()
	defer forget()
	record := Replay(randomDays(rand.New(rand.NewPCG(7, 8)), 420))
	other := slices.Clone(record)
	other[3].P50++
	for range 2 {
		for _, c := range []struct {
			record []Outcome
			prior  Prior
		}{{record, Shipped()}, {other, Shipped()}, {record, NewPrior(nil)}} {
			if got := Calibrate(c.record, c.prior); !slices.Equal(got, calibrateRecord(c.record, c.prior)) {
				t.Error("recalled it is told otherwise than computed anew")
			}
		}
	}
	if calibrated.computed != 3 {
		t.Errorf("computed %d times, there are 3 questions", calibrated.computed)
	}
}
