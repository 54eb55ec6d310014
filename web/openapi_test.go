package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestDescription: every answer is as openapi.json describes it, with nothing missing and nothing more,
// in each unit of estimate, past, future and empty; and the document lists every address.
func TestDescription(t *testing.T) {
	if testing.Short() {
		t.Skip("asks many addresses")
	}
	h := serve(t, story(t), company()...)
	d := readDescription(t, h)
	seen := map[string]bool{}
	hold := func(path, address string, want int) {
		t.Helper()
		code, body, _ := get(t, h, address)
		if code != want {
			t.Errorf("%s: %d, want %d: %.300s", address, code, want, body)
		}
		seen[path] = true
		d.hold(t, path, address, code, body)
	}
	hold("/api/v1/teams", "/api/v1/teams", 200)
	hold("/api/v1/teams", "/api/v1/teams?at=soon", 400)
	hold("/api/v1/openapi.json", "/api/v1/openapi.json", 200)
	hold("/api/v1/openapi.json", "/api/v1/openapi.json?mood=2", 400)
	hold("/api/v1/series", "/api/v1/series?team=Kubernetes", 200)
	hold("/api/v1/series", "/api/v1/series?from=noon", 400)
	hold("/api/v1/series", "/api/v1/series?team=Nobody", 404)
	for _, name := range []string{"Kubernetes", "R%C3%A9seau%20%2F%2050%25",
		"%3Cb%3EDatabases%3C%2Fb%3E%20&%20%22co%22", "Observability"} {
		for _, at := range []string{"", "?at=2026-08-01", "?at=2026-10-01", "?at=2026-11-18T12:00:00Z",
			"?at=2027-02-01"} {
			base := "/api/v1/teams/" + name
			want, wrong := 200, 400
			if strings.Contains(at, "2026-08") && !strings.HasPrefix(name, "R") {
				want, wrong = 404, 404 // before anything is known
			}
			hold("/api/v1/teams/{team}/sprints", base+"/sprints"+at, want)
			hold("/api/v1/teams/{team}/quarters", base+"/quarters"+at, want)
			hold("/api/v1/teams/{team}/quarters/{quarter}", base+"/quarters/Q4-26"+at, want)
			hold("/api/v1/teams/{team}/quarters/{quarter}", base+"/quarters/Q5-26"+at, wrong)
		}
	}
	for _, id := range []string{"21", "22", "23"} {
		for _, at := range []string{"", "?at=2026-10-20", "?at=2026-11-18T12:00:00Z"} {
			hold("/api/v1/teams/{team}/sprints/{id}", "/api/v1/teams/Kubernetes/sprints/"+id+at, 200)
		}
	}
	hold("/api/v1/teams/{team}/sprints/{id}", "/api/v1/teams/R%C3%A9seau%20%2F%2050%25/sprints/32", 200)
	hold("/api/v1/teams/{team}/sprints/{id}", "/api/v1/teams/%3Cb%3EDatabases%3C%2Fb%3E%20&%20%22co%22/sprints/41", 200)
	hold("/api/v1/teams/{team}/sprints/{id}", "/api/v1/teams/Kubernetes/sprints/x", 404)
	for _, key := range []string{"Kubernetes/issues/K8S-1424", "Kubernetes/issues/K8S-1300",
		"R%C3%A9seau%20%2F%2050%25/issues/NET-12", "Observability/issues/OB-2"} {
		hold("/api/v1/teams/{team}/issues/{key}", "/api/v1/teams/"+key, 200)
	}
	hold("/api/v1/teams/{team}/issues/{key}", "/api/v1/teams/Kubernetes/issues/K8S-9", 404)
	for _, answer := range flowAnswers() {
		want, _ := strconv.Atoi(answer[2])
		hold(answer[0], answer[1], want)
	}
	holdExplanations(t, h, d, hold)
	for path := range d.Paths.Map() {
		if strings.HasPrefix(path, "/api/") && !seen[path] {
			t.Errorf("%s is described, and no answer was held to it", path)
		}
	}
	for _, route := range served(t) {
		if d.Paths.Value(route) == nil {
			t.Errorf("%s is served and not described", route)
		}
	}
}

