package styleguide

import (
	"html/template"
	"time"

	"jerem/chart/inline"
	"jerem/measure/grade"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/beside"
)

// parts are the components that are no charts, with invented values.
type parts struct {
	Sentence, Long template.HTML
	Notices        []notice
	Tiles          []tileRow
	Grades         []frame.CardHead
	Verdicts       []format.Verdict
	Sum            []frame.SumLine
	Beside         template.HTML // what a sentence leaves out
	Walk, Past     *frame.TimeWalk
	LongWalk       *frame.TimeWalk
	Comparison     *beside.Comparison
	Steps          []step
	Badges         []badge
	Explains       []frame.Explanation
	Rows           []frame.LateLine
	Rest           frame.Remainder
	Contents       []frame.Section
}

type notice struct{ State, Text, Class string }

type tileRow struct {
	State, Note, Class string
	Tiles              []frame.Tile
}

// step is a part of a first reading: what is read, how much of it, as a share and in words.
type step struct {
	Name, Told string
	Bar        template.HTML
}

type badge struct{ Name, Value, Class string }

func exampleParts() parts {
	figure := func(text string) string { return frame.LinkFigure("example", text) }
	return parts{
		Sentence: template.HTML("At risk: " + figure("34"+format.Thin+"%") + " odds by Fri 27 Nov, 85" +
			format.Thin + "% by " + figure("Mon 7 Dec") + "."),
		Long: template.HTML("Betriebsinfrastrukturbereitstellung and its 1 240 open issues: " + figure("1 038.5") +
			" of " + figure("2 066") + " hours are done, and impediments took " + figure("412.5 hours") + "."),
		Beside: frame.Folded(template.HTML(figure("16")+" of "+figure("43")+" points are done and "+figure("27")+
			" remain."), template.HTML(" Late by "+figure("4 working days")+" at even odds ("+
			figure("Thu 3 Dec")+").")),
		Contents: frame.NewContents(frame.Section{ID: "h-s", Name: "Sentence and notices", Said: "usual"},
			frame.Section{ID: "h-w", Name: "Walk through time"},
			frame.Section{ID: "h-t", Name: "Betriebsinfrastrukturbereitstellung", Said: "cannot tell yet"},
			frame.Section{ID: "h-g", Name: "Cards", Said: "Wed 30 Dec 2026"},
			frame.Section{ID: "h-tb", Name: "Tables", Said: "312"}),
		Notices: []notice{
			{"stale", "Behind since Mon 23 Nov, 09:42. Jira answers 503. Figures below stand as of 09:42; Jerem " +
				"asks again.", ""},
			{"error", "Storage cannot be read: Jira answers 403 for project STO. Give the account “Browse " +
				"projects” in STO, " +
				"or take the team out of the configuration.", "err"}},
		Tiles: tileRows(),
		Grades: []frame.CardHead{
			frame.NewCardHead("complete", "Everything is known").Graded(grade.Whole, ""),
			frame.NewCardHead("partial", "Most is known").Graded(grade.Partial, "1 of 12 issues without an estimate"),
			frame.NewCardHead("limited", "A lower bound").Graded(grade.Limited, "3 days of history were not read")},
		Verdicts: []format.Verdict{format.Verdicts[outlook.StateOnTrack], format.Verdicts[outlook.StateAtRisk],
			format.Verdicts[outlook.StateUnlikely], format.Verdicts[outlook.StateUnknown]},
		Sum: []frame.SumLine{{Name: "Commitment", Count: "12 issues", Value: "38", Explain: "example"},
			{Op: "+", Name: "Added", Count: "1 time", Value: "5", Explain: "example"},
			{Op: "−", Name: "Completed", Count: "6 times", Value: "16", Explain: "example"},
			{Op: "=", Name: "Remaining", Value: "27", Explain: "example"}},
		Walk: exampleWalk("Days of an invented sprint", 5), Past: exampleWalk("Days of an invented past", 2),
		LongWalk:   exampleLongWalk(),
		Comparison: exampleComparison(),
		Steps: []step{{"Sprints and board", "84 sprints, read", progressMeter(1)},
			{"Issues", "6 200 of 9 800", progressMeter(.63)},
			{"Time logged", "after the issues", progressMeter(0)}},
		Badges: []badge{{"Sprint 23", "16 of 43 points", "f-exp"}, {"impediments", "24.5 h in 14", "f-unx"},
			{"likely end", "Thu 3 Dec, at risk", "b-warn"}},
		Explains: []frame.Explanation{exampleExplanation()},
		Rows: []frame.LateLine{{Key: "K8S-1420", Address: "/styleguide", Summary: "Volumes do not attach", Age: "14",
			Column: "In Progress", Pace: "7", Why: "older than its column's pace"},
			{Key: "PLATFORMINFRASTRUCTURE-144712", Address: "/styleguide", Age: "1\u202f240",
				Column: "Waiting for the " +
					"approval of the architecture board", Pace: "–", Why: "untouched for 230 working days, blocked " +
					"since Sun 29 Aug", Summary: "Betriebsinfrastrukturbereitstellungsverfahren und seine Abnahme " +
					"durch alle, " +
					"die davon wissen müssen"}},
		Rest: frame.Remainder{More: 310, Address: "/styleguide"},
	}
}

