package web

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jerem/testrun"
)

// TestFiguresByThemselves: each drawer of a sprint, a quarter, a forecast and a flow leads to its figure by itself,
// which says the same value, lists every input with its issue's page, and has its inputs as CSV.
func TestFiguresByThemselves(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, story(t), company()...)
	drawer := regexp.MustCompile(`(?s)<aside class="drawer".*?</aside>`)
	address := regexp.MustCompile(`href="(/explain\?[^"]*)"`)
	value := regexp.MustCompile(`<p class="big">([^<]*) <small>`)
	ofForecast := regexp.MustCompile(
		`id="explain-((epic-\d+-)?(odds|date-50|date-85)|epic-\d+|record|moved|price)"`)
	shown := 0
	for _, page := range []string{"/teams/Kubernetes", "/teams/Kubernetes/sprints/22?at=2026-11-10",
		"/teams/Kubernetes/roadmap", "/teams/Kubernetes/flow", network, databases} {
		_, body, _ := get(t, h, page)
		for _, text := range drawer.FindAllString(body, -1) {
			to := address.FindStringSubmatch(text)
			if to == nil {
				if name := ofForecast.FindString(text); name != "" {
					t.Errorf("%s: what %s opens has no address of its own", page, name)
				}
				continue
			}
			to[1] = html.UnescapeString(to[1])
			code, alone, _ := get(t, h, to[1])
			if code != 200 {
				t.Errorf("%s leads to %s: %d", page, to[1], code)
				continue
			}
			if want := value.FindStringSubmatch(text)[1]; !strings.Contains(alone, "<b>"+want+"</b>") &&
				!strings.Contains(text, "flow-cycle") {
				t.Errorf("%s says %s, %s another value", page, want, to[1])
			}
			query := to[1][strings.Index(to[1], "?"):]
			if code, csv, _ := get(t, h, "/explain.csv"+query); code != 200 || !strings.HasPrefix(csv, "figure,term,") {
				t.Errorf("/explain.csv%s: %d %.80s", query, code, csv)
			}
			shown++
		}
	}
	if shown < 40 {
		t.Errorf("%d figures lead to themselves", shown)
	}
	_, alone, _ := get(t, h, "/explain?team=Kubernetes&sprint=23&figure=ledger.remaining")
	for _, want := range []string{`<th scope="col" class="r">Sum</th>`, `href="/teams/Kubernetes/issues/K8S-1420"`,
		`href="/explain.csv?figure=ledger.remaining&amp;team=Kubernetes&amp;sprint=23"`} {
		if !strings.Contains(alone, want) {
			t.Errorf("what remains, by itself, has no %s in %s", want, mainOf(t, alone))
		}
	}
	if code, _, _ := get(t, h, "/explain?team=Kubernetes&sprint=23&figure="+url.QueryEscape("<b>")); code != 404 {
		t.Errorf("a figure that is none: %d", code)
	}
}
