package oncall

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"jerem/store/db/postgres/pgtest"
)

// tablesOf lists the tables of a place.
func tablesOf(t *testing.T, s *Store, query string) (names []string) {
	t.Helper()
	tx, err := beginReading(s, t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	err = transaction{tx, nil}.eachRow(t.Context(), query, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		names = append(names, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func openPlace(t *testing.T, place string) *Store {
	t.Helper()
	s, err := Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// fill adds a row to every table, with NULL where one may stand.
func fill(t *testing.T, s *Store) {
	t.Helper()
	err := s.inTransaction(t.Context(), func(tx transaction) error {
		for _, statement := range []string{
			`INSERT INTO rota VALUES ('r', 1, '')`, `INSERT INTO version_read VALUES ('r', '2026-11-02', 7)`,
			`INSERT INTO rota_version VALUES ('r', '2026-11-02', 9, '1w', '["a"]', '[]', 'UTC', 'K8S', 1, 'FR')`,
			`INSERT INTO person VALUES ('a', 'UTC', 9, 17, '', '', NULL, 8)`,
			`INSERT INTO change VALUES (1, 1, 0, 'cover', 'r', 5, 6, 'a', 'b', 'asked', 4, 'a', NULL, '', NULL, NULL,
				'é')`,
			`INSERT INTO absence VALUES (1, 'a', '2026-11-02', '2026-11-03', 0)`,
			`INSERT INTO alert VALUES (1, 's', '', 'f', 'rule', '', '', 'K8S', 1, 2, NULL, NULL, '[]')`,
			`INSERT INTO callout VALUES (1, 'K8S', 'r', 1, 'a', 3, NULL, 4, '[]', '[1]', '', '', '', 'alert', 1)`,
			`INSERT INTO event VALUES (1, 's', 1, '{"a":"''"}', NULL, '', '')`,
			`INSERT INTO decision VALUES (1, 'K8S', 'rule', 'keep', '', 1, 'a')`,
			`INSERT INTO frozen_month VALUES ('2026-10', 1, 'a')`,
			`INSERT INTO statement VALUES ('2026-10', 0, 'a', 'EUR', '{}')`,
			`INSERT INTO forgotten VALUES ('x', '2026-01')`,
			`INSERT INTO calendar_secret VALUES ('h', 'a', 1, NULL)`,
			`INSERT INTO notice VALUES (1, 'a', 'asked', 1, 5, NULL)`, `INSERT INTO link VALUES ('t', 2)`,
			`INSERT INTO journal VALUES (1, 1, 'a', 'b', '', '')`, `INSERT INTO meta VALUES ('kept', '99')`,
		} {
			if err := tx.exec(t.Context(), statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// textsOf writes the rows of a table.
func textsOf(t *testing.T, s *Store, table string) (texts []string) {
	t.Helper()
	tx, err := beginReading(s, t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	rows, err := tx.QueryContext(t.Context(), `SELECT * FROM `+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for n := range values {
			into[n] = &values[n]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, fmt.Sprintf("%#v", values))
	}
	return texts
}

// TestCopy: all that is kept goes into a server and back into a file, row by row, and nothing into a place that is not
// empty.
func TestCopy(t *testing.T) {
	dir := t.TempDir()
	file, server := openPlace(t, filepath.Join(dir, "a.db")), openPlace(t, pgtest.Database(t))
	back := openPlace(t, filepath.Join(dir, "b.db"))
	tables := tablesOf(t, file, `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
	if want := slices.Sorted(slices.Values(copiedTables)); !slices.Equal(tables, want) {
		t.Errorf("the tables are %v, copied are %v", tables, want)
	}
	fill(t, file)
	for _, way := range [][2]*Store{{file, server}, {server, back}} {
		if n, err := Copy(t.Context(), way[0], way[1]); err != nil || int(n) != len(copiedTables)+1 {
			t.Fatalf("%d rows: %v", n, err)
		}
	}
	for _, table := range copiedTables {
		if table == "meta" {
			continue
		}
		if a, b := textsOf(t, file, table), textsOf(t, back, table); !slices.Equal(a, b) || len(a) != 1 {
			t.Errorf("%s: %q, copied %q", table, a, b)
		}
	}
	if _, err := Copy(t.Context(), file, back); !errors.Is(err, ErrOccupied) {
		t.Errorf("a copy into what is filled: %v", err)
	}
}
