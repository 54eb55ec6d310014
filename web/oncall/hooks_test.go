package oncall_test

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
)

const hookSecret = "a secret of a source"

// officeWithSources is on-call with an Alertmanager and a pager.
func officeWithSources(t testing.TB, now string) *office {
	file := weeklyFile(t, "ada", "ben", "cleo")
	secrets := []plan.SecretHash{plan.NewSecretHash("what it was before"), plan.NewSecretHash(hookSecret)}
	file.Sources = []plan.Source{{Name: "prod", Kind: plan.Alertmanager, Secrets: secrets, Team: "Kubernetes"},
		{Name: "pager", Kind: plan.Generic, Secrets: secrets, Team: "Kubernetes"}}
	return open(t, file, now)
}

// post posts to a source and returns the status of its answer.
func (o *office) post(source, secret, body string) int {
	o.t.Helper()
	r := httptest.NewRequestWithContext(o.t.Context(), "POST", "http://jerem.test/hooks/"+source,
		strings.NewReader(body))
	if secret != "" {
		r.Header.Set("Authorization", "Bearer "+secret)
	}
	w := httptest.NewRecorder()
	o.api.ServeHook(w, r)
	return w.Code
}

func (o *office) events(again bool) []roster.RawEvent {
	o.t.Helper()
	list, err := o.store.EventsToRun(o.t.Context(), again)
	if err != nil {
		o.t.Fatal(err)
	}
	return list
}

const diskFull = `{"version": "4", "alerts": [{"status": "firing", "labels": {"alertname": "DiskFull"},
	"startsAt": "2026-01-06T02:00:00Z", "fingerprint": "f"}]}`

// TestHook: who may post what; what is refused is not kept.
func TestHook(t *testing.T) {
	o := officeWithSources(t, "2026-01-06T02:01Z")
	large := strings.Repeat(" ", 1<<20) + "{}"
	for _, c := range []struct {
		source, secret, body string
		status               int
	}{
		{"none", hookSecret, diskFull, 404}, {"none", hookSecret, large, 404}, {"prod", hookSecret, large, 413},
		{"prod", "wrong", large, 413}, {"prod", "", diskFull, 401}, {"prod", "wrong", diskFull, 401},
		{"prod", hookSecret + "x", diskFull, 401},
	} {
		if got := o.post(c.source, c.secret, c.body); got != c.status {
			t.Errorf("%s, secret %q, %d bytes: %d, want %d", c.source, c.secret, len(c.body), got, c.status)
		}
	}
	var events int
	if err := o.store.Update(t.Context(), func(s roster.State) (roster.Writes, error) {
		events = len(s.Alerts)
		return roster.Writes{}, nil
	}); err != nil || events+len(o.events(true)) != 0 {
		t.Errorf("something was kept, %v", err)
	}
	if got := o.post("prod", "what it was before", diskFull); got != 200 {
		t.Errorf("the former secret: %d", got)
	}
}

// TestCalloutOfAnAlert: an alert makes a call-out of who is on duty; the same event twice makes one; it ends when the
// alert is resolved.
func TestCalloutOfAnAlert(t *testing.T) {
	o := officeWithSources(t, "2026-01-06T02:01Z")
	var rows []fields
	for range 2 {
		o.post("prod", hookSecret, diskFull)
		o.want(200, o.ask("ada", "GET", "callouts", nil), &rows)
		if len(rows) != 1 || rows[0]["person"] != "ada" || rows[0]["origin"] != "presumed" || rows[0]["ended"] != nil ||
			rows[0]["assumed"] != false || rows[0]["started"] != "2026-01-06T02:00:00Z" {
			t.Fatalf("call-outs: %v", rows)
		}
	}
	o.now = civiltest.Instant("2026-01-06T02:30Z")
	resolved := strings.Replace(strings.Replace(diskFull, "firing", "resolved", 1), `"fingerprint"`,
		`"endsAt": "2026-01-06T02:20:00Z", "fingerprint"`, 1)
	o.post("prod", hookSecret, resolved)
	o.want(200, o.ask("ada", "GET", "callouts", nil), &rows)
	if len(rows) != 1 || rows[0]["ended"] != "2026-01-06T02:20:00Z" || rows[0]["assumed"] != true {
		t.Errorf("after it was resolved: %v", rows)
	}
	o.want(200, o.ask("ada", "POST", "callouts/1/end", fields{"at": "2026-01-06T02:25:00Z"}), nil)
}

