// Package oncall is the words of duty: rotas, who is on duty, and changes by consent.
//
// It is pure. It knows no clock, no store and no request: versions, changes, call-outs and the moment are
// arguments, so pages, calendars, pay, paging and tests compute the same. Moments are whole seconds, spans are
// half-open, money is integer cents. A person is a handle that the team chose; persons stand here and in the
// rooms that use this one, and nowhere else.
//
// The way through it:
//
//   - rota.go, coverage.go, person.go: a Rota is a list of Versions; turn k of a version begins k periods after
//     its anchor and is of People[k mod n]; Coverage says which hours anybody is on duty at all.
//   - duty.go: a Schedule is made of a Rota, People and Changes. At tells who is on duty at an instant, Segments
//     tile the covered time of a span by the same rule.
//   - board.go, ask.go: a Board decides about requests. Ask, Accept, Decline, Withdraw, Cancel and Expire return the
//     rows that are new or differ, or a Refusal with its reason; the caller keeps them.
//   - kept.go: Kept compares a file with the past and says which lines contradict it.
//
// Below it stands oncall/civil, which turns a plan into instants and computes with spans. On it stand
// oncall/interruption (call-outs, their rest and load), oncall/intake (what sources post), oncall/pay (statements) and
// oncall/risk (warnings); oncall/roster puts them to work on what is kept, and oncall/feed, oncall/report,
// oncall/message, oncall/shifts and oncall/verify write, tell and read for people. Who is on
// duty and changes by consent share one room, for a decision about a request asks the schedule for its pieces.
//
// An example. A weekly rota of ada and ben begins on Monday 5 January 2026 at 09:00 in Paris, and ben accepted
// to cover ada's Wednesday:
//
//	rota := oncall.Rota{Name: "k8s", Versions: []oncall.Version{{
//		From: calendar.Date{Year: 2026, Month: time.January, Day: 5}, Handover: 9 * 60 * 60,
//		Every: civil.Period{Number: 1, Unit: civil.Weeks}, People: []string{"ada", "ben"},
//		Coverage: oncall.Coverage{Always: true}, Zone: paris,
//	}}}
//	cover := oncall.Change{ID: 1, Seq: 1, Kind: oncall.Cover, Rota: "k8s", State: oncall.Accepted,
//		From: "ada", To: "ben", Span: civil.Span{Start: wednesday, End: thursday}}
//	s := oncall.NewSchedule(rota, people, []oncall.Change{cover})
//	s.Segments(week) // ada until Wednesday, ben on Wednesday, ada until the hand-over
//
// Where the contract leaves a choice, docs/decisions/0009-oncall.md tells what was chosen.
package oncall
