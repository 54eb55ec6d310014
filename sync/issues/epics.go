package issues

import (
	"context"
	"maps"
	"slices"

	"jerem/agile"
	"jerem/store"
)

// EpicCache remembers the teams' epics of a quarter between readings: all timelines of a project tell them, and few of
// these change.
type EpicCache struct{ teams map[string]*teamEpics }

// teamEpics are the keys of issues as of a generation of the team, "" for those that are no epic of a quarter.
type teamEpics struct {
	generation int64
	keys       map[int64]string
}

// Forget has all of it read again: types, names of versions or rules may be others, or issues are gone.
func (c *EpicCache) Forget() { c.teams = map[string]*teamEpics{} }

// KeysOf returns the keys of a team's epics of a quarter, in order of issue. Only what changed since the last time is
// read.
func (c *EpicCache) KeysOf(
	ctx context.Context,
	kept *store.Store,
	conf agile.Team,
	projectID string,
) ([]string, error) {
	generation, err := kept.Teams.Generation(ctx, conf.Name)
	if err != nil {
		return nil, err
	}
	known := c.teams[conf.Name]
	if known == nil || conf.Quarter.By == agile.ByFixVersion { // the name of a version may change without its issues
		known = &teamEpics{keys: map[int64]string{}}
	}
	if known.generation == 0 || known.generation != generation {
		changed, err := kept.Issues.EpicsSince(ctx, projectID, conf.Quarter, known.generation)
		if err != nil {
			return nil, err
		}
		for id, key := range changed {
			known.keys[id] = key
			if key == "" {
				delete(known.keys, id)
			}
		}
		known.generation = generation
		c.teams[conf.Name] = known
	}
	var keys []string
	for _, id := range slices.Sorted(maps.Keys(known.keys)) {
		keys = append(keys, known.keys[id])
	}
	return keys, nil
}
