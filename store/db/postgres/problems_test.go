package postgres

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"jerem/problem"
	"jerem/store/db"
)

// expectTold holds an error to its kind, and to telling the place, a remedy and no password.
func expectTold(t *testing.T, what string, err error, code problem.Code, place, remedy string) {
	t.Helper()
	p := problem.From(err, "")
	if !problem.Is(err, code) || !strings.Contains(p.Message, "store postgres://") ||
		!strings.Contains(p.Message, place) ||
		!strings.Contains(p.Hint, remedy) || strings.Contains(err.Error(), "geheim") {
		t.Errorf("%s: %v, want %s of %s with %q", what, err, code, place, remedy)
	}
}

// TestTroublesOfTheServer: what goes wrong at the server while it is in use, or before, is told with the place, what it
// is and what to do.
func TestTroublesOfTheServer(t *testing.T) {
	t.Parallel()
	address := migrated.Database(t)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(u.Path, "/")
	change(t, address, `CREATE ROLE visitor_`+name+` LOGIN PASSWORD 'geheim'`)
	t.Cleanup(func() {
		d, err := connectServer(context.Background(), address)
		if err != nil {
			t.Fatal(err)
		}
		defer d.closePool()
		if _, err := d.admin.Exec(`DROP OWNED BY visitor_` + name + `; DROP ROLE visitor_` + name); err != nil {
			t.Error(err)
		}
	})
	u.User = url.UserPassword("visitor_"+name, "geheim")
	visitor := u.String()

	_, err = OpenRead(t.Context(), visitor)
	expectTold(t, "a role without rights", err, db.Unwritable, name, "GRANT")
	change(t, address, `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO visitor_`+name)
	d := open(t, visitor)
	if err := putZone(t.Context(), d, "UTC"); err != nil {
		t.Fatal(err)
	}
	change(t, address, `REVOKE UPDATE ON meta FROM visitor_`+name)
	expectTold(t, "a right that was lost", putZone(t.Context(), d, "Asia/Tokyo"), db.Unwritable, name, "GRANT")
	if d.Unwritten() == nil {
		t.Error("pages do not know that nothing can be written")
	}
	change(t, address, `GRANT UPDATE ON meta TO visitor_`+name)

	endConnections(t, address, `ALTER DATABASE `+name+` SET default_transaction_read_only = on`)
	expectTold(t, "a server that only reads", putZone(t.Context(), d, "Asia/Tokyo"), db.Unwritable, name, "standby")
	if zone := zoneOf(t, d); zone != "UTC" {
		t.Errorf("the zone is %q", zone)
	}
	endConnections(t, address, `BEGIN READ WRITE; ALTER DATABASE `+name+
		` RESET default_transaction_read_only; COMMIT`)

	endConnections(t, address, `ALTER DATABASE `+name+` CONNECTION LIMIT 0`)
	expectTold(t, "no connection is left", putZone(t.Context(), d, "Asia/Tokyo"), db.Unreachable, name,
		"CONNECTION LIMIT")
	endConnections(t, address, `ALTER DATABASE `+name+` CONNECTION LIMIT -1`)
	endConnections(t, address, `ALTER ROLE visitor_`+name+` CONNECTION LIMIT 0`)
	expectTold(t, "no connection is left to the role", putZone(t.Context(), d, "Asia/Tokyo"), db.Unreachable, name,
		"CONNECTION LIMIT of the role")
	endConnections(t, address, `ALTER ROLE visitor_`+name+` CONNECTION LIMIT -1`)
	if err := putZone(t.Context(), d, "Asia/Tokyo"); err != nil || zoneOf(t, d) != "Asia/Tokyo" ||
		d.Unwritten() != nil {
		t.Errorf("once all is well again: %v", err)
	}
}

// endConnections changes something of a database, and ends all connections to it: what was changed holds for new ones.
func endConnections(t *testing.T, address, statement string) {
	t.Helper()
	change(t, address, statement)
	change(t, address, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`)
}

// TestRemedies: each kind of error that a server tells has a remedy of its own.
func TestRemedies(t *testing.T) {
	t.Parallel()
	d := open(t, migrated.Database(t))
	for code, want := range map[string]struct {
		code   problem.Code
		remedy string
	}{
		"53100": {db.Full, "Make room"}, "53200": {db.Unreachable, "memory"},
		"53300": {db.Unreachable, "max_connections"}, "58030": {db.Unwritable, "disk and log"},
		"XX001": {db.Damaged, "backup"}, "XX002": {db.Damaged, "REINDEX"}, "25P03": {db.Locked, "try again"},
	} {
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `DO $$ BEGIN RAISE EXCEPTION 'it says so' USING ERRCODE = '`+code+`'; END $$`)
			return err
		})
		expectTold(t, code, err, want.code, "it says so", want.remedy)
	}
}
