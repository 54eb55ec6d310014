package lease

import (
	"context"
	"crypto/rand"
	"database/sql"
	"slices"
	"sync"
	"time"

	"jerem/store/db"
)

// Instance is a process that shares the work on a store with others. It is safe for concurrent use.
type Instance struct {
	pool    *sql.DB
	place   string
	id      string
	parts   []db.Part // of the work, in the order in which they are taken
	changed func()    // is called when a lease was taken or lost
	now     func() time.Time
	stop    context.CancelFunc
	done    chan struct{} // closed once nothing is renewed any more

	untaken untaken // is looked at by one renewal after the other

	mu      sync.Mutex
	held    map[db.Part]*heldLease
	renewed time.Time // by the clock now, when the last renewal that succeeded began
}

// heldLease is a lease that this instance has.
type heldLease struct {
	epoch   int64
	ctx     context.Context
	cancel  context.CancelFunc
	working int  // pieces of work that go on under it
	leaving bool // it is given back once they ended: none begins
}

// Join makes this process an instance that leads some of the parts. A process that works alone is waited for where it
// says nothing, and keeps this one out else. changed is called whenever a lease was taken or lost. now is a clock that
// nobody sets, for how long ago something was: a time of time.Now is one.
func Join(ctx context.Context, pool *sql.DB, place string, parts []db.Part, changed func(), now func() time.Time) (
	*Instance, error,
) {
	i := &Instance{pool: pool, place: place, id: rand.Text(), parts: parts, changed: changed, now: now,
		done: make(chan struct{}), held: map[db.Part]*heldLease{}}
	err := awaitLease(ctx, pool, place, func(ctx context.Context) (bool, error) {
		return registerInstance(ctx, pool, i.id)
	})
	if err != nil {
		return nil, err
	}
	behind, stop := context.WithCancel(context.WithoutCancel(ctx))
	i.stop = stop
	i.renewAndShare(ctx)
	go i.keepSharing(behind)
	return i, nil
}

// keepSharing renews what this instance has and shares out the rest, until the context ends.
func (i *Instance) keepSharing(ctx context.Context) {
	defer close(i.done)
	eachRenewal(ctx, func() { i.renewAndShare(ctx) })
}

// renewAndShare renews the leases, learns which were lost, and takes and gives what is to be. Where the server is not
// reached for as long as a lease stands, all are taken for lost: whoever writes by one is refused in any case.
func (i *Instance) renewAndShare(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	began := i.now()
	s, epochs, err := renewInstance(ctx, i.pool, i.id)
	if err == nil && i.shareOut(ctx, s) {
		_, epochs, err = renewInstance(ctx, i.pool, i.id)
	}
	if err != nil && !i.isOverdue() {
		return
	}
	i.mu.Lock()
	if err == nil {
		i.renewed = began
	} else {
		epochs = nil // all are taken for lost
	}
	changed := i.holdLeases(epochs)
	i.mu.Unlock()
	if changed {
		i.changed()
	}
}

// isOverdue tells whether nothing was renewed for as long as a lease stands.
func (i *Instance) isOverdue() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.now().Sub(i.renewed) > longest
}

// shareOut takes what is free and gives back what others lack; it tells whether anything changed.
func (i *Instance) shareOut(ctx context.Context, s state) bool {
	if !slices.Contains(s.members, i.id) { // it was held up, and others took it for gone
		if entered, err := registerInstance(ctx, i.pool, i.id); err != nil || !entered {
			return false
		}
		return true
	}
	changed := false
	i.untaken.note(s, i.parts, i.now())
	shared, ours := i.untaken.split(i.parts)
	if len(partsToTake(s, i.id, shared, i.untaken.given))+len(partsFree(s, ours)) > 0 {
		taken, err := takeShare(ctx, i.pool, i.id, shared, ours, i.untaken.given)
		changed = err == nil && taken > 0
	}
	for _, lease := range i.stopLeading(i.untaken.mayGive(partsToGive(s, i.id, shared))) {
		i.untaken.noteGiven(lease.Part)
		changed = freePart(ctx, i.pool, lease.Part, lease.Epoch) == nil || changed
	}
	return changed
}

// stopLeading has no work begin on some parts, and lists those on which none goes on: these are given back now, the
// others by a later renewal.
func (i *Instance) stopLeading(give []db.Part) (idle []db.Fence) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for part, lease := range i.held {
		lease.leaving = slices.Contains(give, part)
		if lease.leaving && lease.working == 0 {
			idle = append(idle, db.Fence{Part: part, Epoch: lease.epoch})
		}
	}
	return idle
}

// holdLeases makes what this instance holds what the server says; the work under a lease that was lost is told to end.
func (i *Instance) holdLeases(epochs map[db.Part]int64) (changed bool) {
	for part, lease := range i.held {
		if epochs[part] != lease.epoch {
			lease.cancel()
			delete(i.held, part)
			changed = true
		}
	}
	for part, epoch := range epochs {
		if i.held[part] == nil {
			lease := &heldLease{epoch: epoch}
			lease.ctx, lease.cancel = context.WithCancel(context.Background())
			i.held[part] = lease
			changed = true
		}
	}
	return changed
}

// Lead begins work on a part: see db.Sharing.
func (i *Instance) Lead(ctx context.Context, part db.Part) (leading context.Context, end func(), leads bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	lease := i.held[part]
	if lease == nil || lease.leaving || i.now().Sub(i.renewed) > longest {
		return ctx, func() {}, false
	}
	lease.working++
	leading, cancel := context.WithCancel(db.Fenced(ctx, db.Fence{Part: part, Epoch: lease.epoch}))
	ended := context.AfterFunc(lease.ctx, cancel)
	var once sync.Once
	return leading, func() {
		once.Do(func() {
			ended()
			cancel()
			i.mu.Lock()
			lease.working--
			i.mu.Unlock()
		})
	}, true
}

// Leave gives back all leases, and what is left of this instance in the store. What still works under them is told to
// end.
func (i *Instance) Leave(ctx context.Context) error {
	i.stop()
	<-i.done
	i.mu.Lock()
	i.holdLeases(nil)
	i.mu.Unlock()
	return removeInstance(ctx, i.pool, i.id)
}

// List tells which instance leads which part.
func (i *Instance) List(ctx context.Context) ([]db.Lease, error) {
	return listLeases(ctx, i.pool, i.id, i.parts)
}
