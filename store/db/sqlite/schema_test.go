package sqlite

import (
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/store/db"
)

// frozen holds the SHA-256 of each migration, in order. A migration that ran on somebody's file is never edited:
// the file would not get what was added. Append a line for a new one, change none.
var frozen = []string{
	"34344dc303188d24c46edf5884f08a1192f45947e75b6267db919aba2deb4e46",
	"ad335ba3cb42c943e933b38024f4509cb23267049de8f829ed4f10eec4b4a21e",
	"e1b08935df3d3766f334df73e8cef6b26214eb1cacd9d172a00144e3bbf562e6",
	"47ca97ba7f2895a44d094f48d77a829f119fc676a995405f105ae9bfce46c59c",
	"b58b66d09f6d42662b175b2576803c40b4ee58e4ee64ddcb33beacd03ccc2926",
	"102b24c9539ce6cdeeb43eb9ec8645e93a0246b207bf1920e7a688dd6b8f83b7",
	"838b811c97348f944bf0fcd8596f14c0b75f06ff833a4a8cefd1d24b0a271894",
	"3680e69ab09a948090e7e7f11920e37fa92de35a14658bc75dc1a577ccb14d9a",
	"d501e9e9d7cdc98c89eac0e6db8320d28ccd174c8c0ac3fad7c28236aa34c221",
	"75ff58a8c244f6c761d542f3fdfaca68ec9cb70d57591a283229644f4e71e176",
	"39398928f307cc1bd271d2af53ef636b322d165241e4fd98f01a7d5e7901197b",
	"316da021c5e07cf1f72c634f38122077251a80586d9aa528ab01762b77dc0fcd",
	"756ed8805b10a08405745da36628698f1826755f5e4291bcf3fe0e949431654d",
	"5a6d2814d08fdf25f1ba86a0b7d10f3f176ca30fc4a5315f7cc25a26d4140409",
	"7f2c5b32738632e0dc138848f78982a9198c07d3bdf59da7229e9b0f93563ff4",
	"bd15566bb13ddd0afce5c4fecbf88c856e481d5510a4000727b22420ea2b4593",
	"6c7c028889d94c822bf644a63d676540db4ce79eea7d1a6a62a4eb0b07a1610f",
	"1a429bbb8ba426985b3490a290c7b35073c7e12b48b05dd3c2db0a8a588714f6",
	"b8d07e63f2318bf4b017c91f40b94f2ee180c0c9162befbea40a3937f34cbb82",
	"4cbe6a4a7ca78930b5cb71e076c7dadfa1927413106870eed2adfcffa743f2fd",
	"755d4ddcd006cf38efb7cd4257ecb2b5fa71837bffae0c51bbfbb4023163db0f",
}

func TestFrozenMigrations(t *testing.T) {
	if len(frozen) > len(migrations) {
		t.Errorf("%d migrations were released and %d are left", len(frozen), len(migrations))
	}
	for n, text := range migrations {
		sum := fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
		switch {
		case n >= len(frozen):
			t.Errorf("version %d is new: append %q to frozen", n+1, sum)
		case frozen[n] != sum:
			t.Errorf("version %d was edited after it ran: take it back and add a version", n+1)
		}
	}
}

// The tables that versions 1 and 2 made in their second form, which was released too.
const (
	laterPosted = `CREATE TABLE posted (sink TEXT NOT NULL, team TEXT NOT NULL, series BLOB NOT NULL, ` +
		`PRIMARY KEY (sink, team));`
	laterFieldName = `CREATE TABLE field_name (id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (id, name)) ` +
		`WITHOUT ROWID;`
)

// TestUpgrade: a file of any version that was released, in either form, becomes what a new file is, and keeps
// what it holds.
func TestUpgrade(t *testing.T) {
	fresh, err := Open(t.Context(), filepath.Join(t.TempDir(), "fresh.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	want := schemaOf(t, fresh.write)
	for version := 1; version < len(migrations); version++ {
		if testing.Short() && version > 2 && version < len(migrations)-1 {
			continue
		}
		forms := []string{"", laterPosted}
		if version >= 2 {
			forms = append(forms, laterFieldName, laterPosted+laterFieldName)
		}
		if version >= 6 {
			forms = forms[:1] // brought together
		}
		for n, more := range forms {
			t.Run(fmt.Sprintf("version %d form %d", version, n), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "jerem.db")
				writeOlder(t, path, version, more)
				s, err := Open(t.Context(), path)
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
				if diff := cmp.Diff(want, schemaOf(t, s.write)); diff != "" {
					t.Errorf("(−new +upgraded):\n%s", diff)
				}
				checkOlderCopy(t, path, s.CopiedTo(), version)
				var id, documents int
				var events string
				err = s.read.QueryRow(
					`SELECT i.id, t.events, (SELECT count(*) FROM document) FROM issue i JOIN timeline t `+
						`ON t.issue = i.id`,
				).
					Scan(
						&id,
						&events,
						&documents,
					)
				if want := `[["key",1,0,"K-7"],["summary",1,0,"say \"é\"\n"]]`; err != nil || id != 7 ||
					documents != 1 ||
					events != want {
					t.Errorf("what it held: issue %d, %d documents, %s: %v", id, documents, events, err)
				}
			})
		}
	}
}

