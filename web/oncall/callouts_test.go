package oncall_test

import (
	"strings"
	"testing"
	"time"

	"jerem/oncall/civil/civiltest"
)

// TestLengthOfCallouts: however the times of a call-out are set, one longer than a day has to be meant, and one longer
// than a week is none; the refusal tells how long it would be. One that still runs is as long as it is.
func TestLengthOfCallouts(t *testing.T) {
	const wrongMonth, threeDays = "it would last 769 hours", "it would last 72 hours, more than a day"
	for _, c := range []struct {
		name, path string
		body       fields
		status     int
		told       string
	}{
		{"by hand, a wrong month", "callouts", fields{"started": "2026-01-01T11:00", "ended": "2026-02-02T12:00"}, 400,
			wrongMonth},
		{"the same, meant", "callouts",
			fields{"started": "2026-01-01T11:00", "ended": "2026-02-02T12:00", "long": true},
			400, wrongMonth},
		{"by hand, three days", "callouts", fields{"started": "2026-01-25T12:00", "ended": "2026-01-28T12:00"}, 400,
			threeDays},
		{"the same, meant", "callouts",
			fields{"started": "2026-01-25T12:00", "ended": "2026-01-28T12:00", "long": true},
			201, ""},
		{"by hand, a day", "callouts", fields{"started": "2026-01-25T12:00", "ended": "2026-01-26T12:00"}, 201, ""},
		{"a week, meant", "callouts", fields{"started": "2026-01-25T12:00", "ended": "2026-02-01T12:00", "long": true},
			201, ""},
		{"times, a wrong month", "callouts/1/times", fields{"started": "2026-01-01T11:00", "ended": "2026-02-02T12:00"},
			400, wrongMonth},
		{"times, three days", "callouts/1/times", fields{"started": "2026-01-25T12:00", "ended": "2026-01-28T12:00"},
			400,
			threeDays},
		{"times, meant", "callouts/1/times", fields{"started": "2026-01-25T12:00", "ended": "2026-01-28T12:00",
			"long": true}, 200, ""},
		{"an end a day and a half later", "callouts/1/end", fields{"at": "2026-02-04T16:00"}, 400,
			"it would last 36 hours, more than a day"},
		{"the same, meant", "callouts/1/end", fields{"at": "2026-02-04T16:00", "long": true}, 200, ""},
		{"by hand, a wrong year", "callouts", fields{"started": "0206-01-25T12:00", "ended": "0206-01-25T13:00"}, 400,
			"it starts before the year 2000"},
		{"an issue is not long", "callouts/1/issue", fields{"issue": "K8S-1", "long": true}, 400,
			"long is not read here"},
	} {
		o := officeWithOneOfEach(t)
		o.now = o.now.AddDate(0, 0, 2)
		if c.path == "callouts" {
			c.body["team"] = "Kubernetes"
		}
		g := o.ask("ada", "POST", c.path, c.body)
		if g.status != c.status || !strings.Contains(g.body, c.told) {
			t.Errorf("%s: %d %s, want %d %q", c.name, g.status, g.body, c.status, c.told)
		}
	}
}

// TestEndOfWhatRuns: a call-out that was paged again and again for more than a day is over when its person says so.
func TestEndOfWhatRuns(t *testing.T) {
	o := officeWithOneOfEach(t)
	o.now = civiltest.Instant("2026-02-03T03:10Z")
	for range 32 {
		o.now = o.now.Add(50 * time.Minute)
		o.want(200, o.ask("ada", "POST", "callouts/1/acknowledge", nil), nil)
	}
	o.want(200, o.ask("ada", "POST", "callouts/1/end", nil), nil)
}

// TestEnteredTwice: a call-out that is entered again, by a program that tries again or a button pressed twice, is the
// one that stands there; what differs is another one.
func TestEnteredTwice(t *testing.T) {
	o := open(t, weeklyFile(t, "ada", "ben"), "2026-02-03T12:00Z")
	enter := func(who string, status int, more fields) any {
		t.Helper()
		body := fields{"team": "Kubernetes", "started": "2026-01-06T03:00", "ended": "2026-01-06T04:00"}
		for name, value := range more {
			body[name] = value
		}
		var row fields
		o.want(status, o.ask(who, "POST", "callouts", body), &row)
		return row["id"]
	}
	first := enter("ada", 201, nil)
	for _, again := range []any{enter("ada", 200, nil), enter("ada", 200, fields{"started": "2026-01-06T02:00:00Z"}),
		enter("operator", 200, fields{"person": "ada", "because": "correction"})} {
		if again != first {
			t.Errorf("the same call-out is %v and %v", first, again)
		}
	}
	enter("ada", 201, fields{"ended": "2026-01-06T04:01"})
	enter("ben", 201, nil)
	enter("ada", 201, fields{"started": "2026-01-06T02:59"})
	var rows []fields
	o.want(200, o.ask("operator", "GET", "callouts?from=2026-01-01", nil), &rows)
	if len(rows) != 4 {
		t.Errorf("there are %d call-outs, want 4", len(rows))
	}
}
