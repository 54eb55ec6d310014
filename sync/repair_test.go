package sync

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // another program that writes into the file

	"jerem/measure"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestEditedStore: whatever value another program changes in the file, before the next reading a history is refused
// or tells the figures of before, and after it the figures are those of before.
func TestEditedStore(t *testing.T) {
	testrun.SkipInShort(t)
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	want := synctest.Export(t, r.collect(t, conf))
	db := openFile(t, r.path)
	random := rand.New(rand.NewPCG(7, 7))
	tables := columnsOf(t, db)
	edits := 80
	if testing.Short() { // one edit is like the other; the full suite has more of them
		edits = 3
	}
	for n := range edits {
		statement := randomEdit(t, db, random, tables)
		if h, err := r.reader.Store.Teams.History(t.Context(), conf); err == nil {
			if got := synctest.Export(t, measure.Of(h)); got != want && !doubted(t, r) {
				t.Errorf(
					"%d: %s: other figures, and nothing tells it\n%s",
					n,
					statement,
					synctest.FirstDifference(got, want),
				)
			}
		}
		if _, err := r.reader.Collect(t.Context(), false); err != nil {
			t.Fatalf("%d: %s: %v", n, statement, err)
		}
		if got := known(t, r, conf); got != want {
			t.Fatalf("%d: %s: after a reading\n%s", n, statement, synctest.FirstDifference(got, want))
		}
	}
}

// TestEditedChecksums: a checksum whose key was damaged, in a form that is no text too, is taken out with the next
// reading, of whatever table it is.
func TestEditedChecksums(t *testing.T) {
	testrun.SkipInShort(t)
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	want := synctest.Export(t, r.collect(t, conf))
	db := openFile(t, r.path)
	var parts string
	if err := db.QueryRow(`SELECT group_concat(DISTINCT part) FROM row_sum`).Scan(&parts); err != nil {
		t.Fatal(err)
	}
	for _, part := range synctest.Sample(strings.Split(parts, ",")) {
		for _, key := range synctest.Sample([]string{`x'00'`, `'another'`}) {
			_, err := db.Exec(`UPDATE row_sum SET key = `+key+
				` WHERE part = $1 AND key = (SELECT max(key) FROM row_sum WHERE part = $1)`, part)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := r.reader.Collect(t.Context(), false); err != nil {
				t.Fatal(err)
			}
			h, err := r.reader.Store.Teams.History(t.Context(), conf)
			if err != nil {
				t.Errorf("%s, a key of %s: %v", part, key, err)
			} else if got := synctest.Export(t, measure.Of(h)); got != want {
				t.Errorf("%s, a key of %s: other figures\n%s", part, key, synctest.FirstDifference(got, want))
			}
		}
	}
}

// openFile opens the file of a store as another program does.
func openFile(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// doubted tells whether the next reading will look.
func doubted(t *testing.T, r *rig) bool {
	t.Helper()
	doubtful, err := r.reader.Store.Repair.Doubtful(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return doubtful
}

// columnsOf lists the columns of each table that holds something.
func columnsOf(t *testing.T, db *sql.DB) map[string][]string {
	t.Helper()
	list, err := db.Query(`SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND c.name <> 'id' ORDER BY 1, c.cid`)
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	out := map[string][]string{}
	for list.Next() {
		var table, column string
		if err := list.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		out[table] = append(out[table], column)
	}
	return out
}

// randomEdit changes a value, or deletes a row, somewhere.
func randomEdit(t *testing.T, db *sql.DB, random *rand.Rand, tables map[string][]string) string {
	t.Helper()
	var names []string
	for name := range tables {
		names = append(names, name)
	}
	for {
		table := names[random.IntN(len(names))]
		column := tables[table][random.IntN(len(tables[table]))]
		values := []string{
			`"%[1]s" + 1`,
			`"%[1]s" || '1'`,
			`'1e999'`,
			`''`,
			`x'00'`,
			`substr("%[1]s", 1, length("%[1]s") / 2)`,
		}
		value := strings.ReplaceAll(values[random.IntN(len(values))], "%[1]s", column)
		statement := fmt.Sprintf(`UPDATE OR REPLACE "%s" SET "%s" = %s`, table, column, value)
		if random.IntN(5) == 0 {
			statement = fmt.Sprintf(`DELETE FROM "%s"`, table)
		}
		// A row at random, by all of its values.
		var all []string
		for _, c := range tables[table] {
			all = append(all, `quote("`+c+`")`)
		}
		row := strings.Join(all, " || ")
		statement += fmt.Sprintf(` WHERE %[1]s = (SELECT %[1]s FROM "%[2]s" ORDER BY random() LIMIT 1)`, row, table)
		result, err := db.Exec(statement)
		if err != nil {
			continue // a form that the schema refuses
		}
		if n, err := result.RowsAffected(); err == nil && n > 0 {
			return statement
		}
	}
}

// TestRebuildOfDamage: without Jira what can be derived is derived again; what cannot is told, and the figures are
// refused until Jira was read.
func TestRebuildOfDamage(t *testing.T) {
	testrun.SkipInShort(t)
	for statement, derivable := range map[string]bool{
		`UPDATE timeline SET events = replace(events, ',0,"5"]', ',0,"7"]')`: true,
		`UPDATE timeline SET events = 'yesterday'`:                           true,
		`DELETE FROM timeline WHERE issue % 3 = 0`:                           true,
		`DELETE FROM link`:                                           true,
		`UPDATE worklog SET seconds = seconds + 1`:                   false,
		`UPDATE document SET raw = substr(raw, 1, length(raw) / 2)`:  false,
		`UPDATE document SET raw = x'00', version = 'none'`:          false,
		`UPDATE status SET category = 'new' WHERE category = 'done'`: false,
	} {
		if testing.Short() && !strings.Contains(statement, " link") && !strings.Contains(statement, " worklog ") {
			continue
		}
		t.Run(statement, func(t *testing.T) {
			t.Parallel()
			conf := synctest.Team("K8S", 0)
			r := newRig(t, synctest.DemoSite(t), conf)
			want := synctest.Export(t, r.collect(t, conf))
			here := r.reader.Jira
			away := httptest.NewServer(nil)
			away.Close()
			r.reader.Jira = synctest.NewClient(t, away.URL)
			db := openFile(t, r.path)
			if _, err := db.Exec(statement); err != nil {
				t.Fatal(err)
			}
			_, _, err := r.reader.Rebuild(t.Context())
			if (err == nil) != derivable || err != nil && strings.Contains(err.Error(), "sql") {
				t.Errorf("rebuilt: %v", err)
			}
			if h, err := r.reader.Store.Teams.History(t.Context(), conf); err == nil &&
				synctest.Export(t, measure.Of(h)) != want {
				t.Error("other figures")
			} else if err != nil && derivable {
				t.Error(err)
			}
			r.reader.Jira = here
			if got := synctest.Export(t, r.collect(t, conf)); got != want {
				t.Error(synctest.FirstDifference(got, want))
			}
		})
	}
}
