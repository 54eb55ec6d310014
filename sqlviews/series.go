package sqlviews

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"jerem/series"
	"jerem/store/viewrows"
	"jerem/teams"
)

// This file makes the rows of series. A long series is kept in parts, a row for each: a change of today writes the last
// one of them anew, however long the past is.

// seriesForm begins the digests of the rows of series. It is another when rows are written in another form.
const seriesForm = "1:"

// rowsOfSeries are the rows of a series, without their bodies, by the digest of the series, and the points that they
// hold.
type rowsOfSeries struct {
	digest string
	heads  []viewrows.Row
	points []series.Point
	last   int // the place of the first point of the last row
}

// standing are the rows of a series which goes on, but for the last one: their points are the same place in memory.
// rest are the points after them.
func (r rowsOfSeries) standing(points []series.Point) (heads []viewrows.Row, rest []series.Point) {
	if len(r.heads) < 2 || !series.GoesOnFrom(r.points, points) { // a series of one row has its own digest
		return nil, points
	}
	return r.heads[:len(r.heads)-1], points[r.last:]
}

// addSeries adds the points of change of a series. One that is as it was written last costs no more than its rows, one
// that goes on its rows and the points of the last one.
func addSeries(list *rowList, line teams.Line) error {
	known, ok := list.former.series[line.Key]
	if ok && known.digest == line.Digest {
		list.rows = append(list.rows, known.heads...)
	} else {
		now := rowsOfSeries{digest: line.Digest, points: pointsOf(line)}
		standing, rest := known.standing(now.points)
		parts := slices.Collect(series.CutPoints(rest))
		heads := headsOfSeries(line, parts, len(standing))
		list.rows = append(list.rows, standing...)
		if err := addPoints(list, line, parts, heads); err != nil {
			return fmt.Errorf("%s %s: %w", kindSeries, line.Key, err)
		}
		now.heads, now.last = slices.Concat(standing, heads), len(now.points)-len(parts[len(parts)-1])
		known = now
	}
	if !list.forgets {
		list.now.series[line.Key] = known
	}
	return nil
}

// pointsOf returns the points of change of all pieces of a series, one piece after the other.
func pointsOf(line teams.Line) (points []series.Point) {
	if len(line.Pieces) == 1 {
		return line.Pieces[0].Points
	}
	for _, piece := range line.Pieces {
		points = append(points, piece.Points...)
	}
	return points
}

// headsOfSeries are the rows of the parts of a series, without their bodies. The first one has the key of the series,
// each further one the tick of its first point besides. A series of one part has its own digest, so that it need not be
// digested again. before is how many rows stand before them.
func headsOfSeries(line teams.Line, parts [][]series.Point, before int) (heads []viewrows.Row) {
	for n, part := range parts {
		head := viewrows.Row{Key: viewrows.Key{Kind: kindSeries, Key: line.Key}, Digest: seriesForm + line.Digest}
		if before+n > 0 {
			head.Key.Key += " " + strconv.FormatInt(part[0].Tick, 10)
		}
		if before+len(parts) > 1 {
			points := series.Series{Points: part}
			head.Digest = seriesForm + digestOf(points.AppendContent(nil))
		}
		heads = append(heads, head)
	}
	return heads
}

// addPoints adds the rows of the parts of a series, with the bodies of those that are kept otherwise or not at all.
func addPoints(list *rowList, line teams.Line, parts [][]series.Point, heads []viewrows.Row) error {
	begin, err := json.Marshal(struct {
		Class  string            `json:"class"`
		Labels map[string]string `json:"labels"`
	}{line.Pieces[0].Class, line.Pieces[0].Labels})
	if err != nil {
		return err
	}
	begin = append(begin[:len(begin)-1], `,"points":`...)
	for n, part := range parts {
		row := heads[n]
		if list.kept[row.Key] != row.Digest {
			body, err := series.AppendPoints(slices.Clone(begin), part)
			if err != nil {
				return err
			}
			row.Body = string(append(body, '}'))
		}
		list.rows = append(list.rows, row)
	}
	return nil
}
