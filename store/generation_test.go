package store_test

import (
	"context"
	"testing"

	"jerem/store"
	"jerem/store/db"
	"jerem/store/db/sqlite"
	"jerem/store/generation"
	"jerem/store/storetest"
	"jerem/testrun"
)

// TestGenerationNeverGoesBack: rows of generations or of the version that are damaged are taken out, and what is set
// in their place is higher than all before.
func TestGenerationNeverGoesBack(t *testing.T) {
	testrun.SkipInShort(t)
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

// TestTeamOfOwnProjectIsFoundFirst: where every team is that of the project of an issue, nothing is looked up of what
// is around the issue: all issues of its epics, which are the more, the larger a team is.
func TestTeamOfOwnProjectIsFoundFirst(t *testing.T) {
	t.Parallel()
	filled, _ := lived(t)
	d, err := sqlite.Open(t.Context(), copyOf(t, filled))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	raised := func(issues string, others ...string) (names []string, err error) {
		err = d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			for _, statement := range append(others, `UPDATE generation SET value = 0`) {
				if _, err := tx.Exec(ctx, statement); err != nil {
					return err
				}
			}
			var ids []int64
			if err := tx.Each(ctx, issues, nil, collectInto(&ids)); err != nil {
				return err
			}
			if err := generation.RaiseTeamsOfIssues(ctx, tx, generation.ByIssues, ids); err != nil {
				return err
			}
			return tx.Each(ctx, `SELECT team FROM generation WHERE value <> 0 ORDER BY team`, nil, collectInto(&names))
		})
		return names, err
	}
	const own = `SELECT issue FROM issue_project WHERE project IN (SELECT project_id FROM team)`
	if names, err := raised(`SELECT id FROM issue`); err != nil || len(names) == 0 {
		t.Fatalf("raised: %v, %v", names, err)
	}
	// whatever reads a row of it fails
	const unreadable = `CREATE TEMP VIEW relation AS SELECT abs(-9223372036854775807 - 1) AS parent, 1 AS child`
	const withoutIssues = `DELETE FROM team WHERE project_id NOT IN (SELECT project FROM issue_project)`
	names, err := raised(own, withoutIssues, unreadable)
	if err != nil || len(names) == 0 {
		t.Errorf("raised: %v, %v", names, err)
	}
	const other = `INSERT INTO team (name, project_id) SELECT 'other', 'none'`
	if names, err := raised(own, other); err == nil {
		t.Errorf("of a team whose project no issue has, what is around is not looked at: %v", names)
	}
}

// collectInto puts the one column of each row at the end of a list.
func collectInto[T any](list *[]T) func(db.Scan) error {
	return func(scan db.Scan) error {
		var one T
		err := scan(&one)
		*list = append(*list, one)
		return err
	}
}
