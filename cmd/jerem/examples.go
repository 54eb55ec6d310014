package main

import (
	"strings"

	"github.com/alecthomas/kong"
)

// programDetail is where to begin, and what a run ends with.
const programDetail = "Begin with jerem demo, which needs nothing; with a team of your own by jerem check. Without a " +
	"command it serves.\n\nExit codes: 0 fine, 1 failed, 2 wrong usage or configuration. Results go to standard " +
	"output, progress, log and errors to standard error."

// examples are lines to try, by the command that they are of; a test reads each by the rules of the command line.
var examples = map[string][]string{
	"serve":   {"jerem serve", "jerem --config team.yml serve --listen 127.0.0.1:9000"},
	"demo":    {"jerem demo", "jerem demo --speed 0 --from 2027-11-16"},
	"check":   {"jerem check", "jerem check --json"},
	"collect": {"jerem collect", "jerem collect --full"},
	"export": {"jerem export --format csv --from 2026-10-01 --to 2026-12-31 > quarter.csv",
		"jerem export --team Kubernetes --class '^jerem[.]jira[.]sprint[.]'"},
	"status": {"jerem status", "jerem status --team Kubernetes --at 2026-11-20 --json"},
	"digest": {"jerem digest", "jerem digest --team Kubernetes --at 2026-11-20"},
	"explain": {"jerem explain ledger.remaining --team Kubernetes --sprint 23",
		"jerem explain progression --team Kubernetes --quarter Q4-26"},
	"publish": {"jerem publish --from 2026-10-01 --sink warp10", "jerem publish --replace --team Kubernetes"},
	"rebuild": {"jerem rebuild"},
	"move":    {"jerem move --to postgres://jerem@db.example.org:5432/jerem", "jerem move --to /srv/jerem/jerem.db"},
	"forget":  {"jerem forget --team Kubernetes", "jerem forget --team Kubernetes --sinks --yes"},
	"backup":  {"jerem backup jerem-2026-11-29.db"},
	"calibrate": {"jerem calibrate completions.csv.gz", "jerem calibrate completions.csv --json",
		"jerem calibrate - < completions.csv"},
	"grafana": {"jerem grafana --for prometheus --out boards"},
	"sim": {"jerem sim --world cloud", "jerem sim --scenario story.txtar --dialect datacenter",
		"jerem sim --data recorded --at 2026-11-20"},
	"token create": {"jerem token create --name grafana --expires 90d",
		"jerem token create --name wiki --role badge --team Kubernetes"},
	"token list":         {"jerem token list"},
	"token revoke":       {"jerem token revoke 4f2a9c"},
	"access log":         {"jerem access log --last 20", "jerem access log --who me@example.org --json"},
	"oncall who":         {"jerem oncall who", "jerem oncall who --at 2026-12-24T22:00"},
	"oncall schedule":    {"jerem oncall schedule", "jerem oncall schedule --rota platform --format ics > duty.ics"},
	"oncall check":       {"jerem oncall check"},
	"oncall statement":   {"jerem oncall statement --month 2026-11", "jerem oncall statement --format csv > pay.csv"},
	"oncall import":      {"jerem oncall import --csv shifts.csv --dry-run"},
	"oncall replay":      {"jerem oncall replay"},
	"oncall renew-links": {"jerem oncall renew-links"},
	"oncall forget":      {"jerem oncall forget ada --dry-run"},
	"licenses":           {"jerem licenses"},
	"version":            {"jerem version"},
	"completion":         {"jerem completion bash > /etc/bash_completion.d/jerem"},
}

// addExamples puts the examples into the help of their commands, and the exit codes into that of the program.
func addExamples(model *kong.Application) {
	model.Detail = programDetail
	for path, lines := range examples {
		node := commandNamed(model.Node, strings.Fields(path))
		listed := "Examples:\n\n    " + strings.Join(lines, "\n    ")
		node.Detail = strings.TrimPrefix(node.Detail+"\n\n"+listed, "\n\n")
	}
}
