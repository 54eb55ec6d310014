package web

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jerem/testrun"
)

// stepsOf are the addresses that the walk of a page leads to, in their order.
func stepsOf(page string) (out []string) {
	walk := regexp.MustCompile(`(?s)<nav class="walk".*?</nav>`).FindString(page)
	for _, step := range regexp.MustCompile(`(?s)<li>\s*<a href="([^"]*)"`).FindAllStringSubmatch(walk, -1) {
		out = append(out, html.UnescapeString(step[1]))
	}
	return out
}

// TestWeeksOfPages: portfolio, flow and the page of a team without sprints walk through the weeks of the quarter. Each
// step is a page that tells the figures of the API as of then, and keeps what else is asked.
func TestWeeksOfPages(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, story(t), company()...)
	for _, c := range []struct{ page, keeps, api, field, figure string }{
		{"/", "", "/api/v1/teams/Kubernetes/quarters/Q4-26", "remaining", `#explain-remaining">([^<]*)<`},
		{"/?quarter=Q4-26&sort=-odds", "sort=-odds", "/api/v1/teams/Kubernetes/quarters/Q4-26", "remaining",
			`roadmap[^"]*#explain-remaining">([^<]*)<`},
		{"/teams/Kubernetes/flow", "", "/api/v1/teams/Kubernetes/flow", "wip.count", `#explain-flow-wip">([^<]*)<`},
		{"/teams/Observability", "", "/api/v1/teams/Observability/flow", "wip.count",
			`#explain-flow-wip">([^<]*)<`},
	} {
		_, page, _ := get(t, h, c.page)
		steps, told := stepsOf(page), map[string]bool{}
		if len(steps) != 9 {
			t.Errorf("%s: %d weeks lead somewhere, want 9: %q", c.page, len(steps), steps)
		}
		for _, address := range steps {
			at := parametersOf(t, address).Get("at")
			code, page, _ := get(t, h, address)
			if code != 200 || !strings.Contains(address, c.keeps) {
				t.Errorf("%s: %d", address, code)
				continue
			}
			answer := object(t, h, withMoment(c.api, at))
			for _, name := range strings.Split(c.field, ".") {
				if inner, ok := answer[name].(map[string]any); ok {
					answer = inner
					continue
				}
				want := fmt.Sprint(answer[name])
				got := regexp.MustCompile(c.figure).FindStringSubmatch(kubernetesRow(page))
				told[want] = true
				if (got == nil || got[1] == "–") && want == "0" {
					continue // nothing is planned or moves yet: the page has no figure of it
				}
				if got == nil || got[1] != want {
					t.Errorf("%s tells %q, the API %s", address, got, want)
				}
			}
		}
		if len(told) < 2 && !strings.Contains(c.page, "Observability") {
			t.Errorf("%s: no step moves the figure: %v", c.page, told)
		}
	}
}

// kubernetesRow is the row of Kubernetes in the portfolio's teams; of another page all of it.
func kubernetesRow(page string) string {
	_, teams, found := strings.Cut(page, `id="teams"`)
	if !found {
		return page
	}
	_, row, _ := strings.Cut(teams, ">Kubernetes</a>")
	return row
}

func parametersOf(t *testing.T, address string) url.Values {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

func withMoment(address, at string) string {
	if at == "" {
		return address
	}
	return address + "?at=" + at
}

// TestWeeksOfWindow: a window of the flow that was asked for keeps its length and ends with the week walked to.
func TestWeeksOfWindow(t *testing.T) {
	h := serve(t, story(t), company()...)
	_, page, _ := get(t, h, "/teams/Kubernetes/flow?from=2026-11-01&to=2026-11-20")
	for _, address := range stepsOf(page) {
		at := parametersOf(t, address).Get("at")
		_, page, _ := get(t, h, address)
		if at == "2026-11-15" && !strings.Contains(page, "Tue 27 Oct to Sun 15 Nov 2026") {
			t.Errorf("%s: %s", address, regexp.MustCompile(`<span>[^<]* to [^<]*</span>`).FindString(page))
		}
		if at == "" && !strings.Contains(page, "Wed 4 Nov to Mon 23 Nov 2026") {
			t.Errorf("%s: %s", address, regexp.MustCompile(`<span>[^<]* to [^<]*</span>`).FindString(page))
		}
	}
	if !strings.Contains(page, "at=2026-11-15&amp;from=2026-10-27") {
		t.Error("no step shifts the window")
	}
}
