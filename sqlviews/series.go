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

// rowsOfSeries are the rows of a series, without their bodies, by the digest of the series, and where they begin in the
// pieces of it.
type rowsOfSeries struct {
	round  int
	digest string
	heads  []rowHead
	begins []rowBegin // of the same places
	pieces []series.Series
}

// rowBegin is the place at which a row begins: a point of a piece, and its tick.
type rowBegin struct {
	piece, point int
	tick         int64
}

// countStanding counts the rows that stand, of pieces that go on from those of before or are the same ones: no point of
// these rows, and none that begins the next one, is another. Points are the same where they stand in memory.
func (r *rowsOfSeries) countStanding(pieces []series.Series) (count int) {
	if len(r.heads) < 2 { // a series of one row has its own digest
		return 0
	}
	piece, point := standingPoints(r.pieces, pieces)
	for count+1 < len(r.heads) {
		next := r.begins[count+1]
		if next.piece > piece || next.piece == piece && next.point >= point {
			break
		}
		count++
	}
	return count
}

// standingPoints returns the place of the first point of former pieces that may stand no more.
func standingPoints(former, now []series.Series) (piece, point int) {
	for piece < len(former) && piece < len(now) {
		a, b := former[piece].Points, now[piece].Points
		switch {
		case !series.GoesOnFrom(a, b):
			return piece, 0
		case len(a) < len(b):
			return piece, len(a)
		}
		piece++
	}
	return piece, 0
}

// addSeries adds the points of change of a series. One that is as it was written last adds no row, one that goes on its
// last one; where points in the midst are others, the rows after them are found again by where their points stand.
func addSeries(list *rowList, line teams.Line) error {
	known, ok := list.made.series[line.Key]
	if ok && known.digest == line.Digest {
		known.round = list.round
		return nil
	}
	if !ok {
		known = &rowsOfSeries{}
	}
	count := known.countStanding(line.Pieces)
	parts := cutParts(line.Pieces, known.begins[:min(count+1, len(known.begins))], count)
	now := &rowsOfSeries{round: list.round, digest: line.Digest, pieces: line.Pieces,
		heads: make([]rowHead, 0, count+len(parts)), begins: make([]rowBegin, 0, count+len(parts))}
	now.heads, now.begins = append(now.heads, known.heads[:count]...), append(now.begins, known.begins[:count]...)
	writer := partWriter{list: list, line: line, known: known, rows: count + len(parts)}
	for n, part := range parts {
		head, err := writer.addPart(part, count+n)
		if err != nil {
			return fmt.Errorf("%s %s: %w", kindSeries, line.Key, err)
		}
		now.heads, now.begins = append(now.heads, head), append(now.begins, part.begin)
	}
	list.noteGone(known.heads[count:], now.heads[count:])
	if !list.forgets {
		list.made.series[line.Key] = now
	}
	return nil
}

// rowPart is a part of the points of a series, which makes a row. Points of one piece are those of the piece.
type rowPart struct {
	begin  rowBegin
	points []series.Point
}

// cutParts cuts the points of pieces, one after the other, into parts where [series.BeginsPart] says so. No two parts
// begin at the same tick, also where points do not ascend, so that the tick of its first point names a part. So many
// parts stand already: begins are where these begin, and then the first one that is cut.
func cutParts(pieces []series.Series, begins []rowBegin, stand int) (parts []rowPart) {
	begun := map[int64]bool{}
	var from rowBegin
	if stand > 0 {
		from = begins[stand]
	}
	for _, b := range begins[:stand] {
		begun[b.tick] = true
	}
	for at := from.piece; at < len(pieces); at++ {
		points, begin := pieces[at].Points, from.point
		for n := begin; n < len(points); n++ {
			tick := points[n].Tick
			if len(parts) > 0 && (!series.BeginsPart(points[n]) || begun[tick]) {
				continue
			}
			if len(parts) > 0 {
				parts[len(parts)-1].addPoints(points[begin:n])
			}
			begun[tick], begin = true, n
			parts = append(parts, rowPart{begin: rowBegin{at, n, tick}})
		}
		if len(parts) > 0 {
			parts[len(parts)-1].addPoints(points[begin:])
		}
		from.point = 0
	}
	return parts
}

