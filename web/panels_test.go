package web

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// panelMarks are the panels of the older bot's dashboard, each with what shows the same on the page that
// docs/upgrade.md names for it.
var panelMarks = map[string]string{"100": "<dt>Slack</dt>", "98": "<dt>Days to complete</dt>",
	"87": "<dt>Progression</dt>", "107": "<dt>Remaining</dt>", "88": "<dt>Velocity</dt>",
	"94": "<dt>Working days left</dt>", "89": "<dt>Sprints, mean</dt>", "90": "h of impediments",
	"56": `id="epics"`, "105": `id="t-chosen"`, "104": `class="chosen"`, "103": `id="t-burnup"`, "102": `id="t-weekly"`,
	"106": `id="weeks"`, "60": `class="keys"`, "71": "<dt>Completed</dt>", "65": `id="t-burn"`,
	"75": "impediments took",
	"76": "<dt>Impediments</dt>", "78": `class="nat fills"`, "79": `class="nat fills"`, "81": `id="t-imp"`,
	"111": `id="past"`, "113": `id="t-vel"`}

// TestPanels: each of the 24 panels of the older bot's dashboard is shown by the page that docs/upgrade.md names, in a
// row of its table of addresses.
func TestPanels(t *testing.T) {
	doc, err := os.ReadFile("../docs/upgrade.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(doc), "### Where each panel stands")
	table, _, _ = strings.Cut(table, "\n## ")
	if !found {
		t.Fatal("docs/upgrade.md has no table of the pages")
	}
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	number, address := regexp.MustCompile(`\b\d{2,3}\b`), regexp.MustCompile("`(/[^`]+)`")
	names := strings.NewReplacer("TEAM", "Kubernetes", "Qn-yy", "Q4-26", "ID", "23", "KEY,KEY", "K8S-1300,K8S-1301")
	var seen []string
	path := ""
	for _, row := range strings.Split(table, "\n") {
		cells := strings.Split(row, "|")
		if len(cells) != 5 || !digits.MatchString(cells[1]) {
			continue
		}
		for _, one := range address.FindAllStringSubmatch(cells[3], 1) { // "the same" is the row above
			path, _, _ = strings.Cut(names.Replace(one[1]), "#")
		}
		code, page, _ := get(t, h, path)
		for _, panel := range number.FindAllString(cells[1], -1) {
			mark, known := panelMarks[panel]
			if !known || code != 200 || !strings.Contains(page, mark) {
				t.Errorf("panel %s: %s answers %d without %q", panel, path, code, mark)
			}
			seen = append(seen, panel)
		}
	}
	slices.Sort(seen)
	if len(slices.Compact(slices.Clone(seen))) != 24 || len(seen) != 24 {
		t.Errorf("%d panels are told: %v", len(seen), seen)
	}
}
