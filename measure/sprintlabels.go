package measure

import (
	"maps"
	"slices"
	"strconv"

	"jerem/agile"
)

// SprintLabels gives each sprint the name that tells it from the others, in series, metrics and lists alike: the latest
// known one. Of several sprints of one name the lowest id keeps it, the others carry their id behind it; "current" is
// taken by the series of the active sprint.
func SprintLabels(sprints []agile.Sprint) map[int64]string {
	names := map[int64]string{}
	for i := range sprints {
		names[sprints[i].ID] = sprints[i].Last().Name
	}
	return distinctNames(names)
}

// DistinctNames gives the sprints of a list, as of its moment, the names that tell them apart as [SprintLabels] does.
func DistinctNames(heads []SprintHead) map[int64]string {
	names := map[int64]string{}
	for _, h := range heads {
		names[h.ID] = h.Name
	}
	return distinctNames(names)
}

func distinctNames(names map[int64]string) map[int64]string {
	taken := map[string]bool{"current": true}
	for _, id := range slices.Sorted(maps.Keys(names)) {
		if taken[names[id]] {
			names[id] += " #" + strconv.FormatInt(id, 10)
		}
		taken[names[id]] = true
	}
	return names
}
