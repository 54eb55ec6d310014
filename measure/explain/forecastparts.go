package explain

import (
	"fmt"
	"slices"
	"strings"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// ForecastParts opens what a forecast is made from, and the parts of what it tells: each figure of which there is one.
func ForecastParts(team *measure.Team, f *outlook.Forecast) []explanation.Explanation {
	s := forecastOf(team, f)
	list := []explanation.Explanation{explainRemaining(s), explainUnestimated(s), explainHistory(s)}
	list = append(list, explainMovedParts(s)...)
	list = append(list, explainCalibration(s)...)
	return s.addCommonParts(list)
}

// A Row is a figure of which there are several: the values of the parameters that name it, in the order of the
// catalogue, and its explanation, which is made when it is opened.
type Row struct {
	Names []string
	Open  func() explanation.Explanation
}

// ForecastRows lists the rows of a figure of a forecast of which there are several; the first one is meant where none
// is named.
func ForecastRows(team *measure.Team, f *outlook.Forecast, figure string) []Row {
	s := forecastOf(team, f)
	list, name := "", ""
	if n := strings.LastIndexByte(figure, '.'); n > 0 {
		list, name = figure[:n], figure[n+1:]
	}
	var rows []Row
	switch list {
	case "fan":
		rows = rowsOfFan(s, name)
	case "bulk_closings":
		rows = rowsOfBulk(s, name)
	case "price.by_nature", "price.issues":
		rows = rowsOfPrice(s, figure)
	case "calibration.at", "calibration.by_horizon":
		rows = rowsOfHits(s, figure, name)
	case "calibration.pinball":
		rows = rowsOfPinball(s)
	case "calibration.dots":
		rows = rowsOfDots(s, name)
	}
	for n := range rows {
		open := rows[n].Open
		rows[n].Open = func() explanation.Explanation {
			e := s.addCommonParts([]explanation.Explanation{open()})[0]
			e.Row = strings.Join(rows[n].Names, " ")
			return e
		}
	}
	return rows
}

// numberInput is an input with a value that is read as it is.
func numberInput(term, what string, value float64) explanation.Input {
	return explanation.Input{Term: term, What: what, Value: &value, Shown: words.Decimal(value, 3)}
}

// amountOf is an input with an amount in the team's unit.
func amountOf(s forecastWords, term, what string, value float64) explanation.Input {
	return explanation.Input{Term: term, What: what, Value: &value, Shown: s.words.FormatPart(value), Listed: true}
}

// beginAmount begins the explanation of an amount in the unit of the forecast.
func beginAmount(s forecastWords, name string, value float64) explanation.Explanation {
	e := explanation.Begin(catalogue.OfForecast, name)
	e.Unit, e.Value = string(s.figures.Unit), &value
	e.Shown.Value, e.Shown.Unit = s.words.FormatAmount(value), s.words.UnitName()
	return e
}

// unknownPart begins the explanation of a figure that is not told.
func unknownPart(name, why string) explanation.Explanation {
	e := explanation.Begin(catalogue.OfForecast, name)
	e.Shown.Value, e.Numbers = "–", why
	return e
}

func explainRemaining(s forecastWords) explanation.Explanation {
	f := s.figures
	if f.Remaining == nil {
		return unknownPart("remaining", "no date is asked for: nothing is left of a question how much")
	}
	e := beginAmount(s, "remaining", *f.Remaining)
	parts, change := f.OpenParts()
	for _, part := range parts {
		input := amountOf(s, "left", "not done", part.Left)
		input.Issue = part.Key
		e.Inputs = append(e.Inputs, input)
	}
	e.Numbers = explanation.Sum(explanation.ShownOf(e.Inputs), s.words.FormatPart(*f.Remaining))
	if change != 0 {
		e.Inputs = append(e.Inputs, amountOf(s, "change", "as it is asked", change))
		e.Numbers = "as it is asked: " + s.words.FormatPart(*f.Remaining)
	}
	e.Issues = explanation.KeysOf(e.Inputs[:len(parts)])
	return e
}

func explainUnestimated(s forecastWords) explanation.Explanation {
	f := s.figures
	if f.Unestimated == nil {
		return unknownPart("unestimated", "issues are counted, or a number is asked: none draws a size")
	}
	e := explanation.Begin(catalogue.OfForecast, "unestimated")
	parts, _ := f.OpenParts()
	for _, part := range parts {
		e.Issues = append(e.Issues, part.Issues...)
	}
	e.Inputs = explanation.OnesOf("issue", e.Issues)
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(f.Unestimated), fmt.Sprint(*f.Unestimated), "issues"
	e.Numbers = words.Count(*f.Unestimated, "issue") + " left without an estimate"
	return e
}

// inputsOfDays makes an input of each working day of the past.
func inputsOfDays(s forecastWords, days []outlook.PastDay) []explanation.Input {
	var out []explanation.Input
	for _, d := range days {
		amount := d.Amount
		out = append(out, explanation.Input{Term: "finished", Date: d.Date.String(), When: explanation.DateWord(d.Date),
			What: "finished", Value: &amount, Shown: s.words.FormatPart(amount)})
	}
	return out
}

func explainHistory(s forecastWords) explanation.Explanation {
	e := explanation.Begin(catalogue.OfForecast, "history_days")
	n := s.figures.HistoryDays
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&n), fmt.Sprint(n), "working days"
	e.Inputs = inputsOfDays(s, s.figures.DrawnDays())
	e.Numbers = words.Count(n, "working day") + " that are drawn from"
	return e
}

