// Package access keeps what the gate of the pages has to remember: tokens by their hash, sessions, and the journal of
// what visitors did. It is a SQLite file of its own beside the store, so that no login stands among the figures, a
// login does not count as a change of the store, and `jerem token create` works while `jerem serve` runs: unlike the
// store this file is written by several processes. Where the store is a PostgreSQL database it is a schema of its own
// in there, jerem_access, which all instances share.
//
// An example:
//
//	a, err := access.Open(ctx, access.PlaceFor("jerem.db", ""), access.Options{Now: time.Now, Keep: year})
//	text, token := gate.NewToken("grafana", rules.Viewer, "", now, now.AddDate(0, 3, 0))
//	err = a.AddToken(ctx, token) // text is shown once, and known to nobody afterwards
//
// A session that ended is gone from the file when the next one is kept, and an entry of the journal when it is older
// than Keep. [Store.CopyTo] takes tokens and journal to another place, a server instead of a file, and leaves sessions:
// people log in once more. What a token or a login may do is not known here: that is access/rules.
package access
