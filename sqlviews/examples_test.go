package sqlviews

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"jerem/store/db/postgres/pgtest"
	"jerem/store/places"
	"jerem/store/storetest"
	"jerem/store/viewrows"
)

// exampleRows are the rows of a team with whole amounts beside fractions, and with an impediment of two natures that
// stands in two sprints which overlap.
var exampleRows = []viewrows.Row{
	rowOf(kindSprint, "101", `{"id":101,"name":"S1","state":"closed","start":"2026-10-01T08:00:00Z","completed":7,
		"ledger":{"commitment":8},"impediments":{"seconds":1201},"quality":{"grade":"complete"}}`),
	rowOf(kindSprint, "102", `{"id":102,"name":"S2","state":"closed","start":"2026-10-02T08:00:00Z","completed":19,
		"ledger":{"commitment":14},"impediments":{"seconds":1201},"quality":{"grade":"complete"}}`),
	rowOf(kindSprint, "103", `{"id":103,"name":"S3","state":"closed","start":"2026-10-15T08:00:00Z","completed":1,
		"ledger":{"commitment":8},"impediments":{"seconds":null},"quality":{"grade":"complete"}}`),
	rowOf(kindSprint, "104", `{"id":104,"name":"S4","state":"active","start":"2026-10-29T08:00:00Z","completed":0.5,
		"ledger":{"commitment":0},"impediments":{"seconds":600},"quality":{"grade":"complete"}}`),
	rowOf(kindEvent, "104", `[{"time":"2026-10-29T08:00:00Z","issue":"K-1","kind":"commit","delta":3,"remaining":3},
		{"time":"2026-10-30T08:00:00Z","issue":"K-2","kind":"add","delta":5,"remaining":8}]`),
	rowOf(kindImpediment, "101", `[{"key":"K-13","natures":["incident","support"],"seconds":1201}]`),
	rowOf(kindImpediment, "102", `[{"key":"K-13","natures":["incident","support"],"seconds":1201}]`),
	rowOf(kindImpediment, "104", `[{"key":"K-14","natures":["support"],"seconds":600}]`),
}

func rowOf(kind, key, body string) viewrows.Row {
	return viewrows.Row{Key: viewrows.Key{Kind: kind, Key: key}, Digest: "x", Body: body}
}

// wantOfExamples is what each example of the document finds in the example rows.
var wantOfExamples = [][]string{
	{"S1 8.000 7.000 88.000 complete", "S2 14.000 19.000 136.000 complete", "S3 8.000 1.000 13.000 complete"},
	{"2026-10-30T08:00:00Z K-2 5.000"},
	{"Kubernetes S1 0.334", "Kubernetes S2 0.334", "Kubernetes S3 unknown", "Kubernetes S4 0.167"},
	byNature, byNature,
}

var byNature = []string{"Kubernetes 101 incident 0.167", "Kubernetes 101 support 0.167",
	"Kubernetes 102 incident 0.167", "Kubernetes 102 support 0.167", "Kubernetes 104 support 0.167"}

