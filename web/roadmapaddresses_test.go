package web

import (
	"html"
	"slices"
	"strings"
	"testing"

	"jerem/testrun"
)

// TestRoadmapTablesByThemselves: what the tables of the roadmap open, its sums, weeks and mix, stands at an address of
// its own with the value that it has there, for people and for programs.
func TestRoadmapTablesByThemselves(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, story(t), company()...)
	found := map[string]int{}
	for _, roadmap := range []string{"", "?at=2026-11-10", "?quarter=Q3-26"} {
		_, page, _ := get(t, h, "/teams/Kubernetes/roadmap"+roadmap)
		for _, drawer := range strings.Split(page, `class="drawer"`)[1:] {
			told := portfolioDrawer.FindStringSubmatch(drawer)
			kind := strings.TrimRight(told[1], "-0123456789")
			if told[3] == "" {
				if slices.Contains([]string{"epics", "unestimated", "waits", "week", "impeded", "called",
					"mix-initiative", "mix-type", "mix-nature"}, strings.TrimSuffix(kind, "-done")) {
					t.Errorf("%s: %s has no address of its own", roadmap, told[1])
				}
				continue
			}
			found[kind]++
			value, address := strings.TrimSpace(told[2]), html.UnescapeString(told[3])
			if code, alone, _ := get(t, h, address); code != 200 || !strings.Contains(alone, ": <b>"+value+"</b>") {
				t.Errorf("%s: %s opens %q, %s answers %d without it", roadmap, told[1], value, address, code)
			}
			if code, answer, _ := get(t, h, "/api/v1"+address); code != 200 || !strings.HasPrefix(answer, "{") {
				t.Errorf("%s: programs are answered %d at %s", roadmap, code, address)
			}
		}
	}
	for _, kind := range []string{"epics", "unestimated", "waits", "week", "impeded", "mix-type", "epic"} {
		if found[kind] == 0 {
			t.Errorf("no %s is opened: %v", kind, found)
		}
	}
}
