package web

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// unitInName are the headers that say what their numbers are counted in, or that they are counts, shares, odds or
// names.
var unitInName = regexp.MustCompile(
	`^(id|days|seconds|count|of|held|p|share|low|high|odds|odds_at_best|progression|trend_days|issues|` +
		`completed_of_commitment|impediment_seconds|date|since)$|_days$|_seconds$|_issues$`,
)

// TestUnitsOfFiles: every file of a table says what its numbers are in: by a unit column, or in the name of each column
// that has numbers.
func TestUnitsOfFiles(t *testing.T) {
	h := serve(t, story(t), company()...)
	sprint, quarter, flow := "/teams/Kubernetes/sprints/23/", "/teams/Kubernetes/quarters/Q4-26/",
		"/teams/Kubernetes/flow/"
	units := map[string]string{
		sprint + "ledger.csv": "points", sprint + "issues.csv": "points", sprint + "sprints.csv": "points",
		sprint + "differences.csv": "points", quarter + "epics.csv": "points", quarter + "weekly.csv": "points",
		flow + "throughput.csv": "points", flow + "ageing.csv": "days", flow + "late.csv": "days",
		flow + "cumulative.csv":            "issues",
		network + "/sprints/32/ledger.csv": "seconds", network + "/quarters/Q4-26/epics.csv": "seconds",
		sprint + "impediments.csv": "", sprint + "natures.csv": "", flow + "cycle.csv": "", flow + "rules.csv": "",
		quarter + "price.csv": "", quarter + "moved.csv": "", quarter + "record.csv": "", "/teams.csv": "",
		"/odds.csv": "", "/initiatives.csv": "", "/oncall.csv": "",
	}
	for address, unit := range units {
		code, body, _ := get(t, h, address)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
		if code != 200 || err != nil || len(rows) == 0 {
			t.Errorf("%s: %d, %v", address, code, err)
			continue
		}
		place := slices.Index(rows[0], "unit")
		for _, row := range rows[1:] {
			if place >= 0 && unit != "" && row[place] != unit {
				t.Errorf("%s: the unit is %q, not %q", address, row[place], unit)
				break
			}
			for n, cell := range row {
				if _, err := strconv.ParseFloat(cell, 64); err == nil && place < 0 &&
					!unitInName.MatchString(rows[0][n]) {
					t.Errorf("%s: what is %s = %s counted in?", address, rows[0][n], cell)
				}
			}
		}
		if unit != "" && place < 0 {
			t.Errorf("%s has no unit", address)
		}
	}
}
