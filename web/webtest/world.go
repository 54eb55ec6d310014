package webtest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/sim/world"
)

// played are the teams of [World], once they were read.
var played []*measure.Team

// World reads a simulated company as of its last day, once in a test binary, and returns the figures of its teams. They
// are for reading alone; tests that ask for them run one after the other.
func World(t testing.TB) []*measure.Team {
	t.Helper()
	if played == nil {
		played = readWorld(t)
	}
	return slices.Clone(played)
}

func readWorld(t testing.TB) []*measure.Team {
	t.Helper()
	company := world.New(world.DefaultSeed)
	site, err := company.Site()
	if err != nil {
		t.Fatal(err)
	}
	var teams []agile.Team
	for _, one := range company.Teams() {
		conf := Team(one.Name, one.Key)
		conf.Impediment.Types = one.Types
		if conf.Calendar.Zone, err = time.LoadLocation(one.Zone); err != nil {
			t.Fatal(err)
		}
		teams = append(teams, conf)
	}
	now := func() time.Time { return company.End }
	b := botOf(t, emptyFile(t), jirasim.NewServer(site, jirasim.Options{Bearer: "token", Now: now}), teams)
	if _, err := b.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	var out []*measure.Team
	for _, conf := range teams {
		out = append(out, Computed(t, b, conf))
	}
	return out
}

// MomentsOf returns a beginning, an hour and a day after it, the middle and the last second before an end, and the
// end.
func MomentsOf(start, end time.Time) []time.Time {
	return []time.Time{
		start, start.Add(time.Hour), start.Add(24 * time.Hour), start.Add(end.Sub(start) / 2), end.Add(-time.Second),
		end,
	}
}

// Recorded reads a team of a site of recorded Jira data as of its last moment; the test is skipped where there is none.
func Recorded(t testing.TB, folder, project string, board int64) *measure.Team {
	t.Helper()
	root := os.Getenv("JEREM_RECORDED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "jira")
	}
	dir := filepath.Join(root, folder)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no recorded Jira data at %s: set JEREM_RECORDED to try them", dir)
	}
	site, err := jirasim.LoadData(dir)
	if err != nil {
		t.Fatal(err)
	}
	conf := Team(project, project)
	conf.Board, conf.Calendar.Zone = board, time.UTC
	b := botOf(t, emptyFile(t), jirasim.NewServer(site, jirasim.Options{Bearer: "token"}), []agile.Team{conf})
	if _, err := b.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return Computed(t, b, conf)
}
