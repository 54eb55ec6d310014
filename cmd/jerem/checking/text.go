package checking

import (
	"fmt"
	"io"
	"strings"

	"jerem/check"
	"jerem/cmd/jerem/terminal"
	"jerem/oncall/verify"
)

// page writes findings for a reader: grouped, aligned, in lines of at most 80 columns.
type page struct {
	out    io.Writer
	colour bool
}

// The margin holds the mark and the name of a part.
const (
	partWidth = 13
	margin    = 2 + 6 + partWidth
)

// writeFindings writes all findings, then what to do next.
func (p page) writeFindings(list []check.Finding) {
	group := ""
	for _, f := range list {
		if g := groupOf(f); g != group {
			if group != "" {
				fmt.Fprintln(p.out)
			}
			group = g
			fmt.Fprintln(p.out, p.paintText("1", g))
		}
		p.writeFinding(f)
	}
}

func groupOf(f check.Finding) string {
	if f.Team != "" {
		return "team " + f.Team
	}
	group, _, _ := strings.Cut(f.What, " ")
	return strings.TrimSuffix(group, ":")
}

// writeFinding writes one finding; what may be done about it stands under it.
func (p page) writeFinding(f check.Finding) {
	mark := p.markOf(f)
	part := f.Part
	if part == "" {
		part = f.What
	}
	pad := strings.Repeat(" ", max(1, partWidth-terminal.Width(part)))
	fmt.Fprintf(p.out, "  %s%s%s%s\n", mark, part, pad, terminal.Wrap(f.Found, margin))
	if f.Hint != "" {
		fmt.Fprintln(p.out, strings.Repeat(" ", margin)+p.paintText("33", "→ ")+terminal.Wrap(f.Hint, margin+2))
	}
}

// markOf is the word that stands before a finding: one that does not fail and has a severity is told by that.
func (p page) markOf(f check.Finding) string {
	severity, _ := f.Details["severity"].(verify.Severity)
	switch {
	case !f.OK:
		return p.paintText("31;1", "FAIL  ")
	case severity == verify.Error:
		return p.paintText("31", "error ")
	case severity == verify.Warning:
		return p.paintText("33", "warn  ")
	case f.Hint != "" || len(f.Settings) > 0:
		return p.paintText("33", "note  ")
	}
	return p.paintText("32", "ok    ")
}

func (p page) paintText(code, text string) string {
	if !p.colour {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// printableFindings are findings as a terminal may show them.
func printableFindings(findings []check.Finding) []check.Finding {
	out := make([]check.Finding, len(findings))
	for i, f := range findings {
		f.What, f.Part, f.Team = terminal.Printable(f.What), terminal.Printable(f.Part), terminal.Printable(f.Team)
		f.Found, f.Hint = terminal.Printable(f.Found), terminal.Printable(f.Hint)
		out[i] = f
	}
	return out
}
