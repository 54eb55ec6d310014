package sqlviews

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/store/viewrows"
)

// TestSprintsAreComparedAsFigures: a sprint whose figures are as they were last is not made to text again, and one in
// which time was logged since is.
func TestSprintsAreComparedAsFigures(t *testing.T) {
	h := storytest.BigHistoryOf(500)
	team := measure.Of(h)
	makeRows := func(team *measure.Team, former *madeRows) (*rowList, []int64) {
		t.Helper()
		list := newRowList(map[viewrows.Key]string{}, former) // nothing is kept: all that is made to text has a body
		var made []int64
		for _, head := range team.Sprints(team.Now()) {
			from := len(list.rows)
			if err := addSprint(list, team, head.ID, team.Now()); err != nil {
				t.Fatal(err)
			}
			if one := list.made.sprints[head.ID]; len(one.heads) == 0 || one.round != list.round {
				t.Fatalf("sprint %d has no rows", head.ID)
			}
			if slices.ContainsFunc(list.rows[from:], func(r viewrows.Row) bool { return r.Body != "" }) {
				made = append(made, head.ID)
			}
		}
		return list, made
	}
	first, all := makeRows(team, newMadeRows())
	if want := len(team.Sprints(team.Now())); len(all) != want || want < 3 {
		t.Fatalf("%d of %d sprints are made the first time", len(all), want)
	}
	sprint := h.Sprints[1].Last()
	later := *h
	logged := agile.Worklog{ID: 900_000, Issue: h.Issues[0].ID, Created: h.Until, Started: sprint.Start.Add(time.Hour),
		Seconds: 3600}
	later.Worklogs = append(slices.Clone(h.Worklogs), logged)
	updated := measure.Update(team, &later, []int64{logged.Issue})
	second, made := makeRows(updated, first.made)
	if !slices.Equal(made, []int64{h.Sprints[1].ID}) {
		t.Errorf("after time was logged in sprint %d, sprints %v are made again", h.Sprints[1].ID, made)
	}
	for _, row := range second.rows {
		if row.Kind == kindEvent && row.Body != "" {
			t.Errorf("%v is made to text again, and no ledger is another", row.Key)
		}
	}
	anew, _ := makeRows(updated, newMadeRows())
	for id, one := range second.made.sprints {
		if want := anew.made.sprints[id].heads; !slices.Equal(one.heads, want) {
			t.Errorf("rows of sprint %d are %v, made anew they are %v", id, one.heads, want)
		}
	}
}
