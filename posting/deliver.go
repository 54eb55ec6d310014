package posting

import (
	"context"
	"time"

	"jerem/posting/content"
	"jerem/problem"
	"jerem/publish"
	"jerem/series"
	"jerem/store/ledger"
)

// This file posts what a sink lacks, request by request, and keeps the ledger by it.

// mostStretches is how many stretches of a series are deleted one by one; where more would be, one range is
// deleted over all of them and what belongs there is posted again.
const mostStretches = 16

// postTasks posts the points of all tasks, in requests of no more than PerPush points. What is about to be posted is
// noted first, what was taken afterwards: a stop in between leaves nothing that is not known. Where a sink takes no old
// points a batch that it refuses for its age keeps no other one back.
func (p *push) postTasks(ctx context.Context, tasks []*task) (tooOld error) {
	next, tasks := p.nextBatch(tasks)
	for len(next.chunks) > 0 {
		present := next
		next, tasks = p.nextBatch(tasks)
		if err := p.noteIntent(ctx, present); err != nil {
			return err
		}
		err := p.deliverBatch(ctx, present)
		switch {
		case p.what == onward && problem.Is(err, publish.TooOld):
			tooOld = err
		case err != nil:
			return err
		}
	}
	return tooOld
}

// noteIntent notes what is about to be posted. What a former try held and is no more becomes pending.
func (p *push) noteIntent(ctx context.Context, b batch) error {
	var entries []ledger.SinkEntry
	for _, one := range b.chunks {
		t := one.task
		if len(one.points.Points) == 0 || t.light || t.entry.Tried == t.now.makeClaim() && p.what != everything {
			continue
		}
		entries = append(entries, p.intendedEntry(t, one.points.Points[0].Tick-1))
	}
	if described, some := p.describeBatch(b); some {
		return p.noteBatch(ctx, described, entries)
	}
	return nil
}

// intendedEntry notes that a series as it is to stand may stand from now on; through is the tick up to which all of it
// does.
func (p *push) intendedEntry(t *task, through int64) (entry ledger.SinkEntry) {
	if t.tried != nil {
		p.addPending(t, series.Gone(t.tried, t.now.Extent, t.from, mostStretches))
	}
	if t.entry.Tried.Digest != "" && !t.now.isOf(t.entry.Tried) && p.state.can.Overwrites {
		p.doubtTaken(t) // what was tried may have overwritten it, and is forgotten now
	}
	t.tried, t.entry.Tried, t.entry.Through = t.now.Extent, t.now.makeClaim(), through
	if p.what != missing {
		t.entry.Through = series.First // what stands before it is not known from this
	}
	entry.SinkSeries = *t.entry
	if t.now.digest != t.entry.Taken.Digest {
		entry.Pieces = map[string]ledger.Content{t.now.digest: p.contentOf(t.key, t.now.Extent)}
		t.noted = true
	}
	return entry
}

// doubtTaken notes that it is not known any more whether what was taken of a series stands.
func (p *push) doubtTaken(t *task) {
	if t.was != nil {
		p.addPending(t, series.Gone(t.was, t.now.Extent, t.from, mostStretches))
	}
	t.entry.Taken = ledger.Claim{}
}

// contentOf returns what is kept of a series as it is to stand. Of one that goes on no more is read than came.
func (p *push) contentOf(key string, e *series.Extent) ledger.Content {
	cuts := p.state.cuts[p.team]
	if cuts == nil {
		cuts = map[string]*content.Cut{}
		p.state.cuts[p.team] = cuts
	}
	cuts[key] = cuts[key].GoOn(e.Pieces)
	return cuts[key].Content()
}

// addPending notes stretches that are to be deleted by a later reading: nothing is deleted in the cycle in which it was
// first missed, for Jira may have hidden it for a while. What a sink never deletes stays there.
func (p *push) addPending(t *task, gone []series.Stretch) {
	if p.state.can.Deletes == publish.DeletesNothing {
		return
	}
	for _, s := range gone {
		t.entry.Pending = append(t.entry.Pending, ledger.PendingDeletion{First: s.First, Last: s.Last, Since: p.until})
	}
}

