package timeseries

import (
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/track"
	"jerem/measure/timeseries/sprinttrack"
	"jerem/measure/unexpected"
	"jerem/series"
	"jerem/sorting"
)

// seriesOfOnCall returns the series of call-outs by day, and of each sprint that has begun; none where nobody is on
// call for the team. Series of a sprint rise at local midnights, since a call-out counts once its day is over, and
// change where an impediment begins to account for a call-out. Nights, rest and starts out of hours begin with the
// midnight after the sprint: day by day they would be one person's load.
func seriesOfOnCall(team *measure.Team, now time.Time) []series.Series {
	if team.Unexpected == nil {
		return nil
	}
	out := dailyOnCall(team, now)
	names := measure.SprintLabels(team.Index.History.Sprints)
	tracks := map[int64][]track.Track{}
	for _, s := range begunSprints(team.Index, now) {
		tracks[s.id] = trackOnCall(team, s, now)
		for _, tr := range tracks[s.id] {
			out = append(out, labelOnCall(team, tr, names[s.id]))
		}
	}
	for _, r := range activePeriods(team.Index, now) {
		for _, tr := range tracks[r.sprint.id] {
			from := r.from
			if first := tr.Points[0].At; first.After(from) {
				from = first // not told before
			}
			if r.to.IsZero() || from.Before(r.to) {
				out = append(out, labelOnCall(team, tr.Cut(from, r.to, r.closing), "current"))
			}
		}
	}
	return out
}

// dailyFigure is a figure of on-call that is told by day; ok is false for a day without one.
type dailyFigure struct {
	name  string
	value func(unexpected.Day) (v series.Value, ok bool)
}

var dailyFigures = []dailyFigure{
	{"callout.count", func(d unexpected.Day) (series.Value, bool) {
		return series.Long(int64(d.Callouts)), d.Callouts > 0
	}},
	{"callout.timespent", func(d unexpected.Day) (series.Value, bool) {
		return series.Long(d.CountedSeconds), d.CountedSeconds > 0
	}},
	{"gap", func(d unexpected.Day) (series.Value, bool) { return series.Long(d.GapSeconds()), d.GapSeconds() > 0 }},
	{"actionability", func(d unexpected.Day) (series.Value, bool) {
		share := d.Actionability()
		if share == nil {
			return series.Value{}, false
		}
		return series.Double(*share), true
	}},
}

