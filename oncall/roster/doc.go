// Package roster is on-call at work: it takes requests of people and programs, checks them against what the file says
// and what is kept, and has kept what follows. It knows no clock and no database: the moment is an argument, what is
// kept stands behind [Records].
//
// Its words: a [View] is on-call at a moment, made of the file (plan.File) and of what is kept ([State]); [Writes] are
// rows to keep; an [Actor] is who asks, with what they may do. Decisions are functions from a View and an Actor to
// Writes or a refusal (oncall.Refusal): they keep nothing themselves. [Roster.Decide] runs one within a transaction, so
// that of two who accept at once one wins and the other is told.
//
// What was and what is paid follows from what is kept alone. A version of a rota is kept when it begins
// ([Roster.KeepPast]); a file that says otherwise afterwards does not count, and View.Contradictions tells its lines.
//
// The way through it, for ben who accepts to cover ada:
//
//	err := r.Decide(ctx, now, func(v *roster.View) (roster.Writes, error) {
//		_, writes, err := roster.Answer(v, ben, roster.AcceptChange, 7, false)
//		return writes, err // the change, a line of the journal, a message to ada
//	})
package roster
