package measure

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/series"
)

// Series returns the team's series from one moment to another, both included, as known at the
// latter: the points at which a value changes, and the value at from of what began before. A zero
// from means the first day.
func (t *Team) Series(from, to time.Time) []series.Series {
	var out []series.Series
	for _, s := range t.Pieces(to) {
		out = append(out, s.Window(from, to))
	}
	return series.Join(out)
}

// Pieces returns all series as known at a moment, each unbroken: one that ended and began again
// stands there in several pieces. series.Join makes one of them.
func (t *Team) Pieces(now time.Time) []series.Series {
	var out []series.Series
	for _, id := range t.roadmap {
		out = append(out, t.epicSeries(t.issues[id], now)...)
	}
	tracks := map[int64][]track{}
	for _, s := range t.begun(now) {
		tracks[s.id] = t.sprintTracks(s.id, s.version, now)
		for _, tr := range tracks[s.id] {
			out = append(out, t.sprintSeries(tr, t.names[s.id]))
		}
		out = append(out, t.events(s.version, t.names[s.id]))
	}
	out = append(out, t.current(tracks, now)...)
	out = append(out, t.agileSeries(now)...)
	if daily := t.dailySeries(now); len(daily.Points) > 0 {
		out = append(out, daily)
	}
	return out
}

// begunSprint is a sprint that has begun, in the version known.
type begunSprint struct {
	id      int64
	version agile.SprintVersion
}

// begun lists the sprints that have begun by a moment, in the order of their starts.
func (t *Team) begun(now time.Time) []begunSprint {
	var out []begunSprint
	for _, s := range t.h.Sprints {
		if v := s.At(now); v.Started() && !v.Start.After(now) {
			out = append(out, begunSprint{s.ID, v})
		}
	}
	slices.SortStableFunc(out, func(a, b begunSprint) int { return a.version.Start.Compare(b.version.Start) })
	return out
}

// sprintSeries gives a track the labels of its class.
func (t *Team) sprintSeries(tr track, sprint string) series.Series {
	s := series.Series{Class: tr.class, End: tr.end, Labels: map[string]string{"project": t.h.Team.Name, "sprint": sprint}}
	if tr.whole {
		s.Labels["type"] = "sprint"
	}
	for _, p := range tr.points {
		s.Add(p.at, tr.number(p.value))
	}
	return s
}

// number writes a value in the type of its class: estimates are DOUBLE always.
func (tr *track) number(x float64) series.Value {
	if tr.whole {
		return series.Long(int64(x))
	}
	return series.Double(x)
}

// events tells when a sprint starts and when its end is planned.
func (t *Team) events(v agile.SprintVersion, sprint string) series.Series {
	s := series.Series{Class: classSprint + "events", Kind: series.Events, Labels: map[string]string{"project": t.h.Team.Name, "sprint": sprint}}
	s.Add(v.Start, series.String("start"))
	if !v.End.IsZero() && v.End.After(v.Start) {
		s.Add(v.End, series.String("end"))
	}
	return s
}

// reign is a stretch of time during which one sprint is the current one. closing says that it ends
// with the sprint itself.
type reign struct {
	sprint   begunSprint
	from, to time.Time // to is zero while it lasts
	closing  bool
}

// reigns tells which sprint was the current one over time: of several that are active the one that
// started last.
func (t *Team) reigns(now time.Time) []reign {
	sprints := t.begun(now)
	times := map[time.Time]bool{}
	for _, s := range sprints {
		times[s.version.Start.UTC()] = true
		if s.version.ClosedBy(now) {
			times[s.version.Completed().UTC()] = true
		}
	}
	var out []reign
	for _, at := range sortedTimes(times) {
		var king *begunSprint
		for i, s := range sprints {
			if !s.version.Start.After(at) && !s.version.ClosedBy(at) {
				king = &sprints[i]
			}
		}
		if n := len(out); n > 0 && out[n-1].to.IsZero() {
			last := &out[n-1]
			if king != nil && king.id == last.sprint.id {
				continue
			}
			last.to = at
			last.closing = last.sprint.version.ClosedBy(at) && king == nil
		}
		if king != nil {
			out = append(out, reign{sprint: *king, from: at})
		}
	}
	return out
}

// current returns the second series of each class, which follows the active sprint.
func (t *Team) current(tracks map[int64][]track, now time.Time) []series.Series {
	var out []series.Series
	seen := map[string]bool{} // natures so far: one that disappears falls to 0
	var order []string
	events := series.Series{Class: classSprint + "events", Kind: series.Events, Labels: map[string]string{"project": t.h.Team.Name, "sprint": "current"}}
	for _, r := range t.reigns(now) {
		have := map[string]track{}
		for _, tr := range tracks[r.sprint.id] {
			have[tr.class] = tr
			if !seen[tr.class] {
				seen[tr.class] = true
				order = append(order, tr.class)
			}
		}
		for _, class := range order {
			tr, ok := have[class]
			if !ok {
				tr = track{class: class, whole: true}
			}
			out = append(out, t.sprintSeries(tr.cut(r.from, r.to, r.closing), "current"))
		}
		own := t.events(r.sprint.version, "current")
		events = series.Join([]series.Series{events, own})[0] // a start wins over an earlier end at its moment
		events.Kind = series.Events
	}
	if len(events.Points) > 0 {
		out = append(out, events)
	}
	return out
}

// noon is when the point of a day stands: at midnight a Monday would lie in the week before for whoever counts weeks
// in UTC east of it.
const noon = 12 * time.Hour

// dailySeries is the time logged for impediments, a point at the local noon of each day with time; that of the present
// day may lie ahead.
func (t *Team) dailySeries(now time.Time) series.Series {
	s := series.Series{Class: classImpediment + "total.created", Kind: series.Events,
		Labels: map[string]string{"project": t.h.Team.Name, "type": "daily", "value": "timespent"}}
	for _, d := range t.Daily(now) {
		day, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			continue // Daily writes dates in this very form
		}
		s.Add(calendar.DateOf(day, time.UTC).In(t.h.Team.Calendar.Zone, noon), series.Long(d.Seconds))
	}
	return s
}
