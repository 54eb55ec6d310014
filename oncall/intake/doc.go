// Package intake turns what monitoring sources post into alerts and call-outs. It is pure: bytes, the alerts and
// call-outs so far, and the schedules are arguments.
//
// Its words: a body is what a source posted; an event is what a body says of one alert at one moment, that it fires,
// was acknowledged or was resolved; what is not understood is set aside with a reason and may be entered again later.
//
// The way through it:
//
//   - parse.go, alertmanager.go, generic.go: Parse makes events of a body, and reasons of what it cannot read.
//   - book.go: a Book holds alerts and call-outs. Enter enters an event: it opens, acknowledges or resolves an alert.
//   - callout.go: who was called by it. A source that names the person makes a call-out of theirs; where none is named
//     the person on duty at level 1 at the alert's start is presumed. Pages to one person within 60 s are one call-out.
//
// Events may come twice and in any order: entering one a second time changes nothing, so a body that was set aside in
// part can be entered again as a whole.
//
// An example. Alertmanager posts that DiskFull fires since 03:00; ada is on duty:
//
//	parsed := intake.Parse(source, body)
//	book := intake.Book{Schedules: schedules, File: file, Alerts: alerts, Callouts: callouts}
//	for _, event := range parsed.Events {
//		reason := book.Enter(source, event) // "" where it was entered
//	}
//	book.ChangedCallouts() // one of ada, presumed, started at 03:00
package intake
