package oncall_test

import (
	"strings"
	"testing"
	"time"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/pay"
)

// officeWithPay is on-call of three whose weeks are paid.
func officeWithPay(t testing.TB, now string) *office {
	file := weeklyFile(t, "ada", "ben", "cleo")
	file.People[0].Payroll = "10042"
	file.Policies = []pay.Policy{{From: civiltest.Date("2026-01-01"), Currency: "EUR", Flat: map[int]int64{1: 15000},
		Callout: map[pay.Band]int64{pay.BandNight: 6000, pay.BandWeekend: 6000}, Merge: time.Hour}}
	return open(t, file, now)
}

// TestStatementShape: a statement of one's own, in the shape of the contract, with the lines in their order.
func TestStatementShape(t *testing.T) {
	o := officeWithPay(t, "2026-02-03T12:00Z")
	o.want(201, o.ask("ada", "POST", "callouts", fields{"team": "Kubernetes", "started": "2026-01-06T03:00",
		"ended": "2026-01-06T04:00"}), nil)
	const want = `[{"person":"ada","currency":"EUR","payroll":"10042","state":"draft","lines":[` +
		`{"date":"2026-01-05","kind":"flat","about":null,"rota":"k8s","level":1,"seconds":604800,"cents":15000,` +
		`"policy":"2026-01-01","origin":null},` +
		`{"date":"2026-01-06","kind":"callout","about":null,"rota":"k8s","level":1,"seconds":3600,"cents":6000,` +
		`"policy":"2026-01-01","origin":"hand"},` +
		`{"date":"2026-01-26","kind":"flat","about":null,"rota":"k8s","level":1,"seconds":486000,"cents":12054,` +
		`"policy":"2026-01-01","origin":null}],"cents":33054}]`
	if got := o.ask("ada", "GET", "statements/2026-01", nil); strings.TrimSpace(got.body) != want {
		t.Errorf("got\n%s want\n%s", got.body, want)
	}
	for path, status := range map[string]int{"statements/2026-1": 400, "statements/2026-13": 400, "statements/x": 400} {
		o.want(status, o.ask("ada", "GET", path, nil), nil)
	}
	o.want(409, o.ask("pay", "POST", "statements/2026-02/freeze", nil), nil)
}

// TestFrozenMonthStands: a month that was frozen is answered byte for byte after a thousand later events about it; what
// they come to stands in the next month, as one line.
func TestFrozenMonthStands(t *testing.T) {
	o := officeWithPay(t, "2026-02-03T12:00Z")
	frozen := o.ask("pay", "POST", "statements/2026-01/freeze", nil)
	o.want(200, frozen, nil)
	events := 1000
	if testing.Short() {
		events = 100
	}
	for i := range events {
		day := civiltest.Instant("2026-01-06T02:00Z").Add(time.Duration(i) * 18 * time.Minute).Format(time.RFC3339)
		end := civiltest.Instant("2026-01-06T02:10Z").Add(time.Duration(i) * 18 * time.Minute).Format(time.RFC3339)
		if i%2 == 0 {
			o.want(201, o.ask("operator", "POST", "callouts", fields{"team": "Kubernetes", "person": "cleo",
				"started": day, "ended": end, "because": "correction"}), nil)
			continue
		}
		o.want(201, o.ask("operator", "POST", "changes", fields{"kind": "take", "rota": "k8s", "start": day, "end": end,
			"to": "cleo", "reason": "correction"}), nil)
	}
	if got := o.ask("pay", "GET", "statements/2026-01", nil); got.body != frozen.body {
		t.Errorf("frozen as\n%s, it is\n%s", frozen.body, got.body)
	}
	var rows []struct {
		Person *string
		Lines  []struct {
			Kind, Date string
			About      *string
			Cents      int
		}
	}
	o.want(200, o.ask("pay", "GET", "statements/2026-02", nil), &rows)
	adjusted := 0
	for _, row := range rows {
		for _, line := range row.Lines {
			if line.Kind == "adjustment" {
				adjusted++
				if *line.About != "2026-01" || line.Date != "2026-02-01" {
					t.Errorf("%v: %+v", textOf(row.Person), line)
				}
			}
		}
	}
	if adjusted < 2 || adjusted > 4 {
		t.Errorf("%d adjustments, want one of each person that is concerned", adjusted)
	}
	o.want(409, o.ask("ada", "POST", "callouts", fields{"team": "Kubernetes", "started": "2026-01-07T03:00",
		"ended": "2026-01-07T04:00"}), nil)
}

// TestOldStatementsGo: frozen statements go as a whole when they were kept long enough, and are never adjusted or
// frozen anew.
func TestOldStatementsGo(t *testing.T) {
	o := officeWithPay(t, "2026-03-03T12:00Z")
	for _, month := range []string{"2026-01", "2026-02"} {
		o.want(200, o.ask("pay", "POST", "statements/"+month+"/freeze", nil), nil)
	}
	o.api.Roster.File.Keep.Statements = 365 * 24 * time.Hour
	o.now = civiltest.Instant("2027-02-03T12:00Z")
	o.runFor(25 * time.Hour)
	if got := o.ask("pay", "GET", "statements/2026-01", nil); got.status != 404 ||
		!strings.Contains(got.body, "kept long enough and are gone") {
		t.Errorf("January is %d %s", got.status, got.body)
	}
	if got := o.ask("pay", "GET", "statements/2026-02", nil); !strings.Contains(got.body, `"state":"frozen"`) {
		t.Errorf("February is %s", got.body)
	}
	if got := o.ask("pay", "GET", "statements/2026-03", nil); strings.Contains(got.body, "adjustment") {
		t.Errorf("March is %s", got.body)
	}
	o.want(409, o.ask("pay", "POST", "statements/2026-01/freeze", nil), nil)
	o.want(200, o.ask("pay", "POST", "statements/2026-03/freeze", nil), nil)

	// Once all of them are gone the next month still follows the last frozen one, and adjusts nothing.
	o.now = civiltest.Instant("2029-02-03T12:00Z")
	o.runFor(25 * time.Hour)
	o.want(409, o.ask("pay", "POST", "statements/2026-07/freeze", nil), nil)
	if got := o.ask("pay", "GET", "statements/2026-04", nil); strings.Contains(got.body, "adjustment") {
		t.Errorf("April is %s", got.body)
	}
	o.want(200, o.ask("pay", "POST", "statements/2026-04/freeze", nil), nil)
}
