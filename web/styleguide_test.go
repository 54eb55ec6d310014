package web

import (
	"regexp"
	"strings"
	"testing"
)

// TestStyleguide: the page of components names each state, draws every kind of chart, holds no two elements of one id,
// and leads nowhere that is not there.
func TestStyleguide(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	code, page, _ := get(t, h, "/styleguide")
	if code != 200 {
		t.Fatalf("%d %s", code, page)
	}
	for _, state := range []string{"usual", "empty", "loading", "partial", "stale", "unknown", "error", "long",
		"many"} {
		if !strings.Contains(page, ">"+state) && !strings.Contains(page, state+",") &&
			!strings.Contains(page, ", "+state) {
			t.Errorf("no component is shown %s", state)
		}
	}
	for _, kind := range []string{"Burndown", "Bars", "Lanes", "Burnup", "Trend", "Weeks", "Scatter", "Cumulative flow",
		"Ageing", "Rows", "Dates told", "Record", "Waterfall", "Range", "Date trend", "Spark", "Progress"} {
		from := strings.Index(page, "<h2>"+kind+" <span>")
		if from < 0 {
			t.Errorf("%s is not shown", kind)
			continue
		}
		section := page[from : from+strings.Index(page[from:], "</section>")]
		for _, state := range []string{"usual", "empty", "loading", "partial", "stale", "unknown", "error", "long",
			"many"} {
			shown, never := strings.Contains(section, "<h3>"+state), strings.Contains(section, ">Never "+state+": ")
			if shown == never {
				t.Errorf("%s is shown %s: %v, and told as never: %v", kind, state, shown, never)
			}
		}
	}
	seen := map[string]bool{}
	for _, id := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if seen[id[1]] {
			t.Errorf("two elements are called %s", id[1])
		}
		seen[id[1]] = true
	}
	if n := strings.Count(page, `<svg class="chart"`); n < 30 {
		t.Errorf("%d charts", n)
	}
	for _, link := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !seen[link[1]] && link[1] != "_" {
			t.Errorf("#%s leads nowhere", link[1])
		}
	}
}
