package roadmap

import (
	"slices"
	"time"

	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
	"jerem/measure/internal/track"
	"jerem/sorting"
)

// Tracks follows a quarter's sums over its whole past, the days before it included: what is in total, done, in
// progress, to do, and remaining, in this order.
func (r *Roadmap) Tracks(s QuarterSpan, now time.Time) []track.Track {
	tracks, _ := r.TracksToEnd(s, now)
	return tracks
}

// TracksToEnd is [Roadmap.Tracks] with the moment of the last step, and the sums after it with their noise.
func (r *Roadmap) TracksToEnd(s QuarterSpan, now time.Time) (tracks []track.Track, last track.Change) {
	tracks = make([]track.Track, 5)
	track.SumUp(r.StepsIn(s, r.IssuesEverIn(s.Name), now), func(at time.Time, w track.Work) {
		last = track.Change{At: at, By: w}
		for n, x := range ValuesOfTracks(w) {
			tracks[n].Set(at, x)
		}
	})
	return tracks, last
}

// ValuesOfTracks are what the tracks of a quarter tell of its sums, in their order.
func ValuesOfTracks(w track.Work) (values [5]float64) {
	for n, x := range [...]float64{w.Total, w.Done, w.Doing, w.Total - w.Done - w.Doing, w.Total - w.Done} {
		values[n] = amount.Tidy(x)
	}
	return values
}

// StepsIn lists the changes of a quarter's sums by some issues up to now, in order of time; those of one moment in the
// order of the issues.
func (r *Roadmap) StepsIn(s QuarterSpan, issues []int64, now time.Time) (steps []track.Change) {
	for _, id := range issues {
		was := track.Work{}
		for _, at := range changeMoments(r, id, s, now) {
			is := workAt(r, id, s, at)
			if by := is.Minus(was); by != (track.Work{}) {
				steps = append(steps, track.Change{At: at, By: by})
			}
			was = is
		}
	}
	sorting.By(steps, func(a, b track.Change) int { return a.At.Compare(b.At) })
	return steps
}

// EpicTracks follows the part of each epic in a quarter over its whole past: what is in total and done of it, in this
// order, by the id of the epic. The tracks of all epics add up to those of the quarter. An epic that never carried the
// quarter's mark, as one of another team to which an issue went, has no part in it and no track.
func (r *Roadmap) EpicTracks(s QuarterSpan, now time.Time) map[int64][]track.Track {
	steps := map[int64][]track.Change{}
	for _, id := range r.IssuesEverIn(s.Name) {
		was, wasOf := track.Work{}, int64(0)
		for _, at := range changeMoments(r, id, s, now) {
			is, isOf := workAt(r, id, s, at), int64(0)
			if b, ok := r.Index.Histories.Of(id).At(at); ok {
				isOf = b.Epic
			}
			if isOf != wasOf {
				steps[wasOf] = append(steps[wasOf], track.Change{At: at, By: track.Work{}.Minus(was)})
				was = track.Work{}
			}
			steps[isOf] = append(steps[isOf], track.Change{At: at, By: is.Minus(was)})
			was, wasOf = is, isOf
		}
	}
	out := map[int64][]track.Track{}
	for _, epic := range r.EpicsEverIn(s.Name) {
		changes, hasPart := steps[epic]
		if !hasPart {
			continue
		}
		tracks := make([]track.Track, 2)
		track.SumUp(changes, func(at time.Time, w track.Work) {
			tracks[0].Set(at, amount.Tidy(w.Total))
			tracks[1].Set(at, amount.Tidy(w.Done))
		})
		out[epic] = tracks
	}
	return out
}

// IssuesEverIn lists the issues that ever belonged to an epic that ever carried a quarter's mark, by id.
func (r *Roadmap) IssuesEverIn(q QuarterName) []int64 {
	var out []int64
	for _, id := range r.EpicsEverIn(q) {
		out = append(out, r.Index.EpicIssues.Of(id)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// EpicsEverIn lists the epics that ever carried the mark of a quarter, in a steady order. With the issues that ever
// belonged to one of these, the sums of the quarter rest on nothing else.
func (r *Roadmap) EpicsEverIn(q QuarterName) (ids []int64) {
	for _, id := range r.Epics {
		if r.Marks.everNamed(r.Index.Issues.Of(id), q) {
			ids = append(ids, id)
		}
	}
	return ids
}

// changeMoments lists the moments up to now at which the part of an issue in a quarter may change.
func changeMoments(r *Roadmap, id int64, s QuarterSpan, now time.Time) []time.Time {
	const ofEpic = 4 // moments beside those of the issue's own history, mostly
	history := r.Index.Histories.Of(id)
	out := make([]time.Time, 0, len(history)+ofEpic)
	put := func(at time.Time) {
		if !at.After(now) {
			out = append(out, at.UTC())
		}
	}
	put(s.From)
	epics := map[int64]bool{}
	for _, b := range history {
		put(b.At())
		if i, ok := r.Index.Issues.Get(b.Epic); ok && !epics[b.Epic] {
			epics[b.Epic] = true
			moments.EachChange(r.Marks.Of(i), put)
			index.EachScopeChange(r.Index, i, put)
			moments.EachChange(i.Type, put)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.Compact(out)
}

// workAt returns the part of an issue in a quarter at a moment.
func workAt(r *Roadmap, id int64, s QuarterSpan, at time.Time) track.Work {
	b, ok := r.Index.Histories.Of(id).At(at)
	if !ok || b.Epic == 0 {
		return track.Work{}
	}
	epic, ok := r.Index.Issues.Get(b.Epic)
	if !ok {
		return track.Work{}
	}
	list := r.QuartersOf(epic, at)
	history := r.Index.Histories.Of(id)
	if !slices.Contains(list, s.Name) || list[0].Compare(s.Name) < 0 && history.DoneThrough(s.From, at) {
		return track.Work{}
	}
	return track.WorkOf(b)
}
