package oncall

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/oncall/roster"
	"jerem/problem"
	"jerem/store/db"
	"jerem/store/db/postgres/pgtest"
	"jerem/store/sidefile"
)

// frozen holds the SHA-256 of each migration for a file and for a database, in order. One that ran where somebody keeps
// on-call is never edited: what is to change is a new one, whose sums are added here.
var frozen = [][2]string{
	{"0fbe5e206740e9ceec46f168928a821a35bd3aa05d6aeb469a133f2091043f4f",
		"148d19d259db0d55bf3b34d770f2cd98f24f4f4ec3431f9a02c4d36d976ecafe"},
	{"016c2f5565b47aa0e737c440bb26f47dc0abed4771db262b0e2f96b69a48bd55",
		"016c2f5565b47aa0e737c440bb26f47dc0abed4771db262b0e2f96b69a48bd55"},
}

// TestMigrationsAreFrozen: no migration was edited, and none was taken out.
func TestMigrationsAreFrozen(t *testing.T) {
	files, servers := stepsWith(standing), stepsWith(postgresStanding)
	if len(frozen) > len(migrations) {
		t.Fatalf("%d migrations were released and %d are left", len(frozen), len(migrations))
	}
	for n := range migrations {
		sums := [2]string{fmt.Sprintf("%x", sha256.Sum256([]byte(files[n]))),
			fmt.Sprintf("%x", sha256.Sum256([]byte(servers[n])))}
		switch {
		case n >= len(frozen):
			t.Errorf("version %d is new: append %q to frozen", n+1, sums)
		case frozen[n] != sums:
			t.Errorf("version %d was edited: %q", n+1, sums)
		}
	}
}

// TestEventsOfAnOlderStore: what an older program set aside has its cause afterwards, is counted, and what lay ahead is
// tried again.
func TestEventsOfAnOlderStore(t *testing.T) {
	fill := func(t *testing.T, db *sql.DB, table string) {
		t.Helper()
		defer db.Close()
		if _, err := db.ExecContext(t.Context(),
			`INSERT INTO `+table+` (id, source, received, body, finished, why) VALUES
			(1, 'prod', 100, 'e30=', 101, '2099-01-06T02:00:00Z lies ahead: it is 2026-01-31T23:00:00Z'),
			(2, 'prod', 110, 'e30=', 111, 'no JSON'), (3, 'prod', 120, 'e30=', 121, ''),
			(4, 'prod', 130, 'e30=', NULL, '')`); err != nil {
			t.Fatal(err)
		}
	}
	check := func(t *testing.T, place string) {
		t.Helper()
		s := openPlace(t, place)
		aside, err := s.EventsSetAside(t.Context())
		if err != nil || !slices.Equal(aside, []roster.SetAside{{Source: "prod", Events: 2,
			Since: time.Unix(100, 0).UTC(), Why: "no JSON"}}) {
			t.Errorf("set aside are %+v, %v", aside, err)
		}
		ahead, err := s.EventsAhead(t.Context(), time.Unix(0, 0))
		if err != nil || len(ahead) != 1 || ahead[0].ID != 1 {
			t.Errorf("ahead lie %+v, %v", ahead, err)
		}
		again, err := s.EventsToRun(t.Context(), true)
		if err != nil || len(again) != 3 {
			t.Errorf("to run again are %+v, %v", again, err)
		}
	}
	t.Run("SQLite", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "jerem.oncall.db")
		db, err := sidefile.Open(t.Context(), path, sidefile.Form{ApplicationID: applicationID,
			Migrations: stepsWith(standing)[:1]})
		if err != nil {
			t.Fatal(err)
		}
		fill(t, db, "event")
		check(t, path)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		place := pgtest.Database(t)
		db, err := sql.Open("pgx", place)
		if err != nil {
			t.Fatal(err)
		}
		if err := prepareDatabase(t.Context(), db, stepsWith(postgresStanding)[:1]); err != nil {
			t.Fatal(err)
		}
		fill(t, db, "jerem_oncall.event")
		check(t, place)
	})
}

// TestFullDisk: that there is no room is told as that, with the file and what to do; once there is room all goes on.
func TestFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jerem.oncall.db")
	s := openPlace(t, path)
	s.db.SetMaxOpenConns(1)
	setPages := func(most int) {
		t.Helper()
		if _, err := s.db.ExecContext(t.Context(), fmt.Sprintf(`PRAGMA max_page_count = %d`, most)); err != nil {
			t.Fatal(err)
		}
	}
	add := func() error {
		_, err := s.AddEvent(t.Context(), roster.RawEvent{Source: "prod", Received: time.Unix(1, 0),
			Body: make([]byte, 1<<20)})
		return err
	}
	setPages(1)
	err := add()
	if !problem.Is(err, db.Full) || !strings.HasPrefix(err.Error(), path+": the disk is full (Make room; ") {
		t.Errorf("it is told %v", err)
	}
	setPages(1 << 20)
	if err := add(); err != nil {
		t.Error(err)
	}
}

// TestRefusalIsNoProblem: why a decision keeps nothing comes back as it was told.
func TestRefusalIsNoProblem(t *testing.T) {
	s, refused := openPlace(t, filepath.Join(t.TempDir(), "jerem.oncall.db")), errors.New("refused")
	err := s.Update(t.Context(), func(roster.State) (roster.Writes, error) { return roster.Writes{}, refused })
	if err != refused {
		t.Errorf("it is told %v", err)
	}
}

// TestReadByARoleThatMayNotWrite: in a database what is kept is read by a role that may do nothing else, and a schema
// that is not there is not made for it.
func TestReadByARoleThatMayNotWrite(t *testing.T) {
	place := pgtest.Database(t)
	if s, err := OpenRead(t.Context(), place); err == nil {
		s.Close()
		t.Error("what was never kept is read")
	}
	if exists, err := Exists(t.Context(), place); exists || err != nil {
		t.Errorf("it was made to be read, %v", err)
	}
	openPlace(t, place)
	owner, err := sql.Open("pgx", place)
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(place)
	if err != nil {
		t.Fatal(err)
	}
	role := "reader_of_" + strings.TrimPrefix(at.Path, "/")
	t.Cleanup(func() { // roles are of the server, which may be there for another run
		defer owner.Close()
		for _, statement := range []string{`DROP OWNED BY ` + role, `DROP ROLE ` + role} {
			if _, err := owner.ExecContext(context.Background(), statement); err != nil {
				t.Error(err)
			}
		}
	})
	for _, statement := range []string{`CREATE ROLE ` + role + ` LOGIN`,
		`GRANT USAGE ON SCHEMA jerem_oncall TO ` + role,
		`GRANT SELECT ON ALL TABLES IN SCHEMA jerem_oncall TO ` + role} {
		if _, err := owner.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	at.User = url.User(role)
	s, err := OpenRead(t.Context(), at.String())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.State(t.Context()); err != nil {
		t.Error(err)
	}
	_, err = s.AddEvent(t.Context(), roster.RawEvent{Source: "prod"})
	if !problem.Is(err, db.Unwritable) || !strings.HasPrefix(err.Error(), schemaName+": the role may not do that") {
		t.Errorf("that it may not write is told %v", err)
	}
}
