package timeseries

import (
	"slices"
	"strconv"

	"jerem/agile"
)

// sprintNames gives each sprint its label: the latest known name. Of several sprints of one name
// the lowest id keeps it, the others carry their id behind it; "current" is taken by the series of
// the active sprint.
func sprintNames(sprints []agile.Sprint) map[int64]string {
	names, taken := map[int64]string{}, map[string]bool{"current": true}
	sorted := slices.Clone(sprints)
	slices.SortFunc(sorted, func(a, b agile.Sprint) int { return int(a.ID - b.ID) })
	for _, s := range sorted {
		name := s.Last().Name
		if taken[name] {
			name += " #" + strconv.FormatInt(s.ID, 10)
		}
		taken[name] = true
		names[s.ID] = name
	}
	return names
}
