package explanation

import (
	"reflect"
	"testing"

	"jerem/measure/catalogue"
)

// TestRunningSums: a sum tells what it is after each input that counts; what is no plain sum, or does not add up to its
// value, tells none.
func TestRunningSums(t *testing.T) {
	x := func(v float64) *float64 { return &v }
	inputs := []Input{{Term: "commit", Value: x(8)}, {Value: x(3)}, {Term: "complete", Value: x(-5)}}
	sum := Explanation{Figure: catalogue.Figure{Expression: "commit + complete"}, Unit: "points", Value: x(3),
		Inputs: inputs}
	if got, want := RunningSums(sum), []string{"8", "", "3"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	other, share, hours := sum, sum, sum
	other.Value = x(4)
	share.Figure.Expression = "commit / complete"
	hours.Unit, hours.Value = "seconds", x(3600)
	hours.Inputs = []Input{{Term: "worklog", Value: x(1800)}, {Term: "worklog", Value: x(1800)}}
	hours.Figure.Expression = "worklog"
	if RunningSums(other) != nil || RunningSums(share) != nil {
		t.Error("what is no sum of its inputs has no running one")
	}
	if got, want := RunningSums(hours), []string{"30 min", "1 h"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
