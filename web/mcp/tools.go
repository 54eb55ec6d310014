package mcp

import (
	"net/url"
	"slices"
	"strings"
)

// tool is a question that an assistant may ask.
type tool struct {
	name        string
	description string
	path        string // of the API; {team}, {id} and {quarter} are put in
	arguments   []argument
}

// argument is what a tool may be told.
type argument struct {
	name        string
	description string
	required    bool
}

var (
	team = argument{"team", "Name of the team, as the tool teams lists it.", true}
	at   = argument{"at", "As of this moment: a date (its end, in the team's time zone) or RFC 3339. " +
		"Without it now.", false}
	quarter  = argument{"quarter", "Quarter, as in Q4-26. Without it the present one.", false}
	sprint   = argument{"sprint", "Id of a sprint, as the tool sprints lists it.", false}
	epic     = argument{"epic", "Key of an epic.", false}
	spanFrom = argument{"from", "First day. Without it 89 days before the last.", false}
	spanTo   = argument{"to", "Last day. Without it today.", false}
	with     = argument{"with", "Another moment, as at: the answer tells what changed between the two.", false}
)

// foreseen are the arguments of a forecast besides what it is of.
var foreseen = []argument{
	{"remaining", "So much remaining work, in the team's unit, instead of a quarter, an epic or a sprint.", false},
	{"by", "How much will be done by this date, instead of when.", false},
	{"unit", "Count issues instead of estimates: issues.", false},
	{"scope", "What if so much more work, or less with a minus.", false},
	{"pace", "What if the pace were so many times as high, as in 0.9.", false},
	{"without", "What if these epics were left out: keys, joined by commas.", false},
	{"deadline", "What if it were due on this date.", false},
	{"since", "What moved the date since this moment. Without it a week ago.", false},
}

// narrowed are the arguments that say which figure is opened.
var narrowed = []argument{
	{"figure", "Name of the figure.", true},
	{"team", "Name of the team, as the tool teams lists it. Leave it out for a figure of an initiative.", false},
	sprint, quarter, epic,
	{"initiative", "Name of an initiative, as the tool portfolio lists it: of all teams together, or of the team for " +
		"initiative_done, empty for its epics of none.", false},
	{"nature", "Nature of impediments, of figures by nature.", false},
	{"rule", "Rule of alerts, of figures by rule; empty for call-outs without an alert.", false},
	{"column", "Column of the board, of figures by column.", false},
	{"week", "ISO week, of figures by week of a quarter, as in 2026-W46.", false},
	{"epics", "Epics, of epics_together: keys, joined by commas.", false},
	{"date", "Day, of figures by day: fan, calibration.dots, bulk_closings, cfd.", false},
	{"p", "Odds, of calibration: 0.5, 0.7, 0.85 or 0.95.", false},
	{"horizon", "Working days ahead, of calibration.by_horizon.", false},
	{"issue", "Key of an impediment, of price.issues.", false},
	spanFrom, spanTo,
}

// tellEmpty are the arguments that say something where they are empty. Others are left out then: some assistants fill
// in all that they know of.
var tellEmpty = []string{"initiative", "rule"}

// tools are all that an assistant may ask.
var tools = []tool{
	{"teams", "Lists the teams: kind (scrum or kanban), unit of their estimates, until when Jira was read. Begin here.",
		"/api/v1/teams", []argument{at}},
	{"portfolio", "How initiatives and teams stand in a quarter: progression, odds, likely dates, the first " +
		"risk. No sum adds " +
		"estimates of two teams.", "/api/v1/portfolio", []argument{quarter, at}},
	{"sprints", "Lists the sprints of a team, oldest first: id, name, state, start, end.",
		"/api/v1/teams/{team}/sprints", []argument{team, at}},
	{"sprint", "A sprint of a team: what was committed, added, removed and done, each change with its issue " +
		"(ledger), and the " +
		"unexpected (impediments) by nature. Durations are seconds.", "/api/v1/teams/{team}/sprints/{id}",
		[]argument{team,
			{"id", "Id of the sprint. Without it the active one, else the one that was closed last.", false},
			with, at}},
	{"quarters", "Lists the quarters that a team has epics in.", "/api/v1/teams/{team}/quarters", []argument{team, at}},
	{"quarter", "A quarter of a team: its epics, scope, what is done, progression.",
		"/api/v1/teams/{team}/quarters/{quarter}",
		[]argument{team, {"quarter", "Quarter, as in Q4-26.", true}, with, at}},
	{"forecast", "When the rest of a quarter, an epic or a sprint will be done: dates at 50, 70, 85 and 95 " +
		"percent, the odds of " +
		"its deadline, how often such dates held before (calibration), what moved the date, what the unexpected " +
		"costs. A null " +
		"comes with a reason in why. scope, pace, without and deadline ask what would be if.",
		"/api/v1/teams/{team}/forecast",
		slices.Concat([]argument{team, quarter, epic, sprint}, foreseen, []argument{at})},
	{"flow", "How work moves: cycle time with percentiles and limits, work in progress, throughput, flow efficiency.",
		"/api/v1/teams/{team}/flow", []argument{team, spanFrom, spanTo, at}},
	{"late", "What is late today: in progress for longer than the pace of its column, untouched, or blocked, with why.",
		"/api/v1/teams/{team}/late", []argument{team, at}},
	{"explain", "Opens a figure: its formula with the numbers put in, the issues behind it, how far it can be " +
		"trusted. Each answer lists its figures under explain, by their paths in it, as in ledger.completed, with " +
		"the address of each: pass what stands in that address.",
		"/api/v1/explain", slices.Concat(narrowed, foreseen, []argument{at})},
}

// argumentSchema describes the arguments of a tool to an assistant, as JSON Schema.
func (t tool) argumentSchema() map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, a := range t.arguments {
		properties[a.name] = map[string]any{"type": "string", "description": a.description,
			"maxLength": longestArgument}
		if a.required {
			required = append(required, a.name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required,
		"additionalProperties": false}
}

const longestArgument = 1000 // letters

// apiAddress is what a tool asks the API with its arguments, which were checked.
func (t tool) apiAddress(given map[string]string) string {
	path, query := t.path, url.Values{}
	for name, value := range given {
		if hole := "{" + name + "}"; strings.Contains(path, hole) {
			path = strings.ReplaceAll(path, hole, url.PathEscape(value))
			continue
		}
		query.Set(name, value)
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}
