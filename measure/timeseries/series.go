package timeseries

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/track"
	"jerem/series"
)

// Between returns the team's series from one moment to another, both included, as known at the
// latter: the points at which a value changes, and the value at from of what began before. A zero
// from means the first day.
func Between(team *measure.Team, from, to time.Time) []series.Series {
	var out []series.Series
	for _, s := range Pieces(team, to) {
		out = append(out, s.Window(from, to))
	}
	return series.Join(out)
}

// Pieces returns all series as known at a moment, each unbroken: one that ended and began again
// stands there in several pieces. series.Join makes one of them.
func Pieces(team *measure.Team, now time.Time) []series.Series {
	var out []series.Series
	for _, id := range team.Roadmap.Epics {
		out = append(out, seriesOfEpic(team.Roadmap, team.Index.Issues[id], now)...)
	}
	names := sprintNames(team.Index.History.Sprints)
	tracks := map[int64][]track.Track{}
	for _, s := range begunSprints(team.Index, now) {
		tracks[s.id] = trackSprint(team, s.id, s.version, now)
		for _, tr := range tracks[s.id] {
			out = append(out, labelSprintTrack(team.Index, tr, names[s.id]))
		}
		out = append(out, sprintEvents(team.Index, s.version, names[s.id]))
	}
	out = append(out, seriesOfActiveSprint(team, tracks, now)...)
	out = append(out, seriesOfLedgers(team, now)...)
	if daily := seriesOfDays(team, now); len(daily.Points) > 0 {
		out = append(out, daily)
	}
	return out
}

// begunSprint is a sprint that has begun, in the version known.
type begunSprint struct {
	id      int64
	version agile.SprintVersion
}

// begunSprints lists the sprints that have begun by a moment, in the order of their starts.
func begunSprints(x *index.Index, now time.Time) []begunSprint {
	var out []begunSprint
	for _, s := range x.History.Sprints {
		if v := s.At(now); v.Started() && !v.Start.After(now) {
			out = append(out, begunSprint{s.ID, v})
		}
	}
	slices.SortStableFunc(out, func(a, b begunSprint) int { return a.version.Start.Compare(b.version.Start) })
	return out
}

// labelSprintTrack gives a track the labels of its class.
func labelSprintTrack(x *index.Index, tr track.Track, sprint string) series.Series {
	s := series.Series{Class: tr.Class, End: tr.End, Labels: map[string]string{"project": x.History.Team.Name, "sprint": sprint}}
	if tr.Whole {
		s.Labels["type"] = "sprint"
	}
	for _, p := range tr.Points {
		s.Add(p.At, valueOfTrack(&tr, p.Value))
	}
	return s
}

// valueOfTrack writes a value in the type of its class: estimates are DOUBLE always.
func valueOfTrack(tr *track.Track, x float64) series.Value {
	if tr.Whole {
		return series.Long(int64(x))
	}
	return series.Double(x)
}

// sprintEvents tells when a sprint starts and when its end is planned.
func sprintEvents(x *index.Index, v agile.SprintVersion, sprint string) series.Series {
	s := series.Series{Class: classSprint + "events", Kind: series.Events, Labels: map[string]string{"project": x.History.Team.Name, "sprint": sprint}}
	s.Add(v.Start, series.String("start"))
	if !v.End.IsZero() && v.End.After(v.Start) {
		s.Add(v.End, series.String("end"))
	}
	return s
}

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
	for _, at := range index.SortedTimes(times) {
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
			out = append(out, activePeriod{sprint: *king, from: at})
		}
	}
	return out
}

// seriesOfActiveSprint returns the second series of each class, which follows the active sprint.
func seriesOfActiveSprint(team *measure.Team, tracks map[int64][]track.Track, now time.Time) []series.Series {
	var out []series.Series
	seen := map[string]bool{} // natures so far: one that disappears falls to 0
	var order []string
	events := series.Series{Class: classSprint + "events", Kind: series.Events, Labels: map[string]string{"project": team.Index.History.Team.Name, "sprint": "current"}}
	for _, r := range activePeriods(team.Index, now) {
		have := map[string]track.Track{}
		for _, tr := range tracks[r.sprint.id] {
			have[tr.Class] = tr
			if !seen[tr.Class] {
				seen[tr.Class] = true
				order = append(order, tr.Class)
			}
		}
		for _, class := range order {
			tr, ok := have[class]
			if !ok {
				tr = track.Track{Class: class, Whole: true}
			}
			out = append(out, labelSprintTrack(team.Index, tr.Cut(r.from, r.to, r.closing), "current"))
		}
		own := sprintEvents(team.Index, r.sprint.version, "current")
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

// seriesOfDays is the time logged for impediments, a point at the local noon of each day with time; that of the present
// day may lie ahead.
func seriesOfDays(team *measure.Team, now time.Time) series.Series {
	s := series.Series{Class: classImpediment + "total.created", Kind: series.Events,
		Labels: map[string]string{"project": team.Index.History.Team.Name, "type": "daily", "value": "timespent"}}
	for _, d := range team.Daily(now) {
		day, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			continue // Daily writes dates in this very form
		}
		s.Add(calendar.DateOf(day, time.UTC).In(team.Index.History.Team.Calendar.Zone, noon), series.Long(d.Seconds))
	}
	return s
}
