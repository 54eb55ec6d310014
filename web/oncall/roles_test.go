package oncall_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/access/rules"
	"jerem/oncall"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/pay"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
	api "jerem/web/oncall"
)

// everyRoute is a request of each route that its rightful asker is answered, by method and path of the route. Of what
// is somebody's it is ada's.
var everyRoute = map[string]struct {
	path string
	body fields
}{
	"GET now":                   {path: "now"},
	"GET rotas/{rota}/segments": {path: "rotas/k8s/segments"},
	"GET changes":               {path: "changes"},
	"POST changes": {"changes",
		asking("cover", weekOfBen, fields{"from": "ben", "to": "cleo", "reason": "agreed"})},
	"POST changes/{id}/{answer}": {path: "changes/1/withdraw"},
	"GET absences":               {path: "absences"},
	"POST absences":              {"absences", fields{"person": "ada", "from": "2026-02-01", "to": "2026-02-02"}},
	"DELETE absences/{id}":       {path: "absences/1"},
	"GET callouts":               {path: "callouts?from=2026-01-01"},
	"POST callouts": {"callouts",
		fields{"team": "Kubernetes", "person": "ada", "started": "2026-01-06T03:00", "ended": "2026-01-06T04:00"}},
	"POST callouts/{id}/{act}": {"callouts/1/verdict", fields{"verdict": "useful"}},
	"GET alerts":               {path: "alerts"},
	"GET rules":                {path: "rules?team=Kubernetes"},
	"POST rules/decision": {"rules/decision",
		fields{"team": "Kubernetes", "rule": "DiskFull", "decision": "drop", "review": "2026-03-01"}},
	"GET load":                       {path: "load?team=Kubernetes"},
	"GET statements/{month}":         {path: "statements/2026-01"},
	"POST statements/{month}/freeze": {path: "statements/2026-01/freeze"},
	"GET warnings":                   {path: "warnings"},
}

// statuses is what each visitor is answered by each route; 200 stands for 201 too. ada is the person, ben another one.
func statuses() map[string]map[string]int {
	mayAsk := map[string]map[string]int{"viewer": {}, "ada": {}, "ben": {}, "operator": {}, "pay": {}, "stranger": {},
		"badge": {}, "off": {}}
	open := []string{"GET now", "GET rotas/{rota}/segments", "GET changes", "GET callouts", "GET alerts", "GET rules",
		"GET load", "GET warnings"}
	for who := range mayAsk {
		for route := range everyRoute {
			mayAsk[who][route] = 403
			isOpen := slices.Contains(open, route) && who != "stranger" && who != "badge"
			if isOpen {
				mayAsk[who][route] = 200
			}
		}
	}
	set := func(who string, status int, routes ...string) {
		for _, route := range routes {
			mayAsk[who][route] = status
		}
	}
	set("ada", 200, "POST changes/{id}/{answer}", "GET absences", "POST absences", "DELETE absences/{id}",
		"POST callouts", "POST callouts/{id}/{act}", "POST rules/decision", "GET statements/{month}")
	set("ben", 200, "GET absences", "POST rules/decision", "GET statements/{month}")
	set("ben", 404, "DELETE absences/{id}", "POST callouts/{id}/{act}") // another's of today does not exist to them
	set("operator", 200, "POST changes", "GET absences", "POST absences", "DELETE absences/{id}",
		"POST rules/decision")
	set("operator", 400, "POST callouts", "POST callouts/{id}/{act}") // because is missing
	set("pay", 200, "GET statements/{month}", "POST statements/{month}/freeze")
	return mayAsk
}

