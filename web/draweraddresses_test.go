package web

import (
	"html"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDrawersByThemselves: whatever a page opens stands at an address of its own with the value, the formula and the
// notes that it has there, for people, as a table and for programs: of sprints, quarters, flows and teams without
// sprints, of the present and of a past day.
func TestDrawersByThemselves(t *testing.T) {
	const team = "/teams/Kubernetes"
	found := drawersByThemselves(t, serve(t, story(t), company()...), team, team+"?at=2026-11-10", team+"/sprints/22",
		team+"/sprints/21?at=2026-11-10", team+"/roadmap", team+"/roadmap?at=2026-11-10", team+"/roadmap?sort=-odds",
		team+"/roadmap?epics=K8S-1300,K8S-1301", team+"/roadmap?quarter=Q3-26", team+"/flow",
		team+"/flow?at=2026-11-10", team+"/flow?from=2026-10-01&to=2026-11-01", network, databases,
		"/oncall", "/oncall/review")
	for _, kind := range []string{"epics", "epic", "epics-late", "weeks-below", "week", "impeded", "initiative",
		"told-dates", "chosen", "mix-type", "budget-left", "past-kept", "past-saydo",
		"past-velocity", "flow-cfd", "flow-rule", "flow-kept", "flow-cycle"} {
		if found[kind] == 0 {
			t.Errorf("no %s is opened: %v", kind, slices.Sorted(maps.Keys(found)))
		}
	}
}

// partsOfDrawer are the texts of a drawer, or of a figure by itself, that both have.
var partsOfDrawer = regexp.MustCompile(
	`(?s)<p class="formula">(.*?)</p>(.*?)(?:<h3>Behind it</h3>|<p class="note links">)`)

// aloneOnly is what a figure by itself tells beside its drawer.
var aloneOnly = regexp.MustCompile(`<p class="note">Over the inputs, for programs: .*?</p>`)

// drawersByThemselves holds every drawer of some pages to its address, and counts them by what they open.
func drawersByThemselves(t *testing.T, h http.Handler, pages ...string) map[string]int {
	t.Helper()
	found := map[string]int{}
	for _, from := range pages {
		_, page, _ := get(t, h, from)
		for _, drawer := range strings.Split(page, `class="drawer"`)[1:] {
			told := portfolioDrawer.FindStringSubmatch(drawer)
			if told == nil || told[3] == "" {
				t.Errorf("%s: no address of its own in %.60q", from, drawer)
				continue
			}
			found[strings.TrimRight(told[1], "-0123456789")]++
			holdDrawer(t, h, from, drawer, told)
		}
	}
	return found
}

// holdDrawer holds a drawer to what stands at its address.
func holdDrawer(t *testing.T, h http.Handler, from, drawer string, told []string) {
	t.Helper()
	id, value, address := told[1], strings.TrimSpace(told[2]), html.UnescapeString(told[3])
	code, alone, _ := get(t, h, address)
	if code != http.StatusOK || !strings.Contains(alone, ": <b>"+value+"</b>") {
		t.Errorf("%s: %s opens %q, %s answers %d without it", from, id, value, address, code)
		return
	}
	alone = aloneOnly.ReplaceAllString(mainOf(t, alone), "")
	here, there := partsOfDrawer.FindStringSubmatch(drawer), partsOfDrawer.FindStringSubmatch(alone)
	for n := 1; here != nil && there != nil && n < len(here); n++ {
		if a, b := strings.TrimSpace(here[n]), strings.TrimSpace(there[n]); a != b {
			t.Errorf("%s: %s tells %q, %s tells %q", from, id, a, address, b)
		}
	}
	if here == nil || there == nil {
		t.Errorf("%s: %s or %s has no formula", from, id, address)
	}
	if code, answer, _ := get(t, h, "/api/v1"+address); code != http.StatusOK || !strings.HasPrefix(answer, "{") {
		t.Errorf("%s: programs are answered %d at %s", from, code, address)
	}
	csv := strings.Replace(address, "/explain?", "/explain.csv?", 1)
	if code, table, _ := get(t, h, csv); code != http.StatusOK || !strings.HasPrefix(table, "figure,term,") {
		t.Errorf("%s: %s is %d %.80s", from, csv, code, table)
	}
}
