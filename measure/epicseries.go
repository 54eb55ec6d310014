package measure

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/series"
)

// epicSeries returns the series of an epic, one piece for each stretch of time during which its
// labels are the same.
func (t *Team) epicSeries(i *agile.Issue, now time.Time) []series.Series {
	p := epicPieces{t: t, live: map[epicFace]*epicPiece{}}
	moments, steps := epicMoments(i, now), t.epicSteps(i.ID, now)
	var work EpicWork
	for len(moments) > 0 || len(steps) > 0 {
		at, own := next(&moments, steps)
		for ; len(steps) > 0 && !steps[0].at.After(at); steps = steps[1:] {
			work.add(steps[0].by)
		}
		if own {
			p.turn(at, t.faces(i, at))
		}
		for _, piece := range p.live {
			piece.set(at, work.tidy())
		}
	}
	p.turn(time.Time{}, nil)
	return p.out
}

// next takes the earliest moment of an epic's own ones and of its work's steps, and tells whether
// it is one of its own.
func next(moments *[]time.Time, steps []epicStep) (at time.Time, own bool) {
	m := *moments
	if len(m) == 0 || len(steps) > 0 && steps[0].at.Before(m[0]) {
		return steps[0].at, false
	}
	*moments = m[1:]
	return m[0], true
}

// epicPieces are the series of an epic: those that live, in the order of their beginnings, and those
// that are whole.
type epicPieces struct {
	t     *Team
	live  map[epicFace]*epicPiece
	order []epicFace
	out   []series.Series
}

// turn ends the pieces whose labels hold no longer and begins those that do; a zero moment leaves
// what lives without an end.
func (p *epicPieces) turn(at time.Time, faces []epicFace) {
	p.order = slices.DeleteFunc(p.order, func(f epicFace) bool {
		if slices.Contains(faces, f) {
			return false
		}
		p.out = append(p.out, p.live[f].ended(at)...)
		delete(p.live, f)
		return true
	})
	for _, f := range faces {
		if p.live[f] == nil {
			p.live[f] = p.t.newEpicPiece(f)
			p.order = append(p.order, f)
		}
	}
}

// epicPiece is the series of an epic while its labels stay the same.
type epicPiece struct {
	tracks  []track
	labels  map[string]string
	gridEnd time.Time // zero for never
}

// gridDays is for how many days after its quarter an epic's series has points of the grid: who looks back at a quarter
// finds the last of its points, and old epics do not grow for ever.
const gridDays = 92

func (t *Team) newEpicPiece(f epicFace) *epicPiece {
	p := &epicPiece{labels: map[string]string{"project": t.h.Team.Name, "key": f.key, "summary": f.summary, "quarter": f.quarter, "global": f.global}}
	if m := t.labels[f.quarter]; m.named {
		p.gridEnd = t.quarterSpan(m.quarter).to.AddDate(0, 0, gridDays)
	}
	p.tracks = []track{{class: classEpic + "storypoint"}, {class: classEpic + "storypoint.inprogress"}, {class: classEpic + "storypoint.done"},
		{class: classEpic + "dependency", whole: true}}
	if t.unit != agile.Issues {
		p.tracks = append(p.tracks, track{class: classEpic + "unestimated", whole: true})
	}
	return p
}

func (p *epicPiece) set(at time.Time, w EpicWork) {
	values := []float64{w.Total, w.Doing, w.Done, float64(w.Dependency), float64(w.Unestimated)}
	for i := range p.tracks {
		p.tracks[i].set(at, values[i])
	}
}

// ended makes series of a piece that ends at a moment, zero while it lasts.
func (p *epicPiece) ended(end time.Time) []series.Series {
	var out []series.Series
	for _, tr := range p.tracks {
		s := series.Series{Class: tr.class, Labels: p.labels, End: end, GridEnd: p.gridEnd}
		for _, point := range tr.points {
			s.Add(point.at, tr.number(point.value))
		}
		out = append(out, s)
	}
	return out
}
