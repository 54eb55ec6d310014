// Package interruption is alerts and call-outs, and what they cost: rest, load, and the worth of alert rules.
//
// Its words: an alert is what a monitoring source reported; a call-out is an interruption of a person, with its
// alerts, its verdict (useful, noise, test) and its origin (named by the source, presumed, entered by hand).
//
// The way through it:
//
//   - callout.go: whose a call-out is (RotaOf, PresumedPerson) and when it ends where nobody said so (EndOf).
//   - rest.go: Rests tells which rest call-outs owe, RestFromSprint what of it falls into working hours.
//   - load.go: LoadOf is a team's load, without handles, and nothing where fewer than three people would bear it;
//     Curation tells of each alert rule what it cost and was worth.
//
// An example. Ada is called at 03:00 on a Wednesday and it takes an hour; a rest of 11 hours is owed until 15:00, six
// of which fall into her working hours from 09:00 on:
//
//	rests := interruption.Rests(ada, callouts, 11*time.Hour)
//	interruption.RestFromSprint(ada, rests, "Kubernetes", wednesday) // 6 * 60 * 60
package interruption