// checkOlderCopy holds the copy of a file that was migrated to what the file was.
func checkOlderCopy(t *testing.T, path, copied string, version int) {
	t.Helper()
	pool, err := sql.Open("sqlite", copied)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var stamp, id int
	err = errors.Join(pool.QueryRow(`PRAGMA user_version`).Scan(&stamp),
		pool.QueryRow(`SELECT id FROM issue`).Scan(&id))
	info, failed := os.Stat(copied)
	if err != nil || failed != nil || stamp != version || id != 7 ||
		copied != fmt.Sprintf("%s.form-%d", path, version) ||
		info.Mode().Perm() != 0o600 {
		t.Errorf("the copy %s is of version %d with issue %d: %v, %v", copied, stamp, id, err, failed)
	}
	if part, _ := filepath.Glob(path + "*.part"); len(part) > 0 {
		t.Errorf("%v stays", part)
	}
}

// writeOlder makes a file as an older jerem left it, with one issue.
func writeOlder(t *testing.T, path string, version int, more string) {
	t.Helper()
	pool, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	rows := `INSERT INTO issue (id, project, created, updated, broken, raw, raw_version)
			VALUES (7, '10', 1, 1, 0, 'x', 1);
		INSERT INTO event VALUES ('10', 7, 1, 'summary', 1, 0, 'say "é"' || char(10)),
			('10', 7, 0, 'key', 1, 0, 'K-7');`
	if version >= presentForm {
		rows = fmt.Sprintf(`PRAGMA application_id = %d;`, applicationID) + `
			INSERT INTO issue (id, project, created, updated, broken) VALUES (7, '10', 1, 1, 0);
			INSERT INTO document VALUES (7, 1, 'x');
			INSERT INTO timeline VALUES (7, '[["key",1,0,"K-7"],["summary",1,0,"say \"é\"\n"]]');`
	}
	script := strings.Join(migrations[:version], "") + more + fmt.Sprintf(`PRAGMA user_version = %d;`, version) + rows
	if _, err := pool.Exec(script); err != nil {
		t.Fatal(err)
	}
	if version >= 7 {
		writeOlderSums(t, path, version)
	}
}