func progressMeter(share float64) template.HTML {
	return frame.HTML(inline.Meter(share, nil, "f-exp"))
}

func tileRows() []tileRow {
	usual := frame.Tile{Name: "Remaining", Value: "27", Unit: "points", Note: "the ideal line stands at 16.9",
		Explain: "example", Meter: progressMeter(.62)}
	unknown := frame.Tile{Name: "Unplanned share", Value: "–", Note: "time logged was not read", Explain: "example"}
	empty := frame.Tile{Name: "Impediments", Value: "0", Unit: "hours", Note: "no impediment in the sprint",
		Explain: "example", Meter: progressMeter(0)}
	long := frame.Tile{Name: "Likely end of a long name", Value: "Wed 30 Dec 2026", Unit: "in half of the outcomes",
		Note: "85 %: Thu 14 Jan 2027; odds for Fri 20 Nov: under 1 %", Explain: "example"}
	dated := long
	dated.Name, dated.Unit = "Likely end", ""
	loading := frame.Tile{Name: "Remaining", Value: "–", Note: "comes with the last issue, in about 3 minutes",
		Explain: "example"}
	partial := usual
	partial.Note = "5 issues without an estimate"
	broken := frame.Tile{Name: "Impediments", Value: "–", Note: "Jira refuses time logged: 403", Explain: "example"}
	return []tileRow{{"usual, empty, unknown, long", "Unknown has a dash and no bar; 0 has a bar of nothing.", "n4",
		[]frame.Tile{usual, empty, unknown, long}},
		{"loading, partial, error", "The note says what is missing, why, and what comes next.", "n3",
			[]frame.Tile{loading, partial, broken}},
		{"stale", "Dimmed, with their moment.", "n4 stale", []frame.Tile{usual, usual, usual, usual}},
		{"many", "Six in a row, then below; a date with its year is smaller.", "",
			[]frame.Tile{usual, usual, dated, unknown, usual, usual}}}
}

func exampleWalk(of string, here int) *frame.TimeWalk {
	var steps []frame.TimeStep
	for n, name := range []string{"16", "17", "18", "19", "20", "23", "24", "25"} {
		s := frame.TimeStep{Name: name, Long: "day " + name, Here: n == here}
		if n == 0 {
			s.Month = "Nov"
		}
		if n <= 5 {
			s.Address = "/styleguide?at=2026-11-" + name
		}
		steps = append(steps, s)
	}
	return frame.NewTimeWalk(of, "day", "/styleguide?at=2026-11-23", "now", steps)
}

// exampleLongWalk goes over six weeks from Monday 5 October on, in which the days that lead a week are named.
func exampleLongWalk() *frame.TimeWalk {
	var steps []frame.TimeStep
	for n := range 42 {
		day := time.Date(2026, time.October, 5+n, 0, 0, 0, 0, time.UTC)
		s := frame.TimeStep{Name: day.Format("2"), Long: day.Format("Mon 2 Jan"), Here: n == 24,
			Lead: n%7 == 0, Off: n%7 > 4}
		if n == 0 || n == 28 {
			s.Month = day.Format("Jan")
		}
		if n <= 24 {
			s.Address = "/styleguide?at=" + day.Format(time.DateOnly)
		}
		steps = append(steps, s)
	}
	return frame.NewTimeWalk("Days of six invented weeks", "day", "/styleguide?at=2026-10-29", "now", steps)
}

func exampleComparison() *beside.Comparison {
	return &beside.Comparison{From: "Thu 12 Nov, 23:59", To: "Mon 16 Nov, 23:59",
		Rows: []beside.Row{{Name: "Remaining", Unit: "points", From: "32", To: "23", Change: "−9",
			Before: "#explain-example", After: "#explain-example",
			Issues: []frame.Choice{{Name: "K8S-501", Address: "/styleguide"}}, More: 3}},
		Events: []beside.Event{{Time: "Mon 16 Nov, 13:19", Key: "K8S-501", Address: "/styleguide",
			Title: "Apply customer quotas to mixed flavors", What: "completed, In Review → Done", Change: "−9"}}}
}

func exampleExplanation() frame.Explanation {
	return frame.Explanation{ID: "example", Name: "Remaining", Value: "27", Unit: "points", Grade: grade.Partial,
		Reasons: "1 of 12 issues without an estimate", Running: true,
		Formula: frame.Formula("commitment + added − completed", "38 + 5 − 16 = 27"),
		Notes:   []string{"Invented, to show how a figure opens."},
		Rows: []frame.ExplanationRow{{Time: "Mon 16 Nov, 09:00", Key: "K8S-1420", What: "committed", Value: "+38",
			Running: "38"},
			{Time: "Wed 18 Nov, 09:40", Key: "K8S-1447", What: "added", Value: "+5", Running: "43"},
			{Time: "Thu 19 Nov, 15:30", Key: "K8S-1412", What: "completed", Value: "−16", Running: "27"}}}
}
