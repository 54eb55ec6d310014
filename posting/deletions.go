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

// deleteOf deletes what is owed of a series, by as few ranges as leave what belongs there, and notes it. What belongs
// there now may be left as something else put it, and what was taken may be deleted: unless the ledger knows the series
// as it is to stand, that is noted as being tried, and nothing as taken.
func deleteOf(ctx context.Context, p *push, entry *ledger.SinkSeries) (int, error) {
	if p.state.can.Deletes == publish.DeletesSeries {
		return 1, deleteWhole(ctx, p, entry)
	}
	t := newTask(p, entry.Key)
	d := planDeletion(p, t)
	if err := p.noteDeletion(ctx, d.all); err != nil {
		return 0, err
	}
	if err := p.state.sink.Delete(ctx, d.parts); err != nil {
		return 0, err
	}
	entry.Pending = d.later
	noted := ledger.SinkEntry{}
	if d.whole || !t.standsByLedger() {
		if err := p.ledger.readNoted(ctx, []seriesClaim{{t.key, entry.Taken}, {t.key, entry.Tried}}); err != nil {
			return 0, err
		}
		if err := recallStanding(p, t); err != nil {
			return 0, err
		}
		p.doubtTaken(t)
		noted = p.intendedEntry(t, series.First)
	}
	noted.SinkSeries = *entry
	return len(d.parts), p.poster.Store.Ledger.Put(ctx, p.sink, p.team, []ledger.SinkEntry{noted})
}

// standsByLedger tells whether the ledger has it that all of a series as it is to stand may stand there. Where a grid
// alone went on the cursor has it, see recallStanding.
func (t *task) standsByLedger() bool {
	return t.hasGridGrowth() || t.now.isOf(t.entry.Taken) && !t.entry.Taken.Until.Before(t.now.Until) ||
		t.now.isOf(t.entry.Tried) && !t.entry.Tried.Until.Before(t.now.Until)
}

// deletion is what is deleted of a series.
type deletion struct {
	parts []series.Range
	all   series.Stretch           // from the first to the last of it
	whole bool                     // what belongs there is deleted, too
	later []ledger.PendingDeletion // what is not due yet
}

// planDeletion finds what is to be deleted of a series now.
func planDeletion(p *push, t *task) deletion {
	d := deletion{all: series.Stretch{First: series.Last, Last: series.First}}
	few := true
	for _, o := range t.entry.Pending {
		if !isDue(p, o) {
			d.later = append(d.later, o)
			continue
		}
		owed := series.Stretch{First: o.First, Last: o.Last}
		d.all = series.Stretch{First: min(d.all.First, o.First), Last: max(d.all.Last, o.Last)}
		around, ok := series.Around(owed, t.now.Extent, mostStretches)
		few = few && ok
		for _, one := range around {
			d.parts = append(d.parts, series.Range{Key: t.key, Stretch: one})
		}
	}
	if d.whole = !few || len(d.parts) > mostStretches; d.whole {
		d.parts = []series.Range{{Key: t.key, Stretch: d.all}}
	}
	return d
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
