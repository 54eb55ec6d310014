// Package storetest is what every database under the store has to pass: one suite of what is kept, of generations,
// gaps, sprints, the ledger of sinks, and of transactions. Nothing but tests imports it.
//
// A database is held to it by a test that opens it, here SQLite:
//
//	func TestSQLite(t *testing.T) {
//		storetest.Run(t, func(t testing.TB, place string) db.Database {
//			d, err := sqlite.Open(context.Background(), filepath.Join(place, "jerem.db"))
//			if err != nil {
//				t.Fatal(err)
//			}
//			return d
//		})
//	}
//
// Its tests ask the exported methods of the store alone, so that the tables may be others in another database. Beside
// the suite it has the example that other tests of the store use: team K of project 10, with eight issues in a tree
// ([ExampleDocs]), a sprint, and something in every table ([Fill]).
package storetest
