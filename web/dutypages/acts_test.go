package dutypages

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"jerem/access/rules"
	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
	"jerem/web/persona"
)

// turnOfCleo is a duty of cleo that lies ahead.
const turnOfCleo = "2026-03-02T08:00:00Z 2026-03-09T08:00:00Z k8s"

// TestExchange: a duty is exchanged for another one by two clicks, and both change hands as the other accepts.
func TestExchange(t *testing.T) {
	d := newDesk(t, nil)
	_, body, _ := d.get("ben", "/oncall/me/give?"+url.Values{"duty": {turnOfBen}}.Encode())
	if !strings.Contains(body, `<option value="`+turnOfCleo+`">cleo: Mon 2 Mar 09:00 to Mon 9 Mar 09:00`) {
		t.Fatalf("cleo's turn is not offered:\n%s", mainOf(body))
	}
	isGolden(t, "give", body)
	ask := url.Values{"part": {turnOfBen}, "against": {turnOfCleo}, "exchange": {"yes"}}
	if status, body, _ := d.post("ben", "/oncall/me/changes", ask); status != 303 {
		t.Fatalf("asking: %d %s", status, body)
	}
	if _, body, _ := d.get("cleo", "/oncall/me"); !strings.Contains(body, "ben asks you: exchange") ||
		!strings.Contains(body, "k8s of cleo, Mon 2 Mar 09:00 to Mon 9 Mar 09:00") {
		t.Errorf("cleo is not told both sides:\n%s", mainOf(body))
	}
	if status, body, _ := d.post("cleo", "/oncall/me/changes/1", url.Values{"answer": {"accept"}}); status != 303 {
		t.Fatalf("accepting: %d %s", status, body)
	}
	got := d.changes()
	if len(got) != 2 || got[0].State != oncall.Accepted || got[1].State != oncall.Accepted ||
		got[1].From != "cleo" || got[1].To != "ben" || got[0].Group != got[1].Group {
		t.Errorf("kept: %+v", got)
	}
}

// TestPartsOfADuty: all of it, its days and its nights can be given away; of a duty that runs what lies ahead.
func TestPartsOfADuty(t *testing.T) {
	d := newDesk(t, nil)
	_, body, _ := d.get("ben", "/oncall/me/give?"+url.Values{"duty": {turnOfBen}}.Encode())
	for _, want := range []string{"Mon 23 Feb 09:00 to Mon 2 Mar 09:00 <small>all of it",
		"Tue 24 Feb 09:00 to Wed 25 " +
			"Feb 09:00 <small>one day", "Wed 25 Feb 18:00 to Thu 26 Feb 09:00 <small>one night"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not offered:\n%s", want, mainOf(body))
		}
	}
	running := url.Values{"duty": {"2026-02-09T08:00:00Z 2026-02-16T08:00:00Z k8s"}}.Encode()
	d.now = civiltest.Instant("2026-02-25T12:00Z")
	_, body, _ = d.get("ben", "/oncall/me/give?"+url.Values{"duty": {turnOfBen}}.Encode())
	if strings.Contains(body, "Tue 24 Feb 18:00 to") || !strings.Contains(body, "Wed 25 Feb 13:01 to Mon 2 Mar 09:00") {
		t.Errorf("what has begun is offered, or the rest is not:\n%s", mainOf(body))
	}
	if status, _, _ := d.get("ben", "/oncall/me/give?"+running); status != 409 {
		t.Errorf("a duty that is over: %d", status)
	}
	if status, _, _ := d.get("ben", "/oncall/me/give?duty=x"); status != 400 {
		t.Errorf("no duty: %d", status)
	}
}

// TestTake: a duty is taken over from now on, and a gap ahead, by one click.
func TestTake(t *testing.T) {
	d := newDesk(t, func(f *plan.File) { f.People[2].Leaves = civiltest.Instant("2026-02-27T12:00Z") })
	gap := `name="part" value="` + turnOfCleo + `"`
	for who, want := range map[string]bool{"ada": true, "ben": true, "vic": false} {
		_, body, _ := d.get(who, "/oncall/k8s")
		if strings.Contains(body, gap) != want {
			t.Errorf("%s may take the gap: %v", who, !want)
		}
	}
	for _, x := range []struct {
		who    string
		form   url.Values
		status int
	}{
		{"ada", url.Values{"rota": {"k8s"}, "part": {turnOfCleo}}, 303},
		{"ben", url.Values{"rota": {"k8s"}, "part": {turnOfCleo}}, 409},
		{"ben", url.Values{"rota": {"net"}, "part": {turnOfCleo}}, 400},
		{"ben", url.Values{"rota": {"net"}}, 404},
		{"ben", url.Values{"rota": {"k8s"}}, 303},
		{"ben", url.Values{"rota": {"k8s"}}, 409},
		{"vic", url.Values{"rota": {"k8s"}}, 403},
	} {
		if status, body, _ := d.post(x.who, "/oncall/take", x.form); status != x.status {
			t.Errorf("%s, %v: %d, not %d: %s", x.who, x.form, status, x.status, body)
		}
	}
	got := d.changes()
	if len(got) != 2 || got[0].To != "ada" || got[0].From != "cleo" || got[1].To != "ben" ||
		!got[1].Start.Equal(d.now) {
		t.Errorf("kept: %+v", got)
	}
}

