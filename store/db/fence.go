package db

import (
	"context"
	"strings"
	"time"
)

// Part is a part of the work on a store that one instance leads at a time: the reading of Jira, or what is done for one
// team. See [Sharing].
type Part string

// Reading is the part that reads Jira into the store, for all teams at once.
const Reading Part = "reading"

// OnCall is the part that keeps what begins on call, and tells people.
const OnCall Part = "on call"

// ofTeam begins the name of a team's part.
const ofTeam = "team:"

// TeamPart is the part that posts and sends for a team.
func TeamPart(team string) Part { return Part(ofTeam + team) }

// Team returns the team of a part, "" for the reading.
func (p Part) Team() string {
	team, _ := strings.CutPrefix(string(p), ofTeam)
	if p == Reading || p == OnCall {
		return ""
	}
	return team
}

// Kind returns what kind of part it is: reading, on call, or team.
func (p Part) Kind() string {
	if strings.HasPrefix(string(p), ofTeam) {
		return "team"
	}
	return string(p)
}

// String names a part for people.
func (p Part) String() string {
	if team, ok := strings.CutPrefix(string(p), ofTeam); ok {
		return "team " + team
	}
	return string(p)
}

// Fence is the right by which something writes: the lease of a part of the work, with the epoch that it had when the
// work began. Once another instance leads the part its epoch is a higher one, and a write by the former one is refused.
type Fence struct {
	Part  Part
	Epoch int64
}

type fenceKey struct{}

// Fenced returns a context whose writes are refused once another instance leads a part.
func Fenced(ctx context.Context, f Fence) context.Context {
	return context.WithValue(ctx, fenceKey{}, f)
}

// FenceOf returns the fence of a context; false where it has none.
func FenceOf(ctx context.Context) (Fence, bool) {
	f, ok := ctx.Value(fenceKey{}).(Fence)
	return f, ok
}

// Sharing is how several instances share out the work on one store.
type Sharing interface {
	// Lead begins work on a part. leads is false where another instance leads it, or none yet. The context that it
	// returns carries the fence, and ends once the lease is known to be lost; end is called when the work is done.
	Lead(ctx context.Context, part Part) (leading context.Context, end func(), leads bool)
	// Leases tells which instance leads which part.
	Leases(ctx context.Context) ([]Lease, error)
	// Changed returns a channel that is closed at the next event: a lease was taken or lost, a reading ended, a hint
	// came. Who waits asks for it before looking at what is so.
	Changed() <-chan struct{}
	// Now is the time by the clock of the database, which all instances have in common.
	Now() time.Time
	// Settled is a number that changes when a reading of any instance ended.
	Settled() int64
	// TellSettled has all instances know that a reading ended.
	TellSettled(ctx context.Context) error
	// TellEnded has the leader of a team know that nothing is on its way any more of what was sent to a sink by a lease
	// that is lost. It is all that a former leader can write.
	TellEnded(ctx context.Context, sink, team string, epoch int64) error
	// AddHint leaves a text for who leads the reading.
	AddHint(ctx context.Context, text string) error
	// TakeHints returns the texts that were left, and takes them away.
	TakeHints(ctx context.Context) ([]string, error)
}

// Lease says who leads a part.
type Lease struct {
	Part     Part
	Epoch    int64
	Instance string // which process on which machine; "" while nobody leads it
	Here     bool   // it is this instance
}
