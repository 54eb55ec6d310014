package impediment

import (
	"cmp"
	"slices"
	"time"

	"jerem/measure/internal/recall"
	"jerem/sorting"
)

// opening is when an issue became an impediment.
type opening struct {
	at    time.Time
	place int // in List.All
}

// impedesOtherwise tells whether the impediments of a list, or when they were impediments, may be others in the next
// one because of an issue that changed.
func impedesOtherwise(x, y *List, id int64) bool {
	a, was := x.ByIssue.Get(id)
	b, is := y.ByIssue.Get(id)
	return was != is || !slices.Equal(a.Impeded, b.Impeded)
}

// openingsKey names the openings of all impediments.
type openingsKey struct{}

// openingsInOrder lists the openings of all impediments in order of time.
func openingsInOrder(list *List) []opening {
	return recall.Value(list.times, openingsKey{}, func() []opening {
		all := make([]opening, 0, len(list.All))
		for place, j := range list.All {
			was := false
			for _, s := range j.Impeded {
				if s.Value && !was {
					all = append(all, opening{s.From.Time(), place})
				}
				was = s.Value
			}
		}
		sorting.By(all, func(a, b opening) int { return a.at.Compare(b.at) })
		return all
	})
}

// OpenedOrAmong lists the impediments that were opened in a window by a moment, and those whose issues are keys of a
// map, in the order of all. Only what was opened in the window is looked at.
func OpenedOrAmong[V any](list *List, w Window, by time.Time, among map[int64]V) []Impediment {
	places := make([]int, 0, 2*len(among))
	all := openingsInOrder(list)
	first, _ := slices.BinarySearchFunc(all, w.From, func(o opening, from time.Time) int { return o.at.Compare(from) })
	for _, o := range all[first:] {
		if o.at.After(w.To) || o.at.After(by) {
			break
		}
		if w.Holds(o.at) {
			places = append(places, o.place)
		}
	}
	for id := range among {
		place, found := slices.BinarySearchFunc(list.All, id, func(j Impediment, id int64) int {
			return cmp.Compare(j.Issue.ID, id)
		})
		if found {
			places = append(places, place)
		}
	}
	slices.Sort(places)
	places = slices.Compact(places)
	out := make([]Impediment, 0, len(places))
	for _, place := range places {
		out = append(out, list.All[place])
	}
	return out
}
