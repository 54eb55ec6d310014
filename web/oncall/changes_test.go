package oncall_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall/civil/civiltest"
)

// weekOfCleo, weekOfBen and so on are turns of the weekly rota of ada, ben, cleo.
var (
	weekOfBen  = fields{"start": "2026-01-12T09:00", "end": "2026-01-19T09:00"}
	weekOfCleo = fields{"start": "2026-01-19T09:00", "end": "2026-01-26T09:00"}
)

// asking makes the body of a request.
func asking(kind string, span fields, more fields) fields {
	out := fields{"kind": kind, "rota": "k8s"}
	for _, part := range []fields{span, more} {
		for name, value := range part {
			out[name] = value
		}
	}
	return out
}

func (o *office) personAt(at string) any {
	o.t.Helper()
	var rows []fields
	o.want(200, o.ask("viewer", "GET", "now?at="+at, nil), &rows)
	return rows[0]["person"]
}

// TestCover: a cover is asked, accepted by who was asked, undone by asking back; each step has its shape.
func TestCover(t *testing.T) {
	o := open(t, weeklyFile(t, "ada", "ben", "cleo"), "2026-01-05T12:00Z")
	var made fields
	o.want(201, o.ask("ben", "POST", "changes", asking("cover", weekOfBen, fields{"to": "cleo"})), &made)
	want := fields{"id": 1.0, "seq": nil, "group": nil, "kind": "cover", "rota": "k8s",
		"start": "2026-01-12T08:00:00Z", "end": "2026-01-19T08:00:00Z", "from": "ben", "to": "cleo", "state": "open",
		"asked": "2026-01-05T12:00:00Z", "asked_by": "ben", "answered": nil, "answered_by": nil, "cancelled": nil,
		"reason": nil, "late": false, "idle_seconds": 0.0}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	if got := o.personAt("2026-01-13"); got != "ben" {
		t.Errorf("before it is accepted %v is on duty", got)
	}
	for _, wrong := range []struct {
		as, path string
		status   int
	}{
		{"ada", "changes/1/accept", 403}, {"ben", "changes/1/accept", 409}, {"ada", "changes/1/withdraw", 403},
		{"ada", "changes/1/decline", 403}, {"cleo", "changes/2/accept", 404}, {"cleo", "changes/x/accept", 404},
		{"cleo", "changes/1/adopt", 404}, {"viewer", "changes/1/accept", 403}, {"cleo", "changes/1/cancel", 403},
		{"operator", "changes/1/cancel", 409},
	} {
		o.want(wrong.status, o.ask(wrong.as, "POST", wrong.path, nil), nil)
	}
	o.now = o.now.Add(time.Hour)
	o.want(200, o.ask("cleo", "POST", "changes/1/accept", fields{}), &made)
	want["state"], want["seq"], want["answered"], want["answered_by"] = "accepted", 1.0, "2026-01-05T13:00:00Z", "cleo"
	want["late"] = true // seven days before it begins
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("accepted (-want +got):\n%s", diff)
	}
	if got := o.personAt("2026-01-13"); got != "cleo" {
		t.Errorf("after it was accepted %v is on duty", got)
	}
	o.want(409, o.ask("cleo", "POST", "changes/1/accept", nil), nil)
	o.want(409, o.ask("ben", "POST", "changes/1/withdraw", nil), nil)
	o.want(201, o.ask("cleo", "POST", "changes", asking("cover", weekOfBen, fields{"to": "ben"})), &made)
	o.want(200, o.ask("ben", "POST", "changes/2/accept", nil), &made)
	if got := o.personAt("2026-01-13"); got != "ben" {
		t.Errorf("after it was undone %v is on duty", got)
	}
}

// TestExchange: both sides come into force together; declined or expired, neither does.
func TestExchange(t *testing.T) {
	o := open(t, weeklyFile(t, "ada", "ben", "cleo"), "2026-01-05T12:00Z")
	body := asking("exchange", weekOfBen, fields{"to": "cleo", "against": fields{"rota": "k8s",
		"start": weekOfCleo["start"], "end": weekOfCleo["end"]}})
	var both []fields
	o.want(201, o.ask("ben", "POST", "changes", body), &both)
	if len(both) != 2 || both[0]["group"] != both[1]["group"] || both[1]["from"] != "cleo" {
		t.Fatalf("asked: %v", both)
	}
	o.want(200, o.ask("cleo", "POST", "changes/2/accept", nil), &both)
	if o.personAt("2026-01-13") != "cleo" || o.personAt("2026-01-20") != "ben" {
		t.Error("the sides are not exchanged")
	}
	o.want(200, o.ask("operator", "POST", "changes/1/cancel", nil), &both)
	if o.personAt("2026-01-13") != "ben" || o.personAt("2026-01-20") != "cleo" || len(both) != 2 {
		t.Errorf("cancelled as a whole: %v", both)
	}
	o.want(201, o.ask("ben", "POST", "changes", body), &both)
	o.want(200, o.ask("cleo", "POST", "changes/3/decline", nil), &both)
	o.want(201, o.ask("ben", "POST", "changes", body), &both)
	o.now = civiltest.Instant("2026-01-12T08:00Z")
	o.want(409, o.ask("cleo", "POST", "changes/5/accept", nil), nil)
	o.want(200, o.ask("viewer", "GET", "changes?rota=k8s", nil), &both)
	var states []any
	for _, c := range both {
		states = append(states, c["state"])
	}
	want := []any{"cancelled", "cancelled", "declined", "declined", "expired", "expired"}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Errorf("states differ (-want +got):\n%s", diff)
	}
}

