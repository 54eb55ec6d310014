package dutypages

import (
	"net/url"
	"strings"
	"testing"

	"jerem/oncall/civil/civiltest"
)

// TestEveryAddress: every address of the pages answers each visitor as the table says, and there is no address without
// an answer. ada and ben are people, eve is an operator, pat pays, vic looks, a stranger may nothing; off is where
// nobody logs in. The call-out and the absence are ben's, the request is ben's to ada.
func TestEveryAddress(t *testing.T) {
	const names = "ada ben eve pat vic stranger off"
	who := strings.Fields(names)
	table := map[string]struct {
		path string
		form url.Values
		want []int
	}{
		"GET /oncall":    {"/oncall", nil, []int{200, 200, 200, 200, 200, 403, 200}},
		"GET /oncall/me": {"/oncall/me", nil, []int{200, 200, 403, 403, 403, 403, 403}},
		"POST /oncall/me/calendar": {"/oncall/me/calendar", url.Values{"act": {"revoke"}},
			[]int{303, 303, 403, 403, 403, 403, 403}},
		"GET /oncall/me/give": {"/oncall/me/give?" + url.Values{"duty": {turnOfBen}}.Encode(), nil,
			[]int{409, 200, 403, 403, 403, 403, 403}},
		"POST /oncall/me/changes": {"/oncall/me/changes", url.Values{"part": {turnOfBen}, "to": {"cleo"}},
			[]int{303, 303, 403, 403, 403, 403, 403}},
		"POST /oncall/me/changes/{id}": {"/oncall/me/changes/1", url.Values{"answer": {"accept"}},
			[]int{303, 409, 403, 403, 403, 403, 403}},
		"GET /oncall/statements/{month}": {"/oncall/statements/2026-01", nil,
			[]int{200, 200, 403, 200, 403, 403, 403}},
		"GET /oncall/statements/{month}/lines.csv": {"/oncall/statements/2026-01/lines.csv", nil,
			[]int{200, 200, 403, 200, 403, 403, 403}},
		"POST /oncall/statements/{month}/freeze": {"/oncall/statements/2026-01/freeze", nil,
			[]int{403, 403, 403, 303, 403, 403, 403}},
		"GET /oncall/review": {"/oncall/review", nil, []int{200, 200, 200, 200, 200, 403, 200}},
		"POST /oncall/review/decision": {"/oncall/review/decision", url.Values{"team": {"Kubernetes"},
			"rule": {"DiskFull"}, "decision": {"page"}}, []int{303, 303, 303, 403, 403, 403, 403}},
		"GET /oncall/absences": {"/oncall/absences", nil, []int{200, 200, 200, 403, 403, 403, 403}},
		"POST /oncall/absences": {"/oncall/absences", url.Values{"person": {"ben"}, "from": {"2026-03-01"},
			"to": {"2026-03-02"}}, []int{403, 303, 303, 403, 403, 403, 403}},
		"POST /oncall/absences/{id}": {"/oncall/absences/1", nil, []int{404, 303, 303, 403, 403, 403, 403}},
		"GET /oncall/callouts":       {"/oncall/callouts", nil, []int{200, 200, 200, 403, 403, 403, 403}},
		"POST /oncall/callouts": {"/oncall/callouts", url.Values{"team": {"Kubernetes"}, "person": {"ben"},
			"started": {"2026-02-06T21:00"}, "ended": {"2026-02-06T21:20"}, "because": {""}},
			[]int{403, 303, 400, 403, 403, 403, 403}},
		"POST /oncall/callouts/{id}": {"/oncall/callouts/1", url.Values{"verdict": {"useful"}},
			[]int{403, 303, 400, 403, 403, 403, 403}},
		"POST /oncall/visitor": {"/oncall/visitor", url.Values{"person": {"ben"}},
			[]int{404, 404, 404, 404, 404, 403, 404}},
		"GET /oncall/{rota}": {"/oncall/k8s", nil, []int{200, 200, 200, 200, 200, 403, 200}},
		"POST /oncall/take":  {"/oncall/take", url.Values{"rota": {"k8s"}}, []int{303, 303, 403, 403, 403, 403, 403}},
		"POST /oncall/changes": {"/oncall/changes", url.Values{"rota": {"k8s"}, "from": {"cleo"}, "to": {"ada"},
			"started": {"2026-02-10T18:00"}, "ended": {"2026-02-11T09:00"}, "because": {"agreed"}},
			[]int{403, 403, 303, 403, 403, 403, 403}},
		"POST /oncall/changes/{id}": {"/oncall/changes/1", url.Values{"cancel": {"all"}},
			[]int{403, 403, 409, 403, 403, 403, 403}},
	}
	var d *desk // as no visitor has changed it yet
	for _, a := range addresses() {
		row, ok := table[a.pattern]
		if !ok {
			t.Errorf("%s: nobody says who may use it", a.pattern)
			continue
		}
		method, _, _ := strings.Cut(a.pattern, " ")
		for i, name := range who {
			if d == nil {
				d = newDesk(t, nil).withCallout()
				d.post("ben", "/oncall/me/changes", url.Values{"part": {turnOfBen}, "to": {"ada"}})
				d.post("ben", "/oncall/absences", url.Values{"from": {"2026-03-01"}, "to": {"2026-03-02"}})
				d.now = civiltest.Instant("2026-02-10T12:00Z")
			}
			d.pages.Off = name == "off"
			if d.pages.Off {
				name = "ada" // whoever is named, nobody is believed
			}
			var status int
			var body string
			if method == "GET" {
				status, body, _ = d.get(name, row.path)
			} else {
				status, body, _ = d.post(name, row.path, row.form)
			}
			if status != row.want[i] {
				t.Errorf("%s by %s: %d, not %d: %.200s", a.pattern, who[i], status, row.want[i], body)
			}
			if method != "GET" && status < 400 {
				d = nil
			}
		}
	}
}
