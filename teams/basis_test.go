package teams_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/teams"
	"jerem/teams/moved"
)

// TestTeamInTheMiddleOfAReading: a team that is first asked for while a reading goes on is another one once that is
// complete, though the reading keeps nothing more; and nothing tells what it rests on before.
func TestTeamInTheMiddleOfAReading(t *testing.T) {
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	storetest.Fill(t, s)
	state := storetest.ExampleState()
	state.Until = state.Until.AddDate(0, 0, 1)
	fresh := storetest.PlainIssue(99)
	fresh.Created = state.Until
	if _, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: fresh, Read: state.Until}}); err != nil {
		t.Fatal(err)
	}
	cache := teams.NewCache(s)
	ask := func() *teams.Team {
		t.Helper()
		team, err := cache.Team(t.Context(), agile.Team{Name: "K"})
		if err != nil {
			t.Fatal(err)
		}
		return team
	}
	before := ask()
	if before.Basis() != "" {
		t.Errorf("a part of a reading rests on %s", before.Basis())
	}
	if err := s.Teams.Put(t.Context(), state); err != nil {
		t.Fatal(err)
	}
	after := ask()
	if len(after.Measured.History().Issues) == len(before.Measured.History().Issues) {
		t.Fatal("the reading brought nothing")
	}
	if after.Generation == before.Generation || after.Basis() == "" {
		t.Errorf("after the reading: generation %d as before, rests on %q", after.Generation, after.Basis())
	}
	if again := ask(); again.Generation != after.Generation || again.Basis() != after.Basis() {
		t.Errorf("asked again: generation %d, want %d", again.Generation, after.Generation)
	}
}

// TestBasisIsNotTold: of a team that rests on more than its own rows in the store, nothing tells in short what it rests
// on; where somebody is on call a digest would let a reader of the store find out when.
func TestBasisIsNotTold(t *testing.T) {
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := storytest.NewHistory()
	h.Until = storytest.GeneratedStart
	err = s.Teams.Put(t.Context(),
		store.TeamState{Name: h.Team.Name, Project: "K", ProjectID: h.ProjectID, Until: h.Until})
	if err != nil {
		t.Fatal(err)
	}
	for what, prepare := range map[string]func(*teams.Cache){
		"": func(*teams.Cache) {},
		"on call": func(c *teams.Cache) {
			c.OnCall = &toldOnCall{rows: &agile.OnCall{
				Months: []agile.DutyMonth{{Year: 2026, Month: time.May, People: 2}}}}
		},
		"another Jira": func(c *teams.Cache) {
			former := *h
			c.Moved = map[string]*moved.Joiner{h.Team.Name: moved.NewJoiner(&former, moved.Move{At: h.Until})}
		},
	} {
		cache := teams.NewCache(s)
		prepare(cache)
		team, err := cache.Team(t.Context(), h.Team)
		if err != nil {
			t.Fatal(err)
		}
		if isTold := team.Basis() != ""; isTold != (what == "") {
			t.Errorf("%s: rests on %q", what, team.Basis())
		}
	}
}

// TestToldAtHand: what another process told is at hand before the series are made, and what they tell after; who makes
// them keeps nobody waiting who asks for it.
func TestToldAtHand(t *testing.T) {
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	storetest.Fill(t, s)
	former := []timeseries.ToldFigures{{Noon: 1}}
	cache := teams.NewCache(s)
	cache.Former = func(context.Context, *teams.Team) ([]timeseries.ToldFigures, error) { return former, nil }
	atHand := func(team *teams.Team) []timeseries.ToldFigures {
		t.Helper()
		told, err := team.ToldAtHand(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return told
	}
	var team *teams.Team
	asked := 0
	cache.GiveWay = func(context.Context) error { // while the series are made
		if told := atHand(team); asked == 0 && len(told) != 1 {
			t.Errorf("%v is at hand while series are made", told)
		}
		asked++
		return nil
	}
	if team, err = cache.Team(t.Context(), agile.Team{Name: "K"}); err != nil {
		t.Fatal(err)
	}
	if told := atHand(team); len(told) != 1 {
		t.Errorf("%v is at hand before the series", told)
	}
	if _, _, err := team.Lines(t.Context()); err != nil {
		t.Fatal(err)
	}
	if told := atHand(team); asked == 0 || len(told) == 0 || told[0].Noon == 1 || len(told) != len(team.Told()) {
		t.Errorf("%d are at hand with the series, they tell %d", len(told), len(team.Told()))
	}
}

// TestClockByRule: the spans of a zone whose table is a rule alone come to an end, leap years included. There are three
// a year, for New Year parts one, and one more for the last day of each leap year.
func TestClockByRule(t *testing.T) {
	zone := zoneByRule(t, "CET-1CEST,M3.5.0,M10.5.0/3")
	from := time.Date(1996, 11, 30, 0, 0, 0, 0, time.UTC).In(zone)
	spans, last := 0, from
	for _, end := range teams.ClockSpans(from, from.AddDate(32, 0, 0)) {
		spans++
		if spans > 1000 || !end.After(last) {
			t.Fatalf("span %d goes from %v to %v", spans, last, end)
		}
		last = end
	}
	if want := 3*32 + 8; spans < want-3 || spans > want+3 {
		t.Errorf("%d spans in 32 years, want about %d", spans, want)
	}
}

// zoneByRule makes a zone of the form of files of zones that holds no changes of the past, but a rule.
func zoneByRule(t *testing.T, rule string) *time.Location {
	t.Helper()
	block := "TZif2" + strings.Repeat("\x00", 15+4*4) + "\x00\x00\x00\x01" + "\x00\x00\x00\x04" +
		"\x00\x00\x0e\x10\x00\x00" + "CET\x00"
	zone, err := time.LoadLocationFromTZData("rule", []byte(block+block+"\n"+rule+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
