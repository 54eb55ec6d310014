package sharing

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"jerem/store/db"
)

// Lease says which instance leads a part of the work.
type Lease struct {
	Part     string // reading, on call, or team
	Team     string // of that part
	Epoch    int64
	Instance string // which process on which machine; "" while nobody leads it
	Here     bool   // it is this instance
}

// Coordinator shares out the work on the store among the instances that write it: see db.Sharing. Where one process
// leads all it says so to every question.
type Coordinator struct {
	db      db.Database
	settled atomic.Int64 // cycles of reading that ended here
}

// New returns the coordinator of the work on a database.
func New(d db.Database) *Coordinator { return &Coordinator{db: d} }

// LeadReading begins a reading of Jira. leads is false where another instance reads, or none yet. What the reading
// writes by the context is refused once another instance reads; end is called when it is over.
func (c *Coordinator) LeadReading(ctx context.Context) (reading context.Context, end func(), leads bool) {
	return c.leadPart(ctx, db.Reading)
}

// LeadTeam begins something that is done for a team by one instance: what it owes to sinks, and messages. leads is
// false where another instance leads the team, or none yet.
func (c *Coordinator) LeadTeam(ctx context.Context, team string) (leading context.Context, end func(), leads bool) {
	return c.leadPart(ctx, db.TeamPart(team))
}

// LeadOnCall begins what is done for on call by one instance: keeping what begins, and messages. leads is false where
// another instance leads it, or none yet.
func (c *Coordinator) LeadOnCall(ctx context.Context) (leading context.Context, end func(), leads bool) {
	return c.leadPart(ctx, db.OnCall)
}

// Clock returns the clock that all who work on the store have in common: that of the database, where several instances
// may, else the one of this machine.
func (c *Coordinator) Clock(machine func() time.Time) func() time.Time {
	if sharing := c.db.Sharing(); sharing != nil {
		return sharing.Now
	}
	return machine
}

func (c *Coordinator) leadPart(ctx context.Context, part db.Part) (context.Context, func(), bool) {
	if sharing := c.db.Sharing(); sharing != nil {
		return sharing.Lead(ctx, part)
	}
	return ctx, func() {}, true
}

// Epoch tells under which epoch of its lease something was begun, which rises when another instance leads it; 0 where
// nothing is shared.
func Epoch(ctx context.Context) int64 {
	f, _ := db.FenceOf(ctx)
	return f.Epoch
}

// IsSuperseded tells whether among errors is that another instance leads by now what was to be written.
func IsSuperseded(err error) bool { return errors.Is(err, db.ErrSuperseded) }

// IsShared tells whether several instances may work on the store.
func (c *Coordinator) IsShared() bool { return c.db.Sharing() != nil }

// Leases tells which instance leads what; nothing where one process leads all.
func (c *Coordinator) Leases(ctx context.Context) ([]Lease, error) {
	sharing := c.db.Sharing()
	if sharing == nil {
		return nil, nil
	}
	list, err := sharing.Leases(ctx)
	all := make([]Lease, len(list))
	for n, l := range list {
		all[n] = Lease{Part: l.Part.Kind(), Team: l.Part.Team(), Epoch: l.Epoch, Instance: l.Instance, Here: l.Here}
	}
	return all, err
}

// Changed returns a channel that is closed at the next event in a store that is shared: a lease was taken or lost, a
// reading of another instance ended, a hint came. It is nil, which never is ready, where nothing is shared.
func (c *Coordinator) Changed() <-chan struct{} {
	if sharing := c.db.Sharing(); sharing != nil {
		return sharing.Changed()
	}
	return nil
}

// TellEnded has the leader of a team know that nothing is on its way any more of what this instance sent to a sink
// under an epoch that is over.
func (c *Coordinator) TellEnded(ctx context.Context, sink, team string, epoch int64) error {
	if sharing := c.db.Sharing(); sharing != nil && epoch != 0 {
		return sharing.TellEnded(ctx, sink, team, epoch)
	}
	return nil
}

// AddHint leaves a text for the instance that reads Jira.
func (c *Coordinator) AddHint(ctx context.Context, text string) error {
	sharing := c.db.Sharing()
	if sharing == nil {
		return errors.New("the store is not shared")
	}
	return sharing.AddHint(ctx, text)
}

// TakeHints returns the texts that instances left for the one that reads, and takes them away.
func (c *Coordinator) TakeHints(ctx context.Context) ([]string, error) {
	if sharing := c.db.Sharing(); sharing != nil {
		return sharing.TakeHints(ctx)
	}
	return nil, nil
}

// Settle says that a cycle of reading ended, well or not: until the next one nothing of what teams are made of will be
// written.
func (c *Coordinator) Settle(ctx context.Context) {
	if sharing := c.db.Sharing(); sharing != nil {
		_ = sharing.TellSettled(context.WithoutCancel(ctx)) // who is not told looks by itself
	}
	c.settled.Add(1)
}

// Settled changes when a cycle ends. What was computed of a team stands until then, for in between only parts of a
// reading are there; beside a process that writes it changes with every write.
func (c *Coordinator) Settled(ctx context.Context) (int64, error) {
	switch sharing := c.db.Sharing(); {
	case c.db.ReadOnly():
		return c.db.Version(ctx)
	case sharing != nil:
		return sharing.Settled(), nil
	}
	return c.settled.Load(), nil
}