// TestAbsencesPage: a person enters and takes back their own, an operator anybody's; nobody else sees them.
func TestAbsencesPage(t *testing.T) {
	d := newDesk(t, nil)
	dates := url.Values{"from": {"2026-02-24"}, "to": {"2026-02-26"}}
	if status, body, _ := d.post("ben", "/oncall/absences", dates); status != 303 {
		t.Fatalf("ben: %d %s", status, body)
	}
	dates.Set("person", "cleo")
	for who, want := range map[string]int{"ada": 403, "vic": 403, "pat": 403, "eve": 303} {
		if status, _, _ := d.post(who, "/oncall/absences", dates); status != want {
			t.Errorf("%s enters cleo's: %d", who, status)
		}
	}
	for who, want := range map[string][2]bool{"ada": {false, false}, "ben": {true, false}, "cleo": {false, true},
		"eve": {true, true}} {
		_, body, _ := d.get(who, "/oncall/absences")
		seen := [2]bool{strings.Contains(body, "/oncall/absences/1"), strings.Contains(body, "/oncall/absences/2")}
		if seen != want {
			t.Errorf("%s sees %v, not %v", who, seen, want)
		}
	}
	_, body, _ := d.get("eve", "/oncall/absences")
	isGolden(t, "absences", body)
	if status, _, _ := d.post("ada", "/oncall/absences/1", nil); status != 404 {
		t.Errorf("ada takes ben's back: %d", status)
	}
	if status, _, _ := d.post("ben", "/oncall/absences/1", nil); status != 303 {
		t.Errorf("ben takes his back: %d", status)
	}
	if status, _, _ := d.post("ben", "/oncall/absences", url.Values{"from": {"soon"}, "to": {"2026-02-26"}}); status !=
		400 {
		t.Errorf("a date that is none: %d", status)
	}
}

// withCallout keeps a call-out of ben, from 03:00 to 03:30 in Paris.
func (d *desk) withCallout() *desk {
	d.t.Helper()
	started := civiltest.Instant("2026-02-05T02:00Z")
	d.decide(roster.Writes{
		Alerts: []intake.Alert{{Alert: interruption.Alert{ID: 1, Rule: "DiskFull", Team: "Kubernetes", First: started,
			Last: started, Resolved: started.Add(30 * time.Minute)}}},
		Callouts: []intake.Callout{{ID: 1, Team: "Kubernetes", Rota: "k8s", Level: 1, Person: "ben", Started: started,
			Touches: []time.Time{started}, Alerts: []int64{1}, Origin: interruption.Presumed}}})
	return d
}

