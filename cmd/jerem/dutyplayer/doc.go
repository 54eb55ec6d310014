// Package dutyplayer plays the acts of a simulated company's on-call against on-call as it is kept: each at its moment,
// by the decisions and the intake that pages, API and hooks use. What on-call refuses is counted and left out: a
// visitor of the demo may have taken the duty that somebody of the company was to give away.
//
//	p := dutyplayer.New(company.Acts(), roster, events, teams)
//	refused, err := p.PlayUntil(ctx, at) // all acts up to that moment that were not played yet
package dutyplayer
