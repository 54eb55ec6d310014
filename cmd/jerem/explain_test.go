package main

import (
	"strings"
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/testrun"
)

// TestExplain: the command tells the explanation of the API, and what can be explained where a figure is unknown.
func TestExplain(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	config := demoFile(t, serveStory(t, jirasim.DemoScenario(), jirasim.Options{}))
	call(t, nil, "-c", config, "collect")
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"commitment", "--sprint", "23"}, 0, "ledger.commitment of Kubernetes: 38 (points), as of "},
		{[]string{"commitment", "--sprint", "23", "--json"}, 0, `"figure":"ledger.commitment","value":38,`},
		{[]string{"commitment", "--sprint", "23", "--json"}, 0, `"term":"commit"`},
		{[]string{"total", "--epic", "K8S-1000"}, exitUsage, "no epic"},
		{[]string{"total", "--epic", "K8S-1300"}, 0, "total of Kubernetes: "},
		{[]string{"dates.p85", "--epic", "K8S-1300"}, 0, "the day by which 85 % of the outcomes are done"},
		{[]string{"total", "--epic", "K8S-1300", "--sprint", "23"}, exitUsage, "--epic"},
		{[]string{"cycle_time.p85"}, 0, "cycle_time.p85 of Kubernetes: "},
		{[]string{"progression", "--quarter", "Q4-26", "--at", "2026-11-18"}, 0, "done ÷ total"},
		{[]string{"comitment", "--sprint", "23"}, exitUsage, "Did you mean ledger.commitment? The figures"},
		{[]string{"commitment", "--team", "kubernets"}, exitUsage,
			"no such team. Did you mean Kubernetes? The teams are"},
		{[]string{"week_gain", "--week", "2026-W46"}, 0, "week_gain of Kubernetes: "},
		{[]string{"week_gain", "--week", "2026-W99"}, exitUsage, "2026-W99"},
		{[]string{"epics_together", "--epics", "K8S-1300,K8S-1301"}, 0, "epics_together of Kubernetes: "},
		{[]string{"epics_together", "--epics", "K8S-1"}, exitUsage, "is no epic of Q4-26"},
		{[]string{"initiative_done", "--initiative", "Network"}, 0, "initiative_done of Kubernetes: "},
		{[]string{"beauty", "--sprint", "23"}, exitUsage,
			"The figures that can be explained here are: ledger.commitment, ledger.added"},
		{[]string{"commitment", "--at", "soon"}, exitUsage, "--at"},
		{[]string{"commitment", "--at", "2001-01-01"}, exitUsage, "nothing is known"},
		{[]string{"total", "--epic", "K8S-1300", "--quarter", "Q4-26"}, 0, "total of Kubernetes: "},
		{[]string{"/api/v1/explain?figure=commitment&team=Kubernetes&sprint=23"}, exitUsage, "leave out --team"},
	} {
		out, errs, code := call(t, nil, append([]string{"-c", config, "explain", "--team", "Kubernetes"}, c.args...)...)
		if code != c.code || !strings.Contains(out+errs, c.want) {
			t.Errorf("%v: code %d: %s%s", c.args, code, out, errs)
		}
	}
	const address = "/api/v1/explain?figure=dates.p85&team=Kubernetes&remaining=30"
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{address}, 0, "dates.p85 of Kubernetes: "},
		{[]string{"https://jerem.example/base" + address, "--json"}, 0, `"figure":"dates.p85"`},
		{[]string{strings.Replace(address, "Kubernetes", "kubernets", 1)}, exitUsage, "Did you mean Kubernetes?"},
		{[]string{address + "&mood=2"}, exitUsage, "mood"},
		{[]string{"dates.p85"}, exitUsage, "--team is missing"},
		{[]string{"odds", "--initiative", "Network"}, 0, "odds of Network: "},
	} {
		out, errs, code := call(t, nil, append([]string{"-c", config, "explain"}, c.args...)...)
		if code != c.code || !strings.Contains(out+errs, c.want) {
			t.Errorf("%v: code %d: %s%s", c.args, code, out, errs)
		}
	}
}
