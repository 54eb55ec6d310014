package config

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"jerem/config/schema"
)

// withSinks is a configuration with a list of sinks.
func withSinks(list string) []byte {
	return []byte("jira: {url: 'https://jira.example', token: '${JIRA}'}\nprojects: [{name: " +
		"K8S}]\nmetrics.interval: 30m\nsinks:\n" + list)
}

// TestSinks: entries are read, with the defaults of what they leave out.
func TestSinks(t *testing.T) {
	c, err := Load("f", withSinks(`
- {name: victoria, type: remotewrite, url: "http://vm:8428/", backfill: all, version: 2}
- {name: prom, type: remotewrite, url: "http://prom:9090", interval: 1m}
- {name: second, type: warp10, url: "https://warp10.example", token: "${TOKEN}"}
`), variables("TOKEN=abc", "JIRA=x"))
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(c.Sinks)
	want := fmt.Sprint([]Sink{
		{Name: "victoria", Type: SinkRemoteWrite, URL: "http://vm:8428", Interval: 30 * time.Minute, Backfill: "all",
			Version: 2},
		{Name: "prom", Type: SinkRemoteWrite, URL: "http://prom:9090", Interval: time.Minute, Backfill: "none",
			Version: 1},
		{Name: "second", Type: SinkWarp10, URL: "https://warp10.example", Token: schema.NewSecret("abc"),
			Interval: 30 * time.Minute,
			Backfill: "none", Version: 1},
	})
	if got != want || c.Sinks[2].Token.Reveal() != "abc" || c.SecretInFile {
		t.Errorf("%s, want %s; a secret in the file: %v", got, want, c.SecretInFile)
	}
}

// TestSinkFaults: each fault names its place and the remedy.
func TestSinkFaults(t *testing.T) {
	for list, want := range map[string]string{
		"  {name: a}":                                "must be a list",
		"- warp10":                                   "sinks[0]: must hold keys",
		"- {type: remotewrite, url: 'http://a'}":     "sinks[0].name: is missing",
		"- {name: a, url: 'http://a'}":               "sinks[0].type: is missing",
		"- {name: a, type: remotewrite}":             "sinks[0].url: is missing",
		"- {name: a, type: influx, url: 'http://a'}": "is not one of warp10, remotewrite",
		"- {name: a, type: warp10, url: 'http://a'}": "sinks[0].token: is missing",
		"- {name: a, type: warp10, url: 'http://a', token: t, backfill: all}": "means nothing",
		"- {name: a, type: warp10, url: 'http://a', token: t, version: 2}":    "means nothing",
		"- {name: a, type: remotewrite, url: " +
			"'http://a', user: u}": "sinks[0].password: is missing",
		"- {name: a, type: remotewrite, url: 'http://a', password: hunter2}":              "sinks[0].user: is missing",
		"- {name: a, type: remotewrite, url: 'http://a', user: u, password: p, token: t}": "keep one of them",
		"- {name: a, type: warp10, url: 'http://a', token: t, user: u, password: p}":      "means nothing",
		"- {name: a, type: remotewrite, url: 'http://a', version: 3}":                     "from 1 to 2",
		"- {name: a, type: remotewrite, url: 'http://a', backfill: some}":                 "is not one of all, none",
		"- {name: a, type: remotewrite, url: a}":                                          "is not an address",
		"- {name: a, type: remotewrite, url: 'http://a', interval: 10ms}":                 "sinks[0].interval",
		"- {name: a, type: remotewrite, url: 'http://a', tokn: x}": "sinks[0].tokn: is " +
			"not a known key",
		"- &s {name: a, type: remotewrite, url: 'http://a'}\n- *s": "sinks[1]: has the name of sinks[0]",
		"- {name: \"a\\nb\", type: remotewrite, url: 'http://a'}":  "control character",
	} {
		_, err := Load("f", withSinks(list), variables("JIRA=x"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", list, err, want)
		}
	}
}

// TestSinksAreDocumented: the published pages name every key, and the example of sinks works.
func TestSinksAreDocumented(t *testing.T) {
	data, err := os.ReadFile("../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(data), "### Entries of `sinks`")
	part, _, _ = strings.Cut(part, "\n### ")
	for _, k := range sinkTable.Keys() {
		if !strings.Contains(part, "| `"+k.Name+"` | ") {
			t.Errorf("%s of sinks has no row", k.Name)
		}
	}
	page, err := os.ReadFile("../docs/sinks.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "```yaml\nsinks:\n")
	example, _, _ = strings.Cut(example, "```")
	if c, err := Load("f", withSinks(example), variables("SECOND_TOKEN=x", "JIRA=x")); err != nil || len(c.Sinks) != 3 {
		t.Errorf("the example: %v", err)
	}
}
