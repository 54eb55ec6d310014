package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// flowAnswers are the answers on flow, forecasts and accounts: path, address, status.
func flowAnswers() [][3]string {
	const team = "/api/v1/teams/{team}"
	var all [][3]string
	for _, name := range []string{"Kubernetes", "R%C3%A9seau%20%2F%2050%25",
		"%3Cb%3EDatabases%3C%2Fb%3E%20&%20%22co%22",
		"Observability"} {
		for _, at := range []string{"", "&at=2026-11-18T12:00:00Z", "&at=2027-02-01"} {
			base := "/api/v1/teams/" + name
			all = append(all,
				[3]string{team + "/flow", base + "/flow?" + at, "200"},
				[3]string{team + "/flow", base + "/flow?from=2026-10-01&to=2026-11-20" + at, "200"},
				[3]string{team + "/late", base + "/late?" + at, "200"},
				[3]string{team + "/mix", base + "/mix?quarters=2" + at, "200"},
				[3]string{team + "/forecast", base + "/forecast?quarter=Q4-26" + at, "200"},
				[3]string{team + "/forecast", base + "/forecast?remaining=12" + at, "200"},
				[3]string{team + "/forecast", base + "/forecast?by=2026-12-24" + at, "200"},
				[3]string{team + "/forecasts", base + "/forecasts?quarter=Q4-26" + at, "200"})
		}
	}
	for _, bad := range []string{"flow?from=2026-11-20&to=2026-11-01", "flow?from=1990-01-01", "flow?from=noon",
		"mix?quarters=0", "mix?quarters=x", "mix?quarters=9999",
		"forecast?", "forecast?quarter=Q9-26", "forecast?quarter=Q4-26&epic=K8S-1", "forecast?remaining=-1",
		"forecast?remaining=NaN", "forecast?remaining=1e300",
		"forecast?sprint=x", "forecast?remaining=1&pace=0", "forecast?remaining=1&scope=many",
		"forecast?remaining=1&unit=hours", "forecast?remaining=1&deadline=never",
		"forecast?remaining=1&since=once", "forecast?remaining=1&since=2031-01-01",
		"forecast?remaining=1&since=2026-11-02&at=2026-11-01", "forecast?by=soon", "forecasts?quarter=",
		"forecasts?quarter=2026"} {
		path, _, _ := strings.Cut(bad, "?")
		all = append(all, [3]string{team + "/" + path, "/api/v1/teams/Kubernetes/" + bad, "400"})
	}
	all = append(
		all,
		[3]string{"/api/v1/portfolio", "/api/v1/portfolio", "200"},
		[3]string{"/api/v1/portfolio", "/api/v1/portfolio?quarter=Q3-26", "200"},
		[3]string{
			"/api/v1/portfolio",
			"/api/v1/portfolio?quarter=3",
			"400",
		},
		[3]string{"/api/v1/portfolio", "/api/v1/portfolio?at=2027-02-01&quarter=Q4-26", "200"},
		[3]string{
			"/api/v1/forecast",
			"/api/v1/forecast?initiative=Network",
			"200",
		},
		[3]string{"/api/v1/forecast", "/api/v1/forecast?initiative=Nothing", "404"},
		[3]string{"/api/v1/forecast", "/api/v1/forecast", "400"},
	)
	return append(
		all,
		[3]string{team + "/forecast", "/api/v1/teams/Kubernetes/forecast?epic=K8S-99999", "404"},
		[3]string{team + "/forecast", "/api/v1/teams/Kubernetes/forecast?sprint=99999", "404"},
		[3]string{team + "/forecast", "/api/v1/teams/Kubernetes/forecast?sprint=23", "200"},
		[3]string{
			team + "/forecast",
			"/api/v1/teams/Kubernetes/forecast?remaining=5&unit=issues&scope=-2&pace=1.5&deadline=2026-12-01&" +
				"since=2026-11-10",
			"200",
		},
		[3]string{team + "/sprints/{id}/differences", "/api/v1/teams/Kubernetes/sprints/23/differences", "200"},
		[3]string{team + "/sprints/{id}/differences", "/api/v1/teams/Kubernetes/sprints/22/differences?at=2026-10-20",
			"200"},
		[3]string{team + "/sprints/{id}/differences", "/api/v1/teams/Kubernetes/sprints/x/differences", "404"},
	)
}

