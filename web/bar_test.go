package web

import (
	"regexp"
	"testing"
)

// TestPageInTheBar: the bar marks the page that is shown, and none where none of its pages is.
func TestPageInTheBar(t *testing.T) {
	h := serve(t, story(t), company()...)
	current := regexp.MustCompile(`aria-current="page">([^<]*)<`)
	for address, want := range map[string]string{"/": "Portfolio", "/?quarter=Q3-26": "Portfolio",
		"/teams/Kubernetes": "Sprint", "/teams/Observability": "Overview", "/teams/Kubernetes/roadmap": "Roadmap",
		"/teams/Kubernetes/flow": "Flow", "/teams/Nobody": "", "/nowhere": "", "/styleguide": "",
		"/teams/Kubernetes/sprints/99999": "", "/?sort=colour": ""} {
		_, page, _ := get(t, h, address)
		got := ""
		for _, found := range current.FindAllStringSubmatch(page, -1) {
			got += found[1]
		}
		if got != want {
			t.Errorf("%s: marked is %q, want %q", address, got, want)
		}
	}
}
