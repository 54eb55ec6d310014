package timeseries

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
	"jerem/series"
	"jerem/sorting"
)

// activePeriod is a stretch of time during which one sprint is the current one. closing says that it ends
// with the sprint itself.
type activePeriod struct {
	sprint   begunSprint
	from, to time.Time // to is zero while it lasts
	closing  bool
}

// activePeriods tells which sprint was the current one over time: of several that are active the one that
// started last.
func activePeriods(x *index.Index, now time.Time) []activePeriod {
	sprints := begunSprints(x, now)
	times := map[time.Time]bool{}
	for _, s := range sprints {
		times[s.version.Start.UTC()] = true
		if s.version.ClosedBy(now) {
			times[s.version.Completed().UTC()] = true
		}
	}
	var out []activePeriod
	for _, at := range moments.SortedTimes(times) {
		var current *begunSprint
		for i, s := range sprints {
			if !s.version.Start.After(at) && !s.version.ClosedBy(at) {
				current = &sprints[i]
			}
		}
		if n := len(out); n > 0 && out[n-1].to.IsZero() {
			last := &out[n-1]
			if current != nil && current.id == last.sprint.id {
				continue
			}
			last.to = at
			last.closing = last.sprint.version.ClosedBy(at) && current == nil
		}
		if current != nil {
			out = append(out, activePeriod{sprint: *current, from: at})
		}
	}
	return out
}

// currentSprint makes the second series of each class, which follows the active sprint, one stretch of time after the
// other.
type currentSprint struct {
	maker   *maker
	classes []string        // so far: one of a nature that disappears falls to 0
	events  []series.Series // of each stretch; a start wins over an earlier end at its moment
}

// addPeriod returns the series of the next stretch, of the tracks of its sprint.
func (c *currentSprint) addPeriod(period activePeriod, tracks sprintTracks) (out []series.Series) {
	have := map[string]sprintTrack{}
	for _, tr := range tracks.work {
		have[tr.class] = tr
		if !slices.Contains(c.classes, tr.class) {
			c.classes = append(c.classes, tr.class)
		}
	}
	for _, class := range c.classes {
		tr, ok := have[class]
		if !ok {
			tr = sprintTrack{class: class, whole: true}
		}
		out = append(out, c.maker.seriesOfPeriod(tr, tracks.closed && ok, period, period.from))
	}
	c.events = append(c.events, sprintEvents(c.maker.team.Index, period.sprint.version, "current"))
	return append(out, c.maker.currentLedger(tracks, period)...)
}

// begunSprint is a sprint that has begun, in the version known.
type begunSprint struct {
	id      int64
	version agile.SprintVersion
}

// begunSprints lists the sprints that have begun by a moment, in the order of their starts. One that is closed and
// tells no moment of it is none of them: up to when its figures hold cannot be known.
func begunSprints(x *index.Index, now time.Time) []begunSprint {
	return sprintsOf(x, now, func(agile.SprintVersion) bool { return true })
}

// sprintsOf lists those of [begunSprints] whose version is one of some.
func sprintsOf(x *index.Index, now time.Time, is func(agile.SprintVersion) bool) []begunSprint {
	var out []begunSprint
	for _, s := range x.History.Sprints {
		if v := s.At(now); v.BegunBy(now) && !v.CompletionUnknown() && is(v) {
			out = append(out, begunSprint{s.ID, v})
		}
	}
	sorting.By(out, func(a, b begunSprint) int { return a.version.Start.Compare(b.version.Start) })
	return out
}

// currentLedger returns the series of a sprint's ledger for a stretch of time during which it is the active one.
func (m *maker) currentLedger(tracks sprintTracks, period activePeriod) (out []series.Series) {
	for _, tr := range tracks.ledger {
		from := period.from
		if first := series.Time(tr.points[0].Tick); first.After(from) {
			from = first // a planning grace
		}
		if period.to.IsZero() || from.Before(period.to) {
			out = append(out, m.seriesOfPeriod(tr, tracks.closed, period, from))
		}
	}
	return out
}

// seriesOfPeriod returns the series of a track from a moment to the end of a stretch of time during which its sprint is
// the active one.
func (m *maker) seriesOfPeriod(tr sprintTrack, closed bool, period activePeriod, from time.Time) series.Series {
	key := cutKey{sprint: "current", from: agile.MomentOf(from), to: agile.MomentOf(period.to), closing: period.closing}
	return m.seriesOfCut(key, tr, closed,
		func() sprintTrack { return tr.cutToPeriod(from, period.to, period.closing) })
}
