package oncall_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/roster"
)

// officeOfFive is on-call of five people in weekly turns from 5 January on, with a call-out by night of ada in her
// first week, one of ben in his, and one of cleo in hers. It is 3 February.
func officeOfFive(t *testing.T, people ...string) *office {
	o := open(t, weeklyFile(t, people...), "2026-02-03T12:00Z")
	var w roster.Writes
	for i, started := range []string{"2026-01-06T02:00Z", "2026-01-13T02:00Z", "2026-01-20T02:00Z"} {
		at, id := civiltest.Instant(started), int64(i+1)
		w.Alerts = append(w.Alerts, intake.Alert{Alert: interruption.Alert{ID: id, Source: "prod", Rule: "DiskFull",
			Fingerprint: fmt.Sprint(id), Team: "Kubernetes", First: at, Last: at}})
		w.Callouts = append(w.Callouts, intake.Callout{ID: id, Team: "Kubernetes", Rota: "k8s", Level: 1,
			Person: people[i%len(people)], Started: at, Ended: civiltest.Instant(started).Add(10 * time.Minute),
			Alerts: []int64{id}, Origin: interruption.Presumed})
	}
	if err := o.store.Update(t.Context(), func(roster.State) (roster.Writes, error) { return w, nil }); err != nil {
		t.Fatal(err)
	}
	return o
}

// TestLoadOfFew: the starts out of hours and the time are told of whole months in which at least three people were on
// duty, and of nothing else, but to operators, who pays, and the one whose alone they are: what two spans differ by
// would be one person's too. Numbers that stand beside the days of call-outs are told of any days.
func TestLoadOfFew(t *testing.T) {
	five, two := []string{"ada", "ben", "cleo", "dan", "eve"}, []string{"ada", "ben"}
	for _, c := range []struct {
		people    []string
		span      string
		told      string // who is told both
		callouts  int
		toldHours string
		why       string // why others are not
	}{
		{five, "from=2026-01-06&to=2026-01-07", "ada operator pay", 1, "1 600", roster.WhyNoMonths},
		// ends in ada's turn
		{five, "from=2026-01-05&to=2026-01-12", "ada operator pay", 1, "1 600", roster.WhyNoMonths},
		{five, "from=2026-01-05&to=2026-01-19", "operator pay", 2, "2 1200", roster.WhyNoMonths},
		{five, "from=2026-01-05&to=2026-01-20", "operator pay", 2, "2 1200", roster.WhyNoMonths},
		{five, "from=2026-01-01&to=2026-01-31", "operator pay", 3, "3 1800", roster.WhyNoMonths},
		{five, "from=2026-01-01&to=2026-02-01", "viewer ada ben operator pay off", 3, "3 1800", ""},
		{five, "", "viewer ada ben operator pay off", 3, "3 1800", ""}, // whole months and the days of this one
		{five, "from=2026-01-13&to=2026-01-14", "ben operator pay", 1, "1 600", roster.WhyNoMonths},
		{two, "from=2026-01-01&to=2026-12-31", "operator pay", 3, "3 1800", roster.WhyUntold},
		{two, "", "operator pay", 3, "3 1800", roster.WhyUntold},
	} {
		o := officeOfFive(t, c.people...)
		for _, who := range []string{"viewer", "ada", "ben", "operator", "pay", "off"} {
			o.api.Off = who == "off"
			var got []fields
			o.want(200, o.ask(who, "GET", "rules?team=Kubernetes&"+c.span, nil), &got)
			row := got[0]
			if row["pages"] != float64(c.callouts) {
				t.Errorf("%s by %s: %v pages, want %d", c.span, who, row["pages"], c.callouts)
			}
			want := "<nil> <nil> " + c.why
			if isAmong(who, c.told) {
				want = c.toldHours + " <nil>"
			}
			if told := fmt.Sprint(row["out_of_hours"], " ", row["seconds"], " ", row["why"]); told != want {
				t.Errorf("%d people, %q by %s: %s, want %s", len(c.people), c.span, who, told, want)
			}
		}
	}
}

