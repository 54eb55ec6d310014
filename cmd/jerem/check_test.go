package main

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/check"
	"jerem/cmd/jerem/checking"
	"jerem/cmd/jerem/serving"
	"jerem/cmd/jerem/terminal"
	"jerem/config"
	jirasim "jerem/sim/jira"
	warp10sim "jerem/sim/warp10"
)

// checkCase is a team that is checked: a story of testdata/check, its entry in projects, and what is to come.
type checkCase struct {
	name, story, entry, password string
	code                         int
	hide                         bool // the field of the estimates
}

var checkCases = []checkCase{
	{name: "good", story: "good", entry: "{name: K8S}"},
	{name: "nothing", story: "nothing", entry: "{name: OPS}"},
	{name: "several", story: "several", entry: "{name: NET, label: Netz}", code: exitFailed},
	{
		name:  "chosen",
		story: "several",
		entry: "{name: NET, board: 7, jql_filter: component = router, impediment: {labels: [unplanned], " +
			"nature: Cause}}",
	},
	{
		name:  "wrong",
		story: "several",
		entry: "{name: NET, board: 7, jql_filter: componnt = x, impediment: {jql: nonsense, nature: Nothing}}",
		code:  exitFailed,
	},
	{name: "hidden", story: "good", entry: "{name: SECRET}", code: exitFailed},
	{name: "login", story: "good", entry: "{name: K8S}", password: "wrong-password", code: exitFailed},
	{name: "field", story: "field", entry: "{name: APP}", code: exitFailed, hide: true},
}

// config writes the case's configuration and plays its Jira.
func (c checkCase) config(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", "check", c.story+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	password := c.password
	if password == "" {
		password = serving.SimToken
	}
	url := serveStory(t, src, jirasim.Options{})
	if c.hide {
		url = hidingField(t, url)
	}
	return writeConfig(
		t,
		"jira: {url: '"+url+"', username: "+serving.SimEmail+", password: "+password+"}\nprojects: ["+c.entry+
			"]\nstore: {path: STORE}\n",
	)
}

// TestCheckPage: what a reader sees, line by line, never wider than a terminal; nothing of a person.
func TestCheckPage(t *testing.T) {
	for _, c := range checkCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			config := c.config(t)
			out, errs, code := call(t, nil, "-c", config, "check")
			if code != c.code {
				t.Errorf("exit code %d, want %d: %s", code, c.code, errs)
			}
			want, err := os.ReadFile(filepath.Join("testdata", "check", c.name+".golden"))
			if err != nil {
				t.Fatal(err)
			}
			out = maskHost(out)
			if diff := cmp.Diff(string(want), out); diff != "" {
				t.Errorf("(−want +got)\n%s", diff)
			}
			for _, line := range strings.Split(out, "\n") {
				if terminal.Width(line) > terminal.Columns {
					t.Errorf("wider than %d columns: %q", terminal.Columns, line)
				}
			}
			asJSON, _, _ := call(t, nil, "-c", config, "check", "--json")
			if f, ok := findings(t, asJSON)["jira requests"]; ok {
				if n, _ := f.Details["requests"].(float64); n < 5 || n > 18 {
					t.Errorf("%v requests: a check asks little", n)
				}
			}
			for _, never := range []string{"Ada", "Lovelace", "Turing", "Buddy", "a customer asks",
				"A customer asks", serving.SimToken, "\x1b["} {
				if strings.Contains(out+asJSON+errs, never) {
					t.Errorf("%q is told", never)
				}
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(config), "jerem.db")); err == nil {
				t.Error("a store was made")
			}
		})
	}
}

// maskHost puts a name in place of the played Jira's port.
func maskHost(s string) string {
	for {
		_, after, ok := strings.Cut(s, "127.0.0.1:")
		if !ok {
			return s
		}
		port := after[:strings.IndexFunc(after, func(r rune) bool { return r < '0' || r > '9' })]
		s = strings.ReplaceAll(s, "127.0.0.1:"+port, "JIRA")
	}
}

// findings reads what was written for programs, by name, the first of each.
func findings(t *testing.T, asJSON string) map[string]check.Finding {
	t.Helper()
	var list []check.Finding
	if err := json.Unmarshal([]byte(asJSON), &list); err != nil {
		t.Fatalf("%v in\n%s", err, asJSON)
	}
	found := map[string]check.Finding{}
	for _, f := range list {
		if _, ok := found[f.What]; !ok {
			found[f.What] = f
		}
	}
	return found
}

// checked runs the check for programs and returns its findings.
func checked(t *testing.T, config string) map[string]check.Finding {
	t.Helper()
	out, _, _ := call(t, nil, "-c", config, "check", "--json")
	return findings(t, out)
}

