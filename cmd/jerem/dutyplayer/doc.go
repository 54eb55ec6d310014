// Package dutyplayer plays the acts of a simulated company's on-call against on-call as it is kept: each at its moment,
// by the decisions and the intake that pages, API and hooks use. So the demo and the tests have swaps, call-outs and
// frozen months that came about as they do at work, with their lines in the journal.
//
//	p := dutyplayer.New(company.Acts(), roster, events, teams)
//	refused, err := p.PlayUntil(ctx, at) // all acts up to that moment that were not played yet
//
// What on-call refuses is counted and left out: a visitor of the demo may have taken the duty that somebody of the
// company was to give away. What rests on an act that was refused is refused too.
//
// An example. Act 12: on Monday ben asks amara to take his Thursday; it becomes change 7. Act 15, on Tuesday, is her
// consent to act 12: the player knows that this is change 7, and lets amara accept it. Were act 12 refused, act 15
// would be too: what it is about is not there.
package dutyplayer
