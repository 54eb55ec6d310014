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
// commit, with statements that may wait. What is counted is what is on the wire.
func TestRoundTripsOfTransactions(t *testing.T) {
	t.Parallel()
	url, trips := pgtest.CountTrips(t, migrated.Database(t))
	d := open(t, url)
	zone := func(ctx context.Context, tx *db.Tx) error {
		var zone string
		return tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&zone)
	}
	set := func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE meta SET value = value || '.' WHERE name = 'zone'`)
		return err
	}
	later := func(ctx context.Context, tx *db.Tx) error {
		return tx.ExecLater(ctx, `UPDATE meta SET value = value || '.' WHERE name = 'zone'`)
	}
	inVain := func(ctx context.Context, tx *db.Tx) error {
		return tx.ExecLater(ctx, `UPDATE meta SET value = '' WHERE name = 'zones'`)
	}
	after := func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(later(ctx, tx), set(ctx, tx), later(ctx, tx), inVain(ctx, tx))
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
		"a write of what may wait":          {d.Write, later, 2, false},
		"what may wait and changes nothing": {d.Write, inVain, 2, false},
		"a write with what may wait":        {d.Write, after, 2, false},
		"a write of which nothing may stay": {d.Write, failing, 2, true},
	} {
		if err := c.run(t.Context(), c.do); (err != nil) != c.fails {
			t.Fatalf("%s, the first time: %v", name, err) // statements are prepared
		}
		// The lease is renewed beside it now and then, so the least of a few times counts.
		wire, told := 1000, 0
		for range 3 {
			before, toldBefore := trips.Count(), d.RoundTrips()
			_ = c.run(t.Context(), c.do) // it was looked at above
			wire, told = min(wire, trips.Count()-before), int(d.RoundTrips()-toldBefore)
		}
		if wire != c.trips || told != c.trips {
			t.Errorf("%s takes %d round trips, and %d are counted: want %d", name, wire, told, c.trips)
		}
	}
}

// TestNoQueryIsCompiled: within a transaction the server compiles no query, and what others ask on its connection
// afterwards, as by way of a pooler, is left as it was.
func TestNoQueryIsCompiled(t *testing.T) {
	t.Parallel()
	d := open(t, migrated.Database(t))
	const ask = `SELECT current_setting('jit')`
	for name, run := range map[string]func(context.Context, func(context.Context, *db.Tx) error) error{
		"a read": d.Read, "a write": d.Write,
	} {
		var within, after string
		if err := run(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			return tx.QueryRow(ctx, ask).Scan(&within)
		}); err != nil {
			t.Fatal(err)
		}
		if err := d.admin.QueryRowContext(t.Context(), ask).Scan(&after); err != nil {
			t.Fatal(err)
		}
		if within != "off" || after != "on" {
			t.Errorf("jit is %s within %s, and %s after it", within, name, after)
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

// TestStatementsThatWait are executed in their order, and what fails among them fails the transaction.
func TestStatementsThatWait(t *testing.T) {
	t.Parallel()
	d := open(t, migrated.Database(t))
	add := func(ctx context.Context, tx *db.Tx, sign string) error {
		return tx.ExecLater(ctx, `UPDATE meta SET value = value || $1 WHERE name = 'zone'`, sign)
	}
	before, err := d.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		var zone string
		err := errors.Join(add(ctx, tx, "a"), add(ctx, tx, "\x00"),
			tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'zone'`).Scan(&zone), add(ctx, tx, "c"))
		if zone != "a\x00" {
			t.Errorf("what was asked behind them sees %q", zone)
		}
		return err
	})
	after, _ := d.Version(t.Context()) // it went well above
	if zone := zoneOf(t, d); err != nil || zone != "a\x00c" || after != before+1 {
		t.Errorf("the zone is %q, the version %d after %d: %v", zone, after, before, err)
	}
	for _, also := range []bool{false, true} {
		err := d.Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			if err := tx.ExecLater(ctx, `UPDATE meta SET value = CAST(1 / 0 AS text) WHERE name = 'zone'`); err != nil {
				return err
			}
			if also {
				return putZoneIn(ctx, tx, "UTC")
			}
			return nil
		})
		if err == nil || zoneOf(t, d) != "a\x00c" {
			t.Errorf("a statement that waited fails: %v, the zone is %q", err, zoneOf(t, d))
		}
	}
}
