// Package db is the database under the store: opening it, transactions, the lock, migrations, checksums of rows, and
// problems with their remedy. [Database] is what the store asks of one; [SQLite] is the one there is, and a second
// stands beside it in files of its own and has to pass the suite of store/storetest.
//
// Its words: a transaction is a [Tx], in which each statement is prepared once. The version is a number that every
// write raises. A migration makes the schema of a version out of the one before; it is frozen once it ran on
// somebody's file. A [Table] has a checksum for each of its rows. [Findings] are the keys of rows that do not match. A
// file is sound where its pages and indices do not contradict one another.
//
// What happens when a store is opened for writing:
//
//	d, err := db.Open(ctx, "jerem.db")
//
// The file is told by its content (new, ours, ours with a lost beginning; another program's is refused), and locked. A
// file of an older version is looked at, what does not match in it is taken out, and it gets its new form: all of it in
// one transaction. Triggers that keep checksums are made, for this process alone. Behind that the pages of the file are
// checked, and whoever asks for a transaction waits for it:
//
//	err = d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
//		_, err := tx.Exec(ctx, `UPDATE team SET behind = ?1 WHERE name = ?2`, since, name)
//		return err
//	})
//
// Write begins once the pages are sound, or once a damaged file was moved aside and an empty one stands in its place
// ([SQLite.MovedTo] tells). It sees that the file is still the one at its path, runs the function, raises the version
// and commits; a full disk, a lost file, a damaged page come back as a problem with a remedy.
package db
