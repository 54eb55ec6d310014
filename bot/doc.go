// Package bot is the loop: it reads a Jira, keeps what it read and posts the series that follow, in this order, again
// and again. One team's trouble stays its own. It owns the only clock: everything below is told the time.
//
// The words:
//
//	cycle     a reading of all teams (package sync), then a posting to all sinks (package posting)
//	trouble   what a team's reading or posting ended by at its last try; [Live] tells it while the loop runs
//	pace      how fast one sink takes points: each is posted to beside the readings, and none waits for another
//
// The way through it: [Bot.Run] reads, wakes the sinks, and pauses for the period. pace.go posts to one sink what it
// lacks of each team, waits a minute where a quota is used up, and otherwise until the next reading ended. In the midst
// of a reading the store tells each team as of the one before, so neither waits for the other. metrics.go counts for
// /metrics.
//
// An example. At 14:10 a cycle begins: the reader asks Jira what was changed since 14:00, receives one issue of K8S and
// keeps it; the generation of K8S rises, that of OBS stands. The reading ends, Run notes how long it took, wakes the
// one sink and pauses until 14:20. The sink's goroutine loads K8S anew and posts its three new points; of OBS it only
// moves the cursor, for nothing changed and no step of the grid has passed. Meanwhile a page that shows K8S is answered
// from the same computed team ([Bot.Computed]). Where the sink answers nothing, the log says so once, [Live.Troubles]
// tells it to pages and /readyz, and the posting after the next reading goes on from there.
package bot
