package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/problem"
	"jerem/store/db"
)

// lived is a store in which every table holds something.
func lived(t *testing.T) (path string, want *agile.History) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "jerem.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Issues.Put(t.Context(), livedDocs()); err != nil {
		t.Fatal(err)
	}
	steps := []func() error{
		func() error { return s.Metadata.SetZone(t.Context(), "Europe/Paris") },
		func() error {
			err := s.Metadata.PutStatuses(t.Context(), []agile.Status{{ID: "1", Name: "Open", Category: "new"}, {ID: "2", Name: "Done", Category: "done"}})
			return err
		},
		func() error {
			err := s.Metadata.PutTypes(t.Context(), []agile.Type{{ID: "1", Name: "Story"}})
			return err
		},
		func() error {
			return s.Metadata.PutFields(t.Context(), []agile.Field{{ID: "customfield_1", Name: "Points", Number: true}})
		},
		func() error {
			err := s.Metadata.PutBoard(t.Context(), agile.Board{ID: 3, Name: "B", Kind: "scrum", Estimate: "customfield_1"})
			return err
		},
		func() error {
			err := s.Sprints.Put(t.Context(), birth, livedSprints())
			return err
		},
		func() error {
			err := s.Worklogs.Put(t.Context(), []agile.Worklog{{ID: 9, Issue: 1, Created: birth, Started: birth, Seconds: 3600}, {ID: 10, Issue: 2, Created: birth, Started: birth, Seconds: 60}})
			return err
		},
		func() error {
			return s.Checkpoints.Set(t.Context(), Marks{Projects: map[string]time.Time{"10": birth}, Worklogs: birth})
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	entry := SinkEntry{SinkSeries: SinkSeries{Key: "c{}", Taken: Claim{Digest: "d", Step: time.Hour, Until: birth}, Owed: []Owed{{1, 2, birth}}}, Pieces: map[string][]byte{"d": []byte("pieces")}}
	for _, err := range []error{s.Ledger.Put(t.Context(), "warp10", "K", []SinkEntry{entry}), s.Ledger.SetCursor(t.Context(), "warp10", "K", birth), s.Ledger.SetBounds(t.Context(), "warp10", Bounds{Past: time.Hour})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	readTeam(t, s, livedState())
	return path, history(t, s)
}

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
	path, want := lived(t)
	for _, statement := range everyEdit(t, path) {
		t.Run(statement, func(t *testing.T) {
			t.Parallel()
			path, _ := lived(t)
			if edit(t, path, statement) == 0 {
				t.Fatal("nothing was changed")
			}
			r, err := OpenRead(t.Context(), path)
			if err == nil {
				defer r.Close()
				var got *agile.History
				if got, err = r.Teams.History(t.Context(), agile.Team{Name: "K"}); err == nil {
					t.Errorf("read beside a writer: no trouble; the history differs: %v", cmp.Diff(want, got) != "")
				}
			}
			if err != nil && !problem.Is(err, Mismatch) || err != nil && strings.Contains(err.Error(), "sql:") {
				t.Errorf("read beside a writer: %v", err)
			}
			s, err := Open(t.Context(), path)
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
			if needed := !strings.Contains(statement, `"sink_`) && !strings.Contains(statement, `"cursor"`) && !strings.Contains(statement, `"generation"`) && !strings.Contains(statement, `"document"`); needed && !problem.Is(err, Mismatch) && !problem.Is(err, NotRead) {
				t.Errorf("what was taken out is missing, and nothing tells it: %v", err)
			}
		})
	}
}

// everyEdit lists statements that change each column of each table to another value, delete a row and double one.
func everyEdit(t *testing.T, path string) (out []string) {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	random := rand.New(rand.NewPCG(1, 2))
	for _, p := range s.db.Tables() {
		var rows int
		columns := map[string]bool{} // those of the key
		err := s.db.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
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
			return fmt.Sprintf(`%s = (SELECT k FROM (SELECT %s AS k FROM "%s") ORDER BY k LIMIT 1 OFFSET %d)`, p.KeyOf(""), p.KeyOf(""), p.Name, random.IntN(rows))
		}
		for _, column := range slices.Sorted(maps.Keys(columns)) {
			values := []string{`CASE typeof("%[1]s") WHEN 'integer' THEN "%[1]s" + 17 ELSE "%[1]s" || '0' END`, `'not a number'`, `x'00ff'`}
			value := values[random.IntN(len(values))]
			if column == "id" || column == "raw" || columns[column] && column == "issue" && (p.Name == "timeline" || p.Name == "document") {
				value = values[0]
			}
			out = append(out, fmt.Sprintf(`UPDATE OR REPLACE "%s" SET "%s" = %s WHERE %s`, p.Name, column, strings.ReplaceAll(value, "%[1]s", column), row()))
		}
		out = append(out, fmt.Sprintf(`DELETE FROM "%s" WHERE %s`, p.Name, row()))
	}
	return out
}
