package measure

import (
	"slices"
	"strings"
	"time"

	"jerem/agile"
)

// The classes of the older bot, kept by name.
const (
	classEpic       = "jerem.jira.epic."
	classSprint     = "jerem.jira.sprint."
	classImpediment = "jerem.jira.impediment."
)

// sprintTracks returns the tracks of a sprint that has begun, as known at a moment: its work from
// its start to its completion, and its impediments, which late work may still change.
func (t *Team) sprintTracks(id int64, v agile.SprintVersion, now time.Time) []track {
	return append(t.workTracks(id, v, now), t.impedimentTracks(v, now)...)
}

// bounds returns the span of a sprint's series: from its start to its completion or to now.
func (t *Team) bounds(id int64, v agile.SprintVersion, now time.Time) span {
	sp := span{id: id, start: v.Start, end: now}
	if v.ClosedBy(now) {
		sp.end, sp.closed = v.Completed(), true
	}
	if sp.end.Before(sp.start) {
		sp.end = sp.start
	}
	return sp
}

// ended returns when a span's series end, zero while the sprint is open.
func (s span) ended() time.Time {
	if s.closed {
		return s.end
	}
	return time.Time{}
}

// workTracks follows what is in a sprint: all of it, what is in progress and what is done.
func (t *Team) workTracks(id int64, v agile.SprintVersion, now time.Time) []track {
	sp := t.bounds(id, v, now)
	var steps []step
	for _, st := range t.stays(sp) {
		steps = append(steps, st.steps(sp.start)...)
	}
	tracks := []track{{class: classSprint + "storypoint.total"}, {class: classSprint + "storypoint.inprogress"}, {class: classSprint + "storypoint.done"}}
	for n := range tracks {
		tracks[n].end = sp.ended()
		tracks[n].force(sp.start.UTC(), 0)
	}
	sumUp(steps, func(at time.Time, w standingWork) {
		for n, x := range []float64{w.total, w.doing, w.done} {
			tracks[n].set(at, tidy(x))
		}
	})
	return ending(tracks, sp)
}

// steps lists what an issue changes in the sums of a sprint, from its start on.
func (s stay) steps(start time.Time) []step {
	var out []step
	was := standingWork{}
	put := func(at time.Time, b seen) {
		is := standingWork{}
		if b.in {
			is = b.standing()
		}
		if by := is.minus(was); by != (standingWork{}) {
			out = append(out, step{at.UTC(), by})
		}
		was = is
	}
	put(start, s.until(start))
	for n, b := range s.beats {
		last := n+1 == len(s.beats) || !s.beats[n+1].at.Equal(b.at) // changes of one moment count as one
		if last && b.at.After(start) {
			put(b.at, b)
		}
	}
	return out
}

// ending puts the point at the completion of a sprint.
func ending(tracks []track, sp span) []track {
	if !sp.closed {
		return tracks
	}
	for i := range tracks {
		tracks[i].force(sp.end, tracks[i].value(sp.end))
	}
	return tracks
}

// impedimentTracks follows the impediments of a sprint: count and time, in all and by nature.
func (t *Team) impedimentTracks(v agile.SprintVersion, now time.Time) []track {
	sp := t.bounds(0, v, now)
	own := t.concerned(sp)
	tracks := map[string]*track{}
	of := func(class string) *track {
		if tracks[class] == nil {
			tracks[class] = &track{class: class, end: sp.ended(), whole: true}
			tracks[class].force(sp.start, 0)
		}
		return tracks[class]
	}
	of(classImpediment + "total.count")
	if !t.timeUnknown {
		of(classImpediment + "total.timespent")
	}
	for _, at := range t.impedimentMoments(own, sp, now) {
		known := at
		w := window{sp.start, at, false}
		if sp.closed && !at.Before(sp.end) {
			w = window{sp.start, sp.end, true}
		}
		values := t.tally(own, w, known)
		for class := range values {
			of(class)
		}
		for class, tr := range tracks {
			tr.set(at, float64(values[class]))
		}
	}
	out := make([]track, 0, len(tracks))
	for _, tr := range tracks {
		out = append(out, *tr)
	}
	slices.SortFunc(out, func(a, b track) int { return strings.Compare(a.class, b.class) })
	return closeWithin(out, sp)
}

