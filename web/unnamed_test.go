package web

import (
	"strings"
	"testing"
)

// TestRefusalsNameWhatWasNamed: a question that lacks something is refused as such, and a window that ends before it
// begins by what was named of it.
func TestRefusalsNameWhatWasNamed(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	const flow = "/api/v1/teams/Kubernetes/flow?"
	for address, want := range map[string]string{
		"/api/v1/explain?figure=late":          "no team is named",
		"/api/v1/explain?team=Kubernetes":      "no figure is named",
		flow + "from=2027-01-01":               "from is after the last day of the window",
		flow + "to=2020-01-01":                 "to is before the first day of the window",
		flow + "from=2026-11-02&to=2026-11-01": "from is after to",
	} {
		if code, body, _ := get(t, h, address); code != 400 || !strings.Contains(body, `"message":"`+want) {
			t.Errorf("%s: %d %s", address, code, body)
		}
	}
}

// TestFigureOfAnotherSubject: who asks for a figure without the sprint or the epic that has it is told to name one.
func TestFigureOfAnotherSubject(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	for query, subject := range map[string]string{"figure=ledger.remaining": "sprint", "figure=forecastable": "",
		"sprint=22&figure=baseline": "quarter"} {
		code, body, _ := get(t, h, "/api/v1/explain?team=Kubernetes&"+query)
		hint := "A " + subject + " has it: name one by " + subject + ". "
		if code != 404 || strings.Contains(body, hint) != (subject != "") || strings.Count(body, " has it") > 1 {
			t.Errorf("%s: %d %s", query, code, body)
		}
	}
}
