package web

import (
	"strings"
	"testing"

	"jerem/testrun"
)

// TestCharts: every chart has an address of its own, where it stands complete: well-formed, with its
// style, its marks and the sentence it is told by; what cannot be drawn is not found.
func TestCharts(t *testing.T) {
	h := serve(t, story(t), company()...)
	db := "/teams/%3Cb%3EDatabases%3C%2Fb%3E%20&%20%22co%22"
	for address, title := range map[string]string{
		"/teams/Kubernetes/sprints/23/burndown.svg":                  "Burndown of Sprint 23: 38 points committed",
		"/teams/Kubernetes/sprints/23/burndown.svg?at=2026-11-18":    "Burndown of Sprint 23: 38 points committed",
		"/teams/Kubernetes/sprints/23/impediments.svg":               "Hours of impediments a day",
		"/teams/Kubernetes/sprints/23/velocity.svg":                  "Velocity: 3.4 points",
		"/teams/Kubernetes/quarters/Q4-26/burnup.svg":                "Burnup of Q4-26: 72 of 117 points are done",
		"/teams/Kubernetes/quarters/Q4-26/weekly.svg":                "Done week by week",
		"/teams/R%C3%A9seau%20%2F%2050%25/quarters/Q4-26/burnup.svg": "Burnup of Q4-26: 20 of 144 hours are done",
		db + "/sprints/41/burndown.svg": "DB &lt;i&gt;first&lt;/i&gt; " +
			"&amp; &#34;only&#34;",
		// known until November
		"/teams/Kubernetes/quarters/Q4-26/burnup.svg?at=2027-02-01":    "Burnup of Q4-26: 72 of 117 points are done",
		network + "/quarters/Q4-26/burnup.svg?at=2026-09-29T10:00:00Z": "the line begins on Thu 1 Oct",
	} {
		code, body, header := get(t, h, address)
		if code != 200 || header.Get("Content-Type") != "image/svg+xml; charset=utf-8" ||
			!strings.Contains(body, title) {
			t.Errorf("%s: %d %s, no %q in %.400s", address, code, header.Get("Content-Type"), title, body)
		}
		if err := wellFormed(body); err != nil {
			t.Errorf("%s: %v", address, err)
		}
		for _, part := range []string{`id="m-add"`, "--expected:", `class="sheet"`} {
			if !strings.Contains(body, part) {
				t.Errorf("%s: does not stand alone, without %s", address, part)
			}
		}
		if policy := header.Get("Content-Security-Policy"); strings.Contains(policy, "script-src") ||
			!strings.Contains(policy, "default-src 'none'") {
			t.Errorf("%s: policy %s", address, policy)
		}
	}
	for address, want := range map[string]int{
		"/teams/Kubernetes/sprints/23/burndown.svg?at=2026-11-10": 404, db + "/sprints/41/velocity.svg": 404,
		"/teams/Kubernetes/quarters/Q1-27/burnup.svg":                         404,
		"/teams/Kubernetes/quarters/Q4-26/burnup.svg?at=2026-09-25T10:00:00Z": 404, // nothing is estimated yet
		"/teams/Kubernetes/quarters/Q9/burnup.svg":                            400,
		"/teams/Kubernetes/sprints/99/burndown.svg":                           404,
		"/teams/Kubernetes/sprints/23/pie.svg":                                404,
	} {
		if code, _, _ := get(t, h, address); code != want {
			t.Errorf("%s: %d, want %d", address, code, want)
		}
	}
}

// TestChartOfPastQuarter: a quarter that is over is told as of its end.
func TestChartOfPastQuarter(t *testing.T) {
	testrun.SkipInShort(t)
	later := strings.Replace(string(story(t)), "clock 2026-11-23 14:00", "clock 2027-02-01 14:00", 1)
	h := serve(t, []byte(later), team("Kubernetes", "K8S"))
	if _, body, _ := get(t, h, "/teams/Kubernetes/quarters/Q4-26/burnup.svg"); !strings.Contains(body,
		"were done at the quarter&#39;s end") {
		t.Errorf("%.400s", body)
	}
}
