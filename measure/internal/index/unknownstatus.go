package index

import (
	"slices"
	"time"

	"jerem/agile"
)

// PastUnknown lists the statuses of no known category that an issue left between two moments, by id: it counts as doing
// in them, and nobody knows whether it was. The one that it is in at the latter moment is none of them.
func PastUnknown(x *Index, i *agile.Issue, from, to time.Time) (ids []string) {
	history := x.Histories[i.ID]
	last := history.PlaceAt(to)
	for n := range max(0, last) {
		b := &history[n]
		if b.StateKnown || !history.LastOfMoment(n) || !history[n+1].At.After(from) {
			continue
		}
		if id := i.Status.AtOrder(b.At, b.Order); id != i.Status.At(to) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// StatusName returns the name of a status, its id where none is known.
func (x *Index) StatusName(id string) string {
	if name := x.History.Statuses[id].Name; name != "" {
		return name
	}
	return id
}
