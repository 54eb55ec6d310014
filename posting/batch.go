package posting

import (
	"jerem/publish"
	"jerem/series"
)

// This file cuts what is to be posted into batches. While one is sent the body of the next one is written: so many and
// no more are in memory.

// batch is what is posted by one request, if the sink takes it so.
type batch struct {
	chunks   []*chunk
	prepared *publish.Prepared
}

// chunk is a part of a batch: the next points of one series.
type chunk struct {
	task   *task
	points series.Series
	last   bool // no points follow in another batch
}

// nextBatch takes as many tasks as fit into one request, and begins to write its body; of the last task it may take a
// part. The points stand in the memory of the batch before the last one.
func (p *push) nextBatch(tasks []*task) (b batch, rest []*task) {
	points := p.points[0][:0]
	room := PerPush
	for len(tasks) > 0 && room > 0 {
		t := tasks[0]
		if points == nil {
			points = make([]series.Point, 0, min(room, p.total))
		}
		from := len(points)
		points = t.need.AppendNext(points, min(room, t.count))
		taken := len(points) - from
		t.count, room = t.count-taken, room-taken
		one := &chunk{task: t, points: t.withoutPoints(), last: t.count == 0}
		one.points.Points = points[from:len(points):len(points)]
		b.chunks = append(b.chunks, one)
		if one.last {
			tasks = tasks[1:]
		}
	}
	p.points[0], p.points[1] = p.points[1], points
	b.prepared = p.state.delivery.Prepare(b.listSeries())
	return b, tasks
}

// listSeries lists the points of a batch, series by series.
func (b batch) listSeries() (list []series.Series) {
	for _, one := range b.chunks {
		if len(one.points.Points) > 0 {
			list = append(list, one.points)
		}
	}
	return list
}
