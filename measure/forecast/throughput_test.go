package forecast

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// steady returns n days that each finish the same.
func steady(n int, amount float64) Throughput {
	days := make(Throughput, n)
	for i := range days {
		days[i] = amount
	}
	return days
}

func TestCanTell(t *testing.T) {
	tests := []struct {
		what string
		days Throughput
		want bool
	}{
		{"nothing", nil, false},
		{"nine days", steady(9, 1), false},
		{"ten days", steady(10, 1), true},
		{"ten days, four with a finish", append(steady(4, 1), steady(6, 0)...), false},
		{"ten days, five with a finish", append(steady(5, 1), steady(5, 0)...), true},
	}
	for _, test := range tests {
		if got := test.days.CanTell(); got != test.want {
			t.Errorf("%s: can tell is %v, want %v", test.what, got, test.want)
		}
	}
}

// TestWindow: of 101 days with a finish, 1 to 101, the element ⌊0.98 · 100⌋ is the 99th.
func TestWindow(t *testing.T) {
	days := steady(300, 0)
	for i := range 101 {
		days[199+i] = float64(i + 1)
	}
	window := days.Window()
	if len(window) != 120 {
		t.Fatalf("the window has %d days, want 120", len(window))
	}
	if got := window[119]; got != 99 {
		t.Errorf("the last day counts %v, want 99", got)
	}
	want := []BulkClosing{{298, 100, 99}, {299, 101, 99}}
	if diff := cmp.Diff(want, days.BulkClosings()); diff != "" {
		t.Errorf("bulk closings (-want +got):\n%s", diff)
	}
	if days[299] != 101 {
		t.Error("the history itself was capped")
	}
}

// TestWindowLooksBack250Days: what was finished before the last 250 days tells nothing of an ordinary day.
func TestWindowLooksBack250Days(t *testing.T) {
	days := append(steady(50, 1000), steady(250, 1)...)
	days[299] = 5
	if got := days.Window()[119]; got != 1 {
		t.Errorf("a day of 5 among ones counts %v, want 1", got)
	}
	days = append(steady(49, 1000), append(Throughput{1000}, steady(249, 1)...)...)
	if got := days.dayCap(); got != 1 {
		t.Errorf("the cap is %v, want 1: one day of 1000 among 250 is a bulk closing", got)
	}
}

func TestMomentum(t *testing.T) {
	mean := func(days, amount, rest float64) float64 { return (20*amount + (days-20)*rest) / days }
	tests := []struct {
		what   string
		window Throughput
		want   float64
	}{
		{"a steady team", steady(120, 2), 1},
		{"nothing finished", steady(120, 0), 1},
		{"no days", nil, 1},
		{"the last 20 days half as fast", append(steady(100, 2), steady(20, 1)...),
			math.Pow((1+mean(120, 1, 2)/20)/(mean(60, 1, 2)+mean(120, 1, 2)/20), 0.4) *
				math.Pow((mean(60, 1, 2)+mean(120, 1, 2)/20)/(mean(120, 1, 2)*1.05), 0.6)},
		{"the team stood still for 60 days", append(steady(60, 2), steady(60, 0)...), 0.5},
		{"the team began 20 days ago, after 100 quiet ones",
			append(append(Throughput{1}, steady(99, 0)...), steady(20, 9)...), 2},
	}
	for _, test := range tests {
		if got := Momentum(test.window); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("%s: momentum %v, want %v", test.what, got, test.want)
		}
	}
}

// drawThroughput draws the history of a team that can tell.
func drawThroughput(t *rapid.T, fewest, most int) Throughput {
	days := Throughput(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) float64 {
		if rapid.Bool().Draw(t, "quiet") {
			return 0
		}
		return float64(rapid.IntRange(1, 40).Draw(t, "halves")) / 2
	}), fewest, most).Draw(t, "days"))
	for i := range FewestActive {
		days[i*2] = max(days[i*2], 1)
	}
	return days
}
