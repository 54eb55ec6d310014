package flow

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestPassageIsSmall: a large team has a passage of each of its issues, of some steps each.
func TestPassageIsSmall(t *testing.T) {
	if size := reflect.TypeFor[passage]().Size(); size > 64 {
		t.Errorf("a passage takes %d bytes", size)
	}
	if size := reflect.TypeFor[passageStep]().Size(); size > 12 {
		t.Errorf("a step of a passage takes %d bytes", size)
	}
	if size := reflect.TypeFor[ending]().Size(); size > 32 {
		t.Errorf("what a passage comes to takes %d bytes", size)
	}
}

// TestPastIsLeftAlone: of what was done before the days that a flow looks at nothing is read but what it came to.
func TestPastIsLeftAlone(t *testing.T) {
	h := storytest.BigHistoryOf(2_000)
	whole, team := measure.Of(h), measure.Of(h)
	at := team.Now()
	from, to := DefaultDates(team, at)
	first, left := at.AddDate(0, 0, -WindowDays-1), 0
	for _, one := range followedIssues(team.Index, columnsOf(team.Index)) {
		p := one.passage
		if !one.ending.has(standsDone) || p.history[len(p.history)-1].At().After(first) {
			continue
		}
		left++
		*p = passage{issue: p.issue} // who reads more of it finds nothing, or fails
	}
	if left < 1_000 {
		t.Fatalf("%d issues were done before", left)
	}
	if diff := cmp.Diff(Measure(whole, at, from, to), Measure(team, at, from, to),
		cmpopts.IgnoreUnexported(Flow{}, WIPIssue{}, CycleIssue{})); diff != "" {
		t.Errorf("the flow (-whole +without the histories of what was done before):\n%s", diff)
	}
}
