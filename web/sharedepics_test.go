package web

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/testrun"
)

// sharedFigures are what the portfolio and its files tell of the initiatives of a quarter.
func sharedFigures(t *testing.T, quarter string, teams ...string) (out map[string]string) {
	t.Helper()
	var confs []agile.Team
	for _, name := range teams {
		confs = append(confs, team(name, "K8S"))
	}
	h := serve(t, story(t), confs...)
	out = map[string]string{}
	_, body, _ := get(t, h, "/api/v1/portfolio?quarter="+quarter)
	var portfolio struct {
		Initiatives []struct {
			Name        string
			Progression any
			Teams       []string
		}
	}
	if err := json.Unmarshal([]byte(body), &portfolio); err != nil {
		t.Fatal(err)
	}
	for _, row := range portfolio.Initiatives {
		_, body, _ := get(t, h, "/api/v1/forecast?initiative="+row.Name+"&quarter="+quarter)
		var f struct {
			Remaining, Issues int
			Dates             map[string]any
		}
		if err := json.Unmarshal([]byte(body), &f); err != nil {
			t.Fatal(err)
		}
		out[row.Name] = fmt.Sprint(row.Progression, row.Teams, f.Remaining, f.Issues, f.Dates["p85"])
		_, body, _ = get(t, h, "/api/v1/explain?figure=progression&initiative="+row.Name+"&quarter="+quarter)
		var e struct{ Value any }
		if err := json.Unmarshal([]byte(body), &e); err != nil || e.Value != row.Progression {
			t.Errorf("%s: explained as %v, told as %v: %v", row.Name, e.Value, row.Progression, err)
		}
	}
	_, body, _ = get(t, h, "/initiatives.csv?quarter="+quarter)
	for _, row := range table(t, body) {
		for _, column := range []string{"epics", "total", "done", "unestimated"} {
			was, _ := strconv.ParseFloat(out[column], 64)
			n, _ := strconv.ParseFloat(row[column], 64)
			out[column] = fmt.Sprint(was + n)
		}
	}
	_, body, _ = get(t, h, "/?quarter="+quarter)
	_, list, _ := strings.Cut(body, `<table class="cells" id="initiatives">`)
	out["table"], _, _ = strings.Cut(list, "</table>")
	return out
}

// TestTeamsOfOneProject: initiatives tell the same whether one team has the epics or two that read the same project.
func TestTeamsOfOneProject(t *testing.T) {
	one, two := sharedFigures(t, "Q4-26", "Left"), sharedFigures(t, "Q4-26", "Left", "Right")
	if len(one) < 6 || one["epics"] == "" {
		t.Fatalf("nothing is told: %v", one)
	}
	for name, want := range one {
		if two[name] != want {
			t.Errorf("%s: %s of two teams, %s of one", name, two[name], want)
		}
	}
}

// TestEmptyRoadmapSaysWhy: where no epic is in a quarter the page tells how one gets there; where epics of the project
// are and the team's filter leaves them out, that this is why. The quarter that it leads to is as of the moment asked.
func TestEmptyRoadmapSaysWhy(t *testing.T) {
	testrun.SkipInShort(t)
	filtered := team("Filtered", "K8S")
	filtered.Filter = "labels = impediment"
	h := serve(t, story(t), team("Whole", "K8S"), filtered)
	for address, want := range map[string]string{
		"/teams/Whole/roadmap?quarter=Q2-31": "while it carries the quarter&#39;s label: give the epics " +
			"of this quarter the label Q2-31 in Jira.",
		"/teams/Filtered/roadmap?quarter=Q2-31": "while it carries the quarter&#39;s label: give the epics of this " +
			"quarter the label Q2-31 in Jira.",
		"/teams/Filtered/roadmap?quarter=Q4-26": "and is the team&#39;s: 2 epics of the project that do " +
			"so are not, by projects[].jql_filter or projects[].team. Let these hold of the epics too.",
		"/teams/Whole/roadmap?quarter=Q2-31&at=2026-11-20": `&amp;at=2026-11-20">Epics belong to Q4-26`,
	} {
		if _, body, _ := get(t, h, address); !strings.Contains(body, want) {
			_, text, _ := strings.Cut(body, "An epic belongs")
			t.Errorf("%s: %.300s", address, text)
		}
	}
}