// explainMovedParts opens each part of a move by what made it.
func explainMovedParts(s forecastWords) []explanation.Explanation {
	m := s.figures.Moved
	var list []explanation.Explanation
	for _, part := range movedParts(m) {
		if m == nil || m.Days == nil {
			list = append(list, unknownPart("moved."+part.name, "it needs an 85 % date now and one before"))
			continue
		}
		e := explanation.Begin(catalogue.OfForecast, "moved."+part.name)
		e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&part.days), signedCount(part.days), "working days"
		for _, by := range m.By {
			if by.Part == part.name {
				input := partOfMove(by)
				input.Term = "part"
				e.Inputs = append(e.Inputs, input)
			}
		}
		e.Numbers = explanation.Sum(explanation.ShownOf(e.Inputs), e.Shown.Value)
		list = append(list, e)
	}
	return list
}

// namedPart is a part of a move.
type namedPart struct {
	name string
	days int
}

// movedParts are the parts of a move in the order in which one input after the other was replaced.
func movedParts(m *outlook.Moved) []namedPart {
	if m == nil {
		m = &outlook.Moved{}
	}
	return []namedPart{{"worked", m.Worked}, {"scope", m.Scope}, {"impediments", m.Impediments}, {"pace", m.Pace},
		{"calendar", m.Calendar}}
}

// fanQuantiles are the names of the amounts of a day of a fan, in the order of its fields.
var fanQuantiles = []string{"p05", "p15", "p30", "p50", "p70", "p85", "p95"}

// rowsOfFan are the days of a fan, the last one first.
func rowsOfFan(s forecastWords, quantile string) (rows []Row) {
	place := slices.Index(fanQuantiles, quantile)
	if place < 0 {
		return nil
	}
	for _, day := range slices.Backward(s.figures.Fan) {
		value := []float64{day.P05, day.P15, day.P30, day.P50, day.P70, day.P85, day.P95}[place]
		rows = append(rows, Row{[]string{day.Date}, func() explanation.Explanation {
			return explainFanDay(s, day.Date, place, value)
		}})
	}
	return rows
}

func explainFanDay(s forecastWords, date string, place int, value float64) explanation.Explanation {
	b := s.figures.FanBasis(date, place)
	e := beginAmount(s, "fan."+fanQuantiles[place], value)
	odds := outlook.FanOdds()[place]
	e.Inputs = []explanation.Input{amountOf(s, "done", "done already", b.Done),
		amountOf(s, "finished", fmt.Sprintf("finished by the end of working day %d in half of the trials", b.Median),
			b.Finished), amountOf(s, "earlier", "left of what is taken before", b.Earlier)}
	e.Numbers = fmt.Sprintf("%s is working day %d; with odds of %s at least what half of the trials have done by day "+
		"%d: %s", s.formatDate(&date), b.Day, words.Percent(&odds), b.Median, s.words.CountAmount(value))
	e.Notes = s.describeTrialsOf(false)
	return e
}

// rowsOfBulk are the days of bulk closings.
func rowsOfBulk(s forecastWords, name string) (rows []Row) {
	for _, bulk := range s.figures.Bulk {
		open := func() explanation.Explanation { return explainBulk(s, bulk) }
		if name == "capped_to" {
			open = func() explanation.Explanation { return explainCap(s, bulk) }
		}
		rows = append(rows, Row{[]string{bulk.Date}, open})
	}
	return rows
}

func explainBulk(s forecastWords, bulk outlook.Bulk) explanation.Explanation {
	e := beginAmount(s, "bulk_closings.amount", bulk.Amount)
	for _, one := range s.figures.FinishedOn(bulk.Date) {
		input := amountOf(s, "finished", "finished", one.Amount)
		input.Issue = one.Key
		e.Inputs = append(e.Inputs, input)
	}
	e.Numbers = explanation.Sum(explanation.ShownOf(e.Inputs), s.words.FormatPart(bulk.Amount))
	e.Notes = []string{"What is finished on a day off counts on the next working day."}
	e.Issues = explanation.KeysOf(e.Inputs)
	return e
}

func explainCap(s forecastWords, bulk outlook.Bulk) explanation.Explanation {
	e := beginAmount(s, "bulk_closings.capped_to", bulk.CappedTo)
	days := s.figures.DaysOfCap()
	rank := int(0.98*float64(len(days)-1)) + 1
	share := (float64(rank) - 0.5) / float64(len(days))
	e.Inputs = append(inputsOfDays(s, days), numberInput("share", "share of the rank", share))
	e.Numbers = fmt.Sprintf("rank %d of %s = %s", rank, words.Count(len(days), "day"),
		s.words.CountAmount(bulk.CappedTo))
	return e
}

// rowsOfPrice are the natures or issues of a price.
func rowsOfPrice(s forecastWords, figure string) (rows []Row) {
	p := s.figures.Price
	if p == nil || s.figures.WorkingDays.P85 == nil {
		return nil
	}
	add := func(name string, days int) {
		rows = append(rows, Row{[]string{name}, func() explanation.Explanation {
			e := explanation.Begin(catalogue.OfForecast, figure)
			with := *s.figures.WorkingDays.P85
			e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&days), fmt.Sprint(days), "working days, "+name
			e.Numbers = fmt.Sprintf("%d − %d = %d", with, with-days, days)
			e.Inputs = []explanation.Input{inputOf("with", "working days of the 85 % date", int64(with), ""),
				inputOf("without", "the same with the time of "+name+" given back", int64(with-days), "")}
			return e
		}})
	}
	if figure == "price.by_nature.days" {
		for _, n := range p.ByNature {
			add(n.Nature, n.Days)
		}
		return rows
	}
	for _, i := range p.Issues {
		add(i.Issue, i.Days)
	}
	return rows
}
