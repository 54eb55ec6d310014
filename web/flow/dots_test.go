package flow

import (
	"fmt"
	"testing"

	"jerem/chart"
	"jerem/measure/flow"
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

// TestAgesCostTheirDots: thousands of issues in progress take one list for each column and one text for what is late.
func TestAgesCostTheirDots(t *testing.T) {
	const issues = 5_000
	columns := []string{"Doing", "Review"}
	var inProgress []flow.WIPIssue
	var late []flow.LateIssue
	for n := range issues {
		key := fmt.Sprint("K-", n)
		inProgress = append(inProgress, flow.WIPIssue{Issue: key, Column: &columns[n%2]})
		late = append(late, flow.LateIssue{Issue: key, UntouchedDays: n % 9})
	}
	placed := countByColumn(inProgress, map[string]int{"Doing": 0, "Review": 1}, len(columns))
	if placed[0] != issues/2 || placed[1] != issues/2 {
		t.Errorf("%v issues in two columns", placed)
	}
	if made := testing.AllocsPerRun(5, func() { idleDaysOf(late) }); made > 1 {
		t.Errorf("%v allocations for one text", made)
	}
}
