package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/problem"
	"jerem/store"
	"jerem/store/db"
	"jerem/store/storetest"
	"jerem/testrun"
)

// edit changes a file as another program would.
func edit(t *testing.T, path, statement string) (changed int64) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	result, err := db.Exec(statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestChangedRow: whatever value of whatever row another program changes, a read refuses or tells what it told before.
func TestChangedRow(t *testing.T) {
	testrun.SkipInShort(t)
	path, want := lived(t)
	for n, statement := range everyEdit(t, path) {
		if testing.Short() && n%10 != 0 {
			continue // a tenth of them tells whether rows are held at all
		}
		t.Run(statement, func(t *testing.T) {
			t.Parallel()
			path := copyOf(t, path)
			if edit(t, path, statement) == 0 {
				t.Fatal("nothing was changed")
			}
			r, err := store.OpenRead(t.Context(), path)
			if err == nil {
				defer r.Close()
				var got *agile.History
				if got, err = r.Teams.History(t.Context(), agile.Team{Name: "K"}); err == nil {
					t.Errorf(
						"read beside a writer: no trouble; the storetest.History differs: %v",
						cmp.Diff(want, got) != "",
					)
				}
			}
			if err != nil && !problem.Is(err, store.Mismatch) || err != nil && strings.Contains(err.Error(), "sql:") {
				t.Errorf("read beside a writer: %v", err)
			}
			s, err := store.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if doubtful, err := s.Repair.Doubtful(t.Context()); err != nil || !doubtful {
				t.Errorf("nothing is doubted: %v", err)
			}
			d, err := s.Repair.TakeOut(t.Context())
			if err != nil || len(d.Rows) == 0 {
				t.Errorf("nothing is taken out: %v, %v", d, err)
			}
			if again, err := s.Repair.TakeOut(t.Context()); err != nil || len(again.Rows) > 0 {
				t.Errorf("after it was taken out: %v, %v", again, err)
			}
			_, err = s.Teams.History(t.Context(), agile.Team{Name: "K"})
			if needed := !strings.Contains(statement, `"sink_`) && !strings.Contains(statement, `"cursor"`) &&
				!strings.Contains(statement, `"generation"`) && !strings.Contains(statement, `"document"`); needed &&
				!problem.Is(err, store.Mismatch) &&
				!problem.Is(err, store.NotRead) {
				t.Errorf("what was taken out is missing, and nothing tells it: %v", err)
			}
		})
	}
}

// TestRowsOfOthers: a row of a team that does not match has this team refused, and no other one.
func TestRowsOfOthers(t *testing.T) {
	filled, _ := lived(t)
	s, err := store.Open(t.Context(), filled)
	if err != nil {
		t.Fatal(err)
	}
	other := storetest.ExampleSprints()
	other.Team, other.Board, other.Listed, other.Mine, other.Seen[0].ID = "K2", 7, []int64{55}, []int64{55}, 55
	err = errors.Join(s.Metadata.PutBoard(t.Context(), agile.Board{ID: 7, Name: "Other", Kind: "scrum"}),
		s.Sprints.Put(t.Context(), storetest.Birth, other),
		s.Teams.Put(t.Context(), store.TeamState{Name: "K2", ProjectID: "20", Board: 7, Until: storetest.Birth,
			Others: map[int64]bool{5: true}, Matches: map[int64]bool{5: true}, Impeded: map[int64]bool{5: true}}),
		s.Gaps.SetOfTeam(t.Context(), "K2", []agile.Source{"board"}, storetest.Birth,
			[]store.Gap{{Source: "board", Code: "missing"}}), s.Close())
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{`UPDATE sprint SET goal = 'x' WHERE id = 55`, `DELETE FROM sprint WHERE id = 55`,
		`UPDATE sprint SET id = 56 WHERE id = 55`, `UPDATE board SET name = 'x' WHERE id = 7`,
		`DELETE FROM board WHERE id = 7`, `DELETE FROM board_sprint WHERE board = 7`,
		`UPDATE team_sprint SET team = 'K3' WHERE team = 'K2'`, `DELETE FROM team_sprint WHERE team = 'K2'`,
		`UPDATE team SET board = 8 WHERE name = 'K2'`, `DELETE FROM team_other WHERE team = 'K2'`,
		`UPDATE team_match SET issue = 6 WHERE team = 'K2'`, `UPDATE team_impeded SET value = 0 WHERE team = 'K2'`,
		`UPDATE gap SET code = 'x' WHERE team = 'K2'`, `DELETE FROM gap WHERE team = 'K2'`} {
		t.Run(statement, func(t *testing.T) {
			t.Parallel()
			path := copyOf(t, filled)
			if edit(t, path, statement) == 0 {
				t.Fatal("nothing was changed")
			}
			s, err := store.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, err := s.Teams.History(t.Context(), agile.Team{Name: "K"}); err != nil {
				t.Errorf("another team: %v", err)
			}
			if _, err := s.Teams.History(t.Context(), agile.Team{Name: "K2"}); !problem.Is(err, store.Mismatch) {
				t.Errorf("the team itself: %v", err)
			}
		})
	}
}

// everyEdit lists statements that change each column of each table to another value, delete a row and double one.
func everyEdit(t *testing.T, path string) (out []string) {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	random := rand.New(rand.NewPCG(1, 2))
	for _, p := range s.Database().Tables() {
		var rows int
		columns := map[string]bool{} // those of the key
		err := s.Database().Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			err := tx.QueryRow(ctx, `SELECT count(*) FROM "`+p.Name+`"`).Scan(&rows)
			if err != nil {
				return err
			}
			return tx.Each(ctx, `SELECT name, pk FROM pragma_table_info('`+p.Name+`')`, nil, func(scan db.Scan) error {
				var name string
				var key int
				err := scan(&name, &key)
				columns[name] = key > 0
				return err
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		if rows == 0 {
			continue
		}
		row := func() string {
			return fmt.Sprintf(
				`%s = (SELECT k FROM (SELECT %s AS k FROM "%s") ORDER BY k LIMIT 1 OFFSET %d)`,
				p.KeyOf(""),
				p.KeyOf(""),
				p.Name,
				random.IntN(rows),
			)
		}
		for _, column := range slices.Sorted(maps.Keys(columns)) {
			values := []string{
				`CASE typeof("%[1]s") WHEN 'integer' THEN "%[1]s" + 17 ELSE "%[1]s" || '0' END`,
				`'not a number'`,
				`x'00ff'`,
			}
			value := values[random.IntN(len(values))]
			if column == "id" || column == "raw" ||
				columns[column] && column == "issue" && (p.Name == "timeline" || p.Name == "document") {
				value = values[0]
			}
			out = append(
				out,
				fmt.Sprintf(
					`UPDATE OR REPLACE "%s" SET "%s" = %s WHERE %s`,
					p.Name,
					column,
					strings.ReplaceAll(value, "%[1]s", column),
					row(),
				),
			)
		}
		out = append(out, fmt.Sprintf(`DELETE FROM "%s" WHERE %s`, p.Name, row()))
	}
	return out
}
