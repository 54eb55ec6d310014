package forecast

import "testing"

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
