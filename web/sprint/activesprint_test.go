package sprint

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/web/format"
	"jerem/web/source"
)

// steadyAt is the moment of the pages of a steady team.
var steadyAt = time.Date(2026, 11, 9, 10, 0, 0, 0, time.UTC)

// steadySprint is an active sprint of a steady team, with open issues of some estimates.
func steadySprint(end time.Time, open ...float64) *agile.History {
	h := storytest.SteadyTeam(steadyAt, open...)
	h.Until = steadyAt
	h.Sprints = []agile.Sprint{{ID: 7, Versions: []agile.SprintVersion{{Seen: storytest.SteadyStart, Name: "Seven",
		State: agile.Active, Start: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC), End: end}}}}
	for _, i := range h.Issues[2 : 2+len(open)] {
		i.Sprints = agile.Constant(i.Created, []int64{7})
	}
	return h
}

// sprintPage is the page of the sprint of a history.
func sprintPage(t *testing.T, h *agile.History) page {
	t.Helper()
	team := measure.Of(h)
	sp, err := team.Sprint(7, steadyAt)
	if err != nil {
		t.Fatal(err)
	}
	m := page{W: format.WordsOf(team), Unit: format.WordsOf(team).UnitName()}
	if err := m.fillSprint(&Pages{Teams: &source.Teams{}}, team, sp, steadyAt, false); err != nil {
		t.Fatal(err)
	}
	if err := fillComparison(&m, team, sp, steadyAt, steadyAt.AddDate(0, 0, -6), "/teams/T"); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestNextSprint: beside the last sprint, while none is active, stands the one that comes, with its day; beside one
// that is active none does.
func TestNextSprint(t *testing.T) {
	day := func(n int) time.Time { return steadyAt.AddDate(0, 0, n) }
	build := func(state agile.SprintState, start time.Time) *agile.History {
		h := steadySprint(day(-3), 5, 8)
		seven := &h.Sprints[0].Versions[0]
		seven.State = state
		if state == agile.Closed {
			seven.Complete = day(-3)
		}
		next := agile.SprintVersion{Seen: storytest.SteadyStart, Name: "Eight", State: agile.Future, Start: start}
		h.Sprints = append(h.Sprints, agile.Sprint{ID: 8, Versions: []agile.SprintVersion{next}})
		return h
	}
	for _, c := range []struct {
		name string
		h    *agile.History
		want string
	}{
		{"it begins tomorrow", build(agile.Closed, day(1)), "Eight from Tue 10 Nov at /teams/K/sprints/8"},
		{"it should have begun", build(agile.Closed, day(-1)), "Eight was to start on Sun 8 Nov at /teams/K/sprints/8"},
		{"nobody has told when", build(agile.Closed, time.Time{}), "Eight no date yet at /teams/K/sprints/8"},
		{"one is active", build(agile.Active, day(1)), ""},
	} {
		got := ""
		if next := sprintPage(t, c.h).Next; next != nil {
			got = strings.ReplaceAll(next.Name+" "+next.From+" at "+next.Address, "\u00a0", " ")
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestPastItsEnd: a sprint that goes on after its planned end tells no odds of that day, which is over: it says so in
// its headline, the tile and beside the burndown.
func TestPastItsEnd(t *testing.T) {
	running := sprintPage(t, steadySprint(steadyAt.AddDate(0, 0, 4), 5, 8))
	over := sprintPage(t, steadySprint(steadyAt.AddDate(0, 0, -3), 5, 8))
	tile := func(m page) string { return m.Tiles[2].Note }
	for place, said := range map[string][3]string{
		"beside the burndown": {string(running.Likely.Said), string(over.Likely.Said),
			"was to end on Fri 6 Nov and is still"},
		"the tile": {tile(running), tile(over), "planned was Fri 6 Nov"},
		"the headline": {string(running.Sentence + running.Rest), string(over.Sentence + over.Rest),
			"Not done by Fri 6 Nov; "},
	} {
		if strings.Contains(said[0], said[2]) || !strings.Contains(said[1], said[2]) ||
			strings.Contains(said[1], "odds for") || strings.Contains(said[1], "still on") {
			t.Errorf("%s: running %q, over %q", place, said[0], said[1])
		}
	}
}

// TestPartWithoutEstimates: where a part of a sprint has no estimate its headline and its burndown say what they leave
// out, and what happened to that part stands among the events, here and between two moments, without an amount.
func TestPartWithoutEstimates(t *testing.T) {
	end := steadyAt.AddDate(0, 0, 4)
	h := steadySprint(end, 5, -1, -1)
	h.Issues[4].Sprints = append(agile.Constant(h.Issues[4].Created, []int64{}),
		agile.Step[[]int64]{From: agile.MomentOf(steadyAt.AddDate(0, 0, -5)), Order: 1, Value: []int64{7}})
	storytest.Become(&h.Issues[4].Status, steadyAt.AddDate(0, 0, -4), "6")
	m := sprintPage(t, h)
	const left = "beside the issue without an estimate"
	if !strings.Contains(string(m.Rest), left) || !strings.Contains(m.Burndown.Note, "leave out the issue") {
		t.Errorf("below the headline %q, the note %q", m.Rest, m.Burndown.Note)
	}
	whole := sprintPage(t, steadySprint(end, 5, 8))
	if strings.Contains(string(whole.Sentence+whole.Rest), "without an estimate") || whole.Burndown.Note != "" {
		t.Errorf("all is estimated: %q, %q", whole.Sentence+whole.Rest, whole.Burndown.Note)
	}
	var events []string
	for _, e := range m.Events {
		events = append(events, e.Key+" "+e.What+" "+e.Delta)
	}
	var between []string
	for _, e := range m.Comparison.Events {
		between = append(between, e.Key+" "+e.What+" "+e.Change)
	}
	key := h.Issues[4].Key.Last()
	want := key + " added , " + key + " completed, todo → done "
	if got := strings.Join(between, ", "); got != want {
		t.Errorf("between the moments %q, want %q", got, want)
	}
	if len(events) != 4 || !strings.HasSuffix(strings.Join(events, ", "), want) {
		t.Errorf("the events are %q", events)
	}
}

// TestWhatIsLikelyToBeLeft: the headline tells what is likely to be left at the planned end where that is something,
// and what its estimates leave out; that nothing of them is left would contradict odds which reckon with the rest.
func TestWhatIsLikelyToBeLeft(t *testing.T) {
	for _, c := range []struct {
		left  string
		lacks int
		want  string
	}{
		{"5", 0, ", about 5 still on Fri 6 Nov"},
		{"5", 1, ", about 5 still on Fri 6 Nov beside the issue without an estimate"},
		{"0", 1, " beside the issue without an estimate"},
		{"0", 0, ""},
		{"", 1, ""},
	} {
		f := &forecastEnd{left: c.left, lacks: c.lacks, Due: "Fri 6 Nov"}
		if said := regexp.MustCompile("<[^>]+>").ReplaceAllString(f.sentenceText(), ""); said != c.want {
			t.Errorf("%q left, %d without an estimate: %q, want %q", c.left, c.lacks, said, c.want)
		}
	}
}
