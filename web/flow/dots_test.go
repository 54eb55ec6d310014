package flow

import (
	"testing"

	"jerem/chart"
)

// TestMergeDots: few dots stand each for an issue; of many, those of one place stand together and tell how many.
func TestMergeDots(t *testing.T) {
	few := []chart.Dot{{Day: 1, Value: 3, Title: "A-1, 3 days"}, {Day: 1, Value: 3, Title: "A-2, 3 days"}}
	if got := mergeDots(few, "#all"); len(got) != 2 {
		t.Errorf("%d dots of two issues", len(got))
	}
	many := []chart.Dot{{Day: 1, Value: 1, Title: "A-0, 1 day"}}
	for range mostDots {
		many = append(many, few[0])
	}
	many = append(many, chart.Dot{Day: 2, Value: 3, Title: "A-3, 3 days"})
	want := []chart.Dot{many[0], {Day: 1, Value: 3, Title: "200 issues, 3 days", Link: "#all"}, many[len(many)-1]}
	got := mergeDots(many, "#all")
	if len(got) != len(want) {
		t.Fatalf("%d dots, want %d", len(got), len(want))
	}
	for n := range want {
		if got[n] != want[n] {
			t.Errorf("dot %d is %v, want %v", n, got[n], want[n])
		}
	}
}
