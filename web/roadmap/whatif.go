package roadmap

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/calendar"
	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/roadmap/subject"
)

// whatIfView is the forecast with something changed: three sliders whose state is the address, and what it tells
// beside the forecast as it is.
type whatIfView struct {
	Action  string         // address of the form
	Keep    []hiddenField  // what the form keeps of the address
	Sliders []slider       // scope, pace, how much later it is due
	Epics   []frame.Choice // each leads to the same page without it, or with it again
	Reading template.HTML
	Rows    []whatIfRow
	Reset   string // address of the page as it is; "" where nothing is changed
	API     string // the same question to the API
	CSV     string // the rows as a table

	told []*outlook.Forecast // as it is and, where something is changed, as it would be
}

type hiddenField struct{ Name, Value string }

// slider is one of the three: its value stands beside it in words.
type slider struct {
	Name, Label, Shown    string
	Unit, Size            string // of the shown value; "" for a share
	Min, Max, Step, Value string
}

// whatIfRow is the forecast as it is, or as it would be.
type whatIfRow struct {
	Name, P50, P85, Odds string
	Explain              string // what the ids of its explanations begin with
	Range                template.HTML
	Verdict              format.Verdict
}

// fillWhatIf asks the forecast with what the address changes.
func fillWhatIf(p *page, s subject.Subject) error {
	if p.Forecast == nil || p.Forecast.F == nil || p.Forecast.F.State == outlook.StateDone ||
		p.Forecast.F.State == outlook.StateUnknown {
		return nil
	}
	q := outlook.Question{Quarter: &s.Name, Scope: s.Ask.Change.Scope, Pace: s.Ask.Change.Pace,
		Without: s.Ask.Change.Without, Deadline: s.Ask.Change.Deadline}
	for _, key := range s.Ask.Change.Without {
		if !slices.ContainsFunc(p.Q.Epics, func(e measure.QuarterEpic) bool { return e.Key == key }) {
			return noSuchEpic(p, "without", key)
		}
	}
	if s.Ask.Later != 0 {
		due := s.TeamCalendar().WorkingDaysAfter(s.Last, s.Ask.Later)
		q.Deadline = &due
	}
	view := &whatIfView{Action: frame.WithQuery(s.Ask.Base + "/roadmap"), Sliders: makeSliders(p, s, q)}
	for _, name := range []string{"quarter", "at", "sort", "epics", "without"} {
		if value := s.Ask.Values.Get(name); value != "" {
			view.Keep = append(view.Keep, hiddenField{name, value})
		}
	}
	changed := q.Scope != 0 || q.Pace != 0 || len(q.Without) > 0 || q.Deadline != nil
	asIs, would := p.Forecast.F, p.Forecast.F
	if changed {
		f, err := outlook.AskDates(s.Team, q, s.At)
		if err != nil {
			return err
		}
		would = f
		view.Reset = s.Ask.AddressOf("scope", "", "pace", "", "later", "", "deadline", "", "without", "") + "#what-if"
		p.Explains = append(p.Explains, drawersOf("if-", explain.Dates(s.Team, f), s.Jira)...)
	}
	view.API = whatIfAddress(s, q)
	view.CSV = subject.QuarterFile(s.Team, p.Q, "whatif.csv", "") +
		s.Ask.QueryOf("at", "scope", "pace", "later", "deadline", "without")
	view.Rows = whatIfRows(s, asIs, would, changed)
	view.told = []*outlook.Forecast{asIs, would}[:len(view.Rows)]
	view.Reading = readingOfWhatIf(s, asIs, would, changed)
	view.Epics = leaveOut(p, s)
	p.WhatIf = view
	return nil
}

// makeSliders are the three of the form. That of the scope reaches as far as what remains, and as far up; its value is
// in the unit of the API, as everything in an address.
func makeSliders(p *page, s subject.Subject, q outlook.Question) []slider {
	size := 1.0 // of the unit that people read
	if p.Q.Unit == agile.Seconds {
		size = 3600
	}
	step := math.Max(1, roundDown(p.Q.Remaining/size/20)) * size
	most := math.Max(1, math.Ceil(p.Q.Remaining/step)) * step
	scope, pace := s.Ask.Change.Scope, s.Ask.Change.Pace
	if pace == 0 {
		pace = 1
	}
	due := s.Last
	if q.Deadline != nil {
		due = *q.Deadline
	}
	later := s.Ask.Later
	if s.Ask.Change.Deadline != nil && s.Ask.Later == 0 {
		later = s.TeamCalendar().Between(s.Last, due)
	}
	plain := format.PlainNumber
	return []slider{
		{Name: "scope", Label: "Scope", Shown: p.W.Signed(scope) + " " + p.W.UnitFor(scope), Unit: p.Unit,
			Size: plain(size), Min: plain(math.Min(-most, scope)), Max: plain(math.Max(most, scope)), Step: plain(step),
			Value: plain(scope)},
		{Name: "pace", Label: "Pace", Shown: format.Percent(&pace), Min: plain(math.Min(.5, pace)),
			Max: plain(math.Max(1.5, pace)), Step: "0.05", Value: plain(pace)},
		{Name: "later", Label: "Due later",
			Shown: format.SignedWorkingDays(later) + ", " + dayInWords(s, due),
			Unit:  "working days", Size: "1", Min: plain(math.Min(-20, float64(later))),
			Max:  plain(math.Max(60, float64(later))),
			Step: "1", Value: fmt.Sprint(later)},
	}
}

