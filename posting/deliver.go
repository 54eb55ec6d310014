package posting

import (
	"context"
	"time"

	"jerem/publish"
	"jerem/series"
	"jerem/store"
)

// This file posts what a sink lacks, request by request, and keeps the ledger by it.

// mostStretches is how many stretches of a series are deleted one by one; where more would be, one range is
// deleted over all of them and what belongs there is posted again.
const mostStretches = 16

// postTasks posts the points of all tasks, in requests of no more than PerPush points. What is about to be posted is
// noted first, what was taken afterwards: a stop in between leaves nothing that is not known.
func (p *push) postTasks(ctx context.Context, tasks []*task) error {
	for len(tasks) > 0 {
		var batch []*task
		batch, tasks = fillBatch(tasks)
		if err := p.noteIntent(ctx, batch); err != nil {
			return err
		}
		if err := p.deliverBatch(ctx, batch); err != nil {
			return err
		}
		for _, t := range batch {
			if !t.over {
				tasks = append([]*task{t}, tasks...)
			}
		}
	}
	return nil
}

// fillBatch takes as many tasks as fit into one request; of the last one it may take a part.
func fillBatch(tasks []*task) (batch, rest []*task) {
	room := PerPush
	for i, t := range tasks {
		if room == 0 {
			return batch, tasks[i:]
		}
		room -= t.nextPoints(room)
		batch = append(batch, t)
	}
	return batch, nil
}

// noteIntent notes what is about to be posted. What a former try held and is no more becomes pending.
func (p *push) noteIntent(ctx context.Context, batch []*task) error {
	var entries []store.SinkEntry
	for _, t := range batch {
		if len(t.chunk.Points) == 0 || t.light || t.entry.Tried == t.now.makeClaim() && p.what != everything {
			continue
		}
		entry, err := p.intendedEntry(t)
		if err != nil {
			return err
		}
		entries = append(entries, entry)
	}
	return p.poster.Store.Ledger.Put(ctx, p.sink, p.team, entries)
}

func (p *push) intendedEntry(t *task) (entry store.SinkEntry, err error) {
	if t.tried != nil {
		t.addPending(p.until, series.Gone(t.tried, t.now.Extent, t.from, mostStretches))
	}
	t.tried, t.entry.Tried, t.entry.Through = t.now.Extent, t.now.makeClaim(), t.chunk.Points[0].Tick-1
	if p.what != missing {
		t.entry.Through = series.First // what stands before it is not known from this
	}
	entry.SinkSeries = *t.entry
	if t.now.digest != t.entry.Taken.Digest {
		entry.Pieces = map[string][]byte{}
		entry.Pieces[t.now.digest], err = writePieces(t.now.Extent)
	}
	return entry, err
}

// addPending notes stretches that are to be deleted by a later reading: nothing is deleted in the cycle in which it was
// first missed, for Jira may have hidden it for a while.
func (t *task) addPending(missed time.Time, gone []series.Stretch) {
	for _, s := range gone {
		t.entry.Pending = append(t.entry.Pending, store.PendingDeletion{First: s.First, Last: s.Last, Since: missed})
	}
}

// deliverBatch posts the chunks of a batch.
func (p *push) deliverBatch(ctx context.Context, batch []*task) error {
	byKey := map[string]*task{}
	var list []series.Series
	var bare []store.SinkEntry // nothing of these is posted, the ledger alone changes
	for _, t := range batch {
		byKey[t.key] = t
		if len(t.chunk.Points) > 0 {
			list = append(list, t.chunk)
			continue
		}
		entry, err := p.settledEntry(t)
		if err != nil {
			return err
		}
		bare = append(bare, entry)
	}
	if err := p.poster.Store.Ledger.Put(ctx, p.sink, p.team, bare); err != nil {
		return err
	}
	done, err := p.state.delivery.Post(ctx, list,
		func(part []series.Series) error { return p.keepTaken(ctx, byKey, part) })
	return p.reportOutcome(ctx, done, err)
}

// keepTaken keeps in the ledger what a sink took.
func (p *push) keepTaken(ctx context.Context, byKey map[string]*task, part []series.Series) error {
	var entries []store.SinkEntry
	for i := range part {
		t, points := byKey[part[i].Key()], part[i].Points
		last := points[len(points)-1].Tick
		p.sent += len(points)
		whole := t.over && last == t.chunk.Points[len(t.chunk.Points)-1].Tick
		if whole {
			p.lines++
		}
		switch {
		case p.what == span: // any of it may stand there, and that is noted
		case whole && t.light && p.state.delivery.TakesAhead():
			t.entry.Taken = t.now.makeClaim() // the cursor will say so
		case whole:
			entry, err := p.settledEntry(t)
			if err != nil {
				return err
			}
			entries = append(entries, entry)
		case p.what != everything || t.entry.Through > series.First:
			t.entry.Through = last
			entries = append(entries, store.SinkEntry{SinkSeries: *t.entry})
		}
	}
	if p.poster.Progress != nil {
		p.poster.Progress(Progress{p.sink, p.team, p.sent, p.total})
	}
	return p.poster.Store.Ledger.Put(ctx, p.sink, p.team, entries)
}

// settledEntry notes that a series stands as it is to stand, and that what vanished is pending.
func (p *push) settledEntry(t *task) (entry store.SinkEntry, err error) {
	if t.was != nil {
		t.addPending(p.until, series.Gone(t.was, t.now.Extent, t.from, mostStretches))
	}
	if t.tried != nil && t.tried != t.now.Extent {
		t.addPending(p.until, series.Gone(t.tried, t.now.Extent, t.from, mostStretches))
	}
	stands := t.now
	if limit := p.state.delivery.Ahead(); limit != series.Last { // learnt just now
		stands = stands.cutBefore(limit)
	}
	t.entry.Taken, t.entry.Tried, t.entry.Through = stands.makeClaim(), store.Claim{}, series.First
	p.ledger.remember(t.entry)
	entry.SinkSeries = *t.entry
	if stands.digest != "" {
		entry.Pieces = map[string][]byte{}
		entry.Pieces[stands.digest], err = writePieces(stands.Extent)
	}
	return entry, err
}

// reportOutcome says in the log what a sink did not take, and sums up.
func (p *push) reportOutcome(ctx context.Context, done publish.Outcome, err error) error {
	p.done.Points += done.Points
	p.done.RejectedPoints += done.RejectedPoints
	p.done.Past, p.done.Future = p.done.Past+done.Past, p.done.Future+done.Future
	if len(done.Rejected) > 0 {
		p.poster.Log.Warn("some series are not taken; the others are", "sink", p.sink, "team", p.team, "series",
			len(done.Rejected),
			"points", done.RejectedPoints, "error", (&publish.Rejected{Series: done.Rejected}).Error())
	}
	if done.Past+done.Future == 0 {
		return err
	}
	past, future := p.state.delivery.Bounds()
	p.poster.Log.Warn("the sink takes no points as old, or as far ahead: they are left out", "sink", p.sink, "team",
		p.team,
		"too old", done.Past, "older than", past, "too far ahead", done.Future, "further than", future)
	p.poster.Observer.Bounded(p.sink, past, future)
	if noted := p.poster.Store.Ledger.SetBounds(ctx, p.sink, store.Bounds{Past: past, Future: future}); noted != nil &&
		err == nil {
		err = noted
	}
	return err
}
