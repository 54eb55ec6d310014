package explain

import (
	"fmt"
	"strings"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/forecast"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// forecastWords gathers what the explanations of a forecast share.
type forecastWords struct {
	words   explanation.TeamWords
	figures *outlook.Forecast
	until   string // the deadline in words
}

// Forecast opens every figure of a forecast, in the order of the catalogue.
func Forecast(team *measure.Team, f *outlook.Forecast) []explanation.Explanation {
	s := forecastOf(team, f)
	list := append(s.explainOddsAndDates(), s.explainAmounts()...)
	list = append(list, s.explainMoved(), s.explainPrice(), s.explainRecord())
	return s.addCommonParts(list)
}

// Dates opens odds and dates of a forecast, also of one that tells nothing else.
func Dates(team *measure.Team, f *outlook.Forecast) []explanation.Explanation {
	s := forecastOf(team, f)
	return s.addCommonParts(s.explainOddsAndDates())
}

func forecastOf(team *measure.Team, f *outlook.Forecast) forecastWords {
	s := forecastWords{explanation.WordsOf(team), f, ""}
	if f.Unit == agile.Issues {
		s.words.Unit = agile.Issues
	}
	if f.Deadline != nil {
		s.until = s.formatDate(f.Deadline)
	}
	return s
}

func (s forecastWords) explainOddsAndDates() []explanation.Explanation {
	list := []explanation.Explanation{s.explainOdds()}
	list = append(list, s.explainDates()...)
	list = append(list, s.explainWorkingDays()...)
	return append(list, s.explainPaceAlone()...)
}

// addCommonParts adds to explanations what all of a forecast have in common.
func (s forecastWords) addCommonParts(list []explanation.Explanation) []explanation.Explanation {
	for i := range list {
		list[i].At, list[i].Quality = s.figures.At, s.figures.QualityOf(list[i].Figure.Name)
	}
	return list
}

// levels are the odds of the dates that are told, by their names.
var levels = []struct {
	name string
	odds float64
}{{"50", forecast.Levels[0]}, {"70", forecast.Levels[1]}, {"85", forecast.Levels[2]}, {"95", forecast.Levels[3]}}

// describeTrials says what was simulated, or why nothing was.
func (s forecastWords) describeTrials() string {
	f := s.figures
	if f.Why != "" {
		return f.Why
	}
	remaining := "–"
	if f.Remaining != nil {
		remaining = s.words.CountAmount(*f.Remaining)
	}
	return fmt.Sprintf("%s, seed %d, of %s that %s", words.Count(f.Trials, "trial"), f.Seed, remaining,
		words.Agree(strings.Fields(remaining)[0], "remains", "remain"))
}

// describeDrawing says what the simulation of a date draws from.
func (s forecastWords) describeDrawing() []string { return s.describeTrialsOf(s.figures.ScopeGrows()) }

// describeTrialsOf says what a simulation draws from, in which the scope grows or not.
func (s forecastWords) describeTrialsOf(growing bool) []string {
	scope := "the scope does not grow."
	if growing {
		scope = "the scope grows as it did."
	}
	notes := []string{fmt.Sprintf("Drawn in blocks of ten from %s of the team's own history, days without a "+
		"finish kept; ", words.Count(s.figures.HistoryDays, "working day")) + scope, s.describeCorrection()}
	return append(notes, describeRest(s.figures.Rest)...)
}

// describeCorrection says which way the record moves what the pace alone tells, by the 85 % date; where neither of
// the two is told, as of a question that asks how much, that it moves it.
func (s forecastWords) describeCorrection() string {
	alone, shown := s.figures.PaceAlone.P85, s.figures.Dates.P85
	record, past := "the record", "past forecasts"
	if !s.figures.HasOwnRecord() {
		record, past = foreignRecord, "their past forecasts"
	}
	switch {
	case alone == nil && shown == nil:
		return "Moved by " + record + ": by how much longer, or less long, " + past + " took than they said."
	case alone == nil || shown != nil && *shown < *alone:
		return "Brought forward by " + record + ": " + past + " took less time than they said."
	case shown != nil && *shown == *alone:
		return "T" + record[1:] + " moves the 85 % date by nothing: " + past + " took the time that they said."
	}
	return "Widened by " + record + ": how much longer " + past + " took than they said."
}

const foreignRecord = "the record of other projects"

// PaceAndRecord says a date as the team's pace alone tells it, and as it is with its record, or with that of other
// projects while the team has none.
func PaceAndRecord(f *outlook.Forecast, alone, shown string) string {
	record := foreignRecord
	if f.HasOwnRecord() {
		record = "its record"
	}
	return alone + " at the team's pace alone, " + shown + " with " + record
}

// describeRest says what rest that is owed does to the days ahead; nothing where none is.
func describeRest(rest *outlook.RestAhead) []string {
	if rest == nil {
		return nil
	}
	said := "Rest is owed on working days ahead"
	if rest.Lowers {
		said += ": what is drawn for them is multiplied by the part of sprint.capacity that it leaves"
	}
	return []string{said + ". " + strings.ToUpper(rest.Why[:1]) + rest.Why[1:] + "."}
}

func (s forecastWords) explainOdds() explanation.Explanation {
	f := s.figures
	e := explanation.Begin(catalogue.OfForecast, "odds")
	e.Value, e.Shown.Value = f.Odds, explanation.OddsInWords(f.Odds)
	e.Shown.Unit = "on track from 85 %, at risk from 25 %"
	if s.until != "" {
		e.Shown.Name = "Odds by " + s.until
	}
	e.Numbers, e.Notes = s.describeTrials(), s.describeDrawing()
	basis, days, ok := f.OddsBasis()
	if !ok || f.Odds == nil {
		return e
	}
	outcomes := func(term string, ratios []float64) {
		for _, ratio := range ratios {
			inTime := 0.0
			if basis.InTime(ratio, days) {
				inTime = 1
			}
			took := float64(basis.Median) * ratio
			e.Inputs = append(e.Inputs, explanation.Input{Term: term,
				What: fmt.Sprintf("%d working days × %s = %s, of %d to the deadline",
					basis.Median, words.Decimal(ratio, 3), words.Figure(took), days), Value: &inTime,
				Shown: words.Figure(took)})
		}
	}
	outcomes("near", basis.Near)
	outcomes("far", basis.Far)
	number := func(term, what string, value float64, shown string) {
		e.Inputs = append(e.Inputs, explanation.Input{Term: term, What: what, Value: &value, Shown: shown})
	}
	number("part", "how far the median lies from the near horizon to the far one", basis.Part,
		words.Decimal(basis.Part, 2))
	number("least", "odds of the latest of the dates of 50, 70, 85 and 95 % that is not after the deadline",
		basis.Least, words.Percent(&basis.Least))
	number("most", "a point less than the odds of the earliest of these dates that is after it, else 95 %",
		basis.Most, words.Percent(&basis.Most))
	return e
}

// formatDate writes a date of the forecast; a dash for none.
func (s forecastWords) formatDate(text *string) string {
	return s.words.FormatDate(text, s.figures.At)
}

// datesAt returns the four dates of a forecast.
func datesAt(d outlook.LevelDates) []*string { return []*string{d.P50, d.P70, d.P85, d.P95} }

func daysAt(d outlook.LevelDays) []*int { return []*int{d.P50, d.P70, d.P85, d.P95} }

func (s forecastWords) explainDates() []explanation.Explanation {
	shown, pace, days := datesAt(s.figures.Dates), datesAt(s.figures.PaceAlone), daysAt(s.figures.WorkingDays)
	var list []explanation.Explanation
	for n, level := range levels {
		e := explanation.Begin(catalogue.OfForecast, "dates.p"+level.name)
		e.Date, e.Shown.Value, e.Notes = shown[n], s.formatDate(shown[n]), s.describeDrawing()
		e.Numbers = s.describeTrials() + "; " +
			PaceAndRecord(s.figures, s.formatDate(pace[n]), s.formatDate(shown[n]))
		if shown[n] != nil {
			e.Inputs = []explanation.Input{s.inputOfDays(days[n])}
		}
		list = append(list, e)
	}
	return list
}

// inputOfDays is the input of a date: the number of its working day.
func (s forecastWords) inputOfDays(n *int) explanation.Input {
	return explanation.Input{
		Term:  "days",
		What:  "working days, 1 being today while its working hours last",
		Value: explanation.Count(n),
		Shown: fmt.Sprint(*n),
	}
}

func (s forecastWords) explainWorkingDays() []explanation.Explanation {
	var list []explanation.Explanation
	days := daysAt(s.figures.WorkingDays)
	for n, level := range levels {
		e := explanation.Begin(catalogue.OfForecast, "working_days.p"+level.name)
		e.Value, e.Numbers = explanation.Count(days[n]), s.describeTrials()
		e.Shown.Value, e.Shown.Unit = "–", "working days"
		if basis, ok := s.figures.DaysBasis(level.odds); ok && days[n] != nil {
			e.Shown.Value = fmt.Sprint(*days[n])
			e.Inputs, e.Numbers = inputsOfBasis(basis, *days[n])
		}
		list = append(list, e)
	}
	return list
}

func (s forecastWords) explainPaceAlone() []explanation.Explanation {
	var list []explanation.Explanation
	dates := datesAt(s.figures.PaceAlone)
	for n, level := range levels {
		e := explanation.Begin(catalogue.OfForecast, "pace_alone.p"+level.name)
		e.Date, e.Shown.Value, e.Numbers = dates[n], s.formatDate(dates[n]), s.describeTrials()
		if days, ok := s.figures.PaceDays(level.odds); ok && dates[n] != nil {
			e.Numbers = fmt.Sprintf("%s; %s", s.describeTrials(), words.Count(days, "working day"))
			e.Inputs = []explanation.Input{s.inputOfDays(&days)}
		}
		list = append(list, e)
	}
	return list
}

// explainAmounts opens how much is done by the date asked.
func (s forecastWords) explainAmounts() []explanation.Explanation {
	f := s.figures
	var list []explanation.Explanation
	for n, level := range levels {
		e := explanation.Begin(catalogue.OfForecast, "amounts.p"+level.name)
		e.Unit, e.Shown.Value, e.Shown.Unit = string(f.Unit), "–", s.words.UnitName()
		e.Numbers = "it needs a date: by=DATE"
		if f.Why != "" {
			e.Numbers = f.Why
		}
		if basis, ok := f.AmountBasis(level.odds); ok {
			amount := []float64{f.Amounts.P50, f.Amounts.P70, f.Amounts.P85, f.Amounts.P95}[n]
			e.Value, e.Shown.Value = &amount, s.words.FormatAmount(amount)
			e.Numbers = fmt.Sprintf("%s to %s; a median of %d is shown as %d at %s %%: %s",
				words.Count(basis.Days, "working day"), s.formatDate(f.By), basis.Median, basis.Shown, level.name,
				s.words.CountAmount(amount))
			if basis.Cut {
				e.Numbers += "; more is done by then, and no date is told beyond four horizons"
			}
			e.Inputs = []explanation.Input{{Term: "finished", Value: &amount, Shown: s.words.FormatPart(amount),
				What: fmt.Sprintf("finished by the end of working day %d in half of the trials, rounded down",
					basis.Median)}}
			e.Notes = s.describeTrialsOf(false)
		}
		list = append(list, e)
	}
	return list
}

func (s forecastWords) explainMoved() explanation.Explanation {
	e := explanation.Begin(catalogue.OfForecast, "moved.days")
	e.Shown.Value, e.Numbers = "–", "it needs an 85 % date now and one before"
	m := s.figures.Moved
	if m == nil || m.Days == nil {
		return e
	}
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(
		m.Days,
	), signedCount(
		*m.Days,
	), "working days since "+s.words.FormatDay(
		m.Since,
	)
	var terms []string
	for _, part := range movedParts(m) {
		terms = append(terms, words.Figure(float64(part.days)))
		e.Inputs = append(
			e.Inputs,
			explanation.Input{Term: part.name, What: part.name, Value: explanation.Count(&part.days),
				Shown: signedCount(part.days)},
		)
	}
	e.Numbers = explanation.Sum(terms, words.Figure(float64(*m.Days)))
	for _, by := range m.By {
		e.Inputs = append(e.Inputs, partOfMove(by))
	}
	return e
}

// partOfMove is what did a part of a move: an epic or a day, with the days that it made. It has no term, for the part
// that it belongs to has one.
func partOfMove(by outlook.MovedBy) explanation.Input {
	in := explanation.Input{What: by.Part, Value: explanation.Number(by.Days), Shown: signedDecimal(by.Days),
		Listed: true}
	if by.Issue != nil {
		in.Issue = *by.Issue
	}
	if by.Date != nil {
		in.Date, in.When = *by.Date, dayWord(*by.Date)
	}
	return in
}

func signedCount(n int) string { return signedDecimal(float64(n)) }

func signedDecimal(x float64) string {
	if text := words.Figure(x); x > 0 && text != "0" {
		return "+" + text
	}
	return words.Figure(x)
}

func (s forecastWords) explainPrice() explanation.Explanation {
	e := explanation.Begin(catalogue.OfForecast, "price.days")
	e.Shown.Value, e.Numbers = "–", "it needs an 85 % date"
	p := s.figures.Price
	if p != nil && p.Why != "" {
		e.Numbers = p.Why
	}
	if p == nil || p.Days == nil {
		return e
	}
	e.Value, e.Shown.Value = explanation.Count(p.Days), fmt.Sprint(*p.Days)
	e.Shown.Unit = "working days of the 85 % date"
	e.Numbers = fmt.Sprintf("measured against %s time: %d", p.Basis, *p.Days)
	if without, ok := explanation.DateOf(p.DateWithout); ok {
		days := s.figures.WorkingDaysTo(without)
		e.Inputs = []explanation.Input{
			{
				Term:  "with",
				What:  "working days of the 85 % date",
				Value: explanation.Count(s.figures.WorkingDays.P85),
				Shown: fmt.Sprint(*s.figures.WorkingDays.P85),
			},
			{
				Term:  "without",
				What:  "the same with the time of impediments given back",
				Value: explanation.Count(&days),
				Shown: fmt.Sprint(days),
			},
		}
	}
	alone := func(name string, days int) {
		e.Inputs = append(e.Inputs, explanation.Input{Issue: name, What: "given back alone",
			Value: explanation.Count(&days), Shown: fmt.Sprint(days), Listed: true})
	}
	if p.Why != "" {
		e.Notes = append(e.Notes, "The price "+p.Why+".")
	}
	for _, n := range p.ByNature {
		alone(n.Nature, n.Days)
	}
	for _, i := range p.Issues {
		alone(i.Issue, i.Days)
		e.Issues = append(e.Issues, i.Issue)
	}
	return e
}

// RecordInWords says in a sentence how often dates like these held, and whose record it is.
func RecordInWords(c outlook.Calibration) string {
	held := c.At[level85]
	said := fmt.Sprintf("of %s %d held", words.Count(held.Of, "such date"), held.Held)
	if held.Of == 0 {
		said = "no such date of this team has come yet"
	}
	if borrowed := BorrowedInWords(c); borrowed != "" {
		return said + "; " + borrowed
	}
	return said
}

// BorrowedInWords says that the record is not the team's own yet; "" where it is.
func BorrowedInWords(c outlook.Calibration) string {
	if c.Prior > 0 && c.Own < ownEnough {
		return "the width is borrowed from other projects until the team has 20 of its own"
	}
	return ""
}

const (
	level85   = 2  // place of the 85 % among the levels
	ownEnough = 20 // outcomes of the team's own from which on its record stands for itself
)

func (s forecastWords) explainRecord() explanation.Explanation {
	c := s.figures.Calibration
	e := explanation.Begin(catalogue.OfForecast, "calibration.share")
	at := c.At[level85]
	e.Value, e.Shown.Value, e.Shown.Unit = at.Share, fmt.Sprint(at.Held), "of "+words.Count(at.Of, "such date")+" held"
	e.Numbers = RecordInWords(c)
	e.Notes = []string{
		fmt.Sprintf("%s of the team %s the dates, beside %d of other projects.", words.Count(c.Own, "outcome"),
			words.Agree(fmt.Sprint(c.Own), "corrects", "correct"), c.Prior),
	}
	for _, dot := range c.Dots {
		held, what := 0.0, "not held"
		if dot.Held {
			held, what = 1, "held"
		}
		e.Inputs = append(e.Inputs, explanation.Input{Term: "held", Date: dot.Date, When: dayOfYear(dot.Date),
			Value: &held, Listed: true,
			What: fmt.Sprintf("85 %% said %s, it took %d: %s", words.Count(dot.P85, "working day"), dot.Took, what)})
	}
	return e
}