// TestSetAside: what cannot be understood is answered all the same, kept with the reason, and run again when the file
// was mended.
func TestSetAside(t *testing.T) {
	o := officeWithSources(t, "2026-01-06T02:05Z")
	for _, body := range []string{"{", `{"version": "3"}`, `{"version":"4","alerts":[{}]}`, "\xff\x00"} {
		if got := o.post("prod", hookSecret, body); got != 200 {
			t.Errorf("%q: %d", body, got)
		}
	}
	o.post("pager", hookSecret, `{"id": "7", "state": "firing", "rule": "DiskFull", "at": "2026-01-06T02:00:00Z",
		"person": "zoe"}`)
	aside := o.events(true)
	if len(aside) != 5 || len(o.events(false)) != 0 {
		t.Fatalf("set aside: %+v", aside)
	}
	for _, e := range aside {
		if e.Why == "" {
			t.Errorf("event %d has no reason", e.ID)
		}
	}
	if string(aside[3].Body) != "\xff\x00" {
		t.Errorf("a body is kept as %q", aside[3].Body)
	}
	o.api.Roster.File.Logins["zoe"] = "ben"
	got, err := o.api.Roster.Replay(t.Context(), o.store, o.now)
	if err != nil || got.Entered != 1 || got.SetAside != 4 {
		t.Errorf("run again: %+v, %v", got, err)
	}
	var rows []fields
	o.want(200, o.ask("operator", "GET", "callouts", nil), &rows)
	if len(rows) != 1 || rows[0]["person"] != "ben" || rows[0]["origin"] != "source" || rows[0]["rota"] != nil {
		t.Errorf("call-outs: %v", rows)
	}
}

// TestEventsAreFinishedLater: an event that was answered is understood at the next start, if the program ended or the
// disk was full in between, and goes when it was kept long enough.
func TestEventsAreFinishedLater(t *testing.T) {
	o := officeWithSources(t, "2026-01-06T02:05Z")
	full := errors.New("the disk is full")
	if _, err := o.store.AddEvent(t.Context(), roster.RawEvent{Source: "prod", Received: o.now,
		Body: []byte(diskFull)}); err != nil {
		t.Fatal(err)
	}
	records := o.api.Roster.Records
	o.api.Roster.Records = faulty{records, full}
	if got := o.post("prod", hookSecret, diskFull); got != 200 || len(o.events(false)) != 2 {
		t.Errorf("answered %d, %d events wait", got, len(o.events(false)))
	}
	o.api.Roster.Records = records
	if err := o.api.Roster.FinishEvents(t.Context(), o.store, o.now); err != nil || len(o.events(false)) != 0 {
		t.Errorf("%v, %d events wait", err, len(o.events(false)))
	}
	var rows []fields
	o.want(200, o.ask("ada", "GET", "callouts", nil), &rows)
	if len(rows) != 1 {
		t.Errorf("call-outs: %v", rows)
	}
	o.post("prod", hookSecret, "{")
	o.api.Roster.File.Keep.Events = time.Hour
	for _, left := range []int{1, 0} {
		if o.keepElapsed(); len(o.events(true)) != left {
			t.Errorf("%d events are kept at %s", len(o.events(true)), o.now)
		}
		o.now = o.now.Add(time.Hour + time.Second)
	}
}

// TestOldEventsGo: a raw event goes keep.events after it was set aside or understood, and not before; what is never
// told goes never.
func TestOldEventsGo(t *testing.T) {
	o := officeWithSources(t, "2026-01-06T02:01Z")
	o.api.Roster.File.Keep.Events = 24 * time.Hour
	if got := o.post("pager", hookSecret,
		`{"id": "x", "state": "resolved", "rule": "R", "at": "2026-01-06T02:00:00Z"}`); got !=
		200 {
		t.Fatal(got)
	}
	for _, c := range []struct {
		at    string
		keep  time.Duration
		holds int
	}{{"2026-01-07T02:00Z", 24 * time.Hour, 1}, {"2026-01-07T02:02Z", 0, 1}, {"2026-01-07T02:02Z", 24 * time.Hour, 0}} {
		o.now = civiltest.Instant(c.at)
		o.api.Roster.File.Keep.Events = c.keep
		o.keepElapsed()
		if got := len(o.events(true)); got != c.holds {
			t.Errorf("at %s, kept for %v: %d events that could be replayed, not %d", c.at, c.keep, got, c.holds)
		}
	}
}

