package store_test

import (
	"testing"

	"jerem/store"
	"jerem/store/storetest"
)

// TestGenerationNeverGoesBack: rows of generations or of the version that are damaged are taken out, and what is set
// in their place is higher than all before.
func TestGenerationNeverGoesBack(t *testing.T) {
	t.Parallel()
	filled, _ := lived(t)
	for _, statement := range []string{
		`UPDATE generation SET value = 1`, `DELETE FROM generation`,
		`UPDATE meta SET value = '1' WHERE name = 'version'`,
		`UPDATE timeline SET events = events || '0'`,
	} {
		t.Run(statement, func(t *testing.T) {
			t.Parallel()
			path := copyOf(t, filled)
			s, err := store.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			before := storetest.Generations(t, s)
			s.Close()
			edit(t, path, statement)
			if s, err = store.Open(t.Context(), path); err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, err := s.Repair.TakeOut(t.Context()); err != nil {
				t.Fatal(err)
			}
			if now := storetest.Generations(t, s); now["K"] <= before["K"] {
				t.Errorf("it was %d and is %d", before["K"], now["K"])
			}
		})
	}
}