// fillStore opens a store for the first time, writes the example rows and opens it as a reader in SQL does.
func fillStore(t *testing.T, driver, place string) *sql.DB {
	t.Helper()
	s, err := places.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ViewRows.Put(t.Context(), "Kubernetes", exampleRows, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open(driver, place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// openFile opens a file with the example rows.
func openFile(t *testing.T) *sql.DB {
	return fillStore(t, "sqlite", storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
}

// findRows asks a query and writes the rows with three digits of each number.
func findRows(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	list, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer list.Close()
	columns, err := list.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for list.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for n := range values {
			into[n] = &values[n]
		}
		if err := list.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var row []string
		for n, v := range values {
			row = append(row, textOf(columns[n], v))
		}
		rows = append(rows, strings.Join(row, " "))
	}
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

// textOf writes a value in one way, however a driver hands it over: a numeric of PostgreSQL comes as text.
func textOf(column string, v any) string {
	text := fmt.Sprint(v)
	if moment, ok := v.(time.Time); ok {
		return moment.UTC().Format(time.RFC3339)
	}
	if v == nil {
		return "unknown"
	}
	if number, err := strconv.ParseFloat(text, 64); err == nil && column != "sprint_id" {
		return fmt.Sprintf("%.3f", number)
	}
	return text
}

// statement is an example of the document.
type statement struct {
	query string
	only  string // the driver of the one database that it is for; "" for both
}

// readExamples returns the statements of docs/sql.md.
func readExamples(t *testing.T) (list []statement) {
	t.Helper()
	text, err := os.ReadFile("../docs/sql.md")
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(text), "```")
	for n := 1; n < len(parts); n += 2 {
		code, isSQL := strings.CutPrefix(parts[n], "sql\n")
		if !isSQL {
			continue
		}
		lines := strings.Split(strings.TrimSpace(parts[n-1]), "\n")
		one := statement{query: strings.TrimSpace(code)}
		switch told := lines[len(lines)-1]; {
		case strings.HasSuffix(told, "n PostgreSQL:"):
			one.only = "pgx"
		case strings.HasSuffix(told, "n SQLite:"):
			one.only = "sqlite"
		}
		list = append(list, one)
	}
	return list
}

// TestExamplesOfDocument: what docs/sql.md shows finds the right figures, the same ones in a file and in a server.
func TestExamplesOfDocument(t *testing.T) {
	examples := readExamples(t)
	if len(examples) != len(wantOfExamples) {
		t.Fatalf("%d examples, %d are known", len(examples), len(wantOfExamples))
	}
	check := func(t *testing.T, driver string, db *sql.DB) {
		for n, example := range examples {
			if example.only != "" && example.only != driver {
				continue
			}
			if diff := cmp.Diff(wantOfExamples[n], findRows(t, db, example.query)); diff != "" {
				t.Errorf("%s (-want +found):\n%s", example.query, diff)
			}
		}
	}
	t.Run("file", func(t *testing.T) { check(t, "sqlite", openFile(t)) })
	t.Run("server", func(t *testing.T) { check(t, "pgx", fillStore(t, "pgx", pgtest.Database(t))) })
}

// amountColumns are the columns of amounts of each view.
var amountColumns = map[string][]string{
	"jerem_sprint": {"commitment", "added", "removed", "reestimated", "ledger_completed", "reopened", "remaining",
		"completed", "completed_outside", "scope", "kept", "todo", "doing", "done"},
	"jerem_sprint_event": {"delta", "remaining"},
	"jerem_epic":         {"total", "done", "doing", "todo"},
	"jerem_series":       {"value"},
}

// TestAmountsAreReal: a column of amounts has one type in a file, whole ones too.
func TestAmountsAreReal(t *testing.T) {
	const whole = `{"estimate":3}`
	db := openFile(t)
	writeRow := func(kind, body string) {
		t.Helper()
		_, err := db.ExecContext(t.Context(), `INSERT INTO view_row VALUES ('All', $1, '1', 'x', $2)`, kind, body)
		if err != nil {
			t.Fatal(err)
		}
	}
	writeRow(kindSprint, `{"completed":1,"completed_outside":2,"scope":3,"kept":4,"todo":`+whole+`,"doing":`+whole+
		`,"done":`+whole+`,"ledger":{"commitment":1,"added":2,"removed":3,"reestimated":4,"completed":5,"reopened":6,
		"remaining":7}}`)
	writeRow(kindEvent, `[{"delta":1,"remaining":2}]`)
	writeRow(kindEpic, `[{"total":10,"done":3,"doing":3,"todo":4}]`)
	writeRow(kindSeries, `{"class":"c","labels":{},"points":[[1,5]]}`)
	for view, columns := range amountColumns {
		for _, column := range columns {
			types := findRows(t, db, `SELECT DISTINCT typeof(`+column+`) FROM `+view+
				` WHERE team = 'All' AND `+column+` IS NOT NULL`)
			if !slices.Equal(types, []string{"real"}) {
				t.Errorf("%s.%s is %v", view, column, types)
			}
		}
	}
}
