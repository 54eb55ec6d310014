package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
)

var (
	pager = plan.Source{Name: "pager", Kind: plan.Generic, Team: "Kubernetes"}
	prod  = plan.Source{Name: "prod", Kind: plan.Alertmanager, Label: "team"}
)

func newBook(t interface{ Fatal(...any) }) *intake.Book {
	schedules, people := oncalltest.Crew(t)
	f := plan.File{Teams: []plan.Team{{Name: "Kubernetes"}, {Name: "Metal"}},
		Logins: map[string]string{"ada@example.org": "ada"}}
	for _, p := range people {
		f.People = append(f.People, p)
	}
	return &intake.Book{Now: civiltest.Instant("2026-02-01T00:00+01:00"), Schedules: schedules, File: f}
}

// post enters a body and returns the reasons of what was set aside.
func post(b *intake.Book, source plan.Source, body string) []string {
	parsed := intake.Parse(source, []byte(body))
	reasons := parsed.Faults
	for _, e := range parsed.Events {
		if reason := b.Enter(source, e); reason != "" {
			reasons = append(reasons, reason)
		}
	}
	return reasons
}

// page is a body of the generic kind; the minute is after 03:00 in Paris on 6 January 2026, in ada's week.
func page(id, state string, minute int, person string) string {
	at := civiltest.Instant("2026-01-06T03:00+01:00").Add(time.Duration(minute) * time.Minute)
	return fmt.Sprintf(`{"id": %q, "state": %q, "rule": "DiskFull", "at": %q, "person": %q}`, id, state,
		at.Format(time.RFC3339), person)
}

// group is a body of Alertmanager; each alert is FINGERPRINT STATUS START END, the times seconds after 03:00.
func group(alerts ...string) string {
	start := civiltest.Instant("2026-01-06T03:00+01:00")
	var out []string
	for _, a := range alerts {
		var fingerprint, status string
		var from, to int
		if _, err := fmt.Sscan(a, &fingerprint, &status, &from, &to); err != nil {
			panic(err)
		}
		ends := start.Add(time.Duration(to) * time.Second)
		if status == "firing" {
			ends = time.Time{}
		}
		out = append(out, fmt.Sprintf(`{"status": %q, "labels": {"alertname": "DiskFull", "team": "Kubernetes",
			"service": "etcd", "severity": "critical"}, "startsAt": %q, "endsAt": %q, "fingerprint": %q}`, status,
			start.Add(time.Duration(from)*time.Second).Format(time.RFC3339Nano), ends.Format(time.RFC3339Nano),
			fingerprint))
	}
	return `{"version": "4", "status": "firing", "alerts": [` + strings.Join(out, ",") + `]}`
}

// told writes alerts and call-outs as a reader would, in seconds after 03:00.
func told(b *intake.Book) []string {
	zero := civiltest.Instant("2026-01-06T03:00+01:00")
	second := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return fmt.Sprint(int(t.Sub(zero).Seconds()))
	}
	var out []string
	for _, a := range b.Alerts {
		out = append(out, fmt.Sprintf("alert %d of %s %s: %s to %s, acknowledged %s, last %s, events %d", a.ID,
			a.Source,
			a.Fingerprint, second(a.First), second(a.Resolved), second(a.Acknowledged), second(a.Last), len(a.Events)))
	}
	for _, c := range b.Callouts {
		touches := make([]string, len(c.Touches))
		for i, t := range c.Touches {
			touches[i] = second(t)
		}
		out = append(out, fmt.Sprintf("call-out %d of %s %s %d %s: %s, acknowledged %s, alerts %v, touches %v, %s %v",
			c.ID, c.Team, c.Rota, c.Level, c.Person, second(c.Started), second(c.Acknowledged), c.Alerts, touches,
			c.Origin, c.Confirmed))
	}
	return out
}

func want(t *testing.T, b *intake.Book, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, told(b)); diff != "" {
		t.Errorf("alerts and call-outs (-want +got):\n%s", diff)
	}
}

