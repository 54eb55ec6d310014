package web

import (
	"fmt"
	"slices"
	"testing"
)

// TestWith: a sprint and a quarter are compared with themselves as of another moment: the other answer is the one of
// that moment, each figure that differs is listed with both values, and those that do not are not.
func TestWith(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	d := readDescription(t, h)
	for path, address := range map[string]string{
		"/api/v1/teams/{team}/sprints/{id}":       "/api/v1/teams/Kubernetes/sprints/23",
		"/api/v1/teams/{team}/quarters/{quarter}": "/api/v1/teams/Kubernetes/quarters/Q4-26",
	} {
		code, body, _ := get(t, h, address+"?with=2026-11-18T12:00:00Z")
		d.hold(t, path, address, code, body)
		answer, then := object(t, h, address+"?with=2026-11-18T12:00:00Z"),
			object(t, h, address+"?at=2026-11-18T12:00:00Z")
		other := answer["with"].(map[string]any)
		changed := map[string][2]any{}
		for _, one := range answer["changed"].([]any) {
			one := one.(map[string]any)
			changed[one["figure"].(string)] = [2]any{one["from"], one["to"]}
		}
		if other["at"] != then["at"] || len(changed) < 5 {
			t.Errorf("%s: compared with %v, %d figures changed", address, other["at"], len(changed))
		}
		for name := range answer["explain"].(map[string]any) {
			from, to := figureAt(then, name), figureAt(answer, name)
			have, differs := changed[name]
			if differs != (from != to) || differs && have != [2]any{from, to} {
				t.Errorf("%s: %s was %v and is %v, told is %v", address, name, from, to, have)
			}
		}
		if same := object(t, h, address+"?with=2099-01-01"); len(same["changed"].([]any)) != 0 {
			t.Errorf("%s: compared with itself it changed: %v", address, same["changed"])
		}
	}
	for _, one := range object(t, h,
		"/api/v1/teams/Kubernetes/sprints/23?with=2026-11-18T12:00:00Z")["changed"].([]any) {
		one := one.(map[string]any)
		var keys []string // of one project and length, so in the order of their texts
		for _, kind := range object(t, h,
			"/api/v1/teams/Kubernetes/sprints/23")["ledger"].(map[string]any)["entries"].([]any) {
			if entry := kind.(map[string]any); entry["kind"] == "complete" &&
				entry["time"].(string) > "2026-11-18T12:00:00Z" {
				keys = append(keys, entry["issue"].(string))
			}
		}
		slices.Sort(keys)
		if one["figure"] == "ledger.completed" && fmt.Sprint(one["issues"]) != fmt.Sprint(keys) {
			t.Errorf("completed after the moment: %v, the ledger tells %v", one["issues"], keys)
		}
	}
	for address, want := range map[string]int{"sprints/23?with=noon": 400, "sprints/23?with=2001-01-01": 404,
		"quarters?with=2026-11-18": 400} {
		if code, body, _ := get(t, h, "/api/v1/teams/Kubernetes/"+address); code != want {
			t.Errorf("%s: %d %.200s", address, code, body)
		}
	}
}
