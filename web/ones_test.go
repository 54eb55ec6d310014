package web

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/testrun"
	"jerem/web/webtest"
)

// explained finds the addresses of figures by themselves, in pages and in answers.
var explainedAt = regexp.MustCompile(`"((?:/api/v1)?/explain\?[^"]*)"`)

// addressesOfOnes lists all addresses of a team of webtest.Ones as of a moment, with its sprints and issues.
func addressesOfOnes(t *testing.T, n int, team agile.Team, at string) (out []string) {
	t.Helper()
	board := string(rune('1' + n))
	for _, address := range servedPatterns(t, team.Name) {
		if !strings.Contains(address, "/teams/") || strings.Contains(address, "x.csv") ||
			strings.HasSuffix(address, "/") {
			continue
		}
		of := []string{address}
		if strings.Contains(address, "sprints/1") {
			of = []string{strings.Replace(address, "sprints/1", "sprints/"+board+"1", 1),
				strings.Replace(address, "sprints/1", "sprints/"+board+"2", 1)}
		} else if strings.Contains(address, "K8S-1") {
			of = nil
			for _, issue := range []string{"-1", "-11", "-12", "-13", "-14", "-21"} {
				of = append(of, strings.Replace(address, "K8S-1", team.Project+issue, 1))
			}
		}
		for _, one := range of {
			out = append(out, one+at)
		}
	}
	return out
}

// TestOneIsCountedAsOne: no page, file and answer of a company with one of nearly everything tells of "1 points" or of
// "0 issue", or is spaced as no sentence is, at any stage of it, nor does what any of their figures opens.
func TestOneIsCountedAsOne(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, webtest.Ones(), webtest.OnesCompany()...)
	moments := []string{"?at=2026-11-23"}
	teams := webtest.OnesCompany()[:1]
	if !testing.Short() {
		teams = webtest.OnesCompany()
		moments = append(moments, "")
		for _, day := range []string{"11-04", "11-13", "11-18", "11-20"} {
			moments = append(moments, "?at=2026-"+day)
		}
	}
	asked := map[string]bool{}
	ask := func(address string) string {
		asked[address] = true
		code, body, _ := get(t, h, address)
		if code >= http.StatusInternalServerError {
			t.Errorf("%s: %d", address, code)
		}
		for _, wrong := range append(webtest.Miscounted(body), webtest.Misspaced(body)...) {
			t.Errorf("%s: %s", address, wrong)
		}
		return body
	}
	for _, at := range moments {
		list := []string{"/" + at, "/teams.csv" + at, "/odds.csv" + at, "/initiatives.csv" + at,
			"/api/v1/portfolio" + at}
		for n, team := range teams {
			list = append(list, addressesOfOnes(t, n, team, at)...)
		}
		for _, address := range list {
			for _, found := range explainedAt.FindAllStringSubmatch(ask(address), -1) {
				opened := strings.ReplaceAll(html.UnescapeString(found[1]), `\u0026`, "&")
				if !asked[opened] && !testing.Short() {
					ask(opened)
				}
			}
		}
	}
	if len(asked) < 40*len(moments) {
		t.Errorf("only %d addresses were asked", len(asked))
	}
}

// TestOneCallOut: one call-out of one night and one hour is counted as one wherever on-call is told.
func TestOneCallOut(t *testing.T) {
	testrun.SkipInShort(t)
	g := newCalledTeam(t)
	postAlert(t, g, "a", "disk", "2026-11-18T02:00:00Z", "2026-11-18T03:00:00Z")
	for _, address := range []string{"/", "/oncall.csv", "/teams/Kubernetes/sprints/23", "/teams/Kubernetes/roadmap",
		"/teams/Kubernetes/sprints/22", "/teams/Kubernetes/sprints/23/callouts.csv", "/oncall", "/oncall/review",
		"/oncall/callouts", "/oncall/absences", "/oncall/k8s", "/oncall/me", "/api/v1/oncall/review",
		"/api/v1/teams/Kubernetes/sprints/23", "/api/v1/teams/Kubernetes/forecast", "/api/v1/portfolio"} {
		status, body, _ := g.ask(t, "eve", address)
		if status >= http.StatusInternalServerError {
			t.Errorf("%s: %d", address, status)
		}
		for _, wrong := range append(webtest.Miscounted(body), webtest.Misspaced(body)...) {
			t.Errorf("%s: %s", address, wrong)
		}
	}
}
