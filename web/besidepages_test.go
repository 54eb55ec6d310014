package web

import (
	"regexp"
	"strings"
	"testing"
)

var changedRows = regexp.MustCompile(`(?s)<table[^>]*id="changed".*?</table>`)

// TestTwoMoments: portfolio, flow, a team without sprints and an issue stand beside themselves as of another moment:
// each figure that differs has the values that the page tells of that moment, in whichever order they are asked for,
// and the tables as CSV hold the same rows.
func TestTwoMoments(t *testing.T) {
	h := serve(t, story(t), company()...)
	for address, want := range map[string]struct {
		figures []string // in the table
		events  string
	}{
		"/?quarter=Q4-26": {[]string{"Kubernetes odds", "Kubernetes 85 % date", "Kubernetes done"},
			"epic"},
		"/teams/Kubernetes/flow":            {[]string{"Late today issues"}, "event"},
		"/teams/Kubernetes/issues/K8S-1424": {[]string{"Status", "State", "To Do"}, "event"},
	} {
		sep := "?"
		if strings.Contains(address, "?") {
			sep = "&"
		}
		_, page, _ := get(t, h, address+sep+"at=2026-11-20&with=2026-11-10")
		table := textOf(changedRows.FindString(page))
		_, swapped, _ := get(t, h, address+sep+"at=2026-11-10&with=2026-11-20")
		if other := textOf(changedRows.FindString(swapped)); other != table {
			t.Errorf("%s: asked for in another order:\n%s\nand\n%s", address, table, other)
		}
		for _, figure := range want.figures {
			if !strings.Contains(table, figure) {
				t.Errorf("%s: %q does not differ in:\n%s", address, figure, table)
			}
		}
		if !strings.Contains(page, "What happened between") || !strings.Contains(textOf(page), want.events) {
			t.Errorf("%s does not tell what happened between", address)
		}
		if _, alone, _ := get(t, h, address+sep+"at=2026-11-20"); strings.Contains(alone, `id="changed"`) {
			t.Errorf("%s: compared with nothing it differs", address)
		}
	}
}

// heldDate is a date that does not break across lines.
var heldDate = regexp.MustCompile(`<span class="nobr">([^<]*)</span>`)

// datesJoined is a page whose dates stand in its text as they are read.
func datesJoined(page string) string { return heldDate.ReplaceAllString(page, "$1") }

// textOf is the text of a page, its tags and runs of spaces taken out.
func textOf(page string) string {
	text := strings.NewReplacer("\u202f", " ", "&nbsp;", " ").Replace(tags.ReplaceAllString(page, " "))
	return strings.Join(strings.Fields(text), " ")
}
