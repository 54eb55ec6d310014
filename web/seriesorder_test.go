package web

import (
	"encoding/json"
	"slices"
	"testing"

	"jerem/series"
)

// TestSeriesStandInTheOrderOfTheExport: series of all teams stand in order of class and labels, whatever the order of
// the teams, as the export writes them.
func TestSeriesStandInTheOrderOfTheExport(t *testing.T) {
	h := serve(t, story(t), team("Zebra", "K8S"), team("Aardvark", "OB"))
	_, body, _ := get(t, h, "/api/v1/series?class=^jerem\\.jira\\.(sprint|epic)")
	var list []struct {
		Class  string
		Labels map[string]string
	}
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		t.Fatalf("%v in %.200s", err, body)
	}
	var keys, projects []string
	for _, one := range list {
		s := series.Series{Class: one.Class, Labels: one.Labels}
		keys, projects = append(keys, s.Key()), append(projects, one.Labels["project"])
	}
	if !slices.IsSorted(keys) || len(slices.Compact(projects)) < 3 {
		t.Errorf("%q", keys)
	}
}
