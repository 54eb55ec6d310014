// Package storetest makes stores for tests. Nothing but tests imports it.
//
// Its words: the example is the team K of project 10, with eight issues in a tree ([ExampleDocs]), a sprint
// ([ExampleSprints]), a state ([ExampleState]), and something in every table ([Fill]); all of it begins at [Birth]. An
// empty file ([EmptyFile]) is a store in SQLite whose tables are made already: a test that needs an empty store and not
// its making opens a copy of one.
//
//	s, err := store.Open(t.Context(), storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
//	storetest.Fill(t, s)
//	storetest.History(t, s).Issues // the eight of K
//
// What every database has to pass, by this example, is package [jerem/store/storetest/suite].
package storetest
