package measure

import (
	"slices"

	"jerem/measure/internal/index"
)

// untoldMembers returns the keys of the issues that may have stood in a sprint without anything that tells it: since it
// began, or at the moment of one that has not.
func untoldMembers(t *Team, sp index.SprintSpan, begun bool) (keys []string) {
	from := sp.End
	if begun {
		from = sp.Start
	}
	for _, i := range index.UntoldSprints(t.Index, from, sp.End) {
		keys = append(keys, i.Key.Last())
	}
	return keys
}

// untoldOfSprints returns those keys for closed sprints, each once.
func untoldOfSprints(t *Team, closed []*Sprint) (keys []string) {
	for _, s := range closed {
		keys = append(keys, untoldMembers(t, index.SprintSpan{Start: *s.Start, End: *s.Complete}, true)...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
