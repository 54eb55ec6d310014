package roadmap

import (
	"fmt"
	"net/http"
	"time"

	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/frame/beside"
	"jerem/web/roadmap/initiatives"
	"jerem/web/roadmap/mix"
	"jerem/web/roadmap/subject"
	"jerem/web/roadmap/told"
)

// quarterAsked finds the team, the quarter and the moment that an address names.
func (s *Pages) quarterAsked(r *http.Request) (team *measure.Team, name measure.QuarterName, at time.Time, err error) {
	if team, at, err = s.Teams.Asked(r); err != nil {
		return nil, name, at, err
	}
	name, err = asked.QuarterOf(r.PathValue("quarter"))
	return team, name, at, err
}

// EpicsCSV is the table of epics for other programs, estimates in the team's unit.
func (s *Pages) EpicsCSV(r *http.Request) (frame.View, error) {
	team, name, at, err := s.quarterAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	q := team.Quarter(name, at)
	rows := [][]string{{"key", "summary", "initiative", "total", "done", "doing", "todo", "unestimated", "dependency",
		"progression", "carried_over", "p50", "p85", "odds"}}
	inquiry := outlook.About(team)
	for _, e := range q.Epics {
		row := []string{e.Key, e.Summary, "", format.PlainNumber(e.Total), format.PlainNumber(e.Done),
			format.PlainNumber(e.Doing), format.PlainNumber(e.ToDo), "", fmt.Sprint(e.Dependency), "",
			fmt.Sprint(e.CarriedOver)}
		if e.Initiative != nil {
			row[2] = *e.Initiative
		}
		if e.Unestimated != nil {
			row[7] = fmt.Sprint(*e.Unestimated)
		}
		if e.Progression != nil {
			row[9] = format.PlainNumber(*e.Progression)
		}
		rows = append(rows, append(row, epicCells(team, inquiry, q, e.Key)...))
	}
	return frame.Table("epics-"+q.Quarter, frame.WithUnit(string(q.Unit), rows)), nil
}

// LooseEpicsCSV is the table of the epics that belong to no quarter, each as a whole, estimates in the team's unit.
func (s *Pages) LooseEpicsCSV(r *http.Request) (frame.View, error) {
	team, at, err := s.Teams.Asked(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"key", "summary", "initiative", "issues", "open", "total", "done", "doing", "todo",
		"unestimated"}}
	for _, e := range measure.EpicsWithoutQuarter(team, at) {
		row := []string{e.Key, e.Summary, "", fmt.Sprint(e.Issues), fmt.Sprint(e.Open), format.PlainNumber(e.Total),
			format.PlainNumber(e.Done), format.PlainNumber(e.Doing), format.PlainNumber(e.ToDo), ""}
		if e.Initiative != nil {
			row[2] = *e.Initiative
		}
		if e.Unestimated != nil {
			row[9] = fmt.Sprint(*e.Unestimated)
		}
		rows = append(rows, row)
	}
	unit := string(format.WordsOf(team).Unit)
	return frame.Table("epics-without-quarter", frame.WithUnit(unit, rows)), nil
}

// epicCells are the likely dates and the odds of an epic; empty for a quarter that is over.
func epicCells(team *measure.Team, inquiry *outlook.Inquiry, q *measure.Quarter, key string) []string {
	out := make([]string, 3)
	name, _ := measure.ParseQuarter(q.Quarter)
	if _, last := team.Dates(name); measure.HasEnded(team, last, q.At) {
		return out
	}
	if f, err := inquiry.AskDates(outlook.EpicOf(team, key, name, q.At), q.At); err == nil {
		out = []string{format.Cell(f.Dates.P50), format.Cell(f.Dates.P85), format.Cell(f.Odds)}
	}
	return out
}

// BurnupCSV is scope and done of a quarter at the end of each day, for other programs.
func (s *Pages) BurnupCSV(r *http.Request) (frame.View, error) {
	team, name, at, err := s.quarterAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"date", "total", "done"}}
	for _, day := range team.Burnup(name, at) {
		rows = append(rows, []string{day.Date.String(), format.PlainNumber(day.Total), format.PlainNumber(day.Done)})
	}
	return frame.Table("burnup-"+name.String(), frame.WithUnit(string(team.Unit()), rows)), nil
}

// askedPage is the page of the quarter that an address names, with all that the address asks of it.
func (s *Pages) askedPage(r *http.Request) (*page, error) {
	team, name, at, err := s.quarterAsked(r)
	if err != nil {
		return nil, err
	}
	return s.roadmapOf(r, team, name, at)
}

// Compared is a table of a quarter at two moments as a file: the figures that differ, or what happened between.
func (s *Pages) Compared(file string) frame.Describe {
	return func(r *http.Request) (frame.View, error) {
		p, err := s.askedPage(r)
		if err != nil {
			return frame.View{}, err
		}
		return beside.File(p.Compared, file, p.Q.Quarter)
	}
}

// WhatIfCSV is the forecast of a quarter as it is and with what the address changes, for other programs.
func (s *Pages) WhatIfCSV(r *http.Request) (frame.View, error) {
	p, err := s.askedPage(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"forecast", "p50", "p85", "odds", "deadline"}}
	if p.WhatIf != nil {
		for n, f := range p.WhatIf.told {
			rows = append(rows, []string{p.WhatIf.Rows[n].Name, format.Cell(f.Dates.P50), format.Cell(f.Dates.P85),
				format.Cell(f.Odds), format.Cell(f.Deadline)})
		}
	}
	return frame.Table("whatif-"+p.Q.Quarter, rows), nil
}

// WeeklyCSV is the table of weeks for other programs.
func (s *Pages) WeeklyCSV(r *http.Request) (frame.View, error) {
	team, name, at, err := s.quarterAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	q := team.Quarter(name, at)
	first, _ := team.Dates(name)
	spent := team.ImpedimentsIn(first.Midnight(team.History().Team.Calendar.Zone), q.At)
	seconds := secondsByWeek(spent)
	rows := [][]string{{"week", "total", "done", "impediment_seconds"}}
	for _, w := range q.Weekly {
		cell := fmt.Sprint(seconds[w.Week[5:]])
		if spent.TimeUnknown {
			cell = ""
		}
		rows = append(rows, []string{w.Week, format.PlainNumber(w.Total), format.PlainNumber(w.Done), cell})
	}
	return frame.Table("weekly-"+q.Quarter, frame.WithUnit(string(q.Unit), rows)), nil
}

// MixFile is the mix as a table for other programs: of the quarter and those before it.
func (s *Pages) MixFile(r *http.Request) (frame.View, error) {
	team, name, at, err := s.quarterAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	return frame.Table("mix-"+name.String(), mix.Rows(subject.Subject{Team: team, Name: name, At: at})), nil
}

// BurnupsFile is the burnup of each epic of a quarter, day by day, as a table for other programs.
func (s *Pages) BurnupsFile(r *http.Request) (frame.View, error) {
	team, name, at, err := s.quarterAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := initiatives.Rows(subject.Subject{Team: team, Name: name, At: at})
	return frame.Table("burnups-"+name.String(), frame.WithUnit(string(team.Unit()), rows)), nil
}

// ToldFile is what was told of a quarter week by week, as a table for other programs.
func (s *Pages) ToldFile(r *http.Request) (frame.View, error) {
	team, name, at, err := s.quarterAsked(r)
	if err != nil {
		return frame.View{}, err
	}
	return frame.Table("told-"+name.String(), told.Rows(subject.Subject{Team: team, Name: name, At: at})), nil
}
