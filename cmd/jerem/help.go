package main

import (
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"jerem/sim/world"
)

// helpTexts are the sentences of the help that are longer than a line of the struct they belong to: {NAME} there.
var helpTexts = map[string]string{
	"calibrate_file": "Completions as CSV, packed with gzip or not: project,date,completed. - reads " +
		"standard input.",
	"demo_speed": "How much faster than ours its time runs: 1440 is a day of theirs in a minute of " +
		"ours; 0 stands still.",
	"explain_figure": "Name of the figure, as the answers of the API tell it: completed, ledger.remaining, " +
		"progression, odds, cycle_time.p85; or the address under explain in an answer, alone.",
	"explain_quarter":    "Of this quarter. Without sprint, quarter and epic: the present one.",
	"explain_epic":       "Of this epic, by its key: its part of the quarter that it is due in, or of --quarter.",
	"explain_week":       "Of this week, for the figures of a quarter that each week has.",
	"explain_epics":      "Of these epics together, for epics_together.",
	"explain_initiative": "Of this initiative: over all teams, or what --team does for it.",
	"explain_at": "As of this moment: RFC 3339, or a date (its end) or a time in the team's time zone. " +
		"Without it the last complete reading.",
	"collect_views": "Keep the rows of the views for SQL too. Figures rest on the whole team: of 100,000 issues that " +
		"takes more memory, and more time, than to read them.",
	"export_from": "First moment: RFC 3339, or a date or a time in the team's time zone. Without it the " +
		"first day.",
	"export_to": "Last moment, included; a date is its whole day. Without it the last complete " +
		"reading.",
	"jerem_calibrate": "Replay the forecast on any list of completions, and say how often its dates held.",
	"jerem_config":    "Configuration file. Without it: JEREM_CONFIG, else config.yml or config.yaml.",
	"grafana_for":     "Where the series lie: prometheus (VictoriaMetrics and Mimir speak its language too) or warp10.",
	"jerem_digest":    "Say what a week brought each team: its date, what moved it, what came unexpected.",
	"jerem_explain":   "Open a figure: its formula with the numbers put in, and what stands behind it.",
	"jerem_serve":     "Read Jira again and again, post the series, serve the pages. The default.",
	"oncall_at": "As of this moment: RFC 3339, or a date (its beginning) or a time on the rota's clock. " +
		"Without it now.",
	"oncall_csv": "The table: person,rota,start,end and, where some are call-outs, kind. - reads standard input.",
	"oncall_from": "First moment: RFC 3339, or a date (its beginning) or a time on the rota's clock. " +
		"Without it today.",
	"oncall_import": "Keep past shifts and call-outs of another tool, from a table as CSV.",
	"oncall_to": "Where it ends: RFC 3339, or a date (its beginning) or a time on the rota's clock. Without it " +
		"twelve " +
		"weeks later.",
	"publish_from": "First moment: RFC 3339, or a date or a time in the team's time zone. Without it the " +
		"first day.",
	"publish_replace": "Delete all series of the teams first, those of the older bot too, then post the " +
		"whole past. Asks before it deletes.",
	"publish_to": "Last moment, included; a date is its whole day. Without it the last complete " +
		"reading.",
	"serve_listen": "Address of the pages and the API; server.listen of the configuration, 127.0.0.1:8080 " +
		"by default.",
	"sim_at": "When its clock starts: RFC 3339, or a date or a time in UTC, a date being its " +
		"beginning. Without it the last moment of the data.",
	"sim_listen":   "Address to listen on, 127.0.0.1:8090 by default. A browser that opens it sees pages.",
	"sim_scenario": "A story of a few issues; sim/jira/FORMAT.md says how one is written.",
	"sim_seed": "Which company it is, " + strconv.Itoa(world.DefaultSeed) +
		" by default; each number makes another one.",
	"sim_webhook": "Post what changes there as Jira does, as in http://127.0.0.1:8080/hooks/jira. The clock has to " +
		"run.",
	"sim_webhook_secret": "Secret by which the messages are signed: that of jira.webhook_secret. " +
		"simulated-secret by default.",
	"sim_speed": "How much faster than ours its time runs: 1 by default, 0 for recorded data, which " +
		"stand still.",
	"forget_team": "The team, by the name under which it was read; it may have left the configuration.",
	"digest_at": "The end of the week: RFC 3339, or a date (its end) or a time in the team's time zone. " +
		"Without it the last complete reading.",
	"status_at": "As of this moment: RFC 3339, or a date (its end) or a time in the team's time zone. " +
		"Without it the last complete reading.",
}

// setHelp puts the long sentences in their places, in a command and those below it. Variables of kong would do, but it
// searches each of them for variables again for every flag.
func setHelp(node *kong.Node) {
	node.Help = helpNamed(node.Help)
	for _, argument := range node.Positional {
		argument.Help = helpNamed(argument.Help)
	}
	for _, flag := range node.Flags {
		flag.Help = helpNamed(flag.Help)
	}
	for _, child := range node.Children {
		setHelp(child)
	}
}

// helpNamed returns the sentence that {NAME} stands for; another help is one itself.
func helpNamed(help string) string {
	name, isNamed := strings.CutPrefix(help, "{")
	if !isNamed {
		return help
	}
	text, known := helpTexts[strings.TrimSuffix(name, "}")]
	if !known {
		panic("there is no help for " + help)
	}
	return text
}
