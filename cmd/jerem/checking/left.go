package checking

import (
	"context"
	"fmt"
	"slices"

	"jerem/check"
	"jerem/config"
	"jerem/store/places"
)

// checkLeftTeams tells of which teams something is kept that left the configuration; nothing of a store that is not
// there or cannot be read, which is told elsewhere.
func checkLeftTeams(ctx context.Context, c *config.Config) []check.Finding {
	s, err := places.OpenRead(ctx, c.Store.Place())
	if err != nil {
		return nil
	}
	defer s.Close()
	known, err := s.Teams.Known(ctx)
	if err != nil {
		return []check.Finding{check.FailedFinding("configuration store", "store", err)}
	}
	var out []check.Finding
	for _, name := range known {
		if slices.ContainsFunc(c.Teams, func(t config.Team) bool { return t.Name == name }) {
			continue
		}
		out = append(out, check.Finding{What: "configuration left team", Part: "left team", OK: true,
			Found: fmt.Sprintf("%s is in the store and not in the file: its rows and its series at the sinks stay",
				name),
			Hint: fmt.Sprintf("run jerem forget --team %q --sinks to take both out, or write the team into projects",
				name),
			Details: map[string]any{"team": name}})
	}
	return out
}