// closeWithin puts the point at the completion into tracks that may go on after it.
func closeWithin(tracks []track, sp span) []track {
	if !sp.closed {
		return tracks
	}
	for i := range tracks {
		tr := &tracks[i]
		n, found := slices.BinarySearchFunc(tr.points, sp.end, func(s sample, at time.Time) int { return s.at.Compare(at) })
		if !found {
			tr.points = slices.Insert(tr.points, n, sample{sp.end, tr.value(sp.end)})
		}
	}
	return tracks
}

// concerned returns the impediments that were opened or worked on in the window of a sprint.
func (t *Team) concerned(sp span) []trouble {
	w := window{sp.start, sp.end, sp.closed}
	var out []trouble
	for _, j := range t.trouble {
		in := func(l worked) bool { return w.holds(l.Started) }
		worked := slices.ContainsFunc(t.worklogs[j.issue.ID], in) ||
			slices.ContainsFunc(t.children[j.issue.ID], func(child int64) bool { return slices.ContainsFunc(t.worklogs[child], in) })
		if worked || slices.ContainsFunc(j.impeded, func(s agile.Step[bool]) bool { return s.Value && w.holds(s.From) }) {
			out = append(out, j)
		}
	}
	return out
}

func (t *Team) ownAndChildLogs(j trouble) []worked {
	logs := slices.Clone(t.worklogs[j.issue.ID])
	for _, child := range t.children[j.issue.ID] {
		logs = append(logs, t.worklogs[child]...)
	}
	return logs
}

// impedimentMoments lists the moments from the start of a sprint to now at which anything of its
// impediments may change.
func (t *Team) impedimentMoments(own []trouble, sp span, now time.Time) []time.Time {
	times := map[time.Time]bool{sp.start.UTC(): true}
	put := func(at time.Time) {
		if at.After(sp.start) && !at.After(now) {
			times[at.UTC()] = true
		}
	}
	if sp.closed {
		put(sp.end)
	}
	for _, j := range own {
		each(j.impeded, put)
		each(j.issue.Labels, put)
		each(j.issue.Options[t.natureField()], put)
		for _, l := range t.ownAndChildLogs(j) {
			put(l.Created)
			put(l.Started)
		}
		for _, child := range t.children[j.issue.ID] {
			each(t.troubleOf[child].impeded, put)
		}
	}
	return sortedTimes(times)
}

// tally counts impediments and their time by the class of their series.
func (t *Team) tally(own []trouble, w window, known time.Time) map[string]int64 {
	values := map[string]int64{}
	for _, j := range own {
		seconds, worked := int64(0), false
		t.logs(j, known, func(l agile.Worklog) {
			if w.holds(l.Started) {
				seconds, worked = seconds+l.Seconds, true
			}
		})
		if !worked && !j.opened(w, known) {
			continue
		}
		values[classImpediment+"total.count"]++
		if !t.timeUnknown {
			values[classImpediment+"total.timespent"] += seconds
		}
		names := t.natures(j.issue, known)
		for i, part := range split(seconds, len(names)) {
			values[natureClass(names[i], "count")]++
			if !t.timeUnknown {
				values[natureClass(names[i], "timespent")] += part
			}
		}
	}
	return values
}

// natureClass is the class of a nature's series. A dot would add a level to the class and "total"
// is taken by the sum.
func natureClass(nature, what string) string {
	nature = strings.ReplaceAll(nature, ".", "_")
	if nature == "total" {
		nature = "total_"
	}
	return classImpediment + nature + "." + what
}