// TestDescriptionWhereNobodyIsOnCall: the addresses of on-call are described where the file has no rota, too.
func TestDescriptionWhereNobodyIsOnCall(t *testing.T) {
	h := serve(t, story(t), company()...)
	_, body, _ := get(t, h, "/api/v1/openapi.json")
	d := parseDescription(t, body, isOnCall)
	for path, item := range d.Paths.Map() {
		if item.Get == nil {
			continue
		}
		address := strings.NewReplacer("{", "", "}", "").Replace(path)
		code, body, _ := get(t, h, address)
		if code != http.StatusNotFound {
			t.Errorf("%s: %d", address, code)
		}
		d.hold(t, path, address, code, body)
	}
}

// explained are answers that carry figures, each with the addresses of their explanations.
var explained = []string{
	"/api/v1/teams/Kubernetes/sprints/23", "/api/v1/teams/Kubernetes/sprints/23?at=2026-11-18T12:00:00Z",
	"/api/v1/teams/Kubernetes/sprints/23?at=2026-11-10", "/api/v1/teams/Kubernetes/quarters/Q4-26",
	"/api/v1/teams/R%C3%A9seau%20%2F%2050%25/quarters/Q4-26",
	"/api/v1/teams/%3Cb%3EDatabases%3C%2Fb%3E%20&%20%22co%22/sprints/41",
	"/api/v1/teams/Kubernetes/sprints/23/differences", "/api/v1/teams/Kubernetes/flow?from=2026-10-01&to=2026-11-20",
	"/api/v1/teams/Kubernetes/forecast?quarter=Q4-26",
	"/api/v1/teams/Kubernetes/forecast?sprint=23&at=2026-11-18T12:00:00Z",
	"/api/v1/teams/Kubernetes/forecast?remaining=12&scope=-2&pace=1.5",
}

// holdExplanations holds the explanation of each figure to the answer that carries it: its name is its path there, and
// the value is the same.
func holdExplanations(t *testing.T, h http.Handler, d description, hold func(path, address string, want int)) {
	t.Helper()
	figures := 0
	for _, address := range explained {
		answer := object(t, h, address)
		for name, to := range answer["explain"].(map[string]any) {
			hold("/api/v1/explain", to.(string), 200)
			opened := object(t, h, to.(string))
			own := figureAt(answer, name)
			if name == "late" { // an answer of its own, which is a list
				own = float64(len(array(t, h, "/api/v1/teams/Kubernetes/late")))
			}
			figure := opened["figure"].(string) // of a part it is the name without what it is of
			named := figure == name || isPart(name) && strings.HasPrefix(name, figure+".")
			if opened["value"] != own || !named || opened["at"] != answer["at"] {
				t.Errorf(
					"%s: explains %v = %v at %v, the answer says %v at %v",
					to,
					opened["figure"],
					opened["value"],
					opened["at"],
					own,
					answer["at"],
				)
			}
			figures++
		}
	}
	if figures < 180 {
		t.Errorf("only %d figures are explained", figures)
	}
	for _, row := range object(t, h, "/api/v1/portfolio?quarter=Q4-26")["teams"].([]any) {
		row := row.(map[string]any)
		for name, to := range row["explain"].(map[string]any) {
			if opened := object(t, h, to.(string)); opened["value"] != figureAt(row, name) {
				t.Errorf("%s is %v, the portfolio tells %v", to, opened["value"], figureAt(row, name))
			}
		}
	}
	for address, want := range map[string]int{
		"team=Kubernetes&figure=mood": 404, "team=Kubernetes&figure=remaining&sprint=23&quarter=Q4-26": 400,
		"team=Kubernetes&figure=remaining&quarter=Q1-31": 404, "team=Kubernetes&figure=total&epic=K8S-99999": 404,
		"figure=progression&initiative=Nobody": 404, "figure=progression&initiative=Network": 200,
		"team=Kubernetes&figure=mix.seconds.type&quarter=Q4-26": 200,
		"team=Kubernetes&figure=mix.seconds.type&quarter=Q4-66": 404,
		"team=Kubernetes&figure=late":                           200, "team=Kubernetes&figure=odds": 200,
	} {
		hold("/api/v1/explain", "/api/v1/explain?"+address, want)
	}
	for old, name := range map[string]string{"remaining": "ledger.remaining", "commitment": "ledger.commitment",
		"impediments": "impediments.seconds",
		"unplanned":   "impediments.unplanned"} {
		if opened := object(t, h, "/api/v1/explain?team=Kubernetes&sprint=23&figure="+old); opened["figure"] != name {
			t.Errorf("the former name %s opens %v", old, opened["figure"])
		}
	}
}

