package postgres

import (
	"context"
	"strings"
	"testing"
	"time"

	"jerem/problem"
	"jerem/store/db"
	"jerem/store/db/postgres/pgtest"
)

// migrated is a database with the tables of the present version.
var migrated = pgtest.NewTemplate(func(ctx context.Context, url string) error {
	d, err := openMigrated(ctx, url)
	if err != nil {
		return err
	}
	d.closePool()
	return nil
})

// open opens a database for the time of a test.
func open(t *testing.T, url string) *Database {
	t.Helper()
	d, err := Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// change executes a statement beside everybody.
func change(t *testing.T, url, statement string) {
	t.Helper()
	d, err := connectServer(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer d.closePool()
	if _, err := d.admin.ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// overtake gives the lease to another process, and lapse ends that of whoever has it, as if its process had said
// nothing for long.
const (
	overtake = `UPDATE lease SET epoch = epoch + 1, holder = 'another', until = clock_timestamp() + interval '1 minute'
		WHERE name = 'writer'`
	lapse = `UPDATE lease SET until = clock_timestamp() - interval '1 second'`
)

// putZone writes something.
func putZone(ctx context.Context, d *Database, zone string) error {
	return d.Write(ctx, func(ctx context.Context, tx *db.Tx) error { return putZoneIn(ctx, tx, zone) })
}

func putZoneIn(ctx context.Context, tx *db.Tx, zone string) error {
	_, err := tx.Exec(ctx, `UPDATE meta SET value = $1 WHERE name = 'zone'`, zone)
	return err
}

func zoneOf(t *testing.T, d *Database) (zone string) {
	t.Helper()
	err := d.Read(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&zone)
	})
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// TestOneWriter: a second process is refused while the first one lives, and told who it is; it may once that one ends.
func TestOneWriter(t *testing.T) {
	t.Parallel()
	url := migrated.Database(t)
	first := open(t, url)
	_, err := Open(t.Context(), url)
	if !problem.Is(err, db.Locked) || !strings.HasPrefix(problem.From(err, "").Message, "store "+first.place+
		": another jerem writes it: process ") {
		t.Errorf("a second one: %v", err)
	}
	beside, err := OpenRead(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	if err := putZone(t.Context(), beside, "UTC"); !problem.Is(err, db.Unwritable) {
		t.Errorf("one that only reads writes: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := open(t, url)
	if err := putZone(t.Context(), second, "UTC"); err != nil || zoneOf(t, beside) != "UTC" {
		t.Errorf("after the first one ended: %v", err)
	}
}

// TestKilledWriter: the lease of a process that was killed is waited for, and taken over by the clock of the server.
func TestKilledWriter(t *testing.T) {
	t.Parallel()
	url := migrated.Database(t)
	if err := open(t, url).Close(); err != nil {
		t.Fatal(err)
	}
	change(t, url, `UPDATE lease SET epoch = 7, holder = 'killed', until = clock_timestamp() + interval '1 second'
		WHERE name = 'writer'`)
	d := open(t, url)
	if epoch := d.alone.Fence().Epoch; epoch != 8 {
		t.Errorf("the epoch is %d, not 8", epoch)
	}
	if err := putZone(t.Context(), d, "UTC"); err != nil {
		t.Error(err)
	}
}

// TestPausedWriter: a process that was held up while another one took over writes nothing, whatever it believes; once
// that one ended it may go on.
func TestPausedWriter(t *testing.T) {
	t.Parallel()
	url := migrated.Database(t)
	paused := open(t, url)
	if err := putZone(t.Context(), paused, "UTC"); err != nil {
		t.Fatal(err)
	}
	change(t, url, overtake)
	if err := putZone(t.Context(), paused, "Europe/Paris"); !problem.Is(err, db.Locked) {
		t.Errorf("a process that was held up writes: %v", err)
	}
	if zone := zoneOf(t, paused); zone != "UTC" || paused.Unwritten() == nil {
		t.Errorf("the zone is %s, and nothing is told of it: %v", zone, paused.Unwritten())
	}
	change(t, url, lapse)
	if err := putZone(t.Context(), paused, "Europe/Paris"); err != nil || zoneOf(t, paused) != "Europe/Paris" {
		t.Errorf("after the other one ended: %v", err)
	}
	if epoch := paused.alone.Fence().Epoch; paused.Unwritten() != nil || epoch != 3 {
		t.Errorf("epoch %d, want 3, %v", epoch, paused.Unwritten())
	}
}

// TestWriterIsNotOvertaken: nobody takes the lease over in the middle of a write, however long it lasts.
func TestWriterIsNotOvertaken(t *testing.T) {
	t.Parallel()
	url := migrated.Database(t)
	d := open(t, url)
	change(t, url, lapse)
	soon, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE meta SET value = 'UTC' WHERE name = 'zone'`); err != nil {
			return err
		}
		if _, err := Open(soon, url); err == nil {
			t.Error("taken over in the middle of a write")
		}
		if _, err := OpenShared(soon, url, nil, time.Now); err == nil {
			t.Error("shared in the middle of a write")
		}
		return nil
	})
	if err != nil || zoneOf(t, d) != "UTC" {
		t.Error(err)
	}
}