// TestFlowAnswersAddUp: what the answers tell of one thing is the same.
func TestFlowAnswersAddUp(t *testing.T) {
	h := serve(t, story(t), company()...)
	flow := object(t, h, "/api/v1/teams/Kubernetes/flow?at=2026-11-18T12:00:00Z")
	finished := 0.0
	for _, day := range flow["throughput"].([]any) {
		finished += numberOf(t, day.(map[string]any)["issues"])
	}
	cycle := flow["cycle_time"].(map[string]any)
	if measured, never := numberOf(t, cycle["measured"]), numberOf(t, cycle["never_in_progress"]); finished == 0 ||
		measured+never != finished {
		t.Errorf("%v finished, %v with a cycle time and %v never in progress", finished, measured, never)
	}
	quarter := object(t, h, "/api/v1/teams/Kubernetes/quarters/Q4-26?at=2026-11-18T12:00:00Z")
	forecast := object(t, h, "/api/v1/teams/Kubernetes/forecast?quarter=Q4-26&at=2026-11-18T12:00:00Z")
	if forecast["remaining"] != quarter["remaining"] || forecast["deadline"] != quarter["end"] {
		t.Errorf(
			"the forecast is of %v until %v, the quarter has %v until %v",
			forecast["remaining"],
			forecast["deadline"],
			quarter["remaining"],
			quarter["end"],
		)
	}
	more := object(
		t,
		h,
		"/api/v1/teams/Kubernetes/forecast?quarter=Q4-26&at=2026-11-18T12:00:00Z&scope="+url.QueryEscape("+8"),
	)
	if numberOf(t, more["remaining"]) != numberOf(t, forecast["remaining"])+8 {
		t.Errorf("8 more than %v is %v", forecast["remaining"], more["remaining"])
	}
}

func numberOf(t *testing.T, value any) float64 {
	t.Helper()
	x, ok := value.(float64)
	if !ok {
		t.Fatalf("%v is no number", value)
	}
	return x
}

// TestForecastHints: a refused question says what could be asked.
func TestForecastHints(t *testing.T) {
	h := serve(t, story(t), company()...)
	code, body, _ := get(t, h, "/api/v1/teams/Kubernetes/forecast")
	if code != http.StatusBadRequest ||
		!strings.Contains(body, "quarter=Q4-26, epic=KEY, sprint=ID, remaining=NUMBER or by=DATE") {
		t.Errorf("%d %s", code, body)
	}
}

// TestWithoutAnotherKey: a forecast without what is no epic of the quarter is refused, and the key is named: it would
// be answered as if nothing had been left out.
func TestWithoutAnotherKey(t *testing.T) {
	h := serve(t, story(t), company()...)
	for query, want := range map[string]int{"quarter=Q4-26&without=K8S-1301": 200,
		"quarter=Q4-26&without=K8S-1424":        400,
		"quarter=Q4-26&without=K8S-1301,NOPE-1": 400, "epic=K8S-1300&without=K8S-1301": 200,
		"epic=K8S-1300&without=K8S-1424": 400, "epic=K8S-1300&without=NOPE-1": 400} {
		code, body, _ := get(t, h, "/api/v1/teams/Kubernetes/forecast?"+query)
		key := query[strings.LastIndexAny(query, "=,")+1:]
		if code != want || want == 400 && (!strings.Contains(body, `"unknown_epic"`) ||
			!strings.Contains(body, `without=\"`+key)) {
			t.Errorf("%s: %d %.200s", query, code, body)
		}
	}
	if code, _, _ := get(t, h,
		"/api/v1/explain?team=Kubernetes&quarter=Q4-26&figure=odds&without=NOPE-1"); code != 400 {
		t.Errorf("an explanation without NOPE-1: %d", code)
	}
}

// TestMovedSinceToday: the day of the moment asked, which is not over, ends at it: nothing moved since, and that is
// told.
func TestMovedSinceToday(t *testing.T) {
	h := serve(t, story(t), company()...)
	told := 0
	for _, team := range []string{"/teams/Kubernetes", network, databases} {
		question := "/api/v1" + team + "/forecast?remaining=5"
		today, _, _ := strings.Cut(object(t, h, question)["at"].(string), "T")
		f := object(t, h, question+"&since="+today)
		moved, ok := f["moved"].(map[string]any)
		if !ok || f["dates"].(map[string]any)["p85"] == nil {
			continue
		}
		told++
		if moved["since"] != f["at"] || moved["days"] != 0.0 {
			t.Errorf("%s: at %v, moved %v", team, f["at"], moved)
		}
	}
	if told == 0 {
		t.Error("no date is told: nothing was compared")
	}
}
