package compared

import (
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/beside"
)

// rowTable is what the rows of all subjects are written with.
type rowTable struct {
	name    measure.QuarterName
	moments [2]time.Time
	asked   [2]string // the moments as an address names them
	teams   []TeamAt

	initiatives map[string]bool // their names: one of a team that is among them is told apart
}

// rowsOf are the figures of a subject that differ: its odds, its date, what is done of it.
func (t rowTable) rowsOf(s subject) []beside.Row {
	rows := []beside.Row{t.oddsRow(s), t.dateRow(s), t.doneRow(s)}
	rows = slices.DeleteFunc(rows, func(row beside.Row) bool { return row.From == row.To })
	for n := range rows {
		rows[n].Name = t.nameOf(s)
		rows[n].Cells[0] = s.shownRow().Kind + "." + s.shownRow().Name + "." + rows[n].Cells[0]
		if s.was.Name == "" {
			rows[n].Before = ""
		}
		if s.is.Name == "" {
			rows[n].After = ""
		}
	}
	return rows
}

// nameOf is the name of a row; that of a team says so where an initiative is called the same.
func (t rowTable) nameOf(s subject) string {
	row := s.shownRow()
	if row.Kind == outlook.KindTeam && t.initiatives[row.Name] {
		return "Team " + row.Name
	}
	return row.Name
}

// leadsOf are the addresses of a figure of a subject by itself.
func (t rowTable) leadsOf(s subject) beside.Leads {
	at := func(moment string) func(string) string {
		return func(figure string) string {
			return frame.WithQuery("/explain", "figure", figure, s.shownRow().Kind, s.shownRow().Name, "quarter",
				t.name.String(), "at", moment)
		}
	}
	return beside.Leads{Before: at(t.asked[0]), After: at(t.asked[1])}
}

// oddsRow is the odds on both sides, and a verdict that is another one.
func (t rowTable) oddsRow(s subject) beside.Row {
	leads := t.leadsOf(s)
	row := beside.Row{Unit: "odds", From: oddsOf(s.was), To: oddsOf(s.is), Before: leads.Before(oddsFigure(s.was)),
		After: leads.After(oddsFigure(s.is)),
		Cells: []string{"odds", "share", format.Cell(s.was.Odds), format.Cell(s.is.Odds), ""}}
	if s.isJudgedAnew() && s.is.Name != "" {
		row.Change = "now " + format.Verdicts[s.is.State].Word
	}
	return row
}

// oddsFigure is the figure that opens the odds of a row.
func oddsFigure(row outlook.Row) string {
	if row.AtBest != nil {
		return "at_best.odds"
	}
	return "odds"
}

// oddsOf writes the odds of a row, as the table of all rows does.
func oddsOf(row outlook.Row) string {
	switch {
	case row.State == outlook.StateDone:
		return "done"
	case row.AtBest != nil:
		return "at most " + format.OddsWord(row.AtBest.Odds)
	}
	return format.OddsWord(row.Odds)
}

// dateRow is the 85 % date on both sides, or when it came.
func (t rowTable) dateRow(s subject) beside.Row {
	told := [2]*string{dateOf(s.was), dateOf(s.is)}
	row := beside.DateRow("dates.p85", "", told, t.moments, t.calendarOf(s), t.leadsOf(s))
	for n, text := range []*string{&row.From, &row.To} {
		if of := []outlook.Row{s.was, s.is}[n]; told[n] == nil && of.State == outlook.StateDone {
			*text = "done"
		}
	}
	row.Unit = "85" + format.Thin + "% date"
	if s.is.Came != nil {
		row.Unit = "85" + format.Thin + "% date, and when it came"
	}
	return row
}

// dateOf is when the work of a row came, else its 85 % date.
func dateOf(row outlook.Row) *string {
	if row.Came != nil {
		return row.Came
	}
	return row.Dates.P85
}

// calendarOf is the calendar of the first team of a subject, by which its days are counted.
func (t rowTable) calendarOf(s subject) calendar.Calendar {
	for _, one := range t.teams {
		if slices.Contains(s.shownRow().Teams, one.Team.History().Team.Name) {
			return one.Team.History().Team.Calendar
		}
	}
	return t.teams[0].Team.History().Team.Calendar
}

// doneRow is the share that is done on both sides.
func (t rowTable) doneRow(s subject) beside.Row {
	leads := t.leadsOf(s)
	row := beside.Row{Unit: "done", From: format.Percent(s.was.Progression), To: format.Percent(s.is.Progression),
		Before: leads.Before("progression"), After: leads.After("progression"),
		Cells: []string{"progression", "share", format.Cell(s.was.Progression), format.Cell(s.is.Progression), ""}}
	if row.From != row.To && s.was.Progression != nil && s.is.Progression != nil {
		row.From, row.To, row.Change = beside.Shares(*s.was.Progression, *s.is.Progression)
	}
	return row
}
