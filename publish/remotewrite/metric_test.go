package remotewrite_test

import (
	"regexp"
	"strings"
	"testing"

	"jerem/measure/catalogue"
	"jerem/publish/remotewrite"
	"jerem/series"
)

// TestMetricNames: each class of the catalogue has a name of its own in Prometheus' conventions: that of /metrics where
// it has the figure, with the unit at the end where it is a time, and never that of another figure.
func TestMetricNames(t *testing.T) {
	valid, seen := regexp.MustCompile(`^jerem_[a-z]+(_[a-z]+[0-9]*)*$`), map[string]string{}
	metrics := map[string]string{} // the class of each metric
	for _, f := range catalogue.All() {
		if f.Metric != "" {
			metrics[f.Metric] = f.Class
		}
	}
	found := 0
	for _, f := range catalogue.All() {
		if f.Class == "" {
			continue
		}
		found++
		class := strings.ReplaceAll(f.Class, "NATURE", "support")
		name := remotewrite.MetricOf(&series.Series{Class: class})[0].Value
		if other, taken := seen[name]; taken || !valid.MatchString(name) {
			t.Errorf("%s is called %s, like %s", class, name, other)
		}
		seen[name] = class
		if f.Unit == catalogue.UnitSeconds && !strings.HasSuffix(name, "_seconds") {
			t.Errorf("%s counts seconds and is called %s", class, name)
		}
		if of, shown := metrics[name]; f.Metric != "" && name != f.Metric || shown && of != f.Class {
			t.Errorf("%s is called %s; in /metrics it is %q, and that name is of %q", class, name, f.Metric, of)
		}
	}
	if found < 15 {
		t.Errorf("only %d classes", found)
	}
}

// TestMetricLabels: labels are named as Prometheus and the pages name them, and sorted.
func TestMetricLabels(t *testing.T) {
	s := series.Series{Class: "jerem.jira.epic.storypoint",
		Labels: map[string]string{"project": "K8S", "global": "Move",
			"key": "K8S-1", "quarter": "Q4-26", "summary": "a \"b\"", "type": "sprint"}}
	text := ""
	for _, l := range remotewrite.MetricOf(&s) {
		text += l.Name + "=" + l.Value + ";"
	}
	const want = `__name__=jerem_epic_storypoints;initiative=Move;key=K8S-1;quarter=Q4-26;summary=a "b";team=K8S;`
	if text != want {
		t.Errorf("%s, want %s", text, want)
	}
}