// TestTake: from now on by oneself, by default up to the end of the turn; what lies ahead is asked for, not taken.
func TestTake(t *testing.T) {
	o := open(t, weeklyFile(t, "ada", "ben", "cleo"), "2026-01-14T12:00Z")
	var made fields
	o.want(201, o.ask("ada", "POST", "changes", fields{"kind": "take", "rota": "k8s"}), &made)
	if made["from"] != "ben" || made["to"] != "ada" || made["start"] != "2026-01-14T12:00:00Z" ||
		made["end"] != "2026-01-19T08:00:00Z" || made["state"] != "accepted" || made["late"] != true {
		t.Errorf("taken: %v", made)
	}
	for _, wrong := range []struct {
		body   fields
		status int
	}{
		{asking("take", weekOfCleo, nil), 409},
		{asking("take", nil, fields{"to": "cleo"}), 403},
		{asking("take", nil, nil), 409}, // from oneself
		{asking("cover", nil, fields{"to": "ben"}), 400},
		{asking("cover", weekOfCleo, fields{"from": "cleo"}), 403},
		{asking("cover", weekOfCleo, fields{"to": "nobody"}), 400},
		{asking("cover", weekOfCleo, fields{"to": "ben", "reason": "agreed"}), 403},
		{asking("gift", weekOfCleo, nil), 400},
		{fields{"rota": "k8s"}, 400},
		{fields{"kind": "take"}, 400},
		{fields{"kind": "take", "rota": "metal"}, 404},
		{asking("cover", weekOfCleo, fields{"who": "ben"}), 400},
		{asking("exchange", weekOfCleo, fields{"to": "ben"}), 400},
		{asking("cover", fields{"start": "2026-01-20", "end": "soon"}, nil), 400},
		{asking("cover", fields{"start": "2025-01-01", "end": "2025-01-02"}, nil), 409},
		{asking("cover", fields{"start": "2026-03-01", "end": "2099-01-02"}, nil), 400},
		{asking("take", fields{"end": "2099-01-02"}, nil), 409}, // ada has it, so it is from herself
	} {
		if g := o.ask("ada", "POST", "changes", wrong.body); g.status != wrong.status {
			t.Errorf("%v: %d, want %d: %s", wrong.body, g.status, wrong.status, g.body)
		}
	}
}

// TestOperatorCorrectsThePast: an operator sets what was, with a reason that those concerned and operators see.
func TestOperatorCorrectsThePast(t *testing.T) {
	o := open(t, weeklyFile(t, "ada", "ben", "cleo"), "2026-02-14T12:00Z")
	body := asking("cover", weekOfBen, fields{"from": "ben", "to": "ada"})
	o.want(400, o.ask("operator", "POST", "changes", body), nil)
	body["reason"] = "illness"
	o.want(400, o.ask("operator", "POST", "changes", body), nil)
	body["reason"] = "absence"
	var made fields
	o.want(201, o.ask("operator", "POST", "changes", body), &made)
	if made["reason"] != "absence" || made["asked_by"] != "operator" || made["late"] != true {
		t.Errorf("set: %v", made)
	}
	for as, want := range map[string]any{"viewer": nil, "cleo": nil, "ada": "absence", "ben": "absence"} {
		var rows []fields
		o.want(200, o.ask(as, "GET", "changes?from=2026-01-01&to=2026-02-01", nil), &rows)
		if len(rows) != 1 || rows[0]["reason"] != want {
			t.Errorf("%s sees %v", as, rows)
		}
	}
	if o.personAt("2026-01-13") != "ada" {
		t.Error("the past was not corrected")
	}
	o.now = civiltest.Instant("2026-02-14T12:00Z")
	o.want(201, o.ask("operator", "POST", "changes", asking("take", fields{"end": "2026-02-16T09:00"},
		fields{"to": "ben", "reason": "agreed"})), nil)
	o.now = civiltest.Instant("2026-02-15T12:00Z")
	o.want(200, o.ask("operator", "POST", "changes/2/cancel", fields{"rest": true}), &made)
	if o.personAt("2026-02-14T12:00Z") != "ben" || o.personAt("2026-02-15T12:00Z") == "ben" {
		t.Error("cancelling the rest took what was, or left what is")
	}
}

// TestTwoAcceptAtOnce: of two who accept a request to all of the rota one wins and the other is told.
func TestTwoAcceptAtOnce(t *testing.T) {
	o := open(t, weeklyFile(t, "ada", "ben", "cleo", "dan"), "2026-01-05T12:00Z")
	o.want(201, o.ask("ben", "POST", "changes", asking("cover", weekOfBen, nil)), nil)
	var all sync.WaitGroup
	statuses := make([]int, 3)
	for i, person := range []string{"ada", "cleo", "dan"} {
		all.Go(func() { statuses[i] = o.ask(person, "POST", "changes/1/accept", nil).status })
	}
	all.Wait()
	slices.Sort(statuses)
	if !slices.Equal(statuses, []int{200, 409, 409}) {
		t.Errorf("those who accepted were told %v", statuses)
	}
}

// TestForeignPages: a page of another server changes nothing, though the browser is logged in.
func TestForeignPages(t *testing.T) {
	o := open(t, weeklyFile(t, "ada", "ben"), "2026-01-05T12:00Z")
	take := fields{"kind": "take", "rota": "k8s"}
	ben := visitorNamed("ben")
	o.want(403, o.askAs(ben, "POST", "changes", take, "Origin", "https://evil.example"), nil)
	o.want(403, o.askAs(ben, "POST", "changes", take, "Sec-Fetch-Site", "cross-site"), nil)
	o.want(201, o.askAs(ben, "POST", "changes", take, "Origin", "http://jerem.test", "Sec-Fetch-Site",
		"same-origin"), nil)
}
