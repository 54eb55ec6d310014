package postgres

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"jerem/problem"
	"jerem/store/db"
)

// openShared opens a database as an instance for the time of a test.
func openShared(t *testing.T, url string, parts ...db.Part) *Database {
	t.Helper()
	d, err := OpenShared(t.Context(), url, parts, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// leads lists the parts of which work may begin.
func leads(d *Database, parts []db.Part) (led []db.Part) {
	for _, part := range parts {
		if _, end, ok := d.Sharing().Lead(context.Background(), part); ok {
			led = append(led, part)
			end()
		}
	}
	return led
}

// await waits until something is so.
func await(t *testing.T, what string, so func() bool) {
	t.Helper()
	for range 600 {
		if so() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("after half a minute still not: %s", what)
}

var fourParts = []db.Part{db.Reading, db.TeamPart("A"), db.TeamPart("B"), db.TeamPart("C")}

// TestPartsAreSharedOut: one instance leads all, a second one half of it, and after the first one ended the second one
// leads all. Each part is led by one at a time.
func TestPartsAreSharedOut(t *testing.T) {
	t.Parallel()
	url := migrated.Database(t)
	first := openShared(t, url, fourParts...)
	if led := leads(first, fourParts); !slices.Equal(led, fourParts) {
		t.Errorf("the only instance leads %v", led)
	}
	second := openShared(t, url, fourParts...)
	await(t, "two parts each", func() bool {
		a, b := leads(first, fourParts), leads(second, fourParts)
		for _, part := range a {
			if slices.Contains(b, part) {
				t.Fatalf("both lead the %s", part)
			}
		}
		return len(a) == 2 && len(b) == 2
	})
	if led := leads(first, fourParts); led[0] != db.Reading {
		t.Errorf("the reading went to another instance, and teams stayed: %v", led)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	await(t, "all by the second one", func() bool { return len(leads(second, fourParts)) == 4 })
	list, err := second.Sharing().Leases(t.Context())
	if err != nil || len(list) != 4 || !list[0].Here || list[0].Part != db.Reading || list[0].Epoch != 2 {
		t.Errorf("%+v, %v", list, err)
	}
}

// TestStaleLeader: what began under a lease that another instance took over writes nothing, whatever it believes, and
// is told to end; what begins anew under the lease that came back does.
func TestStaleLeader(t *testing.T) {
	t.Parallel()
	url := migrated.Database(t)
	d := openShared(t, url, db.Reading)
	began, end, ok := d.Sharing().Lead(t.Context(), db.Reading)
	defer end()
	if !ok || putZone(began, d, "UTC") != nil {
		t.Fatal("the only instance does not write")
	}
	change(t, url, `UPDATE lease SET epoch = epoch + 1, instance = 'another', holder = 'another',
		until = clock_timestamp() + interval '3 seconds' WHERE name = 'reading'`)
	if err := putZone(began, d, "Europe/Paris"); !problem.Is(err, db.Superseded) {
		t.Errorf("a stale leader writes: %v", err)
	}
	if err := putZone(context.WithoutCancel(began), d, "Europe/Paris"); !problem.Is(err, db.Superseded) ||
		zoneOf(t, d) != "UTC" {
		t.Errorf("a stale leader that looks at nothing writes: %v", err)
	}
	if err := putZone(t.Context(), d, "Europe/Paris"); err == nil {
		t.Error("something writes without a lease")
	}
	await(t, "the work is told to end", func() bool { return began.Err() != nil })
	await(t, "the lease comes back", func() bool { return len(leads(d, []db.Part{db.Reading})) == 1 })
	again, endAgain, _ := d.Sharing().Lead(t.Context(), db.Reading)
	defer endAgain()
	if err := putZone(again, d, "Asia/Tokyo"); err != nil || zoneOf(t, d) != "Asia/Tokyo" {
		t.Errorf("what began anew does not write: %v", err)
	}
	if err := putZone(context.WithoutCancel(began), d, "Europe/Paris"); !problem.Is(err, db.Superseded) {
		t.Errorf("what began before writes under the lease that came back: %v", err)
	}
}

// TestAloneAndShared: a command that works alone is refused while an instance is live, and keeps instances out.
func TestAloneAndShared(t *testing.T) {
	t.Parallel()
	url := migrated.Database(t)
	d := openShared(t, url, db.Reading)
	if _, err := Open(t.Context(), url); !problem.Is(err, db.Locked) {
		t.Errorf("a command beside an instance: %v", err)
	}
	began, end, _ := d.Sharing().Lead(t.Context(), db.Reading)
	defer end()
	change(t, url, `UPDATE instance SET until = '-infinity'`) // it is held up
	alone, err := Open(t.Context(), url)
	if problem.Is(err, db.Locked) {
		t.Skip("it was renewed in that very moment")
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := putZone(context.WithoutCancel(began), d, "UTC"); !problem.Is(err, db.Superseded) {
		t.Errorf("an instance that was held up writes beside a command: %v", err)
	}
	if _, err := OpenShared(t.Context(), url, nil, time.Now); !problem.Is(err, db.Locked) {
		t.Errorf("an instance beside a command: %v", err)
	}
	if err := alone.Close(); err != nil {
		t.Fatal(err)
	}
	await(t, "the instance goes on", func() bool { return len(leads(d, []db.Part{db.Reading})) == 1 })
}

// TestNews: an instance hears that a reading of another one ended, and of hints, at once.
func TestNews(t *testing.T) {
	t.Parallel()
	url := migrated.Database(t)
	parts := []db.Part{db.Reading}
	reader := openShared(t, url, parts...)
	other := openShared(t, url, parts...)
	reading, end, _ := reader.Sharing().Lead(t.Context(), db.Reading)
	defer end()
	settled, changed := other.Sharing().Settled(), other.Sharing().Changed()
	for n := range 3 {
		err := reader.Write(reading, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO team VALUES ($1, '', '', 0, 1, 0, '', 0, '')`, fmt.Sprint("K", n))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := reader.Sharing().TellSettled(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-changed
	await(t, "the reading is known", func() bool { return other.Sharing().Settled() != settled })
	changed = reader.Sharing().Changed()
	if err := other.Sharing().AddHint(t.Context(), `{"issues":[7]}`); err != nil {
		t.Fatal(err)
	}
	<-changed
	if hints, err := reader.Sharing().TakeHints(t.Context()); err != nil ||
		!slices.Equal(hints, []string{`{"issues":[7]}`}) {
		t.Errorf("the hints are %v: %v", hints, err)
	}
	if hints, err := reader.Sharing().TakeHints(t.Context()); err != nil || len(hints) != 0 {
		t.Errorf("the hints come twice: %v, %v", hints, err)
	}
}