// TestGenericEvents: pages, clicks, an end, a second alert of the same name, and what comes twice.
func TestGenericEvents(t *testing.T) {
	b := newBook(t)
	for _, body := range []string{
		page("d1", "firing", 0, "ada@example.org"), page("d1", "firing", 0, "ada@example.org"),
		page("d1", "firing", 10, "ben"), page("d1", "firing", 15, "ada"), page("d1", "acknowledged", 20, "ada"),
		page("d1", "acknowledged", 21, ""), page("d1", "resolved", 30, "ada"), page("d1", "resolved", 30, "ada"),
		page("d1", "firing", 30, "ada"), page("d1", "firing", 200, "ada"),
	} {
		if reasons := post(b, pager, body); reasons != nil {
			t.Errorf("%s: %v", body, reasons)
		}
	}
	want(t, b,
		"alert 1 of pager d1: 0 to 1800, acknowledged 1200, last 1800, events 6",
		"alert 2 of pager d1: 1800 to -, acknowledged -, last 12000, events 2",
		"call-out 1 of Kubernetes k8s 1 ada: 0, acknowledged 1200, alerts [1], touches [0 900 1200], source true",
		"call-out 2 of Kubernetes  0 ben: 600, acknowledged -, alerts [1], touches [600], source false",
		"call-out 3 of Kubernetes k8s 1 ada: 1800, acknowledged -, alerts [2], touches [1800], source false",
		"call-out 4 of Kubernetes k8s 1 ada: 12000, acknowledged -, alerts [2], touches [12000], source false")
	if len(b.ChangedAlerts()) != 2 || len(b.ChangedCallouts()) != 4 {
		t.Errorf("%d alerts and %d call-outs changed", len(b.ChangedAlerts()), len(b.ChangedCallouts()))
	}
}

// TestPresumed: where nobody is named the one on duty is presumed, once for alerts of one minute, and confirmed by
// acknowledging; a team that pages itself and a time of nobody's presume none.
func TestPresumed(t *testing.T) {
	b := newBook(t)
	if reasons := post(b, prod, group("b firing 59 0", "a firing 0 0", "c firing 60 0")); reasons != nil {
		t.Error(reasons)
	}
	post(b, pager, page("d", "firing", 10, ""))
	post(b, pager, page("d", "acknowledged", 12, "ada"))
	want(t, b,
		"alert 1 of prod a: 0 to -, acknowledged -, last 0, events 1",
		"alert 2 of prod b: 59 to -, acknowledged -, last 59, events 1",
		"alert 3 of prod c: 60 to -, acknowledged -, last 60, events 1",
		"alert 4 of pager d: 600 to -, acknowledged 720, last 720, events 2",
		"call-out 1 of Kubernetes k8s 1 ada: 0, acknowledged -, alerts [1 2], touches [0 59], presumed false",
		"call-out 2 of Kubernetes k8s 1 ada: 60, acknowledged -, alerts [3], touches [60], presumed false",
		"call-out 3 of Kubernetes k8s 1 ada: 600, acknowledged 720, alerts [4], touches [600 720], presumed true")
	for _, team := range []string{"Kubernetes", "Metal"} {
		b := newBook(t)
		b.Paging = map[string]bool{"Kubernetes": true}
		source := pager
		source.Team = team
		if post(b, source, page("d", "firing", 0, "")); len(b.Callouts) != 0 || len(b.Alerts) != 1 {
			t.Errorf("%s: %v", team, told(b))
		}
	}
}