// TestEventIsNotOvertaken: a source that is answered and posts the next event at once is understood in its order,
// though the first one was only kept by then; a later one is left to whoever keeps it.
func TestEventIsNotOvertaken(t *testing.T) {
	o := officeWithSources(t, "2026-01-06T03:00Z")
	keep := func(body string) {
		t.Helper()
		if _, err := o.store.AddEvent(t.Context(), roster.RawEvent{Source: "pager", Received: o.now,
			Body: []byte(body)}); err != nil {
			t.Fatal(err)
		}
	}
	keep(`{"id": "1", "state": "firing", "rule": "Disk", "at": "2026-01-06T02:00:00Z", "person": "ben"}`)
	if got := o.post("pager", hookSecret, `{"id": "1", "state": "resolved", "rule": "Disk",
		"at": "2026-01-06T02:10:00Z"}`); got != 200 {
		t.Fatal(got)
	}
	if left := o.events(true); len(left) != 0 {
		t.Errorf("%d events are left: %s", len(left), left[0].Why)
	}
	keep(`{"id": "2", "state": "firing", "rule": "Disk", "at": "2026-01-06T02:20:00Z"}`)
	var last []int64
	if err := o.api.Roster.UnderstandUpTo(t.Context(), o.store, o.now, 2, func(e roster.RawEvent, _ roster.Understood) {
		last = append(last, e.ID)
	}); err != nil || len(last) != 0 || len(o.events(false)) != 1 {
		t.Errorf("up to the second event %v were understood, %v", last, err)
	}
}

// TestAheadIsTriedAgain: an event that lay ahead of our clock is set aside, and entered by itself once its moment has
// come, once; until then nothing is kept of it being tried, and what is wrong in another way waits for a hand.
func TestAheadIsTriedAgain(t *testing.T) {
	o := officeWithSources(t, "2026-01-06T01:48Z")
	o.post("prod", hookSecret, diskFull) // of 02:00
	o.post("prod", hookSecret, "{")
	if aside := o.events(true); len(aside) != 2 || !strings.Contains(aside[0].Why, "lies ahead") {
		t.Fatalf("set aside: %+v", aside)
	}
	journal := func() int {
		t.Helper()
		lines, err := o.store.Journal(t.Context(), 1000)
		if err != nil {
			t.Fatal(err)
		}
		return len(lines)
	}
	lines := journal()
	for _, c := range []struct {
		at              string
		aside, callouts int
		lines           int // of the journal, more than at first
	}{{"2026-01-06T01:49Z", 2, 0, 0}, {"2026-01-06T01:50Z", 1, 1, 1}, {"2026-01-06T03:00Z", 1, 1, 1}} {
		o.now = civiltest.Instant(c.at)
		o.keepElapsed()
		var rows []fields
		o.want(200, o.ask("ada", "GET", "callouts", nil), &rows)
		if got := len(o.events(true)); got != c.aside || len(rows) != c.callouts || journal()-lines != c.lines {
			t.Errorf("at %s %d events are aside, there are %d call-outs and %d lines more", c.at, got, len(rows),
				journal()-lines)
		}
	}
	o.post("prod", hookSecret, strings.ReplaceAll(diskFull, "2026-01-06T02:00:00Z", "2026-01-08T09:00:00Z"))
	o.now = civiltest.Instant("2026-01-09T09:00Z")
	o.keepElapsed()
	if got := len(o.events(true)); got != 2 {
		t.Errorf("%d events are aside: one that lay ahead more than two days is tried on", got)
	}
}

// TestSetAsideIsTold: what is set aside is counted by its source and told with the reason of the last one, to operators
// who see all teams alone, until it was run again.
func TestSetAsideIsTold(t *testing.T) {
	o := officeWithSources(t, "2026-01-06T02:05Z")
	o.api.Roster.File.Teams = o.api.Roster.File.Teams[:1]
	told := func(who string) (texts []string) {
		t.Helper()
		var rows []fields
		o.want(200, o.ask(who, "GET", "warnings", nil), &rows)
		for _, row := range rows {
			if row["kind"] == "set_aside" {
				texts = append(texts, row["text"].(string))
			}
		}
		return texts
	}
	o.post("prod", hookSecret, "{")
	o.post("pager", hookSecret, `{"id": "7", "state": "firing", "rule": "R", "at": "2026-01-06T02:00:00Z",
		"person": "zoe"}`)
	o.post("prod", hookSecret, `{"version": "3"}`)
	got := told("operator")
	if len(got) != 2 || !strings.HasPrefix(got[0], "2 events of the source prod are set aside, the last one: ") ||
		got[1] != "an event of the source pager is set aside: person is nobody of on-call" {
		t.Errorf("the operator is told %q", got)
	}
	for _, who := range []string{"viewer", "ada", "pay"} {
		if got := told(who); len(got) != 0 {
			t.Errorf("%s is told %q", who, got)
		}
	}
	o.api.Roster.File.Logins["zoe"] = "ben"
	if _, err := o.api.Roster.Replay(t.Context(), o.store, o.now); err != nil || len(told("operator")) != 1 {
		t.Errorf("after it was run again: %q, %v", told("operator"), err)
	}
	o.api.Roster.File.Teams = append(o.api.Roster.File.Teams, plan.Team{Name: "Hidden", Zone: time.UTC})
	if got := told("operator"); len(got) != 0 {
		t.Errorf("an operator who does not see a team is told %q", got)
	}
}