// roundDown returns the next lower number of 1, 2 or 5 times a power of ten.
func roundDown(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{5, 2} {
		if x >= m*power {
			return m * power
		}
	}
	return power
}

// whatIfRows are the forecast as it is and as it would be, on one axis.
func whatIfRows(s subject.Subject, asIs, would *outlook.Forecast, changed bool) []whatIfRow {
	axis := frame.DateAxis{From: calendar.DateOf(s.At, s.TimeZone()), To: s.Last.Add(7)}
	for _, f := range []*outlook.Forecast{asIs, would} {
		for _, text := range []*string{f.Dates.P50, f.Dates.P85, f.Deadline} {
			if date, ok := format.DateOf(text); ok && axis.To.Before(date) {
				axis.To = date.Add(7)
			}
		}
	}
	rows := []whatIfRow{rowOfWhatIf(s, axis, "As it is", "", asIs)}
	if changed {
		rows = append(rows, rowOfWhatIf(s, axis, "What if", "if-", would))
	}
	return rows
}

func rowOfWhatIf(s subject.Subject, axis frame.DateAxis, name, ids string, f *outlook.Forecast) whatIfRow {
	row := whatIfRow{Name: name, P50: format.LikelyDate(f.Dates.P50, s.At), P85: format.LikelyDate(f.Dates.P85, s.At),
		Odds: format.OddsWord(f.Odds), Explain: ids, Verdict: format.Verdicts[f.State]}
	if f.State == outlook.StateDone {
		row.P50, row.P85, row.Odds = "done", "done", "done"
	}
	drawn := inline.Range{From: axis.PlaceOf(f.Dates.P50), To: axis.PlaceOf(f.Dates.P85),
		Due: axis.PlaceOf(f.Deadline), Class: row.Verdict.Class}
	row.Range = frame.HTML(drawn.SVG())
	return row
}

// dayInWords writes a day, with its year where it is another than that of the moment shown.
func dayInWords(s subject.Subject, d calendar.Date) string {
	text := d.String()
	return format.LikelyDate(&text, s.At)
}

// readingOfWhatIf says in a sentence what the change does, and for which day the odds are told.
func readingOfWhatIf(s subject.Subject, asIs, would *outlook.Forecast, changed bool) template.HTML {
	if !changed {
		return "Move a slider to see what the date and the odds would be"
	}
	date, odds := format.LikelyDate(would.Dates.P85, s.At), format.OddsWord(would.Odds)
	if would.State == outlook.StateDone {
		return "Nothing would remain"
	}
	by := " by " + format.LikelyDate(would.Deadline, s.At)
	if would.Dates.P85 == nil {
		return frame.OpenFigures("The 85"+format.Thin+"% date would lie further away than can be told, with odds of "+
			odds+by, [2]string{odds, "if-odds"})
	}
	text := fmt.Sprintf("The 85%s%% date %s, with odds of %s", format.Thin, wouldBe(date, asIs, s), odds) + by
	return frame.OpenFigures(text, [2]string{date, "if-date-85"}, [2]string{odds, "if-odds"})
}

// wouldBe says what a change makes of the date that is told without it, if one is.
func wouldBe(date string, asIs *outlook.Forecast, s subject.Subject) string {
	switch was := format.LikelyDate(asIs.Dates.P85, s.At); {
	case asIs.Dates.P85 == nil:
		return "would be " + date + ", where none can be told as it is"
	case was == date:
		return "would stay " + date
	default:
		return "would be " + date + " instead of " + was
	}
}

// leaveOut leads to the same page with one more epic left out, or one less.
func leaveOut(p *page, s subject.Subject) []frame.Choice {
	var out []frame.Choice
	for _, e := range p.Q.Epics {
		left := slices.Contains(s.Ask.Change.Without, e.Key)
		if !left && e.Open == 0 {
			continue // nothing of it remains
		}
		out = append(out, frame.Choice{Name: e.Key, Here: left,
			Address: s.Ask.AddressOf("without", subject.ToggleKey(s.Ask.Change.Without, e.Key)) + "#what-if"})
	}
	return out
}

// whatIfAddress is the same question to the API.
func whatIfAddress(s subject.Subject, q outlook.Question) string {
	pairs := []string{"quarter", s.Name.String(), "at", s.Ask.AskedMoment()}
	if q.Scope != 0 {
		pairs = append(pairs, "scope", format.PlainNumber(q.Scope))
	}
	if q.Pace != 0 {
		pairs = append(pairs, "pace", format.PlainNumber(q.Pace))
	}
	if q.Deadline != nil {
		pairs = append(pairs, "deadline", q.Deadline.String())
	}
	pairs = append(pairs, "without", strings.Join(q.Without, ","))
	return frame.WithQuery("/api/v1"+s.Ask.Base+"/forecast", pairs...)
}
