package issue

import (
	"fmt"
	"slices"
	"time"

	"jerem/measure"
	"jerem/measure/issuehistory"
	"jerem/web/format"
)

// sprintNames are the names of a team's sprints at a moment, by their ids.
func sprintNames(team *measure.Team, at time.Time) map[int64]string {
	names := map[int64]string{}
	for _, h := range team.Sprints(at) {
		names[h.ID] = h.Name
	}
	return names
}

// writeSprints writes the names of sprints, by their ids where no name is known.
func writeSprints(names map[int64]string, ids []int64) string {
	var out []string
	for _, id := range ids {
		out = append(out, format.OrElse(names[id], fmt.Sprintf("sprint %d", id)))
	}
	return joinValues(out)
}

// writeLatest writes the last of several sprints, and how many stand before it: Jira keeps those that an issue was
// carried over from, so that the names of all would tell at each step what the steps before have told.
func writeLatest(names map[int64]string, ids []int64) string {
	if len(ids) < 2 {
		return writeSprints(names, ids)
	}
	last := len(ids) - 1
	return writeSprints(names, ids[last:]) + ", " + format.Plural(last, "sprint") + " before"
}

// sayAdded has each step to which sprints were added to those before say these alone.
func sayAdded(steps []stepView, held []issuehistory.Held[[]int64], names map[int64]string) {
	for n := 1; n < len(held); n++ {
		before, now := held[n-1].Value, held[n].Value
		if known := len(before); known > 0 && len(now) > known && slices.Equal(now[:known], before) {
			steps[n].Said = "and " + writeSprints(names, now[known:])
		}
	}
}
