package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/testrun"
)

// TestExportNamesNobody: an export made with a section on call, of a team whose people were called out, tells of the
// call-outs and of nobody, in every format; so do the words about the team.
func TestExportNamesNobody(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	jira := serveStory(t, jirasim.DemoScenario(), jirasim.Options{})
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		"}\nprojects: [{name: K8S, label: Kubernetes}]\nstore: {path: STORE}\n"+
		`oncall:
  people:
    - {handle: quirinus, zone: Europe/Paris, login: quirinuslogin@example.org, payroll: "quirinuspay"}
    - {handle: zenobia, zone: Europe/Paris}
    - {handle: yorick, zone: Europe/Paris}
  rotas: [{name: k8s, team: Kubernetes, zone: Europe/Paris, versions: [{from: 2026-01-05, handover: "09:00",
      every: 1d, people: [quirinus, zenobia, yorick], coverage: always}]}]
`)
	shifts := filepath.Join(filepath.Dir(config), "shifts.csv")
	if err := os.WriteFile(shifts, []byte("person,rota,start,end,kind\n"+
		"quirinus,k8s,2026-10-20T02:10:00Z,2026-10-20T03:10:00Z,callout\n"+
		"zenobia,k8s,2026-10-21T12:00:00Z,2026-10-21T12:20:00Z,callout\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"collect"}, {"oncall", "import", "--csv", shifts}} {
		if _, errs, code := call(t, nil, append([]string{"-c", config}, args...)...); code != 0 {
			t.Fatalf("%v: %s", args, errs)
		}
	}
	people := regexp.MustCompile(`(?i)quirinus|zenobia|yorick`)
	for _, command := range []string{"export", "export --format json", "export --format csv", "status", "status --json",
		"digest", "digest --json", "explain unexpected.seconds --team Kubernetes --sprint 21",
		"explain --json unexpected.seconds --team Kubernetes --sprint 21"} {
		out, errs, code := call(t, nil, append([]string{"-c", config}, strings.Fields(command)...)...)
		if code != 0 || out == "" {
			t.Fatalf("%s: code %d: %s", command, code, errs)
		}
		if found := people.FindAllString(out+errs, 3); len(found) > 0 {
			t.Errorf("%s names %v", command, found)
		}
		if strings.HasPrefix(command, "export") && !strings.Contains(out, "jerem.oncall.callout.timespent") {
			t.Errorf("%s tells nothing of call-outs: there is nothing to search", command)
		}
	}
	out, _, _ := call(t, nil, "-c", config, "explain", "oncall.callouts", "--team", "Kubernetes", "--sprint", "21")
	if !strings.HasPrefix(out, "oncall.callouts of Kubernetes: 2 ") {
		t.Errorf("the call-outs of sprint 21: %s", out)
	}
	out, _, _ = call(t, nil, "-c", config, "oncall", "who", "--at", "2026-10-20T02:10:00Z")
	if !people.MatchString(out) {
		t.Errorf("who was on call names nobody: the search finds nothing: %s", out)
	}
	records := filepath.Join(filepath.Dir(config), "jerem.oncall.db")
	changeStore(t, "sqlite", records, `PRAGMA user_version = 1`) // an older program may write it still
	for _, command := range []string{"export", "status", "oncall who", "oncall check"} {
		_, errs, code := call(t, nil, append([]string{"-c", config}, strings.Fields(command)...)...)
		if code != exitFailed || !strings.Contains(errs, "an older jerem wrote it") || formOf(t, records) != 1 {
			t.Errorf("%s of an older form: code %d, form %d: %s", command, code, formOf(t, records), errs)
		}
	}
}
