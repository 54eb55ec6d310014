package measure

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/series"
)

// The classes of figures that the older bot did not have.
const (
	classAgileSprint  = "jerem.agile.sprint."
	classAgileQuarter = "jerem.agile.quarter."
)

// agileSeries returns the series of the sprints' ledgers and of the quarters.
func (t *Team) agileSeries(now time.Time) []series.Series {
	var out []series.Series
	ledgers := map[int64][]track{}
	for _, s := range t.begun(now) {
		ledgers[s.id] = t.ledgerTracks(s.id, s.version, now)
		for _, tr := range ledgers[s.id] {
			out = append(out, t.sprintSeries(tr, t.names[s.id]))
		}
	}
	for _, r := range t.reigns(now) {
		for _, tr := range ledgers[r.sprint.id] {
			from := r.from
			if first := tr.points[0].at; first.After(from) {
				from = first // a planning grace
			}
			if r.to.IsZero() || from.Before(r.to) {
				out = append(out, t.sprintSeries(tr.cut(from, r.to, r.closing), "current"))
			}
		}
	}
	return append(out, t.quarterSeries(now)...)
}

// ledgerTracks follows the sums of a sprint's ledger from its start, moved by the planning grace, to
// its completion.
func (t *Team) ledgerTracks(id int64, v agile.SprintVersion, now time.Time) []track {
	sp := t.span(id, v, now)
	if v.Start.Add(t.h.Team.Sprint.Grace).After(now) {
		return nil
	}
	names := []string{"commitment", "added", "removed", "reestimated", "completed", "reopened", "remaining"}
	tracks := make([]track, len(names))
	for n, name := range names {
		tracks[n] = track{class: classAgileSprint + name, end: sp.ended()}
		tracks[n].force(sp.start.UTC(), 0)
	}
	var sums Ledger
	for _, e := range t.ledger(sp, t.stays(sp)).Entries {
		sums.post(e)
		for n, x := range []float64{sums.Commitment, sums.Added, sums.Removed, sums.Reestimated, sums.Completed, sums.Reopened, sums.Remaining} {
			tracks[n].set(e.Time, tidy(x))
		}
	}
	return ending(tracks, sp)
}

// quarterSeries returns the series of each quarter that has begun and that an epic of the team
// belonged to before it was over: they run from its first moment to its end.
func (t *Team) quarterSeries(now time.Time) []series.Series {
	names := map[QuarterName]bool{}
	for _, id := range t.roadmap {
		for _, at := range epicMoments(t.issues[id], now) {
			for _, q := range t.quartersOf(t.issues[id], at) {
				names[q] = names[q] || at.Before(t.quarterSpan(q).to)
			}
		}
	}
	var sorted []QuarterName
	for q, told := range names {
		if told {
			sorted = append(sorted, q)
		}
	}
	slices.SortFunc(sorted, QuarterName.compare)
	var out []series.Series
	for _, q := range sorted {
		if s := t.quarterSpan(q); !s.from.After(now) {
			out = append(out, t.quarterPieces(s, now)...)
		}
	}
	return out
}

// quarterPieces makes the series of one quarter.
func (t *Team) quarterPieces(s quarterSpan, now time.Time) []series.Series {
	end := time.Time{}
	if !now.Before(s.to) {
		end = s.to
	}
	var out []series.Series
	for _, tr := range t.quarterTracks(s, now) {
		part := tr.cut(s.from.UTC(), end, false)
		one := series.Series{Class: part.class, End: part.end, Labels: map[string]string{"project": t.h.Team.Name, "quarter": s.name.String()}}
		for _, p := range part.points {
			one.Add(p.at, series.Double(p.value))
		}
		out = append(out, one)
	}
	return out
}

// quarterTracks follows a quarter's sums over its whole past, the days before it included.
func (t *Team) quarterTracks(s quarterSpan, now time.Time) []track {
	var steps []step
	for _, id := range t.roadmapWork(s.name) {
		was := standingWork{}
		for _, at := range t.roadmapMoments(id, s, now) {
			is := t.standsIn(id, s, at)
			if by := is.minus(was); by != (standingWork{}) {
				steps = append(steps, step{at, by})
			}
			was = is
		}
	}
	classes := []string{"total", "done", "doing", "todo", "remaining"}
	tracks := make([]track, len(classes))
	for n, name := range classes {
		tracks[n] = track{class: classAgileQuarter + name}
	}
	sumUp(steps, func(at time.Time, w standingWork) {
		for n, x := range []float64{w.total, w.done, w.doing, w.total - w.done - w.doing, w.total - w.done} {
			tracks[n].set(at, tidy(x))
		}
	})
	return tracks
}

// roadmapWork lists the issues that ever belonged to an epic that ever carried a quarter's label.
func (t *Team) roadmapWork(q QuarterName) []int64 {
	var out []int64
	for _, id := range t.roadmap {
		if slices.ContainsFunc(t.issues[id].Labels, func(s agile.Step[[]string]) bool {
			return slices.ContainsFunc(s.Value, func(l string) bool { m := t.labels[l]; return m.named && m.quarter == q })
		}) {
			out = append(out, t.epicWork[id]...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// roadmapMoments lists the moments up to now at which the part of an issue in a quarter may change.
func (t *Team) roadmapMoments(id int64, s quarterSpan, now time.Time) []time.Time {
	var out []time.Time
	put := func(at time.Time) {
		if !at.After(now) {
			out = append(out, at.UTC())
		}
	}
	put(s.from)
	epics := map[int64]bool{}
	for _, b := range t.lives[id] {
		put(b.at)
		if i, ok := t.issues[b.epic]; ok && !epics[b.epic] {
			epics[b.epic] = true
			each(i.Labels, put)
			each(i.Project, put)
			each(i.Type, put)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.Compact(out)
}

// standsIn returns the part of an issue in a quarter at a moment.
func (t *Team) standsIn(id int64, s quarterSpan, at time.Time) standingWork {
	b, ok := beatAt(t.lives[id], at)
	if !ok || b.epic == 0 {
		return standingWork{}
	}
	epic, ok := t.issues[b.epic]
	if !ok {
		return standingWork{}
	}
	list := t.quartersOf(epic, at)
	if !slices.Contains(list, s.name) || list[0].compare(s.name) < 0 && t.doneThrough(id, s.from, at) {
		return standingWork{}
	}
	return b.standing()
}
