package config

import (
	"os"
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
