package issuehistory_test

import (
	"fmt"
	"testing"
	"time"

	"jerem/measure"
	"jerem/measure/issuehistory"
	"jerem/measure/storytest"
)

// TestStateOf: the state of an issue at a moment is the last one that its whole history tells, and what is told of
// fields alone is the same.
func TestStateOf(t *testing.T) {
	team := measure.Of(storytest.BigHistoryOf(100))
	told := 0
	for _, i := range team.History().Issues {
		for at := i.Created.Add(-time.Second); !at.After(team.Now()); at = at.Add(31 * 24 * time.Hour) {
			whole, known := issuehistory.Of(team, i.Key.Last(), at)
			state, has := issuehistory.StateOf(team, i.Key.Last(), at)
			fields, isKnown := issuehistory.FieldsOf(team, i.Key.Last(), at)
			if known != has || known != isKnown {
				t.Fatalf("%s at %v: known %v, its state %v, its fields %v", i.Key.Last(), at, known, has, isKnown)
			}
			if !known {
				continue
			}
			told++
			if want := whole.State[len(whole.State)-1].Value; state != want {
				t.Fatalf("%s at %v is %s, want %s", i.Key.Last(), at, state, want)
			}
			title := whole.Summary[len(whole.Summary)-1].Value
			if got := issuehistory.SummaryOf(team, i.Key.Last(), at); got != title {
				t.Fatalf("%s at %v: its title is %q, want %q", i.Key.Last(), at, got, title)
			}
			if fmt.Sprint(fields.Summary, fields.Status) != fmt.Sprint(whole.Summary, whole.Status) {
				t.Fatalf("%s at %v: other fields", i.Key.Last(), at)
			}
		}
	}
	if told == 0 {
		t.Error("no issue is told of")
	}
}

// TestFieldsCostLittle: what a page lists of an issue takes less than half of what its whole history takes, one list
// for each field, and its title alone no more than the look-up of its key.
func TestFieldsCostLittle(t *testing.T) {
	team := measure.Of(storytest.BigHistoryOf(300))
	list := team.History().Issues
	key := list[len(list)/2].Key.Last()
	whole := testing.AllocsPerRun(10, func() { issuehistory.Of(team, key, team.Now()) })
	if got := testing.AllocsPerRun(10, func() { issuehistory.FieldsOf(team, key, team.Now()) }); got > whole/2 {
		t.Errorf("%v allocations, of %v for the whole", got, whole)
	} else if got > 22 {
		t.Errorf("%v allocations for lists of ten steps", got)
	}
	if got := testing.AllocsPerRun(10, func() { issuehistory.SummaryOf(team, key, team.Now()) }); got > 1 {
		t.Errorf("%v allocations for a title", got)
	}
}
