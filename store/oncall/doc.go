// Package oncall keeps what on-call must remember: versions of rotas that began, changes, absences, alerts, call-outs,
// raw events, decisions, frozen statements, messages that are due, and the journal of who changed what. People stand
// here, by their handles, and nowhere else in the store: in a SQLite file of its own beside it, readable by this user
// alone, or in a schema of its own, jerem_oncall, of the store's PostgreSQL database. Several processes may write.
//
// Each exported method is one transaction. What is kept is read as one value (roster.State) and held in memory until
// another write; [Store.Update] hands it to a decision under the write lock, so that decisions follow one another.
//
// An example:
//
//	s, err := oncall.Open(ctx, oncall.PlaceFor("jerem.db", ""))
//	r := roster.Roster{File: file, Records: s}
//	contradictions, err := r.KeepPast(ctx, now) // the versions that have begun by now are kept
//
// The schema and all statements are one text for both; what differs stands in sqlite.go and postgres.go.
package oncall
