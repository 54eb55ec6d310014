package postgres

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"jerem/problem"
	"jerem/store/db"
	"jerem/store/db/postgres/pgtest"
)

// frozen are the checksums of the migrations that were released.
var frozen = []string{
	"d2442425b77bbad060899a80c75f4808c365385dcbb13bcdeb0c298e85b8520b",
	"d53bf9f42efecb2e74c69e7f47fd0366e40bd1c09c52c6f0e193da8ea946d8fc",
	"ff02b974b7bcaa4da7407abfe245ca615f69decf348adeceb93132a4c5c7142b",
	"28bbf1a2beedea1eb72b7158fbf55d21e154807384eba81721d9125cf88294ca",
	"3c170bfc05d6fe7239b5af77bd14b1ab1448043655b73f5ea78d5b9befd2320b",
	"1bfc6347ecf5438637585b6497f081f62081d7ddc28b9b412b0767768ad3b40b",
	"2056d59018edbd5aff40ff7b1096006694f37159e75797d86c93a4bf9ef9cd4d",
	"75b008a26134136eeecc373b8e69396a2b27f974a2bee27f95fed20e509619dd",
}

// TestFrozenMigrations: a migration stays as it was when it was released.
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

// TestRefusedDatabases: what is not ours, what a newer version wrote and what cannot be reached is left as it is, and
// told with a remedy and without a password.
func TestRefusedDatabases(t *testing.T) {
	t.Parallel()
	empty, untrusted := pgtest.Database(t), untrustedServer(t)
	for name, c := range map[string]struct {
		prepare string
		change  func(*url.URL)
		code    problem.Code
		says    string
	}{
		"another program's": {`CREATE TABLE issue (id INTEGER)`, nil, db.NotAStore, "tables of another program"},
		"a newer version's": {`UPDATE meta SET value = '99' WHERE name = 'schema'`, nil, db.Newer, "a newer jerem"},
		"no such database": {``, func(u *url.URL) { u.Path = "/nowhere" }, db.Unreachable,
			"there is no such database"},
		"no such role": {``, func(u *url.URL) { u.User = url.UserPassword("nobody", "geheim") }, db.Unreachable,
			"refuses the login"},
		"no server": {``, func(u *url.URL) { u.Host = "127.0.0.1:1" }, db.Unreachable,
			"cannot be reached: connect: connection refused"},
		"no TLS": {``, func(u *url.URL) { u.RawQuery = "sslmode=require" }, db.Unreachable, "it takes no TLS"},
		"another's certificate": {``, func(u *url.URL) { u.Host, u.RawQuery = untrusted, "sslmode=verify-full" },
			db.Unreachable, "certificate"},
		"no schema": {``, func(u *url.URL) { u.RawQuery = "search_path=none" }, db.Unwritable,
			"no schema to create tables in"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			place, err := url.Parse(pgtest.Database(t))
			if err != nil {
				t.Fatal(err)
			}
			place.User = url.UserPassword("jerem", "geheim")
			if strings.HasPrefix(c.prepare, "UPDATE") {
				if err := open(t, place.String()).Close(); err != nil {
					t.Fatal(err)
				}
			}
			if c.prepare != "" {
				change(t, place.String(), c.prepare)
			}
			if c.change != nil {
				c.change(place)
			}
			for what, try := range map[string]func() error{
				"open": func() error { _, err := Open(t.Context(), place.String()); return err },
				"read": func() error { _, err := OpenRead(t.Context(), place.String()); return err },
			} {
				err := try()
				if what == "read" && name == "no schema" && problem.Is(err, db.Unwritable) {
					continue
				}
				p := problem.From(err, "")
				if !problem.Is(err, c.code) || !strings.Contains(p.Message, c.says) || p.Hint == "" ||
					strings.Contains(err.Error(), "geheim") {
					t.Errorf("%s: %v", what, err)
				}
			}
		})
	}
	if _, err := OpenRead(t.Context(), empty); !problem.Is(err, db.Empty) {
		t.Errorf("one that holds nothing yet is read: %v", err)
	}
	if found, err := Usable(t.Context(), empty); err != nil ||
		found != "tables will be made by jerem collect or serve" {
		t.Errorf("one that holds nothing yet is told as %q: %v", found, err)
	}
	if err := open(t, empty).Close(); err != nil {
		t.Fatal(err)
	}
	if found, err := Usable(t.Context(), empty); err != nil || found != "can be read and written" {
		t.Errorf("one that is there is told as %q: %v", found, err)
	}
}

