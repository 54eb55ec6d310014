package main

import (
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/cmd/jerem/setup"
	jirasim "jerem/sim/jira"
)

// TestSpanOfTeam: a day is one of the team's zone, its end its last microsecond; what lies after the last reading ends
// with it, and is told.
func TestSpanOfTeam(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	h := &agile.History{Until: time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC)}
	h.Team.Name, h.Team.Calendar.Zone = "Kubernetes", paris
	for _, c := range []struct{ from, to, first, last, said string }{
		{"2026-11-12", "2026-11-12", "2026-11-11T23:00:00Z", "2026-11-12T22:59:59.999999Z", ""},
		{"2026-11-12T10:00", "2026-11-12T11:00Z", "2026-11-12T09:00:00Z", "2026-11-12T11:00:00Z", ""},
		{"", "", "0001-01-01T00:00:00Z", "2026-11-23T13:00:00Z", ""},
		{"", "2030-01-01", "0001-01-01T00:00:00Z", "2026-11-23T13:00:00Z", "ends at 2026-11-23T13:00:00Z"},
	} {
		s, err := setup.ParseSpan(c.from, c.to)
		if err != nil {
			t.Fatal(err)
		}
		var said strings.Builder
		from, to, err := s.InZoneOf(h, &said)
		if err != nil || from.Format(time.RFC3339Nano) != c.first || to.Format(time.RFC3339Nano) != c.last {
			t.Errorf("%s to %s: %v to %v, %v", c.from, c.to, from, to, err)
		}
		if c.said == "" && said.Len() > 0 || !strings.Contains(said.String(), c.said) {
			t.Errorf("%s to %s: says %q", c.from, c.to, said.String())
		}
	}
	mixed, err := setup.ParseSpan("2026-11-12", "2026-11-11T23:00:00-06:00") // reversed in some zones only
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := mixed.InZoneOf(h, &strings.Builder{}); err != nil {
		t.Error(err)
	}
	h.Team.Calendar.Zone = time.FixedZone("west", -11*3600)
	if _, _, err := mixed.InZoneOf(h, &strings.Builder{}); err == nil ||
		!strings.Contains(err.Error(), "exchange them") {
		t.Errorf("%v", err)
	}
}

// TestMomentsOfCommands: every flag that takes a moment refuses what is none, with a way to write one.
func TestMomentsOfCommands(t *testing.T) {
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	for _, args := range [][]string{{"export", "--from"}, {"export", "--to"}, {"publish", "--from"},
		{"publish", "--to"}, {"sim", "--world", "cloud", "--at"}} {
		for _, text := range []string{"noon", "2200-01-01", "2026-02-30", "0000-01-01"} {
			_, errs, code := call(t, nil, append(append([]string{"-c", config}, args...), text)...)
			if code != exitUsage || !strings.Contains(errs, "Write a time like") || !strings.Contains(errs, text) {
				t.Errorf("%v %s: code %d, %s", args, text, code, errs)
			}
		}
	}
}
