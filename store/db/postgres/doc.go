// Package postgres is the store's database in a PostgreSQL server, 14 or later: opening it, who may write, migrations,
// and errors with their remedy.
//
// Its words: a lease is a row that says which process writes, up to when, by the clock of the server. Its epoch is a
// number that rises whenever another process takes over. A process has the lease of everything ([Open]), or is one of
// several instances ([OpenShared]) that have leases of parts of the work: see the room lease. A migration makes the
// schema of a version out of the one before; it is frozen once it ran on somebody's database.
//
// What happens when a store is opened for writing:
//
//	d, err := postgres.Open(ctx, "postgres://jerem@db.example.org/jerem")
//
// The schema is brought to the present form in one transaction; tables of another program and those of a newer version
// are refused. Then the lease is taken, or waited for as long as a process that was killed may hold it; one that is
// being renewed is somebody's, and Open says whose. A goroutine renews it until Close gives it back.
//
//	err = d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
//		_, err := tx.Exec(ctx, `UPDATE team SET behind = $1 WHERE name = $2`, since, name)
//		return err
//	})
//
// The first statement of a write goes together with the check that the lease still has the epoch that the work began
// with. From then on the write holds the row of the lease and that of the version: writes of all processes come one
// after another, and a process that was held up while another one took over writes nothing any more. A write takes a
// round trip for each statement and one for its end, a read the same: see session. Nothing hangs on a session, so a
// pooler may stand between, and a process may run on another machine with another clock. The server guards the pages
// itself (initdb --data-checksums), so rows have no checksums of their own here: see docs/decisions.
package postgres
