package grafana

import "jerem/measure/catalogue"

// section is a part of a board under a heading.
type section struct {
	title string
	views []view
}

// File is a board with the name of its file.
type File struct {
	Name  string
	Board Board
}

// Boards returns the boards for a store: a sprint of a team (MICRO), the roadmap of a team and the portfolio of all
// (MACRO).
func Boards(store Store) []File {
	return []File{
		{"jerem-sprint.json", boardOf(store, "jerem-sprint", "Jerem · Sprint",
			"A sprint of a team: what was committed, what came, what remains, what was unexpected; and how work flows.",
			"now-21d", []string{"team", "sprint"}, sprintSections)},
		{"jerem-roadmap.json", boardOf(store, "jerem-roadmap", "Jerem · Roadmap",
			"A quarter of a team: its work, its epics, and when it will be done, with odds and their record.",
			"now-90d", []string{"team", "quarter"}, roadmapSections)},
		{"jerem-portfolio.json", boardOf(store, "jerem-portfolio", "Jerem · Portfolio",
			"A quarter of all teams: who will be done when, with which odds, and what stands in between.",
			"now-90d", []string{"quarter"}, portfolioSections)},
	}
}

var sprintSections = []section{
	{"The sprint", []view{
		statView(catalogue.OfSprint, scopeOfSprint, "ledger.commitment"),
		statView(catalogue.OfSprint, scopeOfSprint, "ledger.added"),
		statView(catalogue.OfSprint, scopeOfSprint, "ledger.removed"),
		statView(catalogue.OfSprint, scopeOfSprint, "ledger.reestimated"),
		statView(catalogue.OfSprint, scopeOfSprint, "ledger.completed"),
		statView(catalogue.OfSprint, scopeOfSprint, "ledger.remaining"),
		linesView("Remaining, and what it is made of", catalogue.OfSprint, scopeOfSprint, nil, "ledger.remaining",
			"ledger.commitment", "ledger.added", "ledger.completed"),
		linesView("Done and in progress", catalogue.OfSprint, scopeOfSprint, nil, "done.estimate", "doing.estimate"),
	}},
	{"The unexpected", []view{
		statView(catalogue.OfSprint, scopeOfSprint, "impediments.count"),
		statView(catalogue.OfSprint, scopeOfSprint, "impediments.seconds"),
		barsView("Impediments by nature, in number", scopeOfSprint, "impediments.by_nature.count"),
		barsView("Impediments by nature", scopeOfSprint, "impediments.by_nature.seconds"),
	}},
	{"On call", []view{ // nights and rest of a sprint are told once it is over: here they would be empty
		statView(catalogue.OfOnCall, scopeOfSprint, "oncall.callouts"),
		statView(catalogue.OfOnCall, scopeOfSprint, "oncall.counted_seconds"),
		statView(catalogue.OfOnCall, scopeOfSprint, "oncall.gap_seconds"),
		statView(catalogue.OfOnCall, scopeOfSprint, "oncall.actionability"),
		linesView("Time of call-outs, nobody on duty", catalogue.OfOnCall, scopeOfSprint, nil,
			"oncall.counted_seconds", "oncall.gap_seconds"),
		linesView("Call-outs", catalogue.OfOnCall, scopeOfSprint, nil, "oncall.callouts"),
	}},
	{"Flow of the team", []view{
		linesView("Cycle time", catalogue.OfFlow, scopeOfTeam, nil, "cycle_time.p50", "cycle_time.p70",
			"cycle_time.p85", "cycle_time.p95"),
		linesView("Age of what is in progress", catalogue.OfFlow, scopeOfTeam, nil, "wip.age.p50", "wip.age.p85"),
		linesView("", catalogue.OfFlow, scopeOfTeam, nil, "wip.count"),
		linesView("", catalogue.OfFlow, scopeOfTeam, nil, "throughput"),
	}},
}

