// Package posting posts to sinks what they lack of teams.
//
// History is the queue: every point can be computed again, so nothing waits in an outbox. What stands at a sink is told
// by the sink ledger in the store, series by series: the pieces of a series as they were when all of it was last taken
// (a claim, known by a digest), what was tried since and may stand in part, and stretches of points that are pending to
// be deleted. A posting compares the ledger with the team as it is computed now and posts only what differs.
//
// The words:
//
//	grid      a point at each whole multiple of the interval at which a series lives; it goes on by time alone
//	claim     pieces, the step of the grid, and the moment up to which they stand at the sink
//	cursor    the moment up to which a sink has all series of a team
//	pending   points that were posted and are no more; a later reading deletes them, for Jira may have hidden them
//	          for a while. Where a sink refuses, they stay pending, are tried again once an hour, and all else goes on
//	batch     what one request posts; while it is sent the body of the next one is written, and no further one
//	living    a series that may have points after a moment; between two readings without news only these are looked at
//	light     a series whose grid alone went on by a few points: the cursor says that they were taken
//
// An example, a point on its way to Warp 10. At 14:05 somebody adds K8S-9 with 3 points to Sprint 23. The cycle of
// 14:10 reads it, and the generation of the team K8S rises. [Poster.Post] has the team loaded and computed (package
// teams): the series jerem.jira.sprint.storypoint.total{project=K8S,sprint=Sprint 23} has a new point at 14:05. Its
// digest is not the one in the ledger, so the pieces that were taken are recalled, and the first tick that differs is
// found: the point of 14:05 is needed, and no other one. The ledger notes that it is being tried, the publish.Delivery
// posts it with all else in one request, the ledger notes that it was taken, and at the end the cursor moves to 14:10.
// At 14:20, a step of the grid, each living series needs one point; they go in one request, and the cursor moves. In
// between nothing is computed: the generation stands, and only the cursor is written.
package posting
