package posting

import (
	"context"

	"jerem/problem"
	"jerem/publish"
	"jerem/series"
	"jerem/store/ledger"
)

// This file corrects the past at a sink that does not overwrite: a series of which another value stands at some moment
// is dropped with all its points, and posted anew.

// isContradicted tells whether a point stands, or may stand, whose value is another one by now. Where all is posted
// anew, whatever stands is in the way.
func isContradicted(p *push, t *task) bool {
	if p.what == everything {
		return t.was != nil || t.tried != nil
	}
	return t.was != nil && series.Contradict(t.was, t.now.Extent, t.from) ||
		t.tried != nil && series.Contradict(t.tried, t.now.Extent, t.from)
}

// dropContradicted drops the series whose points are in the way, and plans them anew. Where they cannot be dropped the
// drop is pending, and meanwhile they get the points of moments at which none stands.
func dropContradicted(ctx context.Context, p *push, tasks []*task) error {
	entries := markDrops(tasks)
	if err := p.poster.Store.Ledger.Put(ctx, p.sink, p.team, entries); err != nil || len(entries) == 0 {
		return err
	}
	dropped, refused := 0, error(nil)
	const undropped = "the series that stand there cannot be dropped, and so not be posted anew"
	if !p.state.mayDelete(p.poster.Now()) {
		p.refused = append(p.refused, refusedDeletion{what: undropped, err: p.state.deletionRefusal})
	}
	for _, t := range tasks {
		if !t.contradicted {
			continue
		}
		if refused == nil && p.state.mayDelete(p.poster.Now()) {
			refused = dropSeries(ctx, p, t)
		}
		switch {
		case refused == nil && t.was == nil && t.tried == nil:
			dropped++
		case refused != nil && !isRefusedDeletion(refused):
			return refused
		}
		replanTask(t)
	}
	if refused != nil {
		p.state.noteRefusedDeletion(p.poster.Now(), refused)
		p.refused = append(p.refused, refusedDeletion{
			what: undropped,
			message: "a corrected past cannot be brought there, for series cannot be dropped; it is tried again in " +
				"an hour and at the next start, and all else goes on", err: refused})
	}
	if dropped > 0 {
		p.poster.Log.Info("series whose past was corrected were dropped, to be posted anew", "sink", p.sink, "team",
			p.team, "series", dropped)
	}
	orderTasks(p, tasks)
	return nil
}

// markDrops notes in the entries of contradicted series that all of it is to be dropped: a stop after the drop then
// leaves no entry that tells of points that are gone.
func markDrops(tasks []*task) (entries []ledger.SinkEntry) {
	for _, t := range tasks {
		if !t.contradicted {
			continue
		}
		if !t.isToBeDropped() {
			t.entry.Pending = append(t.entry.Pending, ledger.PendingDeletion{First: series.First, Last: series.Last})
		}
		entries = append(entries, ledger.SinkEntry{SinkSeries: *t.entry})
	}
	return entries
}

// isToBeDropped tells whether the ledger has it already that all of a series is to be dropped.
func (t *task) isToBeDropped() bool {
	for _, o := range t.entry.Pending {
		if isWholeSeries(o) {
			return true
		}
	}
	return false
}

// isWholeSeries tells whether a pending deletion is the drop of a series.
func isWholeSeries(o ledger.PendingDeletion) bool {
	return o.First == series.First && o.Last == series.Last
}

// dropSeries drops a series at the sink and notes that nothing of it stands.
func dropSeries(ctx context.Context, p *push, t *task) error {
	if _, err := deleteOf(ctx, p, t.entry); err != nil {
		return err
	}
	t.was, t.tried = nil, nil
	return nil
}

// isRefusedDeletion tells whether a sink refused to delete, which keeps nothing else back.
func isRefusedDeletion(err error) bool {
	return problem.Is(err, publish.NoDeletes, publish.Token, publish.Refused)
}

// replanTask finds anew what a contradicted series needs.
func replanTask(t *task) {
	need := func() *series.Needed { return series.Need(t.now.Extent, nil, nil, series.First, series.First) }
	if t.was != nil || t.tried != nil { // it could not be dropped
		need = func() *series.Needed {
			return series.Need(t.now.Extent, t.was, t.tried, t.entry.Through, t.from).KeepOld()
		}
	}
	t.need, t.count, t.light = need(), need().Count(), false
}