func isAmong(who, list string) bool { return slices.Contains(strings.Fields(list), who) }

// TestMonthsLeftOut: of months in which fewer than three people were on duty nothing is told, and the sum of the others
// says so.
func TestMonthsLeftOut(t *testing.T) {
	o := officeOfFive(t, "ada", "ben", "cleo", "dan", "eve")
	at := civiltest.Instant("2026-02-02T02:00Z") // February has had two people by now
	err := o.store.Update(t.Context(), func(roster.State) (roster.Writes, error) {
		return roster.Writes{Callouts: []intake.Callout{
			{ID: 9, Team: "Kubernetes", Rota: "k8s", Level: 1, Person: "dan",
				Started: at, Ended: at.Add(time.Hour), Alerts: []int64{1}, Origin: interruption.Presumed}}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for who, want := range map[string]string{"operator": "4 5400 <nil>",
		"viewer": "3 1800 " + roster.WhyPartly} {
		var got []fields
		o.want(200, o.ask(who, "GET", "rules?team=Kubernetes&from=2026-01-01", nil), &got)
		if told := fmt.Sprint(got[0]["out_of_hours"], " ", got[0]["seconds"], " ", got[0]["why"]); told != want {
			t.Errorf("%s: %s, want %s", who, told, want)
		}
	}
}

// TestToldTheDayAfter: of an alert and its call-out others learn nothing before the day is over, neither from the list
// of alerts nor by acting on the next number: what is not told does not exist.
func TestToldTheDayAfter(t *testing.T) {
	o := officeWithSources(t, "2026-01-06T02:01Z")
	count := func(who, query string) int {
		t.Helper()
		var rows []fields
		o.want(200, o.ask(who, "GET", "alerts?team=Kubernetes"+query, nil), &rows)
		return len(rows)
	}
	o.post("prod", hookSecret, diskFull)
	resolve := strings.Replace(strings.Replace(diskFull, "firing", "resolved", 1), `"fingerprint"`,
		`"endsAt": "2026-01-07T02:20:00Z", "fingerprint"`, 1)
	for _, c := range []struct {
		at, act                string
		others, open, resolved int // what a viewer and a colleague are told
		own                    string
		status                 int // of a colleague who acts
	}{
		{"2026-01-06T02:01Z", "acknowledge", 0, 0, 0, "open", 404},
		{"2026-01-06T22:59Z", "verdict", 0, 0, 0, "open", 404},
		{"2026-01-06T23:00Z", "end", 1, 1, 0, "open", 403}, // midnight in Paris
		{"2026-01-07T02:21Z", "times", 1, 1, 0, "resolved", 403},
		{"2026-01-07T23:00Z", "acknowledge", 1, 0, 1, "resolved", 403},
	} {
		o.now = civiltest.Instant(c.at)
		if c.at == "2026-01-07T02:21Z" {
			o.post("prod", hookSecret, resolve)
		}
		for _, who := range []string{"viewer", "ben"} {
			got := [3]int{count(who, ""), count(who, "&state=open"), count(who, "&state=resolved")}
			if got != [3]int{c.others, c.open, c.resolved} {
				t.Errorf("at %s %s is told of %v", c.at, who, got)
			}
		}
		for _, who := range []string{"ada", "operator"} {
			if count(who, "&state="+c.own) != 1 {
				t.Errorf("at %s %s is not told of the alert that is %s", c.at, who, c.own)
			}
		}
		body := map[string]fields{"verdict": {"verdict": "useful"},
			"times": {"started": "2026-01-06T03:00", "ended": "2026-01-06T03:10"}}[c.act]
		o.want(c.status, o.ask("ben", "POST", "callouts/1/"+c.act, body), nil)
		o.want(404, o.ask("ben", "POST", "callouts/2/"+c.act, body), nil)
	}
	o.want(200, o.ask("ada", "POST", "callouts/1/verdict", fields{"verdict": "useful"}), nil)
}
