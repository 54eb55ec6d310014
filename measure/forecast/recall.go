package forecast

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"sync"
)

// What a simulation says follows from its inputs alone, and most inputs are the same from one reading to the next: the
// past of a team changes in its last days. So what was simulated is remembered by a digest of all that it is made from.
// It changes no answer.

// digest tells inputs apart.
type digest [sha256.Size]byte

// inputs gathers what a digest is made of.
type inputs struct{ text []byte }

// roomForInputs is how many bytes the inputs of one team take for the most part.
const roomForInputs = 4 << 10

func (in *inputs) addNumbers(numbers ...float64) {
	in.text = slices.Grow(in.text, 8*(1+len(numbers)))
	in.text = binary.LittleEndian.AppendUint64(in.text, uint64(len(numbers)))
	for _, x := range numbers {
		in.text = binary.LittleEndian.AppendUint64(in.text, math.Float64bits(x))
	}
}

// addWork gathers all of a work that can be drawn from: the days that are drawn and those that tell what an ordinary
// day is, the growth of the drawn days, what is left.
func (in *inputs) addWork(work Work) {
	in.addNumbers(work.Throughput.lastDays(max(capDays, WindowDays))...)
	in.addNumbers(float64(len(work.Growth)), work.Remaining, float64(work.Unestimated), work.Pace)
	in.addNumbers(work.Growth[max(0, len(work.Growth)-WindowDays):]...)
	if work.Unestimated > 0 {
		in.addNumbers(work.Sizes...)
	}
	in.addNumbers(work.Availability...)
	in.text = binary.LittleEndian.AppendUint64(in.text, uint64(len(work.Dates)))
	for _, date := range work.Dates {
		in.text = binary.LittleEndian.AppendUint64(in.text, uint64(date))
	}
}

func (in *inputs) digestInputs() digest { return sha256.Sum256(in.text) }

// memory remembers values by the digests of their inputs, between most and twice as many: the older half is forgotten
// when the newer one is full, and what is asked for moves to the newer one. It is safe for concurrent use.
type memory[V any] struct {
	most int

	mu           sync.Mutex
	newer, older map[digest]V
	computed     int // how often nothing was remembered, for tests
}

// recallValue returns the value of some inputs, computing it where it is not remembered.
func (m *memory[V]) recallValue(key digest, compute func() V) V {
	value, known := m.findValue(key)
	if !known {
		value = compute()
		m.addValue(key, value)
	}
	return value
}

// findValue returns the value of some inputs; false where it is not remembered.
func (m *memory[V]) findValue(key digest) (value V, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, known = m.newer[key]
	if !known {
		if value, known = m.older[key]; known {
			m.keepValue(key, value)
		}
	}
	return value, known
}

// addValue remembers a value that was computed.
func (m *memory[V]) addValue(key digest, value V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.computed++
	m.keepValue(key, value)
}

// keepValue remembers a value; the lock is held.
func (m *memory[V]) keepValue(key digest, value V) {
	if m.newer == nil || len(m.newer) >= m.most {
		m.older, m.newer = m.newer, map[digest]V{}
	}
	m.newer[key] = value
}

// What is remembered: about 8 MB of medians of replayed forecasts, as much of each of the others, and 10 to 20 MB of
// the days of teams in the trials of what they do together: each of a hundred teams has a part in five initiatives.
var (
	replayed   = memory[[len(Horizons)]int]{most: 1 << 15}
	answered   = memory[answeredTrials]{most: 1 << 11}
	halfDone   = memory[[]float64]{most: 1 << 11}
	drawn      = memory[[]int16]{most: 1 << 9}
	calibrated = memory[[]Told]{most: 1 << 8}
)

// recallMedians returns the medians of a replayed forecast; amounts follow from the past.
func recallMedians(past Throughput, amounts []float64, day int) [len(Horizons)]int {
	in := inputs{make([]byte, 0, roomForInputs)}
	in.addNumbers(float64(day))
	in.addNumbers(past.lastDays(max(capDays, WindowDays))...)
	return replayed.recallValue(in.digestInputs(), func() [len(Horizons)]int {
		return [len(Horizons)]int(replayMedians(past, amounts, day))
	})
}

// run is a number of equal elements of a sorted list.
type run struct{ value, times int32 }

func runsOf(sorted []int) (runs []run) {
	for _, x := range sorted {
		if n := len(runs); n > 0 && int(runs[n-1].value) == x {
			runs[n-1].times++
			continue
		}
		runs = append(runs, run{int32(x), 1})
	}
	return runs
}

func listOf(runs []run, length int) []int {
	list := make([]int, 0, length)
	for _, r := range runs {
		for range r.times {
			list = append(list, int(r.value))
		}
	}
	return list
}

// canRecall tells whether a work is told by numbers alone: a function has no digest.
func (w Work) canRecall() bool { return w.Relief == nil }

// answeredTrials is an answer as it is remembered.
type answeredTrials struct {
	days    []run
	decides []int
}

// recallAnswer answers a question that is told by numbers alone.
func recallAnswer(q Question) Answer {
	in := inputs{make([]byte, 0, roomForInputs)}
	in.addNumbers(float64(q.Trials), float64(len(q.Teams)))
	for _, work := range q.Teams {
		in.addWork(work)
	}
	answer := answered.recallValue(in.digestInputs(), func() answeredTrials {
		simulated := simulateTrials(q)
		return answeredTrials{runsOf(simulated.Days), simulated.Decides}
	})
	return Answer{Days: listOf(answer.days, q.Trials), Decides: slices.Clone(answer.decides)}
}