// TestResolvedFirst: firing and resolved of Alertmanager come to the same in any order, and once resolved an alert
// stays so; a new start is a new alert.
func TestResolvedFirst(t *testing.T) {
	for _, bodies := range [][]string{
		{group("a resolved 0 300"), group("a firing 0 0")},
		{group("a firing 0 0"), group("a resolved 0 300")},
		{group("a firing 0 0"), group("a resolved 0 300", "a firing 0 0"), group("a resolved 0 300")},
	} {
		b := newBook(t)
		for _, body := range bodies {
			post(b, prod, body)
		}
		want(t, b,
			"alert 1 of prod a: 0 to 300, acknowledged -, last 300, events 2",
			"call-out 1 of Kubernetes k8s 1 ada: 0, acknowledged -, alerts [1], touches [0], presumed false")
		post(b, prod, group("a resolved 0 900", "a firing 400 0"))
		if got := told(b); len(b.Alerts) != 2 || !strings.HasPrefix(got[0], "alert 1 of prod a: 0 to 300,") ||
			!strings.HasPrefix(got[1], "alert 2 of prod a: 400 to -,") {
			t.Errorf("a later end or a new start: %q", got)
		}
	}
}

// TestSetAside: what cannot be understood is set aside with its reason, and nothing else of the body is lost.
func TestSetAside(t *testing.T) {
	long := strings.Repeat("x", 201)
	for _, c := range []struct {
		source     plan.Source
		body, want string
	}{
		{pager, `{"id": "a"`, "the body is not JSON"},
		{pager, `[]`, "the body is array, which it must not be"},
		{pager, `{"id": 1}`, "id is number, which it must not be"},
		{pager, "{\"id\": \"\xff\"}", "the body is not UTF-8"},
		{pager, `{}`, "id is missing"},
		{pager, `{"id": "a", "state": "open"}`, "state is none of firing, acknowledged, resolved"},
		{pager, `{"id": "a", "state": "firing"}`, "rule is missing"},
		{pager, `{"id": "a", "state": "firing", "rule": "` + long + `"}`, "rule is longer than 200 letters"},
		{pager, `{"id": "a", "state": "firing", "rule": "r\u0007"}`, "rule holds a control character"},
		{pager, `{"id": "a", "state": "firing", "rule": "r"}`, "at is missing"},
		{pager, `{"id": "a", "state": "firing", "rule": "r", "at": "now"}`,
			"at is not a time such as 2026-03-01T04:05:06Z"},
		{pager, `{"id": "a", "state": "firing", "rule": "r", "at": "0001-01-01T00:00:00Z"}`,
			"at is not between the years 2000 and 2200"},
		{pager, page("a", "resolved", 0, ""), "no alert of this id was open when it was resolved"},
		{pager, page("a", "firing", 0, "zoe"), "person is nobody of on-call"},
		{pager, strings.Replace(page("a", "firing", 0, ""), "{", `{"team": "Data",`, 1),
			`"Data" is no team of the file`},
		{prod, `{"version": "3"}`, `version is "3"; only "4" of Alertmanager and "1" of Grafana are known`},
		{prod, `{"version": "1"}`, `version is "1"; only "4" of Alertmanager and "1" of Grafana are known`},
		{prod, strings.Replace(group("a firing 0 0"), `"team": "Kubernetes"`, `"team": ["Kubernetes"]`, 1),
			"alerts[0]: labels.team is array, which it must not be"},
		{prod, `{"version": "4"}`, "alerts is empty"},
		{prod, group("a pending 0 0"), "alerts[0]: status is neither firing nor resolved"},
		{prod, strings.Replace(group("a firing 0 0"), `"team"`, `"owner"`, 1),
			"alerts[0]: the label team, which names the team, is missing"},
		{prod, strings.Replace(group("a firing 0 0"), `"alertname"`, `"name"`, 1),
			"alerts[0]: labels.alertname is missing"},
		{pager, strings.Replace(page("a", "firing", 0, ""), "2026-01-06", "2099-01-06", 1),
			"2099-01-06T02:00:00Z lies ahead: it is 2026-01-31T23:00:00Z; set the clock of the source right"},
		{pager, strings.Replace(page("a", "resolved", 0, ""), "2026-01-06", "2026-02-06", 1),
			"2026-02-06T02:00:00Z lies ahead: it is 2026-01-31T23:00:00Z; set the clock of the source right"},
		{prod, strings.Replace(group("a firing 0 0"), `"startsAt": "2026`, `"startsAt": "2099`, 1),
			"2099-01-06T02:00:00Z lies ahead: it is 2026-01-31T23:00:00Z; set the clock of the source right"},
		{prod, strings.Replace(group("a resolved 0 60"), `"endsAt": "2026`, `"endsAt": "2027`, 1),
			"2027-01-06T02:01:00Z lies ahead: it is 2026-01-31T23:00:00Z; set the clock of the source right"},
		{plan.Source{Kind: "pagerduty"}, `{}`, `sources of kind "pagerduty" are not read`},
	} {
		b := newBook(t)
		if got := post(b, c.source, c.body); len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %q, want %q", c.body, got, c.want)
		}
		if len(b.Alerts)+len(b.Callouts)+len(b.ChangedAlerts()) != 0 {
			t.Errorf("%s: set aside, and yet %q", c.body, told(b))
		}
	}
	for _, malformed := range [][2]string{
		{`"startsAt": "2026`, `"startsAt": "20 26`}, {`"alertname": "DiskFull"`, `"alertname": 5`},
		{`"labels": {`, `"labels": 7, "rest": {`}, {`"startsAt": "`, `"startsAt": 5, "rest": "`},
		{`[{`, `["text", {`}, {`[{`, `[null, {`}, {`{"version"`, `{"truncatedAlerts": "3", "version"`},
	} {
		b := newBook(t)
		body := strings.Replace(group("a firing 0 0", "b firing 0 0"), malformed[0], malformed[1], 1)
		if got := post(b, prod, body); len(got) != 1 || len(b.Alerts) == 0 {
			t.Errorf("a part is malformed, %s: %q, %d alerts", malformed[1], got, len(b.Alerts))
		}
	}
	truncated := strings.Replace(group("a firing 0 0"), "{", `{"truncatedAlerts": 7,`, 1)
	if parsed := intake.Parse(prod, []byte(truncated)); parsed.Truncated != 7 {
		t.Errorf("truncated are %d", parsed.Truncated)
	}
}

