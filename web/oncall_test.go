package web

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"jerem/access"
	"jerem/access/rules"
	duty "jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
	"jerem/oncall/pay"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
	"jerem/web/oncall"
	"jerem/web/webtest"
)

// onDuty are the people of the rota of Kubernetes; the rota of the Secret team is ada's alone.
var onDuty = []string{"ada", "bob", "cleo"}

// newOnCall is the gated server with on-call: ada, bob and cleo take turns, eve is an operator, pat pays; all of them
// may look. The clock stands at 10 February 2026.
func newOnCall(t testing.TB, change ...func(*access.Options)) gated {
	t.Helper()
	paris := civiltest.ZoneNamed(t, "Europe/Paris")
	file := plan.File{Zone: paris, Rest: 11 * time.Hour, Logins: map[string]string{},
		Teams: []plan.Team{{Name: "Kubernetes", Zone: paris}, {Name: "Secret team", Zone: paris}},
		Policies: []pay.Policy{{From: civiltest.Date("2026-01-01"), Currency: "EUR", Flat: map[int]int64{1: 15000},
			Callout: map[pay.Band]int64{pay.BandNight: 6000}}},
		Sources: []plan.Source{{Name: "prod", Kind: plan.Generic, Team: "Kubernetes",
			Secrets: []plan.SecretHash{plan.NewSecretHash("a secret of prod")}}}}
	for _, handle := range onDuty {
		file.People = append(file.People, oncalltest.Parisian(t, handle))
		file.Logins[handle] = handle
	}
	secret := oncalltest.Weekly(t, "ada")
	secret.Team = "Secret team"
	file.Rotas = []duty.Rota{{Name: "k8s", Versions: []duty.Version{oncalltest.Weekly(t, onDuty...)}},
		{Name: "secret", Versions: []duty.Version{secret}}}
	records, err := kept.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.oncall.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { records.Close() })
	return newGated(t, func(o *Options, a *access.Options) {
		a.Rules.Teams = map[string][]rules.Matcher{"Secret team": {{Login: "ada"}, {Login: "pat"}}}
		a.Rules.Roles = map[rules.Role][]rules.Matcher{rules.Viewer: {{Anybody: true}},
			rules.Operator: {{Login: "eve"}},
			rules.Pay:      {{Login: "pat"}}}
		a.Rules.Teams = map[string][]rules.Matcher{"Secret team": {{Login: "ada"}, {Login: "pat"}}} // who pays sees all
		o.OnCall = &oncall.API{Roster: &roster.Roster{File: file, Records: records}, Events: records,
			Now: func() time.Time { return civiltest.Instant("2026-02-10T12:00Z") }}
		o.OnCallCalendars = records.Calendars
		for _, one := range change {
			one(a)
		}
	})
}

