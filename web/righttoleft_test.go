package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var (
	rightToLeft  = regexp.MustCompile(`[\x{0590}-\x{08FF}]`)
	isolated     = regexp.MustCompile("<bdi>[^<]*</bdi>|\u2068[^\u2069<]*\u2069")
	addressValue = regexp.MustCompile(` (?:href|src|action|value|id|name)="[^"]*"`)
)

// TestRightToLeftNames: names of teams, sprints, epics and issues in Arabic have their own direction wherever a page or
// a drawing shows them, and stay as they are in forms, tables for programs and the API.
func TestRightToLeftNames(t *testing.T) {
	text := string(story(t))
	for from, to := range map[string]string{`"Sprint 23"`: `"سبرنت 23"`, `"Private clusters"`: `"عناقيد خاصة 4"`,
		"Upgrade: drain nodes one zone at a time": "ترقية العقد 12"} {
		if !strings.Contains(text, from) {
			t.Fatalf("the story has no %s", from)
		}
		text = strings.ReplaceAll(text, from, to)
	}
	name := "فريق البيانات"
	h := serve(t, []byte(text), team(name, "K8S"))
	page := "/teams/" + url.PathEscape(name)
	for _, address := range []string{"/", "/wall", page, page + "/roadmap", page + "/flow", page + "/card",
		page + "/sprints/22", page + "/sprints/23/differences", page + "/issues/K8S-1381", page + "/issues/K8S-1300",
		page + "/sprints/9", "/explain?figure=ledger.remaining&sprint=23&team=" + url.QueryEscape(name),
		page + "/sprints/23/burndown.svg", page + "/quarters/Q4-26/burnup.svg"} {
		_, body, _ := get(t, h, address)
		if strings.HasSuffix(address, ".svg") {
			if err := wellFormed(body); err != nil {
				t.Errorf("%s: %v", address, err)
			}
		} else if !strings.Contains(body, "<bdi>"+name+"</bdi>") && !strings.HasSuffix(address, "/wall") {
			t.Errorf("%s does not name the team", address)
		}
		left := addressValue.ReplaceAllString(isolated.ReplaceAllString(body, ""), "")
		if at := rightToLeft.FindStringIndex(left); at != nil {
			t.Errorf("%s: without a direction of its own: %q", address, left[max(0, at[0]-60):min(len(left), at[0]+60)])
		}
	}
	for _, address := range []string{"/api/v1/teams", "/teams.csv",
		"/api/v1/teams/" + url.PathEscape(name) + "/sprints"} {
		if _, body, _ := get(t, h, address); strings.Contains(body, "\u2068") || !rightToLeft.MatchString(body) {
			t.Errorf("%s: names are changed, or there are none: %.200q", address, body)
		}
	}
}
