package posting

import (
	"cmp"
	"slices"
	"time"

	"jerem/publish"
	"jerem/series"
	"jerem/teams"
)

// This file makes of a team's series what a sink is to hold of them, by what it can.

// fitted are the series of a line as a sink is to hold them, remembered by the line's digest.
type fitted struct {
	line   string
	pieces []series.Series
	digest string
}

// computeSeries makes the series as they are to stand at the sink. Events that lie further ahead than the sink takes
// are left out: they are posted once it does.
func (p *push) computeSeries(lines []teams.Line) map[string]*computedSeries {
	out := make(map[string]*computedSeries, len(lines))
	limit := p.state.delivery.Ahead()
	for _, line := range lines {
		own := p.state.fitLine(line)
		s := &computedSeries{Extent: &series.Extent{Pieces: own.pieces, Step: p.step, Until: p.until},
			digest: own.digest}
		if limit != series.Last {
			s = s.cutBefore(limit)
		}
		if s.digest != "" {
			out[line.Key] = s
		}
	}
	return out
}

// fitLine leaves out what the sink cannot hold of a line. A sink that can hold everything has it as it is.
func (s *sinkState) fitLine(line teams.Line) fitted {
	if s.can.Texts && s.can.Unit <= time.Microsecond {
		return fitted{line.Digest, line.Pieces, line.Digest}
	}
	if known, ok := s.fitted[line.Key]; ok && known.line == line.Digest {
		return known
	}
	own := fitted{line: line.Digest}
	for _, piece := range line.Pieces {
		if piece.Points = fitPoints(piece.Points, s.can); len(piece.Points) > 0 {
			own.pieces = append(own.pieces, piece)
		}
	}
	if len(own.pieces) > 0 {
		own.digest = (&series.Extent{Pieces: own.pieces}).Digest()
	}
	s.fitted[line.Key] = own
	return own
}

// fitPoints leaves out texts where they are not taken, and of points within one unit all but the last one.
func fitPoints(points []series.Point, can publish.Capabilities) (out []series.Point) {
	unit := max(can.Unit.Microseconds(), 1)
	for _, p := range points {
		if _, text := p.Value.Text(); text && !can.Texts {
			continue
		}
		p.Tick -= p.Tick % unit
		if p.Tick < 0 {
			p.Tick -= unit
		}
		if n := len(out); n > 0 && out[n-1].Tick == p.Tick {
			out = out[:n-1]
		}
		out = append(out, p)
	}
	return out
}

// cutBefore leaves out the points from a tick on; the digest is empty where none is left.
func (s *computedSeries) cutBefore(limit int64) *computedSeries {
	short := &series.Extent{Step: s.Step, Until: s.Until}
	for _, piece := range s.Pieces {
		n, _ := slices.BinarySearchFunc(piece.Points, limit,
			func(x series.Point, t int64) int { return cmp.Compare(x.Tick, t) })
		piece.Points = piece.Points[:n]
		if n > 0 {
			short.Pieces = append(short.Pieces, piece)
		}
	}
	out := &computedSeries{Extent: short}
	if len(short.Pieces) > 0 {
		out.digest = short.Digest()
	}
	return out
}