// TestCalloutsPage: a person judges their own call-out by one click and sets its times right; others do not see it, and
// an operator gives a reason.
func TestCalloutsPage(t *testing.T) {
	d := newDesk(t, nil).withCallout()
	_, body, _ := d.get("ben", "/oncall/callouts")
	isGolden(t, "callouts", body)
	if _, body, _ := d.get("ada", "/oncall/callouts"); strings.Contains(body, "DiskFull") {
		t.Error("ada sees ben's call-out")
	}
	times := url.Values{"act": {"times"}, "started": {"2026-02-05T02:50"}, "ended": {"2026-02-05T03:40"}}
	for _, x := range []struct {
		who    string
		form   url.Values
		status int
	}{
		{"ada", url.Values{"verdict": {"useful"}}, 403},
		{"vic", url.Values{"verdict": {"useful"}}, 403},
		{"eve", url.Values{"verdict": {"useful"}}, 400},
		{"eve", url.Values{"verdict": {"useful"}, "because": {"agreed"}}, 303},
		{"ben", url.Values{"verdict": {"loud"}}, 400},
		{"ben", url.Values{"act": {"burn"}}, 400},
		{"ben", url.Values{"verdict": {"heals_itself"}}, 303},
		{"ben", times, 303},
		{"ben", url.Values{"act": {"times"}, "started": {"x"}, "ended": {"y"}}, 400},
		{"ben", url.Values{"act": {"issue"}, "issue": {"K8S-7"}}, 303},
		{"ben", url.Values{"act": {"issue"}, "issue": {"seven"}}, 400},
	} {
		if status, body, _ := d.post(x.who, "/oncall/callouts/1", x.form); status != x.status {
			t.Errorf("%s, %v: %d, not %d: %s", x.who, x.form, status, x.status, body)
		}
	}
	state, err := d.store.State(t.Context())
	c := state.Callouts[0]
	if err != nil || c.Verdict != interruption.Noise || c.Reason != intake.HealsItself || c.Issue != "K8S-7" ||
		!c.Started.Equal(civiltest.Instant("2026-02-05T01:50Z")) ||
		!c.Ended.Equal(civiltest.Instant("2026-02-05T02:40Z")) {
		t.Errorf("kept: %+v, %v", c, err)
	}
	entered := url.Values{"team": {"Kubernetes"}, "started": {"2026-02-06T21:00"}, "ended": {"2026-02-06T21:20"}}
	if status, body, _ := d.post("cleo", "/oncall/callouts", entered); status != 303 {
		t.Errorf("by hand: %d %s", status, body)
	}
	entered.Set("person", "ada")
	for who, want := range map[string]int{"cleo": 403, "eve": 400} {
		if status, _, _ := d.post(who, "/oncall/callouts", entered); status != want {
			t.Errorf("%s enters one for ada: %d", who, status)
		}
	}
}

// TestCalloutOfFrozenMonth: the page of a person offers nothing for a month that is frozen; an operator's does.
func TestCalloutOfFrozenMonth(t *testing.T) {
	d := newDesk(t, func(f *plan.File) { f.Policies = nil }).withCallout()
	d.now = civiltest.Instant("2026-03-02T12:00Z")
	if status, body, _ := d.post("pat", "/oncall/statements/2026-02/freeze", nil); status != 303 {
		t.Fatalf("freezing: %d %s", status, body)
	}
	if _, body, _ := d.get("ben", "/oncall/callouts"); !strings.Contains(body, "Its month is frozen") ||
		strings.Contains(body, `action="/oncall/callouts/1"`) {
		t.Errorf("ben is offered something:\n%s", mainOf(body))
	}
	if _, body, _ := d.get("eve", "/oncall/callouts"); !strings.Contains(body, `action="/oncall/callouts/1"`) {
		t.Error("an operator is offered nothing")
	}
}

// TestOperator: an operator sets a change for others with a reason, and cancels one, or what of it lies ahead.
func TestOperator(t *testing.T) {
	d := newDesk(t, nil)
	set := url.Values{"rota": {"k8s"}, "from": {"cleo"}, "to": {"ada"}, "started": {"2026-02-10T18:00"},
		"ended": {"2026-02-12T09:00"}, "because": {"absence"}}
	if _, body, _ := d.get("ben", "/oncall/k8s"); strings.Contains(body, "/oncall/changes") {
		t.Error("ben is offered to act for others")
	}
	_, body, _ := d.get("eve", "/oncall/k8s")
	if !strings.Contains(body, `action="/oncall/changes"`) {
		t.Fatalf("an operator is offered nothing:\n%s", mainOf(body))
	}
	for who, want := range map[string]int{"ada": 403, "pat": 403} {
		if status, _, _ := d.post(who, "/oncall/changes", set); status != want {
			t.Errorf("%s sets a change: %d", who, status)
		}
	}
	reasonless := url.Values{"rota": {"k8s"}, "from": {"cleo"}, "to": {"ben"}, "started": set["started"],
		"ended": set["ended"]}
	if status, _, _ := d.post("eve", "/oncall/changes", reasonless); status != 400 {
		t.Errorf("without a reason: %d", status)
	}
	if status, body, _ := d.post("eve", "/oncall/changes", set); status != 303 {
		t.Fatalf("setting: %d %s", status, body)
	}
	d.now = civiltest.Instant("2026-02-11T12:00Z")
	_, body, _ = d.get("eve", "/oncall/k8s")
	if !strings.Contains(body, `value="rest"`) || !strings.Contains(body, `value="all"`) {
		t.Errorf("it cannot be cancelled:\n%s", mainOf(body))
	}
	for who, want := range map[string]int{"ada": 403, "eve": 303} {
		if status, _, _ := d.post(who, "/oncall/changes/1", url.Values{"cancel": {"rest"}}); status != want {
			t.Errorf("%s cancels the rest: %d", who, status)
		}
	}
	if c := d.changes()[0]; c.State != oncall.Cancelled || !c.CancelledFrom.Equal(d.now) {
		t.Errorf("kept: %+v", c)
	}
	if status, _, _ := d.post("eve", "/oncall/changes/1", url.Values{"cancel": {"some"}}); status != 400 {
		t.Errorf("cancelling what is nothing: %d", status)
	}
}