// TestCheckFigures: the counts are those of the stories, counted there by hand.
func TestCheckFigures(t *testing.T) {
	t.Parallel()
	runs := map[string]map[string]check.Finding{}
	f := func(c checkCase, what string, want map[string]any) {
		t.Helper()
		if runs[c.name] == nil {
			runs[c.name] = checked(t, c.config(t))
		}
		got := runs[c.name]["team "+what].Details
		for k, v := range want {
			if !reflect.DeepEqual(got[k], v) {
				t.Errorf("%s: %s: %s is %v, want %v", c.name, what, k, got[k], v)
			}
		}
	}
	num := func(n int) any { return float64(n) }
	good, chosen, several := checkCases[0], checkCases[3], checkCase{
		name:  "several",
		story: "several",
		entry: "{name: NET}",
	}
	f(good, "K8S: project", map[string]any{"key": "K8S", "issues": num(12), "sampled": num(12), "more": false})
	f(
		good,
		"K8S: estimate",
		map[string]any{"field": "customfield_10036", "unit": "points", "held": num(2), "of": num(3)},
	)
	f(good, "K8S: sprints", map[string]any{"closed": num(1), "active": num(1), "future": num(1)})
	f(
		good,
		"K8S: quarters",
		map[string]any{
			"epics":           num(4),
			"without_quarter": num(1),
			"quarters":        map[string]any{"Q4-26": num(2), "Q3-26": num(1)},
			"initiatives":     map[string]any{"Network": num(2), "Lifecycle": num(1)},
		},
	)
	f(good, "K8S: impediments", map[string]any{"impediments": num(5)})
	f(good, "K8S: worklogs", map[string]any{"readable": true, "impediments": num(5), "with_time": num(4)})
	f(
		good,
		"K8S: nature",
		map[string]any{
			"nature": "customfield_11028",
			"candidates": []any{map[string]any{"nature": "customfield_11028", "name": "Nature of impediment",
				"filled": num(
					4,
				), "of": num(5), "share": 0.8, "values": map[string]any{"Support": num(3), "Incident": num(1)}}},
		},
	)
	f(chosen, "NET: jql_filter", map[string]any{"matches": num(2), "of": num(7)})
	f(chosen, "NET: estimate", map[string]any{"held": num(0), "of": num(1), "candidate": "customfield_11041"})
	f(
		several,
		"NET: impediments",
		map[string]any{
			"impediments":  num(0),
			"labels_alike": map[string]any{"unplanned": num(3), "why_outage": num(1)},
		},
	)
}

// TestCheckSettings: the lines that a check proposes are a configuration, and with them it is content.
func TestCheckSettings(t *testing.T) {
	t.Parallel()
	c := checkCase{name: "several", story: "several", entry: "{name: NET}"}
	config := c.config(t)
	yaml, _ := checked(t, config)["next"].Details["yaml"].(string)
	data, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	head, tail, _ := strings.Cut(string(data), "projects: [{name: NET}]\n")
	if err := os.WriteFile(config, []byte(head+yaml+tail), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := call(t, nil, "-c", config, "check")
	if code != 0 || strings.Contains(out, "projects:") || !strings.Contains(out, "Q4-2026 (1)") ||
		!strings.Contains(out, "7 (Network core, scrum): as configured") {
		t.Errorf("code %d with\n%s\n%s%s", code, yaml, out, errs)
	}
}

// TestCheckWithoutFile: who has no configuration is shown one, which works once it is filled in.
func TestCheckWithoutFile(t *testing.T) {
	t.Chdir(t.TempDir())
	out, errs, code := call(t, nil, "check")
	if code != exitUsage || !strings.Contains(out, checking.Minimal) ||
		!strings.Contains(errs, "no configuration found") {
		t.Errorf("code %d\n%s%s", code, out, errs)
	}
	c, err := config.Load(
		"minimal",
		[]byte(checking.Minimal),
		func(name string) string { return map[string]string{"JIRA_API_TOKEN": "x"}[name] },
	)
	if err != nil || len(c.Teams) != 1 {
		t.Errorf("the file that is shown does not load: %v", err)
	}
	asJSON, _, code := call(t, nil, "check", "--json")
	var list []check.Finding
	if err := json.Unmarshal([]byte(asJSON), &list); err != nil || code != exitUsage || len(list) != 1 || list[0].OK {
		t.Errorf("code %d, %v\n%s", code, err, asJSON)
	}
}

// TestCheckMetrics: tokens that cannot do what they must are told, with the line to set.
func TestCheckMetrics(t *testing.T) {
	skipSlow(t)
	played := warp10sim.New()
	platform := httptest.NewServer(played)
	t.Cleanup(platform.Close)
	config := checkCases[0].config(t)
	data, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	f := func(metrics, what string, ok bool, says string) {
		t.Helper()
		if err := os.WriteFile(config, []byte(string(data)+"metrics: {url: '"+platform.URL+"', "+metrics+"}\n"),
			0o600); err != nil {
			t.Fatal(err)
		}
		if found := checked(t, config)["metrics: "+what]; found.OK != ok ||
			!strings.Contains(found.Found+found.Hint, says) {
			t.Errorf("%s: %s: %+v", metrics, what, found)
		}
	}
	f("token: "+warp10sim.Write, "write", true, "can write")
	f("token: "+warp10sim.Write, "read", true, "metrics.read_token")
	f("token: "+warp10sim.Write+", read_token: "+warp10sim.Read, "read", true, "read back")
	f("token: "+warp10sim.Write+", read_token: nonsense", "read", false, "metrics.read_token")
	f("token: "+warp10sim.Expired, "write", false, "metrics.token")
	f("token: "+warp10sim.NoDelete, "delete", false, "may delete")
	f("time_unit: ms, token: "+warp10sim.Write+", read_token: "+warp10sim.Read, "time unit", false, "time_unit: us")
	f("token: "+warp10sim.Write, "grid", true, "find a point as long as")
	f("interval: 1h, token: "+warp10sim.Write, "grid", false, "metrics.interval: 20m")
	f("token: "+warp10sim.Write, "past", true, "a year ago")
	played.MaxPast = 15 * 24 * time.Hour
	f("token: "+warp10sim.Write, "past", true, "ingress.maxpast")
}
