package posting

import (
	"context"
	"slices"
	"time"

	"jerem/agile"
	"jerem/publish"
	"jerem/series"
	"jerem/store/ledger"
)

// This file deletes at a sink what vanished. What a sink refuses to delete stays pending in the ledger, and is tried
// again at each start and once an hour; nothing else waits for it.

// undeletedPoints says what is not done where a deletion is refused.
const undeletedPoints = "points that are no more cannot be deleted"

// deletePending deletes what was missed by an earlier reading and is still missed, and tells of how many series
// anything waits after it: for the sink, or for a reading that may not hide it.
func deletePending(ctx context.Context, p *push) error {
	due := dueDeletions(p)
	defer func() { p.poster.Observer.Pending(p.sink, p.team, p.ledger.countPending()) }()
	if len(due) == 0 {
		return nil
	}
	if !p.state.mayDelete(p.poster.Now()) {
		p.refused = append(p.refused, refusedDeletion{what: undeletedPoints, err: p.state.deletionRefusal})
		return nil
	}
	stretches := 0
	for _, entry := range due {
		n, err := deleteOf(ctx, p, entry)
		if isRefusedDeletion(err) {
			p.state.noteRefusedDeletion(p.poster.Now(), err)
			p.refused = append(p.refused, refusedDeletion{what: undeletedPoints,
				message: undeletedPoints + "; it is tried again in an hour and at the next " +
					"start, and all else goes on",
				about: []any{"series", len(due)}, err: err})
			return nil
		}
		if err != nil {
			return err
		}
		stretches += n
	}
	p.state.noteRefusedDeletion(time.Time{}, nil)
	p.poster.Log.Info("points that are no more were deleted", "sink", p.sink, "team", p.team, "series", len(due),
		"stretches", stretches)
	return nil
}

// dueDeletions lists the series of which something is owed that may be deleted by now.
func dueDeletions(p *push) (out []*ledger.SinkSeries) {
	for _, entry := range p.ledger.entries {
		if slices.ContainsFunc(entry.Pending,
			func(o ledger.PendingDeletion) bool { return isDue(p, o) }) {
			out = append(out, entry)
		}
	}
	return out
}

// isDue tells whether a stretch may be deleted: it was missed by an earlier reading, and no gap of the team may be why.
// The drop of a series that was corrected waits for nothing.
func isDue(p *push, o ledger.PendingDeletion) bool {
	return isWholeSeries(o) || o.Since.Before(p.until) && !slices.ContainsFunc(p.gaps,
		func(g agile.Gap) bool { return mayHide(g, o.Since) })
}

// mayHide tells whether a gap may be why points were missed at a moment: a list tells less than is known, or something
// could not be had by that reading or by one since. A lasting gap that is older explains nothing that was missed later.
func mayHide(g agile.Gap, missed time.Time) bool {
	switch g.Code {
	case agile.GapShrunk:
		return g.Issues == nil || !g.Since.Before(missed)
	case agile.GapMissing, agile.GapRefused, agile.GapUnreadable:
		return !g.Since.Before(missed)
	}
	return false
}

// deleteOf deletes what is owed of a series, by as few ranges as leave what belongs there, and notes it.
func deleteOf(ctx context.Context, p *push, entry *ledger.SinkSeries) (int, error) {
	if p.state.can.Deletes == publish.DeletesSeries {
		return 1, deleteWhole(ctx, p, entry)
	}
	now := &series.Extent{}
	if s := p.now[entry.Key]; s != nil {
		now = s.Extent
	}
	var later []ledger.PendingDeletion
	var parts []series.Range
	all, few := series.Stretch{First: series.Last, Last: series.First}, true
	for _, o := range entry.Pending {
		if !isDue(p, o) {
			later = append(later, o)
			continue
		}
		all = series.Stretch{First: min(all.First, o.First), Last: max(all.Last, o.Last)}
		around, ok := series.Around(series.Stretch{First: o.First, Last: o.Last}, now, mostStretches)
		few = few && ok
		for _, one := range around {
			parts = append(parts, series.Range{Key: entry.Key, Stretch: one})
		}
	}
	whole := !few || len(parts) > mostStretches
	if whole {
		parts = []series.Range{{Key: entry.Key, Stretch: all}}
	}
	if err := p.noteDeletion(ctx, all); err != nil {
		return 0, err
	}
	if err := p.state.sink.Delete(ctx, parts); err != nil {
		return 0, err
	}
	entry.Pending = later
	if whole { // all of the series is posted again
		entry.Taken, entry.Through = ledger.Claim{}, series.First
	}
	return len(parts), p.poster.Store.Ledger.Put(ctx, p.sink, p.team, []ledger.SinkEntry{{SinkSeries: *entry}})
}

// deleteWhole drops a series at a sink that deletes no stretches: whatever belongs there is posted again.
func deleteWhole(ctx context.Context, p *push, entry *ledger.SinkSeries) error {
	all := series.Stretch{First: series.First, Last: series.Last}
	if err := p.noteDeletion(ctx, all); err != nil {
		return err
	}
	if err := p.state.sink.Delete(ctx, []series.Range{{Key: entry.Key, Stretch: all}}); err != nil {
		return err
	}
	*entry = ledger.SinkSeries{Key: entry.Key, Through: series.First}
	return p.poster.Store.Ledger.Put(ctx, p.sink, p.team, []ledger.SinkEntry{{SinkSeries: *entry}})
}
