// Package lease tells who writes a store in PostgreSQL. A lease is a row with an epoch that rises whenever another
// process takes it over, and a moment, by the clock of the server, up to which it stands unless it is renewed. Each
// transaction that writes renews the row of its lease under the epoch that it knows, and so holds the row until it
// ends: nobody takes a lease over in the middle of a write, and who was paused finds another epoch and writes nothing.
// No session holds anything, so that a pooler may stand between.
//
// Its words: a process that works alone ([Alone]: a command) has one lease, of everything. An [Instance] (of jerem
// serve) has a lease of each part of the work that it leads: the reading, and teams. Both exclude one another. An
// instance is live while its own row is renewed. Parts are shared out by count: each live instance takes what is free
// up to its share, and gives back what it has more of than others lack.
//
//	i, err := lease.Join(ctx, pool, place, []db.Part{db.Reading, db.TeamPart("K8S")}, changed, now)
//	leading, end, leads := i.Lead(ctx, db.TeamPart("K8S"))
//	if leads {
//		err = post(leading) // its writes carry the epoch
//		end()
//	}
//
// Who leads what changes under a lock of a transaction, one instance after another, so that each sees what the others
// did.
package lease
