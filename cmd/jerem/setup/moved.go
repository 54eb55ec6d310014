package setup

import (
	"context"
	"errors"
	"fmt"

	"jerem/agile"
	"jerem/config"
	"jerem/problem"
	"jerem/store/places"
	"jerem/teams/moved"
)

// FormerHistory is the code of a past on another Jira that cannot be read.
const FormerHistory problem.Code = "moved.unreadable"

// FormerPasts reads the pasts of teams that moved from another Jira, by name of the team; nil where none did.
func FormerPasts(ctx context.Context, c *config.Config, teams []agile.Team) (map[string]*moved.Joiner, error) {
	var out map[string]*moved.Joiner
	for n, entry := range c.Teams {
		if entry.Moved.From == "" {
			continue
		}
		joiner, err := formerPast(ctx, c, entry, teams[n])
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = map[string]*moved.Joiner{}
		}
		out[entry.Name] = joiner
	}
	return out, nil
}

// formerPast reads what the Jira that a team left told of it.
func formerPast(
	ctx context.Context, c *config.Config, entry config.Team, team agile.Team,
) (*moved.Joiner, error) {
	history, err := formerHistory(ctx, c, entry.Moved.Store.Place(), team)
	if err != nil {
		return nil, &problem.Problem{Code: FormerHistory, Cause: err,
			Message: fmt.Sprintf("team %s: what %s told of it cannot be read: %v", entry.Name, entry.Moved.From, err),
			Hint: "moved.store is the store of the program while it read that Jira, with a team of the same " +
				"name; without " +
				"it, read that Jira once more into a store of its own (jerem collect with a file that names it)"}
	}
	zone := history.Team.Calendar.Zone
	return moved.NewJoiner(history, moved.Move{At: entry.Moved.At.In(zone, 0), Fields: entry.Moved.Fields}), nil
}

// formerHistory reads a history out of a store of which nothing is changed: goals of sprints that are not wanted stand
// in it still, and are left out of what is told.
func formerHistory(
	ctx context.Context, c *config.Config, place string, team agile.Team,
) (h *agile.History, err error) {
	if err := places.Exists(ctx, place); err != nil {
		return nil, err
	}
	s, err := places.OpenRead(ctx, place)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	h, err = s.Teams.History(ctx, team)
	if err != nil || c.Jira.Goals {
		return h, err
	}
	for _, sprint := range h.Sprints {
		for n := range sprint.Versions {
			sprint.Versions[n].Goal = ""
		}
	}
	return h, nil
}

// withPast returns the history of a team with its past on another Jira.
func (o *Instance) withPast(ctx context.Context, h *agile.History) (*agile.History, error) {
	for _, entry := range o.Config.Teams {
		if entry.Name != h.Team.Name || entry.Moved.From == "" {
			continue
		}
		joiner, err := formerPast(ctx, o.Config, entry, h.Team)
		if err != nil {
			return nil, err
		}
		h, _ = joiner.Join(h)
	}
	return h, nil
}