// send sends a request with a body as somebody.
func (g gated) send(t testing.TB, who, method, address, body string) (int, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	r.Header.Set("X-Forwarded-User", who)
	if who == "prod" {
		r.Header.Set("Authorization", "Bearer a secret of prod")
	}
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// onCallRequests is a request of each route, and refused ones: who asks, how, and what is answered.
var onCallRequests = []struct {
	who, method, path, address, body string
	status                           int
}{
	{"ada", "GET", "now", "now", "", 200},
	{"ada", "GET", "now", "now?at=noon", "", 400},
	{"ada", "GET", "rotas/{rota}/segments", "rotas/k8s/segments", "", 200},
	{"bob", "GET", "rotas/{rota}/segments", "rotas/secret/segments", "", 404},
	{"cleo", "POST", "changes", "changes",
		`{"kind": "cover", "rota": "k8s", "start": "2026-02-11", "end": "2026-02-12"}`, 201},
	{"bob", "POST", "changes/{id}/{answer}", "changes/1/accept", "", 200},
	{"bob", "POST", "changes/{id}/{answer}", "changes/1/accept", "", 409},
	{"cleo", "POST", "changes", "changes",
		`{"kind": "exchange", "rota": "k8s", "start": "2026-02-13", "end": "2026-02-14",
		"to": "ada", "against": {"rota": "k8s", "start": "2026-02-17", "end": "2026-02-18"}}`, 201},
	{"ada", "POST", "changes/{id}/{answer}", "changes/2/decline", "", 200},
	{"eve", "POST", "changes/{id}/{answer}", "changes/1/cancel", `{"rest": true}`, 200},
	{"mallory", "POST", "changes", "changes", `{"kind": "take", "rota": "k8s"}`, 403},
	{"ada", "GET", "changes", "changes?rota=k8s", "", 200},
	{"bob", "POST", "absences", "absences", `{"from": "2026-03-01", "to": "2026-03-07"}`, 201},
	{"bob", "GET", "absences", "absences", "", 200},
	{"ada", "DELETE", "absences/{id}", "absences/1", "", 404},
	{"bob", "DELETE", "absences/{id}", "absences/1", "", 200},
	{"ada", "POST", "callouts", "callouts",
		`{"team": "Kubernetes", "started": "2026-02-05T03:00", "ended": "2026-02-05T04:00"}`, 201},
	{"ada", "POST", "callouts", "callouts",
		`{"team": "Nobody", "started": "2026-02-05T03:00", "ended": "2026-02-05T04:00"}`, 404},
	{"cleo", "POST", "callouts/{id}/{act}", "callouts/1/acknowledge", "", 200},
	{"cleo", "POST", "callouts/{id}/{act}", "callouts/1/verdict", `{"verdict": "noise", "reason": "heals_itself"}`,
		200},
	{"bob", "POST", "callouts/{id}/{act}", "callouts/1/verdict", `{"verdict": "useful"}`, 404},
	{"bob", "GET", "callouts", "callouts?team=Kubernetes", "", 200},
	{"cleo", "GET", "callouts", "callouts", "", 200},
	{"cleo", "GET", "alerts", "alerts?state=open", "", 200},
	{"bob", "GET", "alerts", "alerts?team=Secret%20team", "", 404},
	{"bob", "GET", "rules", "rules?team=Kubernetes", "", 200},
	{"bob", "POST", "rules/decision", "rules/decision",
		`{"team": "Kubernetes", "rule": "DiskFull", "decision": "ticket",
		"review": "2026-05-01"}`, 201},
	{"bob", "GET", "rules", "rules?team=Kubernetes", "", 200},
	{"bob", "GET", "load", "load?team=Kubernetes&month=2026-02", "", 200},
	{"bob", "GET", "load", "load?team=Kubernetes&month=2026-01", "", 200},
	{"bob", "GET", "statements/{month}", "statements/2026-01", "", 200},
	{"pat", "GET", "statements/{month}", "statements/2026-02", "", 200},
	{"bob", "POST", "statements/{month}/freeze", "statements/2026-01/freeze", "", 403},
	{"pat", "POST", "statements/{month}/freeze", "statements/2026-01/freeze", "", 200},
	{"pat", "POST", "statements/{month}/freeze", "statements/2026-01/freeze", "", 409},
	{"eve", "GET", "warnings", "warnings", "", 200},
}

// TestDescriptionOfOnCall: every route of on-call is described with its parameters, no other one is, and every answer
// is as it is described.
func TestDescriptionOfOnCall(t *testing.T) {
	g := newOnCall(t)
	_, body, _ := g.ask(t, "ada", "/api/v1/openapi.json")
	d := parseDescription(t, body, isOnCall)
	described := map[string][]string{}
	for path, item := range d.Paths.Map() {
		for method, operation := range item.Operations() {
			described[method+" "+path] = queryOf(operation)
		}
	}
	served := map[string][]string{}
	for _, route := range oncall.Routes() {
		served[route.Method+" "+oncall.Prefix+route.Path] = route.Reads
	}
	for name, reads := range served {
		if told, ok := described[name]; !ok || !slices.Equal(told, reads) {
			t.Errorf("%s reads %q, described is %q, %v", name, reads, told, ok)
		}
	}
	for name := range described {
		if _, ok := served[name]; !ok {
			t.Errorf("%s is described and not served", name)
		}
	}
	if status, body := g.send(t, "prod", "POST", "/hooks/prod", `{"id": "1", "state": "firing", "rule": "DiskFull",
		"at": "2026-02-10T11:30:00Z"}`); status != 200 {
		t.Fatalf("an alert is posted: %d %s", status, body)
	}
	for _, q := range onCallRequests {
		code, body := g.send(t, q.who, q.method, oncall.Prefix+q.address, q.body)
		if code != q.status {
			t.Errorf("%s %s by %s: %d, want %d: %s", q.method, q.address, q.who, code, q.status, body)
		}
		delete(served, q.method+" "+oncall.Prefix+q.path)
		operation := d.Paths.Value(oncall.Prefix + q.path).GetOperation(q.method)
		holdAnswer(t, operation, q.method+" "+q.address, code, body)
		if code < 300 && q.body != "" {
			schema := operation.RequestBody.Value.Content.Get("application/json").Schema.Value
			if err := faultOf(schema, q.body); err != nil {
				t.Errorf("%s %s: the body is not as described: %v", q.method, q.address, err)
			}
		}
	}
	for name := range maps.Keys(served) {
		t.Errorf("no answer of %s was held to its description", name)
	}
}

// TestOnCallBehindTheGate: nobody is answered who is not let in; a source needs no login; what one may not see is in no
// list; methods and bodies that are not for on-call are refused as before.
func TestOnCallBehindTheGate(t *testing.T) {
	g := newOnCall(t)
	for address, want := range map[string]int{"now": 401, "changes": 401, "statements/2026-01": 401} {
		if code, _, header := g.ask(t, "", oncall.Prefix+address); code != want ||
			header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s for nobody: %d, want %d", address, code, want)
		}
	}
	if code, _, _ := g.ask(t, "token badge", oncall.Prefix+"now"); code != 403 {
		t.Errorf("now for a badge: %d", code)
	}
	if _, body, header := g.ask(t, "bob", oncall.Prefix+"now"); strings.Contains(body, "secret") ||
		!strings.Contains(body, "k8s") || header.Get("Cache-Control") != "no-store" {
		t.Errorf("now for bob: %s %v", body, header)
	}
	for _, c := range []struct {
		method, address string
		status          int
	}{{"POST", "/teams/Kubernetes", 405}, {"DELETE", "/hooks/prod", 405}, {"PUT", oncall.Prefix + "now", 405},
		{"POST", "/hooks/none", 404}, {"POST", "/hooks/prod", 401}} {
		if code, body := g.send(t, "ada", c.method, c.address, "{}"); code != c.status ||
			!strings.Contains(body, c.method) && c.status == http.StatusMethodNotAllowed {
			t.Errorf("%s %s: %d, want %d: %s", c.method, c.address, code, c.status, body)
		}
	}
	large := `{"kind": "` + strings.Repeat("x", 70<<10) + `"}`
	if code, _ := g.send(t, "ada", "POST", oncall.Prefix+"changes", large); code != 413 {
		t.Errorf("a body of 70 KiB: %d", code)
	}
	if code, _ := g.send(t, "prod", "POST", "/hooks/prod", large); code != 200 {
		t.Errorf("an event of 70 KiB: %d", code)
	}
}