// TestOperatorExchanges: an operator has two people exchange duties of a rota, both at once and in force at once; a
// time that is none, and a duty that is not theirs, is refused and nothing is kept.
func TestOperatorExchanges(t *testing.T) {
	d := newDesk(t, nil)
	set := func(fields ...string) url.Values {
		form := url.Values{"rota": {"k8s"}, "kind": {"exchange"}, "from": {"cleo"}, "to": {"ada"},
			"started": {"2026-02-10T18:00"}, "ended": {"2026-02-12T09:00"}, "started-against": {"2026-02-17T18:00"},
			"ended-against": {"2026-02-19T09:00"}, "because": {"agreed"}}
		for n := 0; n < len(fields); n += 2 {
			form.Set(fields[n], fields[n+1])
		}
		return form
	}
	if _, body, _ := d.get("eve", "/oncall/k8s"); !strings.Contains(body, `name="started-against"`) {
		t.Fatalf("an operator is offered no exchange:\n%s", mainOf(body))
	}
	for _, refused := range []struct {
		form   url.Values
		status int
	}{{set("started-against", "soon"), 400}, {set("because", ""), 400}, {set("to", "ben"), 409}} {
		if status, body, _ := d.post("eve", "/oncall/changes", refused.form); status != refused.status {
			t.Errorf("%v: %d, want %d: %s", refused.form, status, refused.status, mainOf(body))
		}
	}
	if status, _, _ := d.post("ada", "/oncall/changes", set()); status != 403 || len(d.changes()) != 0 {
		t.Fatalf("ada sets an exchange: %d, kept %+v", status, d.changes())
	}
	if status, body, _ := d.post("eve", "/oncall/changes", set()); status != 303 {
		t.Fatalf("setting: %d %s", status, mainOf(body))
	}
	kept := d.changes()
	if len(kept) != 2 || kept[0].State != oncall.Accepted || kept[1].State != oncall.Accepted ||
		kept[0].Group != kept[1].Group || kept[0].From != "cleo" || kept[0].To != "ada" || kept[1].From != "ada" ||
		kept[1].To != "cleo" || !kept[1].Start.Equal(civiltest.Instant("2026-02-17T18:00+01:00")) {
		t.Errorf("kept: %+v", kept)
	}
}

// TestChoosingWhoToBe: in the demo a visitor is whom they chose; elsewhere nobody can choose.
func TestChoosingWhoToBe(t *testing.T) {
	d := newDesk(t, nil)
	form := url.Values{"person": {"ben"}}
	if status, _, header := d.post("vic", "/oncall/visitor", form); status != 404 || header.Get("Set-Cookie") != "" {
		t.Errorf("outside the demo: %d, %v", status, header)
	}
	d.pages.Persons = persona.Choice{{Login: "ben", Name: "Ben", Group: "Kubernetes", Home: "/oncall/me",
		Roles: []rules.Role{rules.Viewer}}}
	status, _, header := d.post("vic", "/oncall/visitor", form)
	cookie := header.Get("Set-Cookie")
	if status != 303 || header.Get("Location") != "/oncall/me" || !strings.HasPrefix(cookie, persona.Cookie+"=ben;") ||
		!strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Errorf("choosing: %d, %v", status, header)
	}
	if _, body, _ := d.get("vic", "/oncall"); !strings.Contains(body, "choose who to be") ||
		!strings.Contains(body, `<option value="ben">Ben`) {
		t.Errorf("nobody can be chosen:\n%s", mainOf(body))
	}
	if status, _, header := d.post("vic", "/oncall/visitor", url.Values{"person": {"root"}}); status != 303 ||
		!strings.Contains(header.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("choosing somebody unknown: %d %v", status, header)
	}
	r := httptest.NewRequestWithContext(t.Context(), "GET", "/oncall", nil)
	r.Header.Set("Cookie", persona.Cookie+"=ben")
	nobody := rules.Visitor{Teams: []string{"Kubernetes"}}
	if v := d.pages.Persons.VisitorOf(r, nobody); v.Login != "ben" || !v.May(rules.Viewer) || len(v.Teams) != 1 {
		t.Errorf("with the cookie: %+v", v)
	}
	if v := (persona.Choice)(nil).VisitorOf(r, nobody); v.Login != "" {
		t.Errorf("a cookie makes somebody of nobody: %+v", v)
	}
}