// addPoints adds points of one piece.
func (p *rowPart) addPoints(points []series.Point) {
	if len(p.points) == 0 {
		p.points = points[:len(points):len(points)]
		return
	}
	p.points = append(p.points, points...)
}

// partWriter adds the rows of parts of a series.
type partWriter struct {
	list  *rowList
	line  teams.Line
	known *rowsOfSeries
	at    int    // the first row of known that does not begin before the last part
	rows  int    // of the series
	begin []byte // of each body
}

// addPart adds the row of a part, the n-th of the series, and returns it without its body. The body comes with one that
// is kept otherwise or not at all.
func (w *partWriter) addPart(part rowPart, n int) (head rowHead, err error) {
	if place, stands := w.placeOf(part, n); stands {
		return w.known.heads[place], nil
	}
	head = w.headOf(part, n)
	row := viewrows.Row{Key: head.Key, Digest: head.digest}
	if w.list.kept[row.Key] != row.Digest {
		if row.Body, err = w.bodyOf(part); err != nil {
			return head, err
		}
	}
	return head, w.list.appendRow(row)
}

// placeOf returns the row whose points are those of a part, where they stand in memory.
func (w *partWriter) placeOf(part rowPart, n int) (place int, stands bool) {
	if n == 0 || w.rows < 2 || len(w.known.heads) < 2 { // a series of one row has its own digest
		return 0, false
	}
	for w.at = max(w.at, 1); w.at < len(w.known.begins); w.at++ {
		if tick := w.known.begins[w.at].tick; tick >= part.begin.tick {
			return w.at, tick == part.begin.tick && isSamePlace(w.known.pointsOf(w.at), part.points)
		}
	}
	return 0, false
}

// pointsOf returns the points of a row, nil where they are of several pieces.
func (r *rowsOfSeries) pointsOf(place int) []series.Point {
	begin := r.begins[place]
	points := r.pieces[begin.piece].Points[begin.point:]
	if place+1 == len(r.begins) {
		if begin.piece == len(r.pieces)-1 {
			return points
		}
		return nil
	}
	switch next := r.begins[place+1]; {
	case next.piece == begin.piece:
		return points[:next.point-begin.point]
	case next.piece == begin.piece+1 && next.point == 0:
		return points
	}
	return nil
}

// headOf is the row of a part, without its body. The first one has the key of the series, each further one the tick of
// its first point besides. A series of one part has its own digest, so that it need not be digested again.
func (w *partWriter) headOf(part rowPart, n int) rowHead {
	head := rowHead{viewrows.Key{Kind: kindSeries, Key: w.line.Key}, seriesForm + w.line.Digest}
	if n > 0 {
		head.Key.Key += " " + strconv.FormatInt(part.begin.tick, 10)
	}
	if w.rows > 1 {
		points := series.Series{Points: part.points}
		w.list.content = points.AppendContent(w.list.content[:0])
		head.digest = seriesForm + digestOf(w.list.content)
	}
	return head
}

// bodyOf is the body of the row of a part.
func (w *partWriter) bodyOf(part rowPart) (string, error) {
	if w.begin == nil {
		begin, err := json.Marshal(struct {
			Class  string            `json:"class"`
			Labels map[string]string `json:"labels"`
		}{w.line.Pieces[0].Class, w.line.Pieces[0].Labels})
		if err != nil {
			return "", err
		}
		w.begin = append(begin[:len(begin)-1], `,"points":`...)
	}
	body, err := series.AppendPoints(slices.Clone(w.begin), part.points)
	return string(append(body, '}')), err
}

func isSamePlace(a, b []series.Point) bool { return len(a) == len(b) && series.GoesOnFrom(a, b) }
