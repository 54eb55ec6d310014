package web

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jerem/measure/catalogue"
	"jerem/measure/explain/onpage"
)

// TestMetricsAreTheCatalogue: each metric of a figure stands in the catalogue with its help and its labels, and each
// one of the catalogue is scraped from a story that has them all; those of the forecast, which needs more than a year,
// in web/health, and those of on-call in oncallfigures_test.go.
func TestMetricsAreTheCatalogue(t *testing.T) {
	h := serve(t, story(t), company()...)
	_, body, _ := get(t, h, "/metrics")
	known := map[string]catalogue.Figure{}
	for _, f := range catalogue.All() {
		if f.Metric != "" {
			known[f.Metric] = f
		}
		if ofASprint := f; f.OfASprint.Metric != "" {
			ofASprint.Labels = []string{"sprint"}
			known[f.OfASprint.Metric] = ofASprint
		}
	}
	help := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^# HELP (\S+) (.*)$`).FindAllStringSubmatch(body, -1) {
		help[m[1]] = m[2]
	}
	seen := map[string]bool{}
	figures := regexp.MustCompile(
		`(?m)^(jerem_(?:sprint|quarter|velocity|cycle|age|in_progress|throughput)[a-z0-9_]*)\{(.*)\} `)
	for _, m := range figures.FindAllStringSubmatch(body, -1) {
		name, f := m[1], known[m[1]]
		if strings.HasPrefix(name, "jerem_sprint_budget_") { // a rule, and what it counts: see web/health
			continue
		}
		labels := map[string]bool{}
		for _, l := range regexp.MustCompile(`([a-z]+)="(?:[^"\\]|\\.)*"`).FindAllStringSubmatch(m[2], -1) {
			labels[l[1]] = true
		}
		want := slices.Sorted(slices.Values(append([]string{"team"}, f.Labels...)))
		if f.Name == "" || help[name] != f.Help || !slices.Equal(slices.Sorted(maps.Keys(labels)), want) {
			t.Errorf(
				"%s %q with labels %v: the catalogue has %q with %v",
				name,
				help[name],
				slices.Sorted(maps.Keys(labels)),
				f.Help,
				want,
			)
		}
		seen[name] = true
	}
	for name, f := range known {
		if !seen[name] && f.Of != catalogue.OfForecast && f.Of != catalogue.OfOnCall {
			t.Errorf("%s of the catalogue is not scraped", name)
		}
	}
}

// TestDescriptionNamesTheCatalogue: openapi.json lists the names of all figures that can be explained, of answers and
// of pages, and no other.
func TestDescriptionNamesTheCatalogue(t *testing.T) {
	var told, want []string
	for _, p := range readDescription(t, serve(t, story(t))).Paths.Value("/api/v1/explain").Get.Parameters {
		if p.Value.Name != "figure" {
			continue
		}
		for _, name := range p.Value.Schema.Value.Enum {
			told = append(told, name.(string))
		}
	}
	for _, f := range catalogue.All() {
		name := f.Name
		if slices.Contains(want, name) && f.Of == catalogue.OfForecast {
			name = "forecast." + name // of a sprint, a quarter and an epic there is one of that name
		}
		if f.Expression != "" && !slices.Contains(want, name) {
			want = append(want, name)
		}
	}
	want = append(want, onpage.Figures()...)
	_, refused, _ := newCalledTeam(t).ask(t, "eve", "/api/v1/explain?team=Observability&figure=four_weeks.x")
	want = append(want, regexp.MustCompile(`four_weeks\.\w[\w.]+\w`).FindAllString(refused, -1)...)
	want = append(want, "four_weeks.oncall.by_rule.counted_seconds") // of a rule, which this team has none of
	if !slices.Equal(told, want) {
		t.Errorf("openapi.json lists\n%s\nthe catalogue and the pages have\n%s", strings.Join(told, " "),
			strings.Join(want, " "))
	}
}

// TestNamesInsteadOpen: where there is no figure of a name, the answer lists those that there are, of pages too, and
// none that is refused there.
func TestNamesInsteadOpen(t *testing.T) {
	h := serve(t, story(t), company()...)
	for _, c := range [][3]string{{"team=Kubernetes&sprint=23", "x", "past.kept"},
		{"team=Kubernetes&quarter=Q4-26", "x", "week_gain"}, {"team=Kubernetes&quarter=Q4-26", "came", "usual_pace"},
		{"team=Kubernetes&epic=K8S-1300", "x", "epic"},
		{"team=Observability", "four_weeks.x", "four_weeks.impediments.seconds"}} {
		of, asked, want := c[0], c[1], c[2]
		address := "/api/v1/explain?" + of
		_, refused, _ := get(t, h, address+"&figure="+asked)
		_, list, _ := strings.Cut(refused, "explained here are: ")
		list, _, isWhole := strings.Cut(list, ". Those of everything else are listed in openapi.json")
		names := strings.Split(list, ", ")
		if !isWhole || !slices.Contains(names, want) {
			t.Errorf("%s lists no %s: %s", of, want, refused)
		}
		for _, name := range names {
			status, body, _ := get(t, h, address+"&figure="+name)
			if status != 200 && strings.Contains(body, "unknown_figure") {
				t.Errorf("%s lists %s, which is %d %.120s", of, name, status, body)
			}
		}
	}
}
