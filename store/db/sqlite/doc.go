// Package sqlite is the store's database in one file: opening it, the lock, migrations, checksums of rows, and what to
// do with a file that is damaged.
//
// Its words: a migration makes the schema of a version out of the one before; it is frozen once it ran on somebody's
// file. A file is sound where its pages and indices do not contradict one another. It is doubtful until all its rows
// were compared with their checksums.
//
// What happens when a store is opened for writing:
//
//	d, err := sqlite.Open(ctx, "jerem.db")
//
// The file is told by its content (new, ours, ours with a lost beginning; another program's is refused), and locked. A
// file of an older version is copied and gets its new form, all of it in one transaction; before version 11 what does
// not match in it is taken out, later it is found by the next reading as before. Triggers that keep checksums are made,
// for this process alone. Behind that the pages of the file are checked, and whoever asks for a transaction waits for
// it:
//
//	err = d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
//		_, err := tx.Exec(ctx, `UPDATE team SET behind = $1 WHERE name = $2`, since, name)
//		return err
//	})
//
// Write begins once the pages are sound, or once a damaged file was moved aside and an empty one stands in its place
// ([Database.MovedTo] tells). It sees that the file is still the one at its path, runs the function, raises the version
// and commits; a full disk, a lost file, a damaged page come back as a problem with a remedy.
package sqlite
