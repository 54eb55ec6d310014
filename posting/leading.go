package posting

import (
	"context"
	"errors"
	"time"

	"jerem/publish"
	"jerem/series"
	"jerem/store/ledger"
	"jerem/store/sharing"
)

// This file is for stores that several instances work on, where each team is led by one of them at a time: see
// store.Sharing.LeadTeam. What is about to be sent or deleted is noted first, by a write that a stale leader is
// refused, so it sends nothing more. What it sent before may arrive late, and is posted over: see ledger.HoldLate.

// underLease is what is known of a team at a sink by the lease under which it is led.
type underLease struct {
	epoch int64
	late  bool // something that a former leader sent may arrive yet
	sent  bool // something was noted to be sent, and not yet that it ended
}

// followLease forgets what was learnt of a team under a lease that is over, and takes into the ledger what a former
// leader sent and what can arrive no more.
func (p *Poster) followLease(ctx context.Context, state *sinkState, team string) error {
	epoch := sharing.Epoch(ctx)
	if epoch == 0 {
		return nil
	}
	sink := state.sink.Name()
	if state.leases[team].epoch != epoch {
		late, err := p.Store.Ledger.HoldLate(ctx, sink, team)
		if err != nil {
			return err
		}
		state.forgetTeam(team)
		state.leases[team] = underLease{epoch: epoch, late: late}
	}
	lease := state.leases[team]
	if !lease.late {
		return nil
	}
	restored, more, err := p.Store.Ledger.RestoreLate(ctx, sink, team, series.First)
	if err != nil {
		return err
	}
	if restored {
		delete(state.served, team)
		p.Log.Info("what another instance sent may have arrived late: it is posted over", "sink", sink, "team", team)
	}
	lease.late = more
	state.leases[team] = lease
	return nil
}

// Leave forgets what is known of a team at a sink: another instance leads it.
func (p *Poster) Leave(sink publish.Sink, team string) {
	state := p.stateOf(sink)
	if state.leases[team].epoch != 0 {
		state.forgetTeam(team)
		p.Observer.Left(sink.Name(), team)
	}
}

// forgetTeam forgets what was learnt of a team since the start.
func (s *sinkState) forgetTeam(team string) {
	delete(s.served, team)
	delete(s.cuts, team)
	delete(s.cursors, team)
	delete(s.onward, team)
	delete(s.reached, team)
	delete(s.leases, team)
}

// noteBatch keeps entries of the ledger, with what is about to be sent where the team is led under a lease.
func (p *push) noteBatch(ctx context.Context, b ledger.Batch, entries []ledger.SinkEntry) error {
	if sharing.Epoch(ctx) == 0 {
		return p.poster.Store.Ledger.Put(ctx, p.sink, p.team, entries)
	}
	lease := p.state.leases[p.team]
	lease.sent = true
	p.state.leases[p.team] = lease
	return p.poster.Store.Together(ctx, func(ctx context.Context) error {
		return errors.Join(p.poster.Store.Ledger.NoteBatch(ctx, p.sink, p.team, b),
			p.poster.Store.Ledger.Put(ctx, p.sink, p.team, entries))
	})
}

// describeBatch tells from when to when the points of a batch are; false where it has none.
func (p *push) describeBatch(b batch) (ledger.Batch, bool) {
	out := ledger.Batch{First: series.Last, Last: series.First, Until: p.until}
	for _, one := range b.chunks {
		if points := one.points.Points; len(points) > 0 {
			out.First, out.Last = min(out.First, points[0].Tick), max(out.Last, points[len(points)-1].Tick)
		}
	}
	return out, out.First <= out.Last
}

// noteDeletion notes what is about to be deleted.
func (p *push) noteDeletion(ctx context.Context, all series.Stretch) error {
	return p.noteBatch(ctx, ledger.Batch{First: all.First, Last: all.Last, Until: p.until, Deletes: true}, nil)
}

// WriteCursor writes up to when a sink has the series of one team, and that nothing of it is on its way any more. It
// stands in place of [Poster.WriteCursors] where the team is led under a lease.
func (p *Poster) WriteCursor(ctx context.Context, sink publish.Sink, team string) error {
	state := p.stateOf(sink)
	lease := state.leases[team]
	at, moved := state.cursors[team]
	if !moved && !lease.sent {
		return nil
	}
	err := p.Store.Together(ctx, func(ctx context.Context) (err error) {
		if moved {
			err = p.Store.Ledger.SetCursors(ctx, sink.Name(), map[string]time.Time{team: at})
		}
		return errors.Join(err, p.Store.Ledger.EndBatches(ctx, sink.Name(), team))
	})
	if err != nil {
		return err
	}
	delete(state.cursors, team)
	lease.sent = false
	state.leases[team] = lease
	return nil
}