// writeOlderSums writes the checksums of all rows, as a jerem that has them does.
func writeOlderSums(t *testing.T, path string, version int) {
	t.Helper()
	d, err := sumDriver()
	if err != nil {
		t.Fatal(err)
	}
	pool := sql.OpenDB(connector{driver: d, address: path})
	defer pool.Close()
	tx, err := pool.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	tables, err := olderTables(t.Context(), tx)
	if err != nil {
		t.Fatal(err)
	}
	var sums map[string]int64
	if version < presentForm {
		if sums, err = olderEventSums(t.Context(), db.NewTx(db.Prepared(tx), dialect, nil)); err != nil {
			t.Fatal(err)
		}
	}
	statements := []string{}
	for id, sum := range sums {
		statements = append(statements, fmt.Sprintf(`INSERT INTO row_sum VALUES ('events', '%s', %d)`, id, sum))
	}
	for _, p := range tables {
		statements = append(
			statements,
			fmt.Sprintf(`INSERT INTO row_sum SELECT '%s', %s, %s FROM "%s"`, p.Name, p.KeyOf(""), p.SumOf(""), p.Rows),
		)
	}
	for _, statement := range statements {
		if _, err := tx.Exec(statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// TestUpgradeTakesOutDamage: what does not match its checksum in a file of the last version goes before the file gets
// its new form and new checksums, and is read again.
func TestUpgradeTakesOutDamage(t *testing.T) {
	for _, damage := range []string{
		`UPDATE event SET value = 'K-8' WHERE field = 'key'`, `DELETE FROM event WHERE seq = 1`,
		`UPDATE issue SET updated = 2`,
		`UPDATE issue SET raw = 'y'`, `DELETE FROM issue`, `UPDATE event SET issue = 8`,
	} {
		path := filepath.Join(t.TempDir(), "jerem.db")
		writeOlder(t, path, 10, "")
		changeFile(t, path, damage)
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var again string
		var rows, noted int
		err = s.read.QueryRow(`SELECT (SELECT value FROM meta WHERE name = 'again'), (SELECT count(*) FROM damaged),
			(SELECT count(*) FROM issue) + (SELECT count(*) FROM timeline) + (SELECT count(*) FROM document)`).Scan(
			&again, &noted, &rows)
		if err != nil || !strings.Contains(" "+again+" ", " 7 ") || noted != 1 || rows != 0 {
			t.Errorf("%s: issues %q are read again, %d noted, %d rows stay: %v", damage, again, noted, rows, err)
		}
	}
}

// TestUpgradeKeepsChecksums: a file whose rows have their present form keeps its checksums, so that what does not match
// is found after the upgrade as before.
func TestUpgradeKeepsChecksums(t *testing.T) {
	for version := presentForm; version < len(migrations); version++ {
		if testing.Short() && version > presentForm && version < len(migrations)-1 {
			continue // files of the versions between are upgraded by the same steps
		}
		for damage, want := range map[string]string{
			`UPDATE document SET raw = 'y'`: "1 of document", `UPDATE issue SET updated = 2`: "1 of issue",
			`DELETE FROM issue`: "1 of issue",
			`INSERT INTO generation (team, value) VALUES ('K', 7)`: "1 of generation",
			`UPDATE issue SET id = 8`:                              "2 of issue", `SELECT 1`: "",
		} {
			checkUpgradeFinds(t, version, damage, want)
		}
	}
}

// checkUpgradeFinds damages a file of a version and looks what is found after it was upgraded.
func checkUpgradeFinds(t *testing.T, version int, damage, want string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jerem.db")
	writeOlder(t, path, version, "")
	changeFile(t, path, damage)
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	tx, err := s.read.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	found, err := db.CompareTables(t.Context(), db.NewTx(db.Prepared(tx), dialect, nil), s.Tables())
	if err != nil || found.String() != want {
		t.Errorf("from version %d after %s: %v, want %s: %v", version, damage, found, want, err)
	}
}

// TestUpgradeFindsTypes: the types that an issue ever had come out of its timelines, once each and in order, as the
// store writes them; timelines that cannot be read keep no file from its upgrade.
func TestUpgradeFindsTypes(t *testing.T) {
	for events, want := range map[string]string{
		`[["key",1,0,"K-7"],["type",1,0,"2"],["type",2,0,"10"],["type",3,0,"2"]]`: "10 2", `[["type"`: "", `[]`: "",
	} {
		path := filepath.Join(t.TempDir(), "jerem.db")
		writeOlder(t, path, 13, "")
		changeFile(t, path, `UPDATE timeline SET events = '`+events+`'`)
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var types string
		if err := s.read.QueryRow(`SELECT types FROM issue`).Scan(&types); err != nil || types != want {
			t.Errorf("%s: types %q, want %q: %v", events, types, want, err)
		}
	}
}

// TestUpgradeFindsEpicsByKey: a file of before joins issues to the epics that they name by key alone, without asking
// Jira, and what was posted of the teams is looked at again; one that names none is left as it was.
func TestUpgradeFindsEpicsByKey(t *testing.T) {
	const epic = `INSERT INTO timeline VALUES (8, '[["key",1,0,"Old-1"],["key",2,1,"NEW-1"],["parent",1,0,"5"],` +
		`["parent",2,0,"0"],["epiclink",1,0,""]]'); INSERT INTO timeline VALUES (9, '[["key"')`
	for _, c := range []struct {
		child, want string
		generation  int
	}{
		{`[["key",1,0,"K-7"],["parent",1,0,"0"],["epiclink",1,0,"old-1"]]`, "8 of 7, 2 keys, 1 links", 4},
		{`[["key",1,0,"K-7"],["parent",1,0,"0"],["epiclink",1,0,"8"]]`, "none of 7, 2 keys, 0 links", 3},
		{`[["key",1,0,"K-7"],["parent",1,0,"0"],["epiclink",1,0,""]]`, "none of 7, 3 keys, 0 links", 3},
		{`[["key",1,0,"K-7"],["parent",1,0,"9"],["epiclink",1,0,"new-1"],["epiclink",2,0,""]]`,
			"8 of 7, 2 keys, 1 links", 4},
	} {
		path := filepath.Join(t.TempDir(), "jerem.db")
		writeOlder(t, path, 15, "")
		changeFile(t, path, epic+`; UPDATE timeline SET events = '`+c.child+`' WHERE issue = 7;
			UPDATE meta SET value = '3' WHERE name = 'version';
			INSERT INTO generation (team, value, complete, rest, scope) VALUES ('K', 3, 3, 1, 1)`)
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var got string
		var value, complete, scope int
		err = s.read.QueryRow(`SELECT coalesce((SELECT group_concat(parent) FROM relation WHERE child = 7), 'none') ||
			' of 7, ' || (SELECT count(*) FROM epic_key) || ' keys, ' || (SELECT count(*) FROM epic_link) || ' links',
			value, complete, scope FROM generation`).Scan(&got, &value, &complete, &scope)
		if err != nil || got != c.want || value != c.generation || complete != value ||
			(scope == value) != (value > 3) {
			t.Errorf("%s: %s, want %s; generation %d, %d, %d, want %d: %v", c.child, got, c.want, value, complete,
				scope,
				c.generation, err)
		}
	}
}

// changeFile changes a file as another program would.
func changeFile(t *testing.T, path, statement string) {
	t.Helper()
	pool, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// schemaOf returns the statement that made each table and index.
func schemaOf(t *testing.T, pool *sql.DB) map[string]string {
	t.Helper()
	list, err := pool.Query(`SELECT name, coalesce(sql, '') FROM sqlite_schema`)
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	out := map[string]string{}
	for list.Next() {
		var name, text string
		if err := list.Scan(&name, &text); err != nil {
			t.Fatal(err)
		}
		out[name] = text
	}
	return out
}
