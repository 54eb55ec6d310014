package forecast

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestReplaySteady: a team that always finishes 2 a day is told right each time, from the 250th day on.
func TestReplaySteady(t *testing.T) {
	record := Replay(steady(300, 2))
	want := []Outcome{
		{250, 0, 20, 10, 10, 260}, {250, 1, 40, 20, 20, 270}, {250, 2, 80, 40, 40, 290},
		{260, 0, 20, 10, 10, 270}, {260, 1, 40, 20, 20, 280}, {260, 2, 80, 40, 40, 300},
		{270, 0, 20, 10, 10, 280}, {270, 1, 40, 20, 20, 290},
		{280, 0, 20, 10, 10, 290}, {280, 1, 40, 20, 20, 300},
		{290, 0, 20, 10, 10, 300},
	}
	if diff := cmp.Diff(want, record); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
}

// TestReplayWithoutOutcome: what was never finished counts as five horizons where three of them passed, else not at
// all.
func TestReplayWithoutOutcome(t *testing.T) {
	record := Replay(append(steady(250, 1), steady(35, 0)...))
	var first []Outcome
	for _, outcome := range record {
		if outcome.Day == 250 {
			first = append(first, outcome)
		}
	}
	if len(first) != 1 || first[0].Days != 50 || first[0].Known != 300 || first[0].Ratio() != 5 {
		t.Errorf("outcomes %+v, want one of 50 days at the horizon of 10, known on day 300", first)
	}
}

// TestReplayQuietTeams: as of a day with fewer than 12 days with a finish among the last 60 nothing is replayed.
func TestReplayQuietTeams(t *testing.T) {
	days := steady(330, 1)
	for i := 190; i < 250; i++ {
		if i%5 != 0 || i >= 245 {
			days[i] = 0 // eleven of these sixty days have a finish
		}
	}
	for _, outcome := range Replay(days) {
		if outcome.Day == 250 {
			t.Errorf("%+v stands on eleven days with a finish", outcome)
		}
	}
	days[249] = 1
	if record := Replay(days); record[0].Day != 250 {
		t.Errorf("with twelve days the record begins on day %d, want 250", record[0].Day)
	}
}

// TestReplayUncapped: the work asked for comes from the capped pace, the outcome from what was really finished.
func TestReplayUncapped(t *testing.T) {
	days := steady(320, 1)
	days[240], days[255] = 500, 500
	record := Replay(days)
	if got := record[0]; got.Work != 10 || got.Days != 6 {
		t.Errorf("%+v, want 10 asked for and finished by the bulk closing on the sixth day", got)
	}
}

// TestReplayKnowsNoFuture: what comes later changes no outcome that was known.
func TestReplayKnowsNoFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := drawThroughput(t, 280, 340)
		until := rapid.IntRange(270, len(days)).Draw(t, "until")
		future := append(days[:until:until], drawThroughput(t, 10, 60)...)
		var before, after []Outcome
		for _, outcome := range Replay(days[:until]) {
			if outcome.Known <= until {
				before = append(before, outcome)
			}
		}
		for _, outcome := range Replay(future) {
			if outcome.Known <= until && outcome.Days < longest*Horizons[outcome.Horizon] {
				after = append(after, outcome)
			}
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("what was known (-before +after the future came):\n%s", diff)
		}
	})
}

func TestKnown(t *testing.T) {
	record := []Outcome{{Day: 250, P50: 10, Days: 10, Known: 260},
		{Day: 250, Horizon: 1, P50: 10, Days: 30, Known: 280}, {Day: 260, P50: 10, Days: 20, Known: 280}}
	if diff := cmp.Diff([]float64{1}, knownRatios(record, 0, 279)); diff != "" {
		t.Errorf("known on day 279 (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]float64{1, 2}, knownRatios(record, 0, 280)); diff != "" {
		t.Errorf("known on day 280 (-want +got):\n%s", diff)
	}
	var long []Outcome
	for i := range 70 {
		long = append(long, Outcome{Day: i, P50: 1, Days: i, Known: i})
	}
	if got := knownRatios(long, 0, 1000); len(got) != 60 || got[0] != 10 {
		t.Errorf("%d ratios from %v on, want the last 60", len(got), got[0])
	}
}
