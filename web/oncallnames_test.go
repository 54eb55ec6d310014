package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jerem/testrun"
)

// peopleOnDuty finds the handles of those on duty as words.
var peopleOnDuty = regexp.MustCompile(`(?i)\b(` + strings.Join(onDuty, "|") + `)\b`)

// TestOtherPagesNameNobody: whoever was called out stands on no page, in no answer and no table of figures, whether a
// reader, a program or an operator asks; on-call's own pages name who is on duty to a reader who is nobody's colleague,
// and in what tells of call-outs nobody.
func TestOtherPagesNameNobody(t *testing.T) {
	testrun.SkipInShort(t)
	g := newCalledTeam(t)
	postAlert(t, g, "a", "disk", "2026-11-18T02:07:00Z", "2026-11-18T03:11:00Z")
	postAlert(t, g, "b", "cpu", "2026-11-19T10:00:00Z", "2026-11-19T10:30:00Z")
	there := strings.NewReplacer("/sprints/1", "/sprints/23", "K8S-1", "K8S-1300", "x.csv", "oncall.csv")
	for _, who := range []string{"vera", "eve", "token board"} {
		answered := 0
		for _, address := range servedPatterns(t, "Kubernetes") {
			address = there.Replace(address)
			status, body, _ := g.ask(t, who, address)
			if status == http.StatusOK {
				answered++
			}
			if found := peopleOnDuty.FindAllString(body, 3); len(found) > 0 && !strings.Contains(address, "/oncall") {
				t.Errorf("%s tells %q of %v", address, who, found)
			}
		}
		if answered < 60 {
			t.Errorf("%q was told only %d pages", who, answered)
		}
	}
	for address, isRota := range map[string]bool{"/oncall": true, "/oncall/k8s": true, "/api/v1/oncall/now": true,
		"/api/v1/oncall/rotas/k8s/segments": true, "/oncall/review": false,
		"/api/v1/oncall/callouts?team=Kubernetes": false, "/api/v1/oncall/alerts?team=Kubernetes": false,
		"/api/v1/oncall/rules?team=Kubernetes": false, "/api/v1/oncall/load?team=Kubernetes": false} {
		status, body, _ := g.ask(t, "vera", address)
		if found := peopleOnDuty.MatchString(body); status != http.StatusOK || found != isRota {
			t.Errorf("%s, to a reader: %d, names somebody: %v", address, status, found)
		}
	}
}