// TestGrafana: its alerting posts the same under a version of its own, and alerts may have labels that are no texts.
func TestGrafana(t *testing.T) {
	b := newBook(t)
	body := strings.Replace(group("a firing 0 0"), `{"version": "4"`, `{"receiver": "jerem", "orgId": 1, "version": "1",
		"title": "[FIRING:1] DiskFull", "state": "alerting", "truncatedAlerts": 0`, 1)
	body = strings.Replace(body, `"labels": {`, `"values": {"B": 44.2}, "panelURL": "", "labels": {"shard": 7, `, 1)
	if reasons := post(b, prod, body); reasons != nil {
		t.Error(reasons)
	}
	want(t, b, "alert 1 of prod a: 0 to -, acknowledged -, last 0, events 1",
		"call-out 1 of Kubernetes k8s 1 ada: 0, acknowledged -, alerts [1], touches [0], presumed false")
}

// TestMendedLater: an event of an unknown person is entered once the file knows them, and so is an end that came first.
func TestMendedLater(t *testing.T) {
	b := newBook(t)
	end := page("a", "resolved", 5, "")
	if reasons := post(b, pager, end); len(reasons) != 1 {
		t.Error(reasons)
	}
	body := page("a", "firing", 0, "zoe")
	post(b, pager, body)
	b.File.People = append(b.File.People, oncall.Person{Handle: "zoe"})
	for _, again := range []string{body, end, body, end} {
		if reasons := post(b, pager, again); reasons != nil {
			t.Error(reasons)
		}
	}
	want(t, b, "alert 1 of pager a: 0 to 300, acknowledged -, last 300, events 2",
		"call-out 1 of Kubernetes  0 zoe: 0, acknowledged -, alerts [1], touches [0], source false")
}