// TestOnCallWithoutLogin: where nobody logs in rotas are shown, and what is personal or changes anything is refused.
func TestOnCallWithoutLogin(t *testing.T) {
	records, err := kept.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.oncall.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer records.Close()
	file := plan.File{Zone: time.UTC, Teams: []plan.Team{{Name: "Kubernetes", Zone: time.UTC}},
		People: []duty.Person{oncalltest.Parisian(t, "ada")}, Logins: map[string]string{"ada": "ada"},
		Rotas: []duty.Rota{{Name: "k8s", Versions: []duty.Version{oncalltest.Weekly(t, "ada")}}}}
	b := webtest.Read(t, webtest.Story(), company()...)
	h := New(Options{Store: b.Store, Teams: company(), Log: b.Log, AnyHost: true, OnCall: &oncall.API{
		Roster: &roster.Roster{File: file, Records: records}, Events: records, Now: time.Now}})
	g := gated{Handler: h}
	for address, want := range map[string]int{"GET now": 200, "GET rotas/k8s/segments": 200,
		"GET statements/2026-01": 403,
		"POST changes":           403, "GET absences": 403} {
		method, path, _ := strings.Cut(address, " ")
		code, body := g.send(t, "ada", method, oncall.Prefix+path, `{"kind": "take", "rota": "k8s"}`)
		if code != want || code == 403 && !strings.Contains(body, "access.mode") {
			t.Errorf("%s: %d, want %d: %s", address, code, want, body)
		}
	}
	if code, _, _ := get(t, NewServer(b.Store, company(), "", b.Log), oncall.Prefix+"now"); code != 404 {
		t.Errorf("without a rota: %d", code)
	}
}

// queryOf are the parameters that an operation reads from its query, in order.
func queryOf(operation *openapi3.Operation) []string {
	var names []string
	for _, p := range operation.Parameters {
		if p.Value.In == openapi3.ParameterInQuery {
			names = append(names, p.Value.Name)
		}
	}
	return names
}
