package measure

import (
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/storytest"
)

// TestHeadsInStep: the sprints and quarters of a team are listed once in a step, whoever asks for them, and what is
// listed is the asker's own.
func TestHeadsInStep(t *testing.T) {
	team := Of(storytest.BigHistoryOf(200))
	at := team.Now()
	first := testing.AllocsPerRun(1, func() { listHeads(team, at); listQuarters(team, at) })
	heads, quarters := team.Sprints(at), team.Quarters(at)
	ask := func() {
		_, _ = team.ActiveSprint(at)
		team.Sprints(at)
		team.Quarters(at)
		OthersActive(team, 1, at)
	}
	if again := testing.AllocsPerRun(5, ask); again > first/10 {
		t.Errorf("asked again they take %v allocations, listed once %v", again, first)
	}
	heads[0].Name, quarters[0].Quarter = "another", "another"
	if team.Sprints(at)[0].Name == "another" || team.Quarters(at)[0].Quarter == "another" {
		t.Error("who asks next is told what one changed")
	}
}

// TestActiveOverSteps: a sprint is active from its start to its end, although its team is asked again and again.
func TestActiveOverSteps(t *testing.T) {
	h := storytest.BigHistoryOf(20)
	start := h.Until.Add(-2 * time.Hour)
	h.Sprints = []agile.Sprint{{ID: 1, Versions: []agile.SprintVersion{
		{Seen: start.Add(-time.Hour), Name: "A", State: agile.Future},
		{Seen: start, Name: "B", State: agile.Active, Start: start, End: h.Until.AddDate(0, 0, 9)},
		{Seen: h.Until, Name: "B", State: agile.Closed, Start: start, End: h.Until.AddDate(0, 0, 9),
			Complete: h.Until}}}}
	team := Of(h)
	for _, c := range []struct {
		at       time.Time
		name     string
		isActive bool
	}{{start.Add(-time.Minute), "A", false}, {start, "B", true}, {h.Until.Add(-time.Minute), "B", true},
		{h.Until, "B", false}, {start.Add(-time.Minute), "A", false}} {
		_, active := team.ActiveSprint(c.at)
		sprint, err := team.NamedSprint(1, c.at)
		if err != nil || active != c.isActive || sprint.Name != c.name || len(ActiveSprints(team, c.at)) > 0 != active {
			t.Errorf("at %s it is called %q, active: %v; want %q, %v: %v", c.at, sprint.Name, active, c.name,
				c.isActive, err)
		}
	}
}
