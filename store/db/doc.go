// Package db is what the store asks of a database: transactions, statements in sets, checksums of rows, and problems
// with their remedy. [Database] is the question, jerem/store/db/sqlite the one answer there is; a second stands beside
// it in a room of its own and has to pass the suite of store/storetest.
//
// Its words: a transaction is a [Tx], in which each statement is prepared once. The version is a number that every
// write raises which changes a row. A [Table] has a checksum for each of its rows. [Findings] are the keys of rows that
// do not match.
//
// Statements keep to what databases have in common: ON CONFLICT, RETURNING, common table expressions. What differs
// stands in dialect.go: how a statement takes a list of ids or texts as its one argument. An example, a write of two
// rows in one statement and of a list in another:
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
