// Package warp10sim plays a Warp 10 platform for tests: update, fetch, find, meta, delete and check, as a standalone
// one with the LevelDB backend answers them. It imports nothing of ours, and is held to exchanges recorded from a real
// platform (recorded_test.go).
//
// # Words
//
// A series is a class with labels; a point is a tick in the platform's unit with a value. A parser reads lines of the
// GTS input format, the short form included, and refuses a line in the platform's words and places. A selector chooses
// series by class and labels, exactly or by a pattern. A window is the part of time that a fetch or a deletion asks
// for.
//
// # A point comes and is asked for
//
//	s := warp10sim.New()
//	POST /api/v0/update   "1730000000000000// jerem.agile.sprint.remaining{team=K8S} 21.5"
//
// handleUpdate unpacks the body, each line is parsed, admitted where the limits of the token leave room (series, rate,
// size), and kept; the first refused line ends the request, what came before it stays. handleFetch answers the points
// of the selected series in a window, newest first, in the form that was asked for.
package warp10sim
