package config

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jerem/calendar"
	"jerem/config/schema"
)

// The published page names every key with its variable and every region, and its examples work.
func TestIsDocumented(t *testing.T) {
	data, err := os.ReadFile("../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	for _, k := range topTable.Keys() {
		row := "| `" + k.Name + "` | "
		_, line, ok := strings.Cut(page, row)
		line, _, _ = strings.Cut(line, "\n")
		if !ok || k.Set != nil && !strings.Contains(line, "`"+schema.VariableOf(k.Name)+"`") {
			t.Errorf("%s, or its variable, has no row", k.Name)
		}
		for _, alias := range k.Aliases {
			if !strings.Contains(line, "`"+alias+"`") {
				t.Errorf("%s does not stand beside %s", alias, k.Name)
			}
		}
	}
	for _, k := range slices.Concat(projectKeys, movedKeys) {
		if !strings.Contains(page, "| `"+k.Name+"` | ") {
			t.Errorf("%s of projects has no row", k.Name)
		}
	}
	_, list, _ := strings.Cut(page, "## Regions")
	list, _, _ = strings.Cut(list, "## A whole example")
	if want := "`" + strings.Join(calendar.Regions(), "` `") +
		"`"; !strings.Contains(strings.Join(strings.Fields(list), " "), want) {
		t.Errorf("the regions are not %s", want)
	}
	examples := strings.Split(page, "```yaml\n")[1:]
	for i, example := range examples {
		example, _, _ = strings.Cut(example, "```")
		c, err := Load("example", []byte(example), variables("JIRA_API_TOKEN=x", "WARP10_WRITE_TOKEN=y"))
		if err != nil {
			t.Errorf("example %d: %v", i+1, err)
			continue
		}
		if strings.HasPrefix(c.Server.Listen, ":") && c.Server.ListenKey == "server.listen" && !c.Access.Open {
			t.Errorf("example %d: it listens to all, which serve refuses without access.open", i+1)
		}
	}
	if len(examples) != 3 {
		t.Errorf("%d examples", len(examples))
	}
}

// shownConfiguration is a block of YAML of a page.
var shownConfiguration = regexp.MustCompile("(?ms)^```yaml\n(.*?)^```")

// ofOthers are the blocks that are read by other programs: a list of dashboards, and a part of what Prometheus scrapes.
var ofOthers = []string{"apiVersion:", "credentials_file:"}

// TestShownConfigurations: what pages show as a configuration is one, with a Jira, projects and a login
// where it shows none.
func TestShownConfigurations(t *testing.T) {
	pages, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	set := variables("JIRA_API_TOKEN=x", "WARP10_WRITE_TOKEN=y", "SECOND_TOKEN=x", "OIDC_SECRET=x", "STORE_PASSWORD=x",
		"HOOK_SECRET=0123456789abcdef", "K8S_HOOK=https://hooks.example/k8s")
	blocks := 0
	for _, page := range append(pages, "../README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range shownConfiguration.FindAllStringSubmatch(string(text), -1) {
			if slices.ContainsFunc(ofOthers, func(word string) bool { return strings.Contains(m[1], word) }) {
				continue
			}
			blocks++
			if _, err := Load(filepath.Base(page), []byte(completed(m[1])), set); err != nil {
				t.Errorf("%s: %v\n%s", filepath.Base(page), err, m[1])
			}
		}
	}
	if blocks < 12 {
		t.Errorf("only %d configurations were found", blocks)
	}
}

// completed is a configuration with what each needs.
func completed(block string) string {
	lines := "\n" + block
	if strings.Contains(lines, "\naccess:") && !strings.Contains(lines, "\n  mode:") {
		block = strings.Replace(block, "access:\n", "server.url: https://jerem.example\naccess:\n  mode: oidc\n"+
			"  oidc: {issuer: 'https://id.example', client_id: jerem, client_secret: '${OIDC_SECRET}'}\n", 1)
	}
	if !strings.Contains(lines, "\njira") {
		block += "\njira: {url: 'https://jira.example', token: '${JIRA_API_TOKEN}'}\n"
	}
	if !strings.Contains(lines, "\nprojects:") {
		block += "\nprojects: [{name: K8S}, {name: Metal}]\n"
	}
	return block
}
