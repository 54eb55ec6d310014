package sprint

import (
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/web/format"
	"jerem/web/source"
)

// TestPastItsEnd: a sprint that goes on after its planned end tells no odds of that day, which is over: it says so in
// its headline, the tile and beside the burndown.
func TestPastItsEnd(t *testing.T) {
	at := time.Date(2026, 11, 9, 10, 0, 0, 0, time.UTC)
	told := func(end time.Time) page {
		h := storytest.SteadyTeam(at, 5, 8)
		h.Until = at
		h.Sprints = []agile.Sprint{{ID: 7, Versions: []agile.SprintVersion{{Seen: storytest.SteadyStart, Name: "Seven",
			State: agile.Active, Start: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC), End: end}}}}
		for _, i := range h.Issues[2:4] {
			i.Sprints = agile.Constant(i.Created, []int64{7})
		}
		team := measure.Of(h)
		sp, err := team.Sprint(7, at)
		if err != nil {
			t.Fatal(err)
		}
		m := page{W: format.WordsOf(team), Unit: format.WordsOf(team).UnitName()}
		if err := m.fillSprint(&Pages{Teams: &source.Teams{}}, team, sp, at, ""); err != nil {
			t.Fatal(err)
		}
		return m
	}
	running, over := told(at.AddDate(0, 0, 4)), told(at.AddDate(0, 0, -3))
	tile := func(m page) string { return m.Tiles[2].Note }
	for place, said := range map[string][3]string{
		"beside the burndown": {string(running.Likely.Said), string(over.Likely.Said), "was to end on Fri 6 Nov and is still"},
		"the tile":            {tile(running), tile(over), "planned was Fri 6 Nov"},
		"the headline":        {string(running.Sentence), string(over.Sentence), "though the sprint was to end on Fri 6 Nov"},
	} {
		if strings.Contains(said[0], said[2]) || !strings.Contains(said[1], said[2]) ||
			strings.Contains(said[1], "odds for") || strings.Contains(said[1], "still on") {
			t.Errorf("%s: running %q, over %q", place, said[0], said[1])
		}
	}
}
