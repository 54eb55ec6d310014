package timeseries

import (
	"context"
	"slices"
	"sort"
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
	return newForgettingMaker(team, now).allPieces(ctx, new(Told))
}

// allPieces returns all series, the forecasts as they were told.
func (m *maker) allPieces(ctx context.Context, told *Told) (out []series.Series, err error) {
	out = make([]series.Series, 0, told.count)
	for part := range m.allParts() {
		if err := told.giveWay(ctx); err != nil {
			return nil, err
		}
		out = append(out, part...)
	}
	forecasts, err := told.seriesOfForecasts(ctx, m.team, m.now)
	out = append(out, forecasts...)
	told.count = len(out)
	return out, err
}

// sprintTrack is a track of a sprint as the points of a series: those of the series under the sprint's own name, so
// that a track that is remembered takes no memory of its own.
type sprintTrack struct {
	class  string
	end    time.Time // zero while it goes on
	whole  bool      // a count of issues or seconds, not an estimate
	points []series.Point
}

// asPoints returns tracks as points of series.
func asPoints(tracks []track.Track) []sprintTrack {
	out := make([]sprintTrack, len(tracks))
	for n, tr := range tracks {
		s := series.Series{Points: make([]series.Point, 0, len(tr.Points))}
		for _, p := range tr.Points {
			s.Add(p.At, valueOfTrack(&tr, p.Value))
		}
		out[n] = sprintTrack{tr.Class, tr.End, tr.Whole, s.Points}
	}
	return out
}

// cutToPeriod is [track.Track.Cut] of points. Where the track has points of its own at the ends of the part, as one of
// a closed sprint mostly has, the part is the track's own points and takes no memory.
func (tr sprintTrack) cutToPeriod(from, to time.Time, closing bool) sprintTrack {
	first, last := tr.countUpTo(series.Tick(from)), len(tr.points)
	if !to.IsZero() {
		last = tr.countUpTo(series.Tick(to) - 1)
	}
	part := sprintTrack{tr.class, to, tr.whole, nil}
	begins := first > 0 && tr.points[first-1].Tick == series.Tick(from)
	ends := !closing || last < len(tr.points) && tr.points[last].Tick == series.Tick(to)
	if begins && ends && first <= last {
		if closing {
			last++
		}
		part.points = slices.Clip(tr.points[first-1 : last])
		return part
	}
	between := tr.points[first:max(first, last)]
	const atEnds = 2
	own := series.Series{Points: make([]series.Point, 0, len(between)+atEnds)}
	own.Add(from, tr.valueAt(from))
	own.Points = append(own.Points, between...)
	if closing {
		own.Add(to, tr.valueAt(to))
	}
	part.points = own.Points
	return part
}

// countUpTo counts the points up to a tick, included.
func (tr sprintTrack) countUpTo(tick int64) int {
	return sort.Search(len(tr.points), func(n int) bool { return tr.points[n].Tick > tick })
}

// valueAt returns what holds at a moment, 0 before the first point.
func (tr sprintTrack) valueAt(at time.Time) series.Value {
	if n := tr.countUpTo(series.Tick(at)); n > 0 {
		return tr.points[n-1].Value
	}
	return valueOfTrack(&track.Track{Whole: tr.whole}, 0)
}

// seriesOf returns the series of a track, with the labels of its class.
func (tr sprintTrack) seriesOf(x *index.Index, sprint string) series.Series {
	s := series.Series{Class: tr.class, End: tr.end, Points: tr.points,
		Labels: map[string]string{"project": x.History.Team.Name, "sprint": sprint}}
	if tr.whole {
		s.Labels["type"] = "sprint"
	}
	return s
}

// saysTheSame tells whether two tracks have the same points.
func (tr sprintTrack) saysTheSame(other sprintTrack) bool {
	return tr.class == other.class && tr.end.Equal(other.end) && slices.Equal(tr.points, other.points)
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