// dailyOnCall returns what is told by day: a point at the local noon of each day with a value; that of the present day
// may lie ahead.
func dailyOnCall(team *measure.Team, now time.Time) []series.Series {
	days := team.Unexpected.Days(now)
	var out []series.Series
	for _, f := range dailyFigures {
		s := series.Series{Class: catalogue.ClassOnCall + f.name, Kind: series.Events,
			Labels: map[string]string{"project": team.Index.History.Team.Name, "type": "daily"}}
		for _, d := range days {
			if v, ok := f.value(d); ok {
				s.Add(d.On().Noon(team.Index.History.Team.Calendar.Zone), v)
			}
		}
		if len(s.Points) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// labelOnCall returns the series of a figure of on-call over a sprint.
func labelOnCall(team *measure.Team, tr track.Track, sprint string) series.Series {
	s := series.Series{Class: tr.Class, End: tr.End, Labels: map[string]string{"project": team.Index.History.Team.Name,
		"type": "sprint", "sprint": sprint}}
	for _, p := range tr.Points {
		if tr.Whole {
			s.Add(p.At, series.Long(int64(p.Value)))
		} else {
			s.Add(p.At, series.Double(p.Value))
		}
	}
	return s
}

// trackOnCall follows the figures of on-call over a sprint, day by day: each day has what they are throughout it, with
// the gaps of the day, and changes where impediments that account for call-outs do. A figure that is never told has no
// track.
func trackOnCall(team *measure.Team, s begunSprint, now time.Time) []track.Track {
	sp := sprinttrack.Span(team.Index, s.id, s.version, now)
	w := impediment.Window{From: sp.Start, To: sp.End, Closed: sp.Closed}
	tracks := map[string]*track.Track{}
	set := func(at time.Time, name string, value float64) {
		if tracks[name] == nil {
			tracks[name] = &track.Track{Class: catalogue.ClassOnCall + name, End: sp.Completion(),
				Whole: name != "actionability"}
			if isCountedFromStart(name) {
				tracks[name].Force(sp.Start.UTC(), 0)
			}
		}
		tracks[name].Set(at.UTC(), value)
	}
	changes := team.Unexpected.LinkChanges(w)
	for _, d := range onCallDates(team, sp, changes, now) {
		end := d.Add(1).Midnight(team.Index.History.Team.Calendar.Zone)
		at := calendar.LaterOf(sp.Start, d.Midnight(team.Index.History.Team.Calendar.Zone))
		gap := team.Unexpected.GapSeconds(w.From, calendar.EarlierOf(calendar.EarlierOf(end, now), w.To))
		for _, next := range append(momentsBetween(changes, at, calendar.EarlierOf(end, now)), end) {
			f := team.Unexpected.In(endWindow(w, end), calendar.EarlierOf(next.Add(-time.Nanosecond), now))
			f.GapSeconds = gap
			setFigures(f, func(name string, value float64) { set(at, name, value) })
			at = next
		}
	}
	out := make([]track.Track, 0, len(tracks))
	for _, name := range catalogueOrder {
		if tr := tracks[name]; tr != nil {
			if !tr.Points[0].At.After(sp.End) { // else there was none to close with
				tr.Points = sprinttrack.CloseWithin([]track.Track{*tr}, sp)[0].Points
			}
			out = append(out, *tr)
		}
	}
	return out
}

// momentsBetween returns the moments after one and up to another, each once, out of a list in order.
func momentsBetween(list []time.Time, after, upTo time.Time) (out []time.Time) {
	for _, at := range list {
		if at.After(after) && !at.After(upTo) && (len(out) == 0 || at.After(out[len(out)-1])) {
			out = append(out, at)
		}
	}
	return out
}

// endWindow returns what of a window lies before the end of a day.
func endWindow(w impediment.Window, end time.Time) impediment.Window {
	if end.Before(w.To) {
		w.To, w.Closed = end, true
	}
	return w
}

// catalogueOrder are the figures of a sprint in the order in which their series stand.
var catalogueOrder = []string{"actionability", "callout.count", "callout.outofhours", "callout.timespent", "gap",
	"nights", "rest"}

// isCountedFromStart tells whether a figure of a sprint is 0 at its start: the others are not told yet.
func isCountedFromStart(name string) bool {
	return name == "callout.count" || name == "callout.timespent" || name == "gap"
}

func setFigures(f *unexpected.Figures, set func(name string, value float64)) {
	set("callout.count", float64(f.Callouts))
	set("callout.timespent", float64(f.CountedSeconds))
	set("gap", float64(f.GapSeconds))
	if f.OutOfHours != nil {
		set("callout.outofhours", float64(*f.OutOfHours))
		set("nights", float64(*f.Nights))
		set("rest", float64(*f.RestSeconds))
	}
	if f.Actionability != nil {
		set("actionability", *f.Actionability)
	}
}

// onCallDates returns the local days of a sprint, the one after it, on which the call-outs of its last day count, and
// those on which time was logged later on an impediment that one of its call-outs is about: it counts as that from then
// on.
func onCallDates(team *measure.Team, sp index.SprintSpan, changes []time.Time, now time.Time) []calendar.Date {
	var dates []calendar.Date
	for d, last := team.Index.Date(sp.Start), team.Index.Date(sp.End); !last.Before(d); d = d.Add(1) {
		dates = append(dates, d)
	}
	if !sp.Closed {
		return dates
	}
	if next := dates[len(dates)-1].Add(1); !next.Midnight(team.Index.History.Team.Calendar.Zone).After(now) {
		dates = append(dates, next)
	}
	for _, at := range changes {
		if d := team.Index.Date(at); at.After(sp.End) && !at.After(now) && !slices.Contains(dates, d) {
			dates = append(dates, d)
		}
	}
	sorting.By(dates, calendar.Date.Compare)
	return dates
}