// deliverBatch posts the chunks of a batch.
func (p *push) deliverBatch(ctx context.Context, b batch) error {
	byKey := map[string]*chunk{}
	var bare []ledger.SinkEntry // nothing of these is posted, the ledger alone changes
	for _, one := range b.chunks {
		byKey[one.task.key] = one
		if len(one.points.Points) > 0 {
			continue
		}
		bare = append(bare, p.settledEntry(one.task))
	}
	if err := p.poster.Store.Ledger.Put(ctx, p.sink, p.team, bare); err != nil {
		return err
	}
	done, err := p.state.delivery.PostPrepared(ctx, b.prepared,
		func(part []series.Series) error { return p.keepTaken(ctx, byKey, part) })
	return p.reportOutcome(ctx, done, err)
}

// keepTaken keeps in the ledger what a sink took.
func (p *push) keepTaken(ctx context.Context, byKey map[string]*chunk, part []series.Series) error {
	var entries []ledger.SinkEntry
	for i := range part {
		one, points := byKey[part[i].Key()], part[i].Points
		t, last := one.task, points[len(points)-1].Tick
		p.sent += len(points)
		whole := one.last && last == one.points.Points[len(one.points.Points)-1].Tick
		if whole {
			p.lines++
		}
		switch {
		case p.what == onward:
			p.state.noteOnward(p.team, t.key, last)
		case p.what == span: // any of it may stand there, and that is noted
		case whole && t.light && p.state.delivery.TakesAhead():
			t.entry.Taken = t.now.makeClaim() // the cursor will say so
		case whole:
			entries = append(entries, p.settledEntry(t))
		case p.what != everything || t.entry.Through > series.First:
			t.entry.Through = last
			entries = append(entries, ledger.SinkEntry{SinkSeries: *t.entry})
		}
	}
	p.tellProgress()
	return p.poster.Store.Ledger.Put(ctx, p.sink, p.team, entries)
}

// tellEvery is how often the log tells how far a long posting is.
const tellEvery = 10 * time.Second

// tellProgress tells how far the posting is: to whoever asked for it after each request, to the log from time to time.
func (p *push) tellProgress() {
	if p.poster.Progress != nil {
		p.poster.Progress(Progress{p.sink, p.team, p.sent, p.total})
	}
	now := p.poster.Now()
	if now.Sub(p.logged) < tellEvery || p.sent >= p.total {
		return
	}
	p.logged = now
	p.poster.Log.Info("posting", "sink", p.sink, "team", p.team, "points", p.sent, "of", p.total)
}

// settledEntry notes that a series stands as it is to stand, and that what vanished is pending.
func (p *push) settledEntry(t *task) (entry ledger.SinkEntry) {
	if t.was != nil {
		p.addPending(t, series.Gone(t.was, t.now.Extent, t.from, mostStretches))
	}
	if t.tried != nil && t.tried != t.now.Extent {
		p.addPending(t, series.Gone(t.tried, t.now.Extent, t.from, mostStretches))
	}
	stands := t.now
	if limit := p.state.delivery.Ahead(); limit != series.Last { // learnt just now
		stands = stands.cutBefore(limit)
	}
	t.entry.Taken, t.entry.Tried, t.entry.Through = stands.makeClaim(), ledger.Claim{}, series.First
	p.ledger.rememberEntry(t.entry)
	entry.SinkSeries = *t.entry
	if stands.digest != "" && !(t.noted && stands.digest == t.now.digest) {
		entry.Pieces = map[string]ledger.Content{stands.digest: p.contentOf(t.key, stands.Extent)}
	}
	return entry
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
	if noted := p.poster.Store.Ledger.SetBounds(ctx, p.sink, ledger.Bounds{Past: past, Future: future}); noted != nil &&
		err == nil {
		err = noted
	}
	return err
}
