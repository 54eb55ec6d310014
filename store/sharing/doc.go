// Package sharing tells which of several instances does a part of the work on a store that all of them write: who reads
// Jira, who posts what a team owes to sinks, who keeps what begins on call. Where the store is a file one process does
// all of it, and every question is answered so: whoever asks needs no case for it.
//
// Its words:
//
//   - The [Coordinator] of a store answers for one instance. [jerem/store] holds it as Store.Sharing.
//   - A [Lease] says which instance leads a part. It is a row of the database with a moment up to which it holds; see
//     package store/db/postgres/lease.
//   - An epoch counts who led a part: it rises when another instance takes the lease. What was begun under a former
//     epoch is refused when it writes, and [IsSuperseded] tells such an error from others.
//   - A hint is a text that an instance leaves for the one that reads, as what a webhook told it.
//   - Settled is a number that changes when a cycle of reading ended: what was computed of a team stands until then.
//
// The way through it, for an instance that posts what the team K8S owes:
//
//	ctx, end, leads := s.Sharing.LeadTeam(ctx, "K8S")
//	if !leads {
//		return nil // another instance posts it, or none yet
//	}
//	defer end()
//	epoch := sharing.Epoch(ctx) // 0 for a file; under it what is sent is noted
//	err := write(ctx)           // sharing.IsSuperseded(err): another instance leads it by now
//
// The context that LeadTeam returns is what carries the epoch: a write by another context is held to no lease. It knows
// neither what is read nor what is posted, and asks the database alone.
package sharing
