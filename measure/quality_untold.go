package measure

import (
	"slices"
	"time"

	"jerem/measure/internal/index"
)

// untoldMembers returns the keys of the team's issues that may have stood in a sprint between two moments without that
// Jira tells it any more: they were ordinary issues, and show the sprints of their parents since.
func untoldMembers(t *Team, from, to time.Time) (keys []string) {
	for _, u := range index.EachUntoldSprints(t.Index) {
		i := t.Index.Issues[u.Issue]
		if u.From.Before(to) && u.Until.After(from) && t.Index.InScope(i, u.From) {
			keys = append(keys, i.Key.Last())
		}
	}
	return keys
}

// untoldOfSprints returns those keys for closed sprints, each once.
func untoldOfSprints(t *Team, closed []*Sprint) (keys []string) {
	for _, s := range closed {
		keys = append(keys, untoldMembers(t, *s.Start, *s.Complete)...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