// officeWithOneOfEach is on-call with a request, an absence, an alert and a call-out of ada.
func officeWithOneOfEach(t *testing.T) *office {
	file := weeklyFile(t, "ada", "ben", "cleo")
	file.Policies = []pay.Policy{{From: civiltest.Date("2026-01-01"), Currency: "EUR", Flat: map[int]int64{1: 15000},
		Callout: map[pay.Band]int64{pay.BandNight: 6000}}}
	o := open(t, file, "2026-02-03T12:00Z")
	o.want(201, o.ask("ada", "POST", "changes", asking("cover", fields{"start": "2026-02-16T09:00",
		"end": "2026-02-17"}, fields{"to": "ben"})), nil)
	o.want(201, o.ask("ada", "POST", "absences", fields{"from": "2026-02-16", "to": "2026-02-20"}), nil)
	at := civiltest.Instant("2026-02-03T03:00Z")
	err := o.store.Update(t.Context(), func(roster.State) (roster.Writes, error) {
		return roster.Writes{
			Alerts: []intake.Alert{{Alert: interruption.Alert{ID: 1, Source: "prod", Fingerprint: "f", Rule: "DiskFull",
				Team: "Kubernetes", First: at, Last: at}, PagerID: "f"}},
			Callouts: []intake.Callout{{ID: 1, Team: "Kubernetes", Rota: "k8s", Level: 1, Person: "ada", Started: at,
				Alerts: []int64{1}, Origin: interruption.Presumed}}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestWhoMay: every route of the API answers each visitor as the table says, and there is no route without an answer.
func TestWhoMay(t *testing.T) {
	reading, mayAsk := officeWithOneOfEach(t), statuses()
	for _, route := range api.Routes() {
		name := route.Method + " " + route.Path
		request, ok := everyRoute[name]
		if !ok || route.May == "" {
			t.Errorf("%s: nobody says who may use it", name)
			continue
		}
		for who, want := range mayAsk {
			o := reading
			if route.Method != http.MethodGet {
				o = officeWithOneOfEach(t)
			}
			as := visitorNamed(who)
			if o.api.Off = who == "off"; o.api.Off {
				as = visitorNamed("ada") // whoever is named, nobody is believed
			}
			var body any
			if request.body != nil {
				body = request.body
			}
			g := o.askAs(as, route.Method, request.path, body)
			if g.status == http.StatusCreated {
				g.status = http.StatusOK
			}
			if g.status != want[name] {
				t.Errorf("%s by %s: %d, want %d: %s", name, who, g.status, want[name], g.body)
			}
			if g.status == http.StatusForbidden && !strings.Contains(g.body, `"code":"oncall.forbidden"`) {
				t.Errorf("%s by %s: %s", name, who, g.body)
			}
		}
	}
}

// TestUnseenTeams: to who may not see a team its rotas, changes, call-outs and alerts do not exist.
func TestUnseenTeams(t *testing.T) {
	o := officeWithOneOfEach(t)
	as := visitorNamed("operator")
	as.Teams = []string{"Metal"}
	for path, want := range map[string]string{"now": "[]", "changes": "[]", "callouts": "[]", "alerts": "[]",
		"warnings": ""} {
		g := o.askAs(as, "GET", path, nil)
		if got := strings.TrimSpace(g.body); g.status != 200 || want != "" && got != want ||
			strings.Contains(got, "k8s") {
			t.Errorf("%s: %d %s", path, g.status, got)
		}
	}
	for _, path := range []string{"rotas/k8s/segments", "changes?rota=k8s", "callouts?team=Kubernetes",
		"alerts?team=Kubernetes", "rules?team=Kubernetes", "load?team=Kubernetes"} {
		o.want(404, o.askAs(as, "GET", path, nil), nil)
	}
	for path, body := range map[string]fields{"changes/1/cancel": nil,
		"changes": asking("take", nil, fields{"to": "ben",
			"reason": "agreed"}), "callouts/1/verdict": {"verdict": "useful", "because": "other"},
		"rules/decision": {"team": "Kubernetes", "rule": "DiskFull", "decision": "page"},
		"callouts": {"team": "Kubernetes", "person": "ada", "started": "2026-01-06", "ended": "2026-01-06",
			"because": "other"}} {
		o.want(404, o.askAs(as, "POST", path, body), nil)
	}
}

// TestHandleWithoutARole: who has a handle and no role sees the teams of the rotas that they stand in, and nothing of
// another one, whatever its rota is called.
func TestHandleWithoutARole(t *testing.T) {
	file := weeklyFile(t, "ada", "ben", "cleo")
	other := file.Rotas[0]
	other.Name, other.Versions = "metal", slices.Clone(other.Versions)
	other.Versions[0].Team, other.Versions[0].People = "Metal", []string{"cleo", "dan"}
	file.Rotas = append(file.Rotas, other)
	file.Teams = append(file.Teams, plan.Team{Name: "Metal", Zone: file.Teams[0].Zone})
	file.People = append(file.People, oncall.Person{Handle: "dan"})
	file.Logins["dan"] = "dan"
	o := open(t, file, "2026-02-03T12:00Z")
	for handle, rotas := range map[string]string{"ada": "k8s", "cleo": "k8s metal", "dan": "metal"} {
		as := rules.Visitor{Login: handle, Teams: []string{"Kubernetes", "Metal"}}
		var rows []fields
		o.want(200, o.askAs(as, "GET", "now", nil), &rows)
		var seen []string
		for _, row := range rows {
			seen = append(seen, row["rota"].(string))
		}
		if got := strings.Join(seen, " "); got != rotas {
			t.Errorf("%s sees %s, want %s", handle, got, rotas)
		}
		for rota, team := range map[string]string{"k8s": "Kubernetes", "metal": "Metal"} {
			status := 404
			if strings.Contains(rotas, rota) {
				status = 200
			}
			for _, path := range []string{"rotas/" + rota + "/segments", "rules?team=" + team, "load?team=" + team,
				"callouts?team=" + team, "alerts?team=" + team, "changes?rota=" + rota} {
				o.want(status, o.askAs(as, "GET", path, nil), nil)
			}
		}
	}
}

// TestOwnOfUnseenTeams: who was called for a team that they may not see is told of that call-out and of its alerts, and
// of nothing else of the team; their page says the same.
func TestOwnOfUnseenTeams(t *testing.T) {
	o := officeWithOneOfEach(t)
	at := civiltest.Instant("2026-02-02T03:00Z")
	err := o.store.Update(t.Context(), func(roster.State) (roster.Writes, error) {
		return roster.Writes{
			Alerts: []intake.Alert{{Alert: interruption.Alert{ID: 2, Source: "prod", Fingerprint: "g", Rule: "Slow",
				Team: "Kubernetes", First: at, Last: at}, PagerID: "g"}},
			Callouts: []intake.Callout{{ID: 2, Team: "Kubernetes", Rota: "k8s", Level: 1, Person: "ben", Started: at,
				Alerts: []int64{2}, Origin: interruption.Presumed}}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for handle, want := range map[string]float64{"ada": 1, "ben": 2} {
		as := visitorNamed(handle)
		as.Teams = []string{"Metal"}
		for _, path := range []string{"callouts", "alerts", "callouts?team=Kubernetes", "alerts?team=Kubernetes"} {
			var rows []fields
			o.want(200, o.askAs(as, "GET", path, nil), &rows)
			if len(rows) != 1 || rows[0]["id"] != want {
				t.Errorf("%s for %s: %v", path, handle, rows)
			}
		}
	}
}

// TestTimesOfOthers: who was called and when is null but to that person, operators and pay, and before its day is over
// others are told of no call-out at all; alerts have no times but to those concerned and operators.
func TestTimesOfOthers(t *testing.T) {
	o := officeWithOneOfEach(t)
	for who, isTold := range map[string]bool{"viewer": false, "ben": false, "ada": true, "operator": true,
		"pay": true} {
		var callouts []fields
		o.want(200, o.ask(who, "GET", "callouts", nil), &callouts)
		if (len(callouts) == 1) != isTold {
			t.Errorf("on the day of a call-out %s is told of %d", who, len(callouts))
		}
	}
	o.now = o.now.Add(24 * time.Hour)
	for who, seen := range map[string][2]bool{"viewer": {}, "ben": {}, "ada": {true, true}, "operator": {true, true},
		"pay": {true, false}} {
		var callouts, alerts []fields
		o.want(200, o.ask(who, "GET", "callouts", nil), &callouts)
		o.want(200, o.ask(who, "GET", "alerts?state=open", nil), &alerts)
		c, a := callouts[0], alerts[0]
		got := fmt.Sprint(c["person"], " ", c["started"], " ", a["first"])
		want := "<nil> <nil> <nil>"
		switch seen {
		case [2]bool{true, true}:
			want = "ada 2026-02-03T03:00:00Z 2026-02-03T03:00:00Z"
		case [2]bool{true, false}:
			want = "ada 2026-02-03T03:00:00Z <nil>"
		}
		if got != want || c["day"] != "2026-02-03" {
			t.Errorf("%s sees %s of %v, want %s", who, got, c["day"], want)
		}
	}
	o.want(200, o.ask("viewer", "GET", "alerts?state=resolved", nil), nil)
	for _, path := range []string{"callouts?from=2026-02-03T01:00", "rules?team=Kubernetes&to=2026-02-03T03:00:00Z",
		"load?team=Kubernetes&from=2026-01-01", "alerts?state=old", "rules", "load",
		"load?team=Kubernetes&month=2026"} {
		o.want(400, o.ask("viewer", "GET", path, nil), nil)
	}
}
