package timeseries

import (
	"context"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/internal/index"
	"jerem/measure/internal/track"
	"jerem/series"
)

// The classes of the older bot, kept by name.
const (
	classEpic       = catalogue.ClassEpic
	classSprint     = catalogue.ClassSprint
	classImpediment = catalogue.ClassImpediment
)

// The classes of figures that the older bot did not have.
const (
	classAgileQuarter = catalogue.ClassAgileQuarter
)

// Between returns the team's series from one moment to another, both included, as known at the
// latter: the points at which a value changes, and the value at from of what began before. A zero
// from means the first day.
func Between(team *measure.Team, from, to time.Time) []series.Series {
	out := Pieces(team, to)
	for i := range out {
		out[i] = out[i].Window(from, to)
	}
	return series.Join(out)
}

// Pieces returns all series as known at a moment, each unbroken: one that ended and began again
// is there in several pieces. series.Join makes one of them.
func Pieces(team *measure.Team, now time.Time) []series.Series {
	pieces, err := PiecesUntilDone(context.Background(), team, now)
	if err != nil {
		return nil // a context that never ends has none
	}
	return pieces
}

// PiecesUntilDone is [Pieces] for who may be told to end: the error is that of a context that ended meanwhile.
func PiecesUntilDone(ctx context.Context, team *measure.Team, now time.Time) ([]series.Series, error) {
	return newForgettingMaker(team, now).pieces(ctx, new(Told))
}

// pieces returns all series, the forecasts as they were told.
func (m *maker) pieces(ctx context.Context, told *Told) (out []series.Series, err error) {
	for part := range m.parts() {
		if err := told.giveWay(ctx); err != nil {
			return nil, err
		}
		out = append(out, part...)
	}
	forecasts, err := told.seriesOfForecasts(ctx, m.team, m.now)
	return append(out, forecasts...), err
}

// labelSprintTrack gives a track the labels of its class.
func labelSprintTrack(x *index.Index, tr track.Track, sprint string) series.Series {
	s := series.Series{Class: tr.Class, End: tr.End, Labels: map[string]string{"project": x.History.Team.Name,
		"sprint": sprint}}
	if tr.Whole {
		s.Labels["type"] = "sprint"
	}
	s.Points = make([]series.Point, 0, len(tr.Points))
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
	s := series.Series{Class: classSprint + "events", Kind: series.Events,
		Labels: map[string]string{"project": x.History.Team.Name, "sprint": sprint}}
	s.Add(v.Start, series.String("start"))
	if !v.End.IsZero() && v.End.After(v.Start) {
		s.Add(v.End, series.String("end"))
	}
	return s
}

// seriesOfDays is the time logged for impediments, a point at the local noon of each day with time; that of the present
// day may lie ahead.
func seriesOfDays(team *measure.Team, now time.Time) series.Series {
	s := series.Series{Class: classImpediment + "total.created", Kind: series.Events,
		Labels: map[string]string{"project": team.Index.History.Team.Name, "type": "daily", "value": "timespent"}}
	for _, d := range measure.DailyTime(team, now) {
		day, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			continue // Daily writes dates in this very form
		}
		s.Add(calendar.DateOf(day, time.UTC).Noon(team.Index.History.Team.Calendar.Zone), series.Long(d.Seconds))
	}
	return s
}