// figureAt returns a figure of an answer by its name, which is its path in it.
func figureAt(answer map[string]any, name string) any {
	switch first, rule, _ := strings.Cut(name, "."); {
	case name == "differences":
		return float64(len(answer[name].([]any)))
	case name == "throughput":
		sum := 0.0
		for _, day := range answer[name].([]any) {
			sum += day.(map[string]any)["issues"].(float64)
		}
		return sum
	case first == "lifecycle":
		for _, one := range answer[first].([]any) {
			if one := one.(map[string]any); one["rule"] == rule {
				return one["count"]
			}
		}
		return nil
	case isPart(name):
		return partAt(answer, name)
	case isOfRow(name):
		n := strings.LastIndexByte(name, '.')
		return rowOfFigure[name[:n]](answer)[name[n+1:]]
	case name == "calibration.share":
		return answer[first].(map[string]any)["at"].([]any)[2].(map[string]any)["share"]
	}
	var value any = answer
	for part := range strings.SplitSeq(name, ".") {
		within, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = within[part]
	}
	return value
}

// rowOfFigure is the row of an answer that a figure is one of where the address of its explanation names none.
var rowOfFigure = map[string]func(answer map[string]any) map[string]any{
	"fan":           func(a map[string]any) map[string]any { return lastOf(a["fan"]) },
	"bulk_closings": func(a map[string]any) map[string]any { return firstOf(a["bulk_closings"]) },
	"price.by_nature": func(a map[string]any) map[string]any {
		return firstOf(a["price"].(map[string]any)["by_nature"])
	},
	"price.issues": func(a map[string]any) map[string]any { return firstOf(a["price"].(map[string]any)["issues"]) },
	"calibration.dots": func(a map[string]any) map[string]any {
		return lastOf(a["calibration"].(map[string]any)["dots"])
	},
	"calibration.at": func(a map[string]any) map[string]any {
		return withValue(a["calibration"].(map[string]any)["at"], "p", 0.85)
	},
	"calibration.pinball": func(a map[string]any) map[string]any {
		return withValue(a["calibration"].(map[string]any)["pinball"], "p", 0.85)
	},
	"calibration.by_horizon": func(a map[string]any) map[string]any {
		c := a["calibration"].(map[string]any)
		return withValue(withValue(c["by_horizon"], "horizon", c["horizon"].(float64))["at"], "p", 0.85)
	},
	"throughput": func(a map[string]any) map[string]any { return lastOf(a["throughput"]) },
	"cfd": func(a map[string]any) map[string]any {
		day := maps.Clone(lastOf(a["cfd"].(map[string]any)["days"]))
		reached := day["reached"].([]any)
		day["reached"] = reached[len(reached)-1]
		return day
	},
}

func isOfRow(name string) bool {
	n := strings.LastIndexByte(name, '.')
	return n > 0 && rowOfFigure[name[:n]] != nil
}