// TestEnteredTwice: entering all events a second time changes nothing, and the lists that a book was made of stay.
func TestEnteredTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBook(t)
		var bodies []string
		for range rapid.IntRange(1, 12).Draw(t, "events") {
			state := rapid.SampledFrom([]string{"firing", "acknowledged", "resolved"}).Draw(t, "state")
			person := rapid.SampledFrom([]string{"", "ada", "ben"}).Draw(t, "person")
			bodies = append(bodies, page(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "id"), state,
				rapid.IntRange(0, 90).Draw(t, "minute"), person))
		}
		var accepted []string
		for _, body := range bodies {
			if post(b, pager, body) == nil {
				accepted = append(accepted, body)
			}
		}
		before := told(b)
		again := &intake.Book{Now: b.Now, Schedules: b.Schedules, File: b.File, Alerts: slices.Clone(b.Alerts),
			Callouts: slices.Clone(b.Callouts)}
		for _, body := range accepted {
			if reasons := post(again, pager, body); reasons != nil {
				t.Fatalf("%s was entered, and then %v", body, reasons)
			}
		}
		if diff := cmp.Diff(before, told(again)); diff != "" ||
			len(again.ChangedAlerts())+len(again.ChangedCallouts()) > 0 {
			t.Fatalf("entered twice:\n%s", diff)
		}
		if diff := cmp.Diff(before, told(b)); diff != "" {
			t.Fatalf("the lists that a book was made of changed:\n%s", diff)
		}
	})
}

// TestEndOfPages: the end that nobody said is an hour after the last page to the person, of a presumed one after the
// start of its last alert.
func TestEndOfPages(t *testing.T) {
	b := newBook(t)
	post(b, pager, page("a", "firing", 0, "ada"))
	post(b, pager, page("a", "firing", 50, "ada"))
	c := b.Callouts[0]
	end, _ := interruption.EndOf(c.Started, time.Time{}, c.Touches, c.Started.Add(24*time.Hour))
	if got := end.Sub(c.Started); got != 110*time.Minute {
		t.Errorf("ends after %s, want 1h50m", got)
	}
}

// FuzzParse: no body makes the reader panic, and what it makes of one can be entered, twice alike.
func FuzzParse(f *testing.F) {
	f.Add(page("a", "firing", 0, "ada"), false)
	f.Add(page("a", "resolved", 5, ""), false)
	f.Add(group("a firing 0 0", "b resolved 1 2"), true)
	f.Add(`{"version": "4", "truncatedAlerts": -1, "alerts": [null, {}]}`, true)
	f.Fuzz(func(t *testing.T, body string, isAlertmanager bool) {
		source := pager
		if isAlertmanager {
			source = prod
		}
		b := newBook(t)
		first := post(b, source, body)
		before := told(b)
		second := post(b, source, body)
		if diff := cmp.Diff(before, told(b)); diff != "" &&
			!strings.Contains(strings.Join(first, ""), "no alert of this id") {
			t.Errorf("entered twice:\n%s", diff)
		}
		if len(second) > len(first) {
			t.Errorf("set aside are %q, then %q", first, second)
		}
		for _, reason := range first {
			if strings.ContainsAny(reason, "\n\r") || len(reason) > 1000 {
				t.Errorf("the reason %q", reason)
			}
		}
	})
}

// TestClocksDiffer: a source whose clock is some minutes ahead is understood, and one that is further ahead is once its
// time has come.
func TestClocksDiffer(t *testing.T) {
	b := newBook(t)
	b.Now = civiltest.Instant("2026-01-06T03:00+01:00")
	if reasons := post(b, pager, page("a", "firing", 10, "")); reasons != nil {
		t.Errorf("ten minutes ahead: %q", reasons)
	}
	if reasons := post(b, pager, page("a", "resolved", 24*60, "")); reasons != nil {
		t.Errorf("an end that is told a day ahead: %q", reasons)
	}
	late := page("b", "firing", 11, "")
	if reasons := post(b, pager, late); len(reasons) != 1 {
		t.Errorf("eleven minutes ahead: %q", reasons)
	}
	b.Now = b.Now.Add(time.Minute)
	if reasons := post(b, pager, late); reasons != nil || len(b.Alerts) != 2 {
		t.Errorf("a minute later: %q, %d alerts", reasons, len(b.Alerts))
	}
}
