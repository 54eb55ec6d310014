package store

import "jerem/store/db"

// Database returns the database under a store, for tests of both together.
func (s *Store) Database() db.Database { return s.db }
