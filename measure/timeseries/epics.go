package timeseries

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/roadmap"
	"jerem/measure/internal/track"
	"jerem/series"
)

// seriesOfEpic returns the series of an epic, one piece for each stretch of time during which its
// labels are the same, and how far they go.
func seriesOfEpic(r *roadmap.Roadmap, i *agile.Issue, now time.Time) ([]series.Series, workEnd) {
	p := epicSeries{roadmap: r, live: map[epicLabels]*labelledEpic{}}
	moments, steps := epicMoments(r, i, now), epicChanges(r, i.ID, r.Index.EpicIssues.Of(i.ID), now)
	var end workEnd
	for len(moments) > 0 || len(steps) > 0 {
		at, own := nextMoment(&moments, steps)
		end.at = at
		for ; len(steps) > 0 && !steps[0].at.After(at); steps = steps[1:] {
			end.epic.Add(steps[0].by)
		}
		if own {
			p.changeLabels(at, labelsOfEpic(r, i, at))
		}
		for _, piece := range p.live {
			piece.setWork(at, end.epic.Tidy())
		}
	}
	ended := len(p.out)
	p.changeLabels(time.Time{}, nil)
	end.live = len(p.out) - ended
	return p.out, end
}

// nextMoment takes the earliest moment of an epic's own ones and of its work's steps, and tells whether
// it is one of its own.
func nextMoment(moments *[]time.Time, steps []epicStep) (at time.Time, own bool) {
	m := *moments
	if len(m) == 0 || len(steps) > 0 && steps[0].at.Before(m[0]) {
		return steps[0].at, false
	}
	*moments = m[1:]
	return m[0], true
}

// epicSeries are the series of an epic: those that go on, in the order of their beginnings, and those that have ended.
type epicSeries struct {
	roadmap *roadmap.Roadmap
	live    map[epicLabels]*labelledEpic
	order   []epicLabels
	out     []series.Series
}

// changeLabels ends the pieces whose labels hold no longer and begins those that do; at the zero moment all pieces are
// told, without an end.
func (p *epicSeries) changeLabels(at time.Time, labels []epicLabels) {
	p.order = slices.DeleteFunc(p.order, func(f epicLabels) bool {
		if slices.Contains(labels, f) {
			return false
		}
		p.out = append(p.out, p.live[f].endAt(at)...)
		delete(p.live, f)
		return true
	})
	for _, f := range labels {
		if p.live[f] == nil {
			p.live[f] = newEpicPiece(p.roadmap, f)
			p.order = append(p.order, f)
		}
	}
}

// labelledEpic is the series of an epic while its labels stay the same.
type labelledEpic struct {
	tracks  []track.Track
	labels  map[string]string
	gridEnd time.Time // zero for never
}

// gridDays is for how many days after its quarter an epic's series has points of the grid: who looks back at a quarter
// finds the last of its points, and old epics do not grow for ever.
const gridDays = 92

func newEpicPiece(r *roadmap.Roadmap, f epicLabels) *labelledEpic {
	p := &labelledEpic{labels: map[string]string{"project": r.Index.History.Team.Name, "key": f.key,
		"summary": f.summary, "quarter": f.quarter, "global": f.global}}
	if quarter, named := r.Marks.Quarter(f.quarter); named {
		p.gridEnd = r.Span(quarter).To.AddDate(0, 0, gridDays)
	}
	p.tracks = []track.Track{{Class: classEpic + "storypoint"}, {Class: classEpic + "storypoint.inprogress"},
		{Class: classEpic + "storypoint.done"},
		{Class: classEpic + "dependency", Whole: true}}
	if tracksOfEpic(r) > len(p.tracks) {
		p.tracks = append(p.tracks, track.Track{Class: classEpic + "unestimated", Whole: true})
	}
	return p
}

// tracksOfEpic is how many tracks an epic has under the same labels: where issues are counted none lacks an estimate.
func tracksOfEpic(r *roadmap.Roadmap) int {
	if r.Index.Unit == agile.Issues {
		return 4
	}
	return 5
}

func (p *labelledEpic) setWork(at time.Time, w roadmap.EpicWork) {
	values := valuesOfTracks(w)
	for i := range p.tracks {
		p.tracks[i].Set(at, values[i])
	}
}

// valuesOfTracks are what the tracks of an epic tell of its work, in their order.
func valuesOfTracks(w roadmap.EpicWork) [5]float64 {
	return [...]float64{w.Total, w.Doing, w.Done, float64(w.Dependency), float64(w.Unestimated)}
}

// endAt makes series of a piece that ends at a moment, zero while it lasts.
func (p *labelledEpic) endAt(end time.Time) []series.Series {
	var out []series.Series
	for _, tr := range p.tracks {
		s := series.Series{Class: tr.Class, Labels: p.labels, End: end, GridEnd: p.gridEnd,
			Points: series.RoomFor(len(tr.Points))}
		for _, point := range tr.Points {
			s.Add(point.At, valueOfTrack(&tr, point.Value))
		}
		out = append(out, s)
	}
	return out
}
