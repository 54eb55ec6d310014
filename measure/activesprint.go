package measure

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
)

// ActiveSprint returns the id of the sprint that is active at a moment; of several the one that started last, and one
// that is not known to have started only where there is no other.
func (t *Team) ActiveSprint(at time.Time) (id int64, found bool) {
	for _, h := range slices.Backward(headsOf(t, at)) {
		if h.State != agile.Active {
			continue
		}
		if h.Start != nil && !h.Start.After(at) {
			return h.ID, true
		}
		if !found {
			id, found = h.ID, true
		}
	}
	return id, found
}

// ActiveSprints returns the ids of all sprints that are active at a moment, oldest first.
func ActiveSprints(t *Team, at time.Time) (ids []int64) {
	for _, h := range headsOf(t, at) {
		if h.State == agile.Active {
			ids = append(ids, h.ID)
		}
	}
	return ids
}

// OthersActive lists what is active at a moment beside a sprint that is active, oldest first, by the names that tell
// sprints apart; none beside one that is not.
func OthersActive(t *Team, id int64, at time.Time) []SprintHead {
	var others []SprintHead
	isActive := false
	for _, h := range headsOf(t, at) {
		switch {
		case h.State != agile.Active:
		case h.ID == id:
			isActive = true
		default:
			h.Name = namesOf(t, at)[h.ID]
			others = append(others, h)
		}
	}
	if !isActive {
		return nil
	}
	return others
}

// NamedSprint is [Team.Sprint] by the name that tells the sprint from the team's others, as lists and series have it.
func (t *Team) NamedSprint(id int64, at time.Time) (*Sprint, error) {
	s, err := t.Sprint(id, at)
	if err == nil {
		s.Name = namesOf(t, at)[id]
	}
	return s, err
}

// namesKey names the names that tell the sprints of a team apart, which are the same throughout a step.
type namesKey struct{}

// namesOf are the names that tell the sprints of a team apart as of a moment; nobody changes them.
func namesOf(t *Team, at time.Time) map[int64]string {
	return index.InStep(t.Index, at, namesKey{}, func() map[int64]string { return DistinctNames(headsOf(t, at)) })
}

// LastSprint returns the id of the sprint that is meant where none is active: of those closed with their dates the one
// that was closed last.
func (t *Team) LastSprint(at time.Time) (id int64, found bool) {
	var last time.Time
	for _, h := range headsOf(t, at) {
		if h.State == agile.Closed && h.Start != nil && h.Complete != nil && !h.Complete.Before(last) {
			id, last, found = h.ID, *h.Complete, true
		}
	}
	return id, found
}

// NextSprint is what comes after a sprint that is shown because none is active: of those that are planned the one that
// is to start first, by the name that tells it apart; one without a date only where there is no other.
func NextSprint(t *Team, shown int64, at time.Time) (next SprintHead, found bool) {
	_, isActive := t.ActiveSprint(at)
	if last, ok := t.LastSprint(at); isActive || !ok || last != shown {
		return next, false
	}
	for _, h := range headsOf(t, at) { // by start, those without one last
		if h.State == agile.Future {
			h.Name = namesOf(t, at)[h.ID]
			return h, true
		}
	}
	return next, false
}

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
