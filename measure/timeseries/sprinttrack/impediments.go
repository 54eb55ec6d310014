package sprinttrack

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure/catalogue"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
	"jerem/measure/internal/track"
	"jerem/sorting"
)

// Impediments follows the impediments of a sprint: count and time, in all and by nature.
func Impediments(
	list *impediment.List, own []impediment.Impediment, sp index.SprintSpan, now time.Time,
) []track.Track {
	tracks := map[string]*track.Track{}
	of := func(class string) *track.Track {
		if tracks[class] == nil {
			tracks[class] = &track.Track{Class: class, End: sp.Completion(), Whole: true}
			tracks[class].Force(sp.Start, 0)
		}
		return tracks[class]
	}
	of(catalogue.ClassImpediment + "total.count")
	if !list.Index.TimeUnknown {
		of(catalogue.ClassImpediment + "total.timespent")
	}
	w := impediment.Window{From: sp.Start, To: sp.End, Closed: sp.Closed}
	counted := make([][]classAmount, len(own)) // what each impediment counts for
	sums := map[string]int64{}
	changed := impedimentMoments(list, own, sp, now)
	for _, at := range slices.SortedFunc(maps.Keys(changed), time.Time.Compare) {
		for _, n := range changed[at] {
			for _, one := range counted[n] {
				sums[one.class] -= one.amount
			}
			counted[n] = amountsByClass(list, own[n], w, at)
			for _, one := range counted[n] {
				sums[one.class] += one.amount
				of(one.class)
			}
		}
		for class, tr := range tracks {
			tr.Set(at, float64(sums[class]))
		}
	}
	out := make([]track.Track, 0, len(tracks))
	for _, tr := range tracks {
		out = append(out, *tr)
	}
	sorting.By(out, func(a, b track.Track) int { return strings.Compare(a.Class, b.Class) })
	return CloseWithin(out, sp)
}

// CloseWithin puts the point at the completion into tracks that may go on after it.
func CloseWithin(tracks []track.Track, sp index.SprintSpan) []track.Track {
	if !sp.Closed {
		return tracks
	}
	for i := range tracks {
		tr := &tracks[i]
		n, found := slices.BinarySearchFunc(tr.Points, sp.End,
			func(s track.Point, at time.Time) int { return s.At.Compare(at) })
		if !found {
			tr.Points = slices.Insert(tr.Points, n, track.Point{At: sp.End, Value: tr.Value(sp.End)})
		}
	}
	return tracks
}

// ImpedimentsWithin returns the impediments that were opened or worked on in the window of a sprint.
func ImpedimentsWithin(list *impediment.List, sp index.SprintSpan) []impediment.Impediment {
	w := impediment.Window{From: sp.Start, To: sp.End, Closed: sp.Closed}
	return impediment.OpenedOrAmong(list, w, sp.End, impedimentsWorkedOn(list, w))
}

// startOfWork is when time was logged on an impediment, or on what was a sub-task of it once.
type startOfWork struct {
	started    time.Time
	impediment int64
}

// startsOfWorkKey names what is recalled of the work on impediments.
type startsOfWorkKey struct{}

// impedimentsWorkedOn returns the impediments on which time was logged in a window. Only what was logged in it is
// looked at.
func impedimentsWorkedOn(list *impediment.List, w impediment.Window) map[int64]bool {
	starts := impediment.RecallWork(list, startsOfWorkKey{}, func() []startOfWork {
		count := 0
		for _, j := range list.All {
			for range worklogsWithChildren(list.Index, j) {
				count++
			}
		}
		all := make([]startOfWork, 0, count)
		for _, j := range list.All {
			for l := range worklogsWithChildren(list.Index, j) {
				all = append(all, startOfWork{l.Started, j.Issue.ID})
			}
		}
		sorting.By(all, func(a, b startOfWork) int { return a.started.Compare(b.started) })
		return all
	})
	first, _ := slices.BinarySearchFunc(starts, w.From, func(s startOfWork, from time.Time) int {
		return s.started.Compare(from)
	})
	worked := map[int64]bool{}
	for _, s := range starts[first:] {
		if s.started.After(w.To) {
			break
		}
		if w.Holds(s.started) {
			worked[s.impediment] = true
		}
	}
	return worked
}

// worklogsWithChildren goes through the time logged on an impediment, and on what was a sub-task of it once.
func worklogsWithChildren(x *index.Index, j impediment.Impediment) iter.Seq[agile.Worklog] {
	return func(yield func(agile.Worklog) bool) {
		for _, l := range x.Worklogs.Of(j.Issue.ID) {
			if !yield(l) {
				return
			}
		}
		for _, child := range x.Children.Of(j.Issue.ID) {
			for _, l := range x.Worklogs.Of(child) {
				if !yield(l) {
					return
				}
			}
		}
	}
}

// impedimentMoments returns the moments from the start of a sprint to now at which anything of its impediments may
// change, with the places of those that may.
func impedimentMoments(list *impediment.List, own []impediment.Impediment, sp index.SprintSpan,
	now time.Time,
) map[time.Time][]int {
	all := make([]int, len(own))
	for n := range all {
		all[n] = n
	}
	changed := map[time.Time][]int{sp.Start.UTC(): all}
	for n, j := range own {
		put := func(at time.Time) {
			if places := changed[at.UTC()]; at.After(sp.Start) && !at.After(now) &&
				(len(places) == 0 || places[len(places)-1] != n) {
				changed[at.UTC()] = append(places, n)
			}
		}
		moments.EachChange(j.Impeded, put)
		moments.EachChange(j.Issue.Labels, put)
		moments.EachChange(j.Issue.Options.Of(list.NatureField()), put)
		for l := range worklogsWithChildren(list.Index, j) {
			put(l.Created)
			put(l.Started)
		}
		for _, child := range list.Index.Children.Of(j.Issue.ID) {
			moments.EachChange(list.ByIssue.Of(child).Impeded, put)
		}
	}
	if sp.Closed && sp.End.After(sp.Start) && !sp.End.After(now) {
		changed[sp.End.UTC()] = all
	}
	return changed
}

// classAmount is what an impediment adds to the series of a class.
type classAmount struct {
	class  string
	amount int64
}

// amountsByClass counts an impediment and its time by the class of their series; nothing while it does not count.
func amountsByClass(list *impediment.List, j impediment.Impediment, w impediment.Window,
	known time.Time,
) []classAmount {
	seconds, worked := int64(0), false
	list.EachWorklogIn(w, j, known, func(l agile.Worklog) { seconds, worked = seconds+l.Seconds, true })
	if !worked && !j.Opened(w, known) {
		return nil
	}
	amounts := []classAmount{{catalogue.ClassImpediment + "total.count", 1}}
	if !list.Index.TimeUnknown {
		amounts = append(amounts, classAmount{catalogue.ClassImpediment + "total.timespent", seconds})
	}
	names := list.Natures(j.Issue, known)
	for i, part := range impediment.Split(seconds, len(names)) {
		amounts = append(amounts, classAmount{natureClass(names[i], "count"), 1})
		if !list.Index.TimeUnknown {
			amounts = append(amounts, classAmount{natureClass(names[i], "timespent"), part})
		}
	}
	return amounts
}

// natureClass is the class of a nature's series. A dot would add a level to the class and "total"
// is taken by the sum.
func natureClass(nature, what string) string {
	nature = strings.ReplaceAll(nature, ".", "_")
	if nature == "total" {
		nature = "total_"
	}
	return catalogue.ClassImpediment + nature + "." + what
}
