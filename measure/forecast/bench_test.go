package forecast

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkCalibrate is the calibration of a team of three years of which nothing is known yet.
func BenchmarkCalibrate(b *testing.B) {
	days := simulated(1, 780, func(int) float64 { return 3 })[0].Throughput
	for b.Loop() {
		forget()
		if told := Calibrate(Replay(days), Shipped()); len(told) == 0 {
			b.Fatal("no forecast is replayed")
		}
	}
}

// BenchmarkSimulate is a simulation of 10,000 trials with growth.
func BenchmarkSimulate(b *testing.B) {
	days := simulated(1, 780, func(int) float64 { return 3 })[0].Throughput
	growth := make([]float64, len(days))
	for n := range growth {
		growth[n] = float64(n % 3)
	}
	for b.Loop() {
		simulateTrials(Question{Teams: []Work{{Throughput: days, Growth: growth, Remaining: 200}}, Trials: 10_000})
	}
}

// BenchmarkTogether is what a hundred teams do together, after a change of one of them: with the others kept, and with
// each drawn anew.
func BenchmarkTogether(b *testing.B) {
	random := rand.New(rand.NewPCG(12, 13))
	q := Question{Trials: 10_000}
	for range 100 {
		q.Teams = append(q.Teams, Work{Throughput: randomDays(random, 300), Remaining: 100})
	}
	for name, simulate := range map[string]func(Question) Answer{"kept": Simulate, "anew": simulateInTurn} {
		b.Run(name, func(b *testing.B) {
			simulate(q)
			for n := 0; b.Loop(); n++ {
				q.Teams[n%100].Remaining++
				simulate(q)
			}
		})
	}
}
