package setup

import (
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"jerem/agile"
	"jerem/config"
	"jerem/config/schema"
	"jerem/store/places"
	"jerem/store/storetest"
)

// TestGoalsAsConfigured: with jira.goals false the client leaves goals out, and so does what is told of a former Jira,
// whose store is only read.
func TestGoalsAsConfigured(t *testing.T) {
	place := storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db"))
	s, err := places.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	storetest.ReadTeam(t, s, storetest.ExampleState())
	sprints := storetest.ExampleSprints()
	sprints.Seen[0].Goal = "ship it"
	if err := s.Sprints.Put(t.Context(), storetest.Birth, sprints); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for wanted, goal := range map[bool]string{true: "ship it", false: ""} {
		c := config.Default()
		c.Jira.URL, c.Jira.Token, c.Jira.Goals = "https://jira.example", schema.NewSecret("token"), wanted
		client, err := NewJiraClient(c, slog.New(slog.NewTextHandler(io.Discard, nil)), 1)
		if err != nil || client.WithoutGoals == wanted {
			t.Errorf("goals %v: the client leaves them out: %v, %v", wanted, client.WithoutGoals, err)
		}
		h, err := formerHistory(t.Context(), c, place, agile.Team{Name: "K"})
		if err != nil || len(h.Sprints) != 1 || h.Sprints[0].Last().Goal != goal {
			t.Errorf("goals %v: of the former Jira %+v is told, %v", wanted, h.Sprints, err)
		}
	}
}