// TestAddressesThatCannotBeRead tell why, and never the password.
func TestAddressesThatCannotBeRead(t *testing.T) {
	for _, address := range []string{
		"mysql://jerem:geheim@db.example/jerem", "postgres://jerem:geheim@db.example:port/jerem",
		"postgres://jerem:geheim@db.example/jerem?sslmode=perhaps", "postgres://jerem:geh%eim@db.example/jerem",
	} {
		_, err := Open(t.Context(), address)
		if err == nil || strings.Contains(err.Error(), "geh") || !problem.Is(err, db.Unreachable) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if place := Place("postgres://jerem:geheim@db.example/jerem?sslmode=disable"); place !=
		"postgres://jerem@db.example:5432/jerem" {
		t.Errorf("the place is named %s", place)
	}
}

// TestStoppedServer: a server that goes away is told as such, and what was written before is there when it is back.
func TestStoppedServer(t *testing.T) {
	t.Parallel()
	place := pgtest.Database(t)
	d := open(t, place)
	if err := putZone(t.Context(), d, "UTC"); err != nil {
		t.Fatal(err)
	}
	err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE meta SET value = 'Europe/Paris' WHERE name = 'zone'`); err != nil {
			return err
		}
		change(t, place, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		_, err := tx.Exec(ctx, `UPDATE meta SET value = 'Asia/Tokyo' WHERE name = 'zone'`)
		return err
	})
	if !problem.Is(err, db.Unreachable) || d.Unwritten() == nil {
		t.Errorf("a connection that was cut: %v", err)
	}
	if zone := zoneOf(t, d); zone != "UTC" {
		t.Errorf("a write that was cut off left %s", zone)
	}
	if err := putZone(t.Context(), d, "Asia/Tokyo"); err != nil || d.Unwritten() != nil {
		t.Errorf("the next write: %v", err)
	}
}

// TestUpgradeFindsEpicsByKey: a database of before joins issues to the epics that they name by key alone, and what was
// posted of the teams is looked at again; one that names none is left as it was.
func TestUpgradeFindsEpicsByKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		child, want string
	}{
		{`[["key",1,0,"K-7"],["parent",1,0,"0"],["epiclink",1,0,"old-1"]]`,
			"8 of 7, 2 keys, 1 links, generation 4 4 4"},
		{`[["key",1,0,"K-7"],["parent",1,0,"0"],["epiclink",1,0,"8"]]`, "none of 7, 2 keys, 0 links, generation 3 3 1"},
		{`[["key",1,0,"K-7"],["parent",1,0,"0"],["epiclink",1,0,""]]`, "none of 7, 3 keys, 0 links, generation 3 3 1"},
	} {
		place := pgtest.Database(t)
		change(t, place, migrations[0]+`INSERT INTO meta VALUES ('schema', '1');
			UPDATE meta SET value = '3' WHERE name = 'version';
			INSERT INTO generation (team, value, complete, rest, scope) VALUES ('K', 3, 3, 1, 1);
			INSERT INTO timeline VALUES (7, '`+c.child+`'), (8, '[["key",1,0,"Old-1"],["key",2,1,"NEW-1"],
				["parent",1,0,"5"],["parent",2,0,"0"],["epiclink",1,0,""]]');`)
		s := open(t, place)
		var got string
		err := s.admin.QueryRow(`SELECT coalesce((SELECT string_agg(CAST(parent AS text), ',') FROM relation
			WHERE child = 7), 'none') || ' of 7, ' || (SELECT count(*) FROM epic_key) || ' keys, ' ||
			(SELECT count(*) FROM epic_link) || ' links, generation ' || value || ' ' || complete || ' ' || scope
			FROM generation`).Scan(&got)
		if err != nil || got != c.want {
			t.Errorf("%s: %s, want %s: %v", c.child, got, c.want, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestUnreadableValues: a value that nobody of us wrote is told as such with a remedy, whoever finds it: the server in
// a statement, or we in what it answers.
func TestUnreadableValues(t *testing.T) {
	t.Parallel()
	d := open(t, migrated.Database(t))
	for _, query := range []string{`SELECT CAST('x' AS bigint)`, `SELECT 'x'`, `SELECT CAST(NULL AS bigint)`} {
		err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			var n int64
			return tx.QueryRow(ctx, query).Scan(&n)
		})
		if !problem.Is(err, db.Mismatch) || !strings.Contains(problem.From(err, "").Hint, "jerem rebuild") {
			t.Errorf("%s: %v", query, err)
		}
	}
	err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		var flag bool
		return tx.QueryRow(ctx, `SELECT CAST(NULL AS bigint)`).Scan(&flag)
	})
	if !problem.Is(err, db.Mismatch) {
		t.Errorf("a flag that is NULL: %v", err)
	}
}