var roadmapSections = []section{
	{"The quarter", []view{
		statView(catalogue.OfQuarter, scopeOfQuarter, "total"),
		statView(catalogue.OfQuarter, scopeOfQuarter, "done"),
		statView(catalogue.OfQuarter, scopeOfQuarter, "remaining"),
		statView(catalogue.OfForecast, scopeOfQuarter, "dates.p50"),
		statView(catalogue.OfForecast, scopeOfQuarter, "dates.p85"),
		statView(catalogue.OfForecast, scopeOfQuarter, "odds"),
		linesView("Scope and work done", catalogue.OfQuarter, scopeOfQuarter, nil, "total", "done", "doing", "todo",
			"remaining"),
		linesView("When it will be done, as said on each day", catalogue.OfForecast, scopeOfQuarter, nil, "dates.p50",
			"dates.p70", "dates.p85", "dates.p95"),
	}},
	{"What it rests on", []view{
		aThirdWide(linesView("", catalogue.OfForecast, scopeOfQuarter, nil, "odds")),
		aThirdWide(linesView("", catalogue.OfForecast, scopeOfQuarter, nil, "price.days")),
		aThirdWide(linesView("", catalogue.OfForecast, scopeOfQuarter, nil, "calibration.share")),
	}},
	{"Epics", []view{
		tableView("Epics", catalogue.OfEpic, scopeOfQuarter, []string{"key", "summary"}, "total", "done", "doing",
			"unestimated", "dependency"),
	}},
}

var portfolioSections = []section{
	{"The quarter of each team", []view{
		tableView("Forecast", catalogue.OfForecast, scopeOfEvery, []string{"team"}, "dates.p50", "dates.p85", "odds",
			"price.days", "calibration.share"),
		tableView("Work", catalogue.OfQuarter, scopeOfEvery, []string{"team"}, "total", "done", "remaining"),
		linesView("Odds, as said on each day", catalogue.OfForecast, scopeOfEvery, []string{"team"}, "odds"),
		linesView("85 % date, as said on each day", catalogue.OfForecast, scopeOfEvery, []string{"team"}, "dates.p85"),
	}},
	{"The present sprint of each team", []view{
		tableView("Sprint", catalogue.OfSprint, scopeOfCurrent, []string{"team"}, "ledger.commitment", "ledger.added",
			"ledger.remaining", "impediments.count", "impediments.seconds"),
		tableView("On call", catalogue.OfOnCall, scopeOfCurrent, []string{"team"}, "oncall.callouts",
			"oncall.counted_seconds", "oncall.gap_seconds"),
	}},
	{"Flow of each team", []view{
		tableView("Flow", catalogue.OfFlow, scopeOfAll, []string{"team"}, "cycle_time.p50", "cycle_time.p85",
			"wip.age.p85", "wip.count"),
	}},
}

func statView(of catalogue.Subject, in scope, figure string) view {
	return view{picture: pictureStat, of: of, figures: []string{figure}, scope: in, width: 4, height: 4}
}

func linesView(title string, of catalogue.Subject, in scope, by []string, figures ...string) view {
	return view{title: title, picture: pictureLines, of: of, figures: figures, scope: in, by: by, width: 12, height: 9}
}

// aThirdWide makes a panel a third of the board wide.
func aThirdWide(v view) view {
	v.width = columns / 3
	return v
}

func barsView(title string, in scope, figure string) view {
	return view{title: title, picture: pictureBars, of: catalogue.OfSprint, figures: []string{figure}, scope: in,
		by: []string{"nature"}, width: 8, height: 6}
}

func tableView(title string, of catalogue.Subject, in scope, by []string, figures ...string) view {
	return view{title: title, picture: pictureTable, of: of, figures: figures, scope: in, by: by, width: 24, height: 9}
}

// boardOf lays the sections out one below the other, their panels from left to right.
func boardOf(store Store, uid, title, description, from string, variables []string, sections []section) Board {
	b := Board{UID: uid, Title: title, Description: description, Tags: []string{"jerem"}, Timezone: "browser",
		Editable: true, GraphTooltip: 1, Refresh: "1m", SchemaVersion: 39, Time: timeRange{from, "now"},
		Templating: templating{variablesOf(store, variables)},
		Links: []link{{Type: "dashboards", Title: "Jerem", Tags: []string{"jerem"}, Icon: "external link",
			IncludeVars: true, KeepTime: true}}}
	y := 0
	for _, s := range sections {
		collapsed, none := false, []Panel{}
		b.Panels = append(b.Panels, Panel{Type: "row", Title: s.title, GridPos: gridPos{H: 1, W: columns, Y: y},
			Collapsed: &collapsed, Panels: &none})
		y++
		x, tallest := 0, 0
		for _, v := range s.views {
			p := panelOf(store, v)
			if x+v.width > columns {
				x, y, tallest = 0, y+tallest, 0
			}
			p.GridPos.X, p.GridPos.Y = x, y
			x, tallest = x+v.width, max(tallest, v.height)
			b.Panels = append(b.Panels, p)
		}
		y += tallest
	}
	for n := range b.Panels {
		b.Panels[n].ID = n + 1
	}
	return b
}

// columns is how wide Grafana's grid is.
const columns = 24
