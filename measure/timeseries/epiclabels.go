package timeseries

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
	"jerem/measure/internal/roadmap"
	"jerem/sorting"
)

// epicLabels is what the series of an epic are labelled with at a moment.
type epicLabels struct{ key, summary, quarter, global string }

// labelsOfEpic returns the labels of an epic's series at a moment, one for each quarter that it carries;
// none where it is not an epic of the team.
func labelsOfEpic(r *roadmap.Roadmap, i *agile.Issue, at time.Time) []epicLabels {
	if r.Index.Level(i.Type.At(at)) != 1 || !r.Index.InScope(i, at) {
		return nil
	}
	var out []epicLabels
	for _, mark := range r.Marks.At(i, at) {
		f := epicLabels{i.Key.At(at), i.Summary.At(at), mark,
			roadmap.Initiative(r.Index.History.Team.Initiative, i.Labels.At(at))}
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// epicMoments lists the moments up to one at which the labels of an epic's series may change.
func epicMoments(r *roadmap.Roadmap, i *agile.Issue, to time.Time) []time.Time {
	times := map[time.Time]bool{}
	put := func(at time.Time) {
		if !at.After(to) && !at.Before(i.Created) {
			times[at.UTC()] = true
		}
	}
	moments.EachChange(i.Key, put)
	moments.EachChange(i.Summary, put)
	moments.EachChange(i.Labels, put)
	moments.EachChange(r.Marks.Of(i), put)
	index.EachScopeChange(r.Index, i, put)
	moments.EachChange(i.Type, put)
	return moments.SortedTimes(times)
}

// epicStep is a change of an epic's work at a moment.
type epicStep struct {
	at time.Time
	by roadmap.EpicWork
}

// epicChanges lists the changes of an epic's work by some issues up to a moment, in order of time; those of one moment
// in the order of the issues.
func epicChanges(r *roadmap.Roadmap, epic int64, issues []int64, to time.Time) []epicStep {
	var out []epicStep
	for _, id := range issues {
		was := roadmap.EpicWork{}
		for _, at := range roadmap.PartMoments(r, id, to) {
			is := r.PartOf(id, epic, at)
			if by := is.Minus(was); by != (roadmap.EpicWork{}) {
				out = append(out, epicStep{at, by})
			}
			was = is
		}
	}
	sorting.By(out, func(a, b epicStep) int { return a.at.Compare(b.at) })
	return out
}
