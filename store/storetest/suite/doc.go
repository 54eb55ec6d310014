// Package suite is what every database under the store has to pass: one suite of what is kept, of generations, gaps,
// sprints, the ledger of sinks, and of transactions. Nothing but tests imports it.
//
// A database is held to it by a test that opens it, here SQLite:
//
//	func TestSQLite(t *testing.T) {
//		suite.Run(t, func(t testing.TB, place string) db.Database {
//			d, err := sqlite.Open(context.Background(), filepath.Join(place, "jerem.db"))
//			if err != nil {
//				t.Fatal(err)
//			}
//			return d
//		})
//	}
//
// Its tests ask the exported methods of the store alone, so that the tables may be others in another database. Each is
// a function check… of its subject's file. generation_cases.go is a table of all that can be written, with the teams
// whose generations must rise: whoever adds a write adds its row. Where a table gets a column columns.go finds a value
// for it, so that forgetting a team is tried with it.
package suite
