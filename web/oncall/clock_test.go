package oncall_test

import (
	"testing"
	"time"

	"jerem/oncall/civil/civiltest"
)

// TestWrongClock: on the word of a clock that jumped nothing is dropped, expires or is closed, however often the
// program starts with it, by a sweep or by what somebody does meanwhile; once it is right all of it stands as before.
func TestWrongClock(t *testing.T) {
	o := officeWithPay(t, "2026-02-03T12:00Z")
	o.api.Roster.File.Keep.Statements, o.api.Roster.File.Keep.Events = 5*365*24*time.Hour, 30*24*time.Hour
	o.want(200, o.ask("pay", "POST", "statements/2026-01/freeze", nil), nil)
	o.want(201, o.ask("ada", "POST", "changes", fields{"kind": "cover", "rota": "k8s",
		"start": "2026-02-16T09:00:00+01:00", "end": "2026-02-17T09:00:00+01:00", "to": "ben"}), nil)
	o.keepElapsed()
	before := o.ask("pay", "GET", "statements/2026-01", nil)
	for _, wrong := range []string{"2036-06-15T10:00Z", "2036-06-17T10:00Z", "2020-01-01T00:00Z", "2099-01-01T00:00Z"} {
		o.now = civiltest.Instant(wrong)
		if dropped := o.runFor(2 * time.Hour); dropped.Statements+dropped.Events != 0 {
			t.Errorf("at %s it dropped %+v", wrong, dropped)
		}
		o.want(201, o.ask("ada", "POST", "absences", fields{"from": "2026-03-01", "to": "2026-03-02"}), nil)
	}
	rota := &o.api.Roster.File.Rotas[0] // what is added to the file while the clock is wrong has not begun
	version := rota.Versions[0]
	version.From = civiltest.Date("2027-01-04")
	rota.Versions = append(rota.Versions, version)
	o.runFor(2 * time.Hour)
	o.now = civiltest.Instant("2026-02-03T13:00Z")
	o.keepElapsed()
	if after := o.ask("pay", "GET", "statements/2026-01", nil); after.status != 200 || after.body != before.body {
		t.Errorf("the statements were\n%s and are\n%d %s", before.body, after.status, after.body)
	}
	state, err := o.store.State(t.Context())
	if err != nil || len(state.Kept.Rotas[0].Versions) != 1 || state.Clock.IsDoubted() {
		t.Errorf("kept: %+v, clock %+v, %v", state.Kept.Rotas, state.Clock, err)
	}
	o.want(200, o.ask("ben", "POST", "changes/1/accept", nil), nil)
}

// TestClockIsBelieved: a clock that lies far from what was kept is believed once it was told for a day of running,
// also over restarts; what stands still does not count.
func TestClockIsBelieved(t *testing.T) {
	o := officeWithPay(t, "2026-02-03T12:00Z")
	o.api.Roster.File.Keep.Statements = 365 * 24 * time.Hour
	o.want(200, o.ask("pay", "POST", "statements/2026-01/freeze", nil), nil)
	o.now = civiltest.Instant("2028-02-03T12:00Z")
	for day := range 3 {
		if dropped := o.runFor(7 * time.Hour); dropped.Statements != 0 {
			t.Fatalf("day %d: it dropped %+v", day, dropped)
		}
		o.now = o.now.Add(16 * time.Hour)
	}
	if dropped := o.runFor(8 * time.Hour); dropped.Statements == 0 {
		t.Error("after a day of running the clock is doubted still")
	}
	o.want(404, o.ask("pay", "GET", "statements/2026-01", nil), nil)
}
