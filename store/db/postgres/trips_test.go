package postgres

import (
	"context"
	"errors"
	"testing"

	"jerem/problem"
	"jerem/store/db"
	"jerem/store/db/postgres/pgtest"
)

// TestRoundTripsOfTransactions: what begins a transaction goes with its first statement, and what ends a write with its
// commit. What the trace tells is as many round trips as there are on the wire.
func TestRoundTripsOfTransactions(t *testing.T) {
	t.Parallel()
	url, trips := pgtest.CountTrips(t, migrated.Database(t))
	d := open(t, url)
	traced := 0
	d.SetTrace(func(string) { traced++ })
	zone := func(ctx context.Context, tx *db.Tx) error {
		var zone string
		return tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&zone)
	}
	set := func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE meta SET value = value || '.' WHERE name = 'zone'`)
		return err
	}
	nothing := func(context.Context, *db.Tx) error { return nil }
	both := func(ctx context.Context, tx *db.Tx) error { return errors.Join(zone(ctx, tx), set(ctx, tx)) }
	failing := func(ctx context.Context, tx *db.Tx) error { return errors.Join(set(ctx, tx), errors.New("no")) }
	for name, c := range map[string]struct {
		run   func(context.Context, func(context.Context, *db.Tx) error) error
		do    func(context.Context, *db.Tx) error
		trips int
		fails bool
	}{
		"a read of nothing":                 {d.Read, nothing, 0, false},
		"a read of one statement":           {d.Read, zone, 2, false},
		"a write of nothing":                {d.Write, nothing, 0, false},
		"a write that changes nothing":      {d.Write, zone, 2, false},
		"a write of one statement":          {d.Write, set, 2, false},
		"a write that reads first":          {d.Write, both, 3, false},
		"a write of which nothing may stay": {d.Write, failing, 2, true},
	} {
		if err := c.run(t.Context(), c.do); (err != nil) != c.fails {
			t.Fatalf("%s, the first time: %v", name, err) // statements are prepared
		}
		// The lease is renewed beside it now and then, so the least of a few times counts.
		wire, told := 1000, 0
		for range 3 {
			before, tracedBefore := trips.Count(), traced
			_ = c.run(t.Context(), c.do) // it was looked at above
			wire, told = min(wire, trips.Count()-before), traced-tracedBefore
		}
		if wire != c.trips || told != c.trips {
			t.Errorf("%s takes %d round trips, and the trace tells %d: want %d", name, wire, told, c.trips)
		}
	}
}

// TestConnectionsLostAtRest: connections that the server ended while nothing was asked cost neither a read nor a write.
func TestConnectionsLostAtRest(t *testing.T) {
	t.Parallel()
	url := migrated.Database(t)
	d := open(t, url)
	if err := putZone(t.Context(), d, "UTC"); err != nil {
		t.Fatal(err)
	}
	end := func() {
		change(t, url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	}
	end()
	if zone := zoneOf(t, d); zone != "UTC" {
		t.Errorf("the zone is %q", zone)
	}
	end()
	if err := putZone(t.Context(), d, "Europe/Paris"); err != nil || zoneOf(t, d) != "Europe/Paris" {
		t.Error(err)
	}
}

// TestFailedStatement: after a statement failed nothing of the transaction stays, whoever looks at the error.
func TestFailedStatement(t *testing.T) {
	t.Parallel()
	d := open(t, migrated.Database(t))
	for _, before := range []int{0, 1} {
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			for range before {
				if _, err := tx.Exec(ctx, `UPDATE meta SET value = 'UTC' WHERE name = 'zone'`); err != nil {
					return err
				}
			}
			_, failed := tx.Exec(ctx, `UPDATE meta SET value = CAST(1 / 0 AS text) WHERE name = 'zone'`)
			if failed == nil {
				t.Error("a division by zero is well")
			}
			_, _ = tx.Exec(ctx, `UPDATE meta SET value = 'Asia/Tokyo' WHERE name = 'zone'`) // nobody looks at it
			return nil
		})
		if err == nil || problem.Is(err, db.Unreachable) || zoneOf(t, d) != "" {
			t.Errorf("after %d statements: the zone is %q, %v", before, zoneOf(t, d), err)
		}
	}
}
