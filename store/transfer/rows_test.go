package transfer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/store/db"
	"jerem/store/db/postgres"
	"jerem/store/db/postgres/pgtest"
)

// drawRows draws rows of a table that differ in each column, so that no key comes twice. Texts hold what a Jira may
// send and a database may take otherwise.
func drawRows(t *rapid.T, of table) (rows [][]any) {
	parts := rapid.SampledFrom([]string{"", "é", "\x00", "\x1a", "\x1a0", "'", `"`, `\`, "\n", "{}", "\U0001F600", "a"})
	for n := range rapid.IntRange(0, 4).Draw(t, of.name) {
		row := make([]any, len(of.columns))
		for c, column := range of.columns {
			switch column.kind {
			case number:
				from := []int64{1, 1 << 50, -1 << 50, 0} // none meets another one
				if column.name == "id" {
					from = from[:2] // which are positive
				}
				row[c] = rapid.SampledFrom(from).Draw(t, "number") + int64(10*n)
			case text:
				drawn := rapid.SliceOfN(parts, 0, 4).Draw(t, "text")
				row[c] = fmt.Sprintf("%d %s", n, strings.Join(drawn, ""))
			case bytes:
				row[c] = append(rapid.SliceOfN(rapid.Byte(), 0, 8).Draw(t, "bytes"), byte(n))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// rowsIn writes all rows of a database, in order.
func rowsIn(t *testing.T, d db.Database) (texts []string) {
	t.Helper()
	err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		for _, of := range tables {
			query := `SELECT ` + columnList(of) + ` FROM "` + of.name + `"`
			err := tx.Each(ctx, query, nil, func(scan db.Scan) error {
				row, _, err := readRow(scan, of.columns)
				if text := fmt.Sprintf("%s %q", of.name, row); of.name != "meta" ||
					!strings.Contains(text, `"version"`) &&
						!strings.Contains(text, `"schema"`) {
					texts = append(texts, text)
				}
				return err
			})
			if err != nil {
				return fmt.Errorf("%s: %w", of.name, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(texts)
	return texts
}

// drawTables draws rows of all tables, by name.
var drawTables = rapid.Custom(func(t *rapid.T) map[string][][]any {
	all := map[string][][]any{}
	for _, of := range tables {
		all[of.name] = drawRows(t, of)
	}
	return all
})

// insertRows adds rows to the tables of a database.
func insertRows(t *testing.T, d db.Database, all map[string][][]any) {
	t.Helper()
	err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		for _, of := range tables {
			insert := `INSERT INTO "` + of.name + `" (` + columnList(of) + `)`
			if _, err := tx.InsertRows(ctx, insert, ``, all[of.name]); err != nil {
				return fmt.Errorf("%s: %w", of.name, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func columnList(of table) string {
	var names []string
	for _, c := range of.columns {
		names = append(names, `"`+c.name+`"`)
	}
	return strings.Join(names, ", ")
}

// TestCopyKeepsAnyRow: whatever rows stand in whatever tables, they are the same in a server, and back in a file.
func TestCopyKeepsAnyRow(t *testing.T) {
	t.Parallel()
	file, back := openFile(t), openFile(t)
	server, err := postgres.Open(t.Context(), pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	for seed := range 8 {
		for _, d := range []db.Database{file, server, back} {
			emptyTables(t, d)
		}
		insertRows(t, file, drawTables.Example(seed))
		want := rowsIn(t, file)
		for _, way := range [][2]db.Database{{file, server}, {server, back}} {
			if _, err := Copy(t.Context(), way[0], way[1], func(context.Context) error { return nil }); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, rowsIn(t, way[1])); diff != "" {
				t.Fatalf("the copy at %s (-from +there):\n%s", way[1].Place(), diff)
			}
		}
	}
}

// emptyTables leaves a database as an empty one is.
func emptyTables(t *testing.T, d db.Database) {
	t.Helper()
	err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		for _, of := range tables {
			statement := `DELETE FROM "` + of.name + `"`
			if of.name == "meta" {
				statement += ` WHERE name NOT IN ('version', 'schema')`
			}
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
