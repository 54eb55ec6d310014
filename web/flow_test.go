package web

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jerem/web/frame"
)

// TestFlowPageIsTheAPI: the figures of the flow's page, and its tables as CSV, are those of the API.
func TestFlowPageIsTheAPI(t *testing.T) {
	h := serve(t, story(t), company()...)
	for _, query := range []string{"?", "?at=2026-11-18T12:00:00Z", "?from=2026-10-20&to=2026-11-20"} {
		flow := object(t, h, "/api/v1/teams/Kubernetes/flow"+query)
		_, at, _ := strings.Cut(query, "?at=") // the late list has no window
		late := array(t, h, frame.WithQuery("/api/v1/teams/Kubernetes/late", "at", at))
		code, page, _ := get(t, h, "/teams/Kubernetes/flow"+query)
		if code != 200 {
			t.Fatalf("%s: %d", query, code)
		}
		cycle, wip := flow["cycle_time"].(map[string]any), flow["wip"].(map[string]any)
		tiles := tilesOf(page)
		for name, want := range map[string]any{"Cycle time, median": cycle["p50"], "In progress": wip["count"],
			"Late today": float64(len(late))} {
			if got := tiles[name]; got != fmt.Sprint(want) {
				t.Errorf("%s: %s is %q, the API tells %v", query, name, got, want)
			}
		}
		rows := map[string]int{"cycle": len(cycle["issues"].([]any)), "ageing": len(wip["issues"].([]any)),
			"late": len(late), "rules": len(flow["lifecycle"].([]any)),
			"throughput": len(flow["throughput"].([]any)),
			"cumulative": len(flow["cfd"].(map[string]any)["days"].([]any))}
		for file, want := range rows {
			_, text, _ := get(t, h, "/teams/Kubernetes/flow/"+file+".csv"+query)
			if got := len(table(t, text)); got != want {
				t.Errorf("%s: %s.csv has %d rows, want %d", query, file, got, want)
			}
		}
		for id, want := range map[string]int{"late": rows["late"], "ages": rows["ageing"], "rules": rows["rules"]} {
			if got := bodyRows(page, id); got != want {
				t.Errorf("%s: table %s has %d rows, want %d", query, id, got, want)
			}
		}
	}
}

var tileOf = regexp.MustCompile(`(?s)<dt>([^<]*)</dt><dd class="v"><a [^>]*>([^<]*)</a>`)

// tilesOf returns the values of the tiles of a page by their names.
func tilesOf(page string) map[string]string {
	out := map[string]string{}
	for _, tile := range tileOf.FindAllStringSubmatch(page, -1) {
		out[tile[1]] = tile[2]
	}
	return out
}

// bodyRows counts the rows of a table of a page; 0 where it is not there.
func bodyRows(page, id string) int {
	_, rest, found := strings.Cut(page, `id="`+id+`"`)
	if !found {
		return 0
	}
	rest, _, _ = strings.Cut(rest, "</table>")
	_, rest, _ = strings.Cut(rest, "<tbody>")
	return strings.Count(rest, "<tr")
}

// TestFlowFiles: each chart has its address, what is no file or no window is told, and a team without sprints shows its
// flow on its own page.
func TestFlowFiles(t *testing.T) {
	h := serve(t, story(t), company()...)
	for address, want := range map[string]int{"flow/cycle.svg": 200, "flow/ageing.svg": 200, "flow/cumulative.svg": 200,
		"flow/throughput.svg": 200, "flow/late.csv": 200,
		"flow/late.svg": 404, "flow/x.csv": 404, "flow/cycle": 404, "flow?from=2026-11-20&to=2026-11-01": 400,
		"flow?from=1990-01-01": 400, "flow?at=2020-01-01": 200} {
		if code, body, _ := get(t, h, "/teams/Kubernetes/"+address); code != want {
			t.Errorf("%s: %d, want %d: %.200s", address, code, want, body)
		}
	}
	_, page, _ := get(t, h, "/teams/Observability")
	for _, want := range []string{"How long work takes cannot be told", `id="rules"`,
		"/teams/Observability/flow/cycle.csv", `id="explain-flow-cycle"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of a team without sprints has no %s", want)
		}
	}
	_, page, _ = get(t, h, "/teams/Kubernetes/flow?at=2020-01-01")
	if !strings.Contains(datesJoined(page), "Nothing is known before Mon 21 Sep 2026") {
		t.Error("before everything, the flow does not say that there is nothing")
	}
}

// array reads a list that the API answers with.
func array(t *testing.T, h http.Handler, address string) []any {
	t.Helper()
	_, body, _ := get(t, h, address)
	var out []any
	if err := json.Unmarshal([]byte(body), &out); err != nil {
		t.Fatalf("%s: %v in %.200s", address, err, body)
	}
	return out
}

// TestIssuesOpenInJira: each drawer of the flow that lists issues leads to them in Jira, whatever figure it opens.
func TestIssuesOpenInJira(t *testing.T) {
	h := serve(t, story(t), company()...)
	_, page, _ := get(t, h, "/teams/Kubernetes/flow")
	drawers := strings.Split(page, `<aside class="drawer" id="explain-`)[1:]
	listed := 0
	for _, drawer := range drawers {
		if !regexp.MustCompile(`class="key"[^>]*>K8S-`).MatchString(drawer) {
			continue
		}
		listed++
		if id, _, _ := strings.Cut(drawer, `"`); !strings.Contains(drawer, "These issues in Jira") {
			t.Errorf("%s lists issues and leads to none", id)
		}
	}
	if listed < 4 {
		t.Errorf("%d of %d drawers list issues", listed, len(drawers))
	}
}

// TestAgesShareOneScale: the bar of an age and the tick of its column's pace stand on one scale.
func TestAgesShareOneScale(t *testing.T) {
	h := serve(t, story(t), company()...)
	compared := 0
	for n := range 24 {
		base := []string{"/teams/Kubernetes", network, databases}[n%3]
		_, page, _ := get(t, h, fmt.Sprintf("%s/flow?at=2026-11-%02d", base, 24-n/3*2))
		rows := regexp.MustCompile(`(?s)id="ages".*?</table>`).FindString(page)
		for _, row := range regexp.MustCompile(`(?s)<tr>.*?</tr>`).FindAllString(rows, -1) {
			bar := regexp.MustCompile(`<rect width="([\d.]+)%" ` +
				`class="f-exp"/><line x1="([\d.]+)%"`).FindStringSubmatch(row)
			told := regexp.MustCompile(`data-l="(?:age|pace)"><a[^>]*>(\d+)</a>`).FindAllStringSubmatch(row, -1)
			if bar == nil || len(told) != 2 {
				continue
			}
			compared++
			age, pace := number(t, told[0][1]), number(t, told[1][1])
			if width, tick := number(t, bar[1]), number(t, bar[2]); math.Abs(width*pace-tick*age) > .2*age {
				t.Errorf("%s: %v days are %v %% wide, the pace of %v stands at %v %%", base, age, width, pace, tick)
			}
		}
	}
	if compared == 0 {
		t.Error("no row has an age and a pace")
	}
}
