// Package db is what the store asks of a database: transactions, statements in sets, checksums of rows, and problems
// with their remedy. [Database] is the question; jerem/store/db/sqlite, a file, and jerem/store/db/postgres, a server,
// are the answers. Both pass the suite of store/storetest.
//
// Its words: a transaction is a [Tx], in which each statement is prepared once. The version is a number that every
// write raises which changes a row. A [Table] has a checksum for each of its rows. [Findings] are the keys of rows that
// do not match.
//
// Statements keep to what databases have in common: $1, ON CONFLICT with its columns, RETURNING, common table
// expressions, CAST. Where they differ a form in braces stands in the statement, and each database puts its own SQL
// there: see dialect.go. An example, a write of two rows in one statement and of a list in another:
//
//	err := d.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
//		rows := [][]any{{"K", 1}, {"K", 2}}
//		insert := `INSERT INTO team_sprint (team, sprint)`
//		if _, err := tx.InsertRows(ctx, insert, `ON CONFLICT DO NOTHING`, rows); err != nil {
//			return err
//		}
//		_, err := tx.Exec(ctx, `DELETE FROM gap WHERE issue IN `+db.Listed, db.Numbers(ids))
//		return err
//	})
//
// Write runs the function, raises the version and commits; where nothing was changed it leaves everything as it is.
package db