func firstOf(list any) map[string]any { return list.([]any)[0].(map[string]any) }

func lastOf(list any) map[string]any {
	rows := list.([]any)
	return rows[len(rows)-1].(map[string]any)
}

// withValue is the row of a list that has a value.
func withValue(list any, name string, value float64) map[string]any {
	for _, row := range list.([]any) {
		if row := row.(map[string]any); row[name] == value {
			return row
		}
	}
	return nil
}

func isPart(name string) bool {
	return strings.HasPrefix(name, "impediments.by_nature.") || strings.HasPrefix(name, "column_pace.p85.")
}

// partAt is a figure of one nature or one column, which stands in a list of the answer: its name ends with what it is
// of, which may hold points.
func partAt(answer map[string]any, name string) any {
	rows, of, key := answer["column_pace"], "column", "p85"
	part, isPace := strings.CutPrefix(name, "column_pace.p85.")
	if !isPace {
		rows, of = answer["impediments"].(map[string]any)["by_nature"], "nature"
		key, part, _ = strings.Cut(strings.TrimPrefix(name, "impediments.by_nature."), ".")
	}
	for _, row := range rows.([]any) {
		if row := row.(map[string]any); row[of] == part {
			return row[key]
		}
	}
	return nil
}

func object(t *testing.T, h http.Handler, address string) map[string]any {
	t.Helper()
	code, body, _ := get(t, h, address)
	var o map[string]any
	if err := json.Unmarshal([]byte(body), &o); err != nil || code != 200 {
		t.Fatalf("%s: %d %v in %.200s", address, code, err, body)
	}
	return o
}

// served lists the addresses for programs that routes.go names.
func served(t *testing.T) []string {
	t.Helper()
	source, err := os.ReadFile("routes.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile(`"GET (/(?:api/v1/[a-z][^" `+
		`]*|metrics|readyz|healthz|health))"`).FindAllStringSubmatch(string(source), -1) {
		out = append(out, m[1])
	}
	if len(out) < 10 {
		t.Fatalf("found only %v", out)
	}
	return out
}

// TestQuarterInHours: the figures of a team that estimates in time, written from the story: 20 of 40 hours
// were completed in 9 working days and 8 of the 9 hours of a tenth; 124 hours are left of 144, for the
// 8 hours done before the quarter are left out. A hundredth of a second is what rounding may cost.
func TestQuarterInHours(t *testing.T) {
	h := serve(t, story(t), company()...)
	q := object(t, h, "/api/v1/teams/R%C3%A9seau%20%2F%2050%25/quarters/Q4-26")
	velocity := 20 * 3600 / (9 + 8.0/9)
	for name, want := range map[string]float64{"total": 144 * 3600, "done": 20 * 3600, "doing": 20 * 3600,
		"todo": 104 * 3600, "remaining": 124 * 3600,
		"working_days_left": 29, "days_to_complete": 62, "slack_days": -33, "average_completion": .5,
		"average_impediment_seconds": 0, "baseline": 4 * 3600, "growth": 36} {
		if got, ok := q[name].(float64); !ok || got != want {
			t.Errorf("%s is %v, want %v", name, q[name], want)
		}
	}
	if got := q["velocity"].(map[string]any)["median"].(float64); got < velocity-.01 || got > velocity+.01 {
		t.Errorf("velocity is %v, want %v", got, velocity)
	}
	none := object(t, h, "/api/v1/teams/%3Cb%3EDatabases%3C%2Fb%3E%20&%20%22co%22/quarters/Q4-26")
	for _, name := range []string{"velocity", "days_to_complete", "slack_days", "average_completion",
		"average_impediment_seconds", "growth"} {
		if value, ok := none[name]; !ok || value != nil {
			t.Errorf("no sprint was closed, and the baseline is 0: %s is %v", name, value)
		}
	}
}
