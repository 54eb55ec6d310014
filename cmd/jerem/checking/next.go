package checking

import (
	"fmt"
	"io"
	"strings"

	"jerem/agile"
	"jerem/check"
	"jerem/cmd/jerem/terminal"
	"jerem/sorting"
)

// nextSteps says what to do now, in steps. The lines of YAML stand in the settings of the findings.
func nextSteps(findings []check.Finding, teams []agile.Team) check.Finding {
	failed, lines, notes := 0, 0, 0
	for _, f := range findings {
		switch {
		case !f.OK:
			failed++
		case f.Hint != "":
			notes++
		}
		lines += len(f.Settings)
	}
	var steps []string
	if failed > 0 {
		steps = append(steps, fmt.Sprintf("Mend what failed (%d).", failed))
	}
	if lines > 0 {
		steps = append(steps, "Put the lines below into the configuration, where they are right for the team.")
	}
	if notes > 0 && failed == 0 {
		steps = append(steps, "Read the notes: what they ask for makes the figures better, and can wait.")
	}
	if failed > 0 {
		steps = append(steps, "Run jerem check again.")
	} else {
		steps = append(steps, "Run jerem collect to read the whole past once.", "Run jerem serve, and open the page "+
			"that it names.")
	}
	for n := range steps {
		steps[n] = fmt.Sprintf("%d. %s", n+1, steps[n])
	}
	return check.Finding{
		What:    "next",
		Part:    "next",
		OK:      true,
		Found:   strings.Join(steps, " "),
		Details: map[string]any{"steps": steps, "yaml": yamlOf(findings, teams)},
	}
}

// writeNext writes the steps and the lines to add.
func (p page) writeNext(f check.Finding) {
	fmt.Fprintln(p.out, "\n"+p.paintText("1", "next"))
	for _, step := range f.Details["steps"].([]string) {
		fmt.Fprintln(p.out, "  "+terminal.Wrap(step, 5))
	}
	if yaml := f.Details["yaml"].(string); yaml != "" {
		fmt.Fprintln(p.out)
		io.WriteString(p.out, yaml)
	}
}

// yamlOf writes the settings of all findings as entries of projects.
func yamlOf(findings []check.Finding, teams []agile.Team) string {
	var b strings.Builder
	for _, team := range teams {
		var lines []check.Setting
		for _, f := range findings {
			if f.Team == team.Name {
				lines = append(lines, f.Settings...)
			}
		}
		if len(lines) == 0 {
			continue
		}
		if b.Len() == 0 {
			b.WriteString("projects:\n")
		}
		fmt.Fprintf(&b, "  - name: %s\n", oneLine(team.Project))
		if team.Name != team.Project {
			fmt.Fprintf(&b, "    label: %s\n", oneLine(team.Name))
		}
		writeSettings(&b, lines)
	}
	return b.String()
}

// writeSettings writes the lines of one entry, each with its reason above it.
func writeSettings(b *strings.Builder, list []check.Setting) {
	sorting.By(list, func(x, y check.Setting) int { return strings.Compare(sectionOf(x), sectionOf(y)) })
	section := ""
	for _, s := range list {
		indent, key, in := "    ", s.Key, sectionOf(s)
		if in != "" {
			if in != section {
				fmt.Fprintf(b, "    %s:\n", in)
			}
			indent, key = "      ", strings.TrimPrefix(s.Key, in+".")
		}
		section = in
		for line := range strings.SplitSeq(terminal.Wrap(oneLine(s.Why), len(indent)+2), "\n") {
			fmt.Fprintf(b, "%s# %s\n", indent, strings.TrimSpace(line))
		}
		fmt.Fprintf(b, "%s%s: %s\n", indent, key, s.Value)
	}
}

func sectionOf(s check.Setting) string {
	section, _, ok := strings.Cut(s.Key, ".")
	if !ok {
		return ""
	}
	return section
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Minimal is a configuration for a first look, shown to who has none.
const Minimal = `jira:
  url: https://example.atlassian.net    # or of your Data Center, path included
  username: me@example.org              # on Cloud: your e-mail
  password: ${JIRA_API_TOKEN}           # an API token; on Data Center a password
  # token: ${JIRA_TOKEN}                # or a personal access token, alone
projects:
  - name: K8S                           # key or name of a project
`

// writeMinimal shows a minimal file.
func (p page) writeMinimal() {
	fmt.Fprintln(p.out, "There is no configuration yet. Write this into config.yml, with your own values:")
	fmt.Fprintln(p.out)
	io.WriteString(p.out, Minimal)
	fmt.Fprintln(p.out, "\nThen:")
	fmt.Fprintln(p.out, "\n  export JIRA_API_TOKEN=…      # the token; it never stands in the file")
	fmt.Fprintln(p.out, "  jerem check                  # what would be read, with a hint for each problem")
	fmt.Fprintln(p.out, "\nOn Cloud an API token is made at id.atlassian.com, Security, API tokens; on Data")
	fmt.Fprintln(p.out, "Center under the profile's personal access tokens. The account needs to see the")
	fmt.Fprintln(p.out, "project and its board, nothing more: Jerem only reads. To look around without a")
	fmt.Fprintln(p.out, "Jira: jerem demo.")
}
