package checking

import (
	"regexp"
	"strings"
	"testing"

	"jerem/check"
	"jerem/cmd/jerem/terminal"
)

// TestCheckColour: colour changes nothing of the text, and wide signs take two columns.
func TestCheckColour(t *testing.T) {
	list := []check.Finding{
		{What: "jira login", Part: "login", Found: strings.Repeat("已完成 ", 20), Hint: "do it"},
		{What: "team A: done", Team: "A", Part: "done", OK: true, Found: "all"},
	}
	var plain, painted strings.Builder
	page{out: &plain}.writeFindings(list)
	page{out: &painted, colour: true}.writeFindings(list)
	if !strings.Contains(painted.String(), "\x1b[31;1mFAIL  \x1b[0m") {
		t.Errorf("no colour in %q", painted.String())
	}
	if got := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(painted.String(), ""); got != plain.String() {
		t.Errorf("colour changes the text:\n%s\n%s", plain.String(), got)
	}
	for _, line := range strings.Split(plain.String(), "\n") {
		if terminal.Width(line) > terminal.Columns || strings.Count(line, "已") > 8 {
			t.Errorf("too wide: %q", line)
		}
	}
}

// TestPrintableFindings: nothing that a finding tells steers a terminal.
func TestPrintableFindings(t *testing.T) {
	text := "board \x1b[2J end"
	f := printableFindings([]check.Finding{{What: text, Part: text, Team: text, Found: text, Hint: text}})[0]
	if got := f.What + f.Part + f.Team + f.Found + f.Hint; got != strings.Repeat(terminal.Printable(text), 5) {
		t.Errorf("a finding: %q", got)
	}
}
