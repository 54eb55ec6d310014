package explain

import (
	"fmt"
	"slices"
	"strconv"

	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/forecast"
	"jerem/measure/outlook"
	"jerem/measure/words"
	"jerem/sorting"
)

// explainCalibration opens how many past forecasts there are, of how many quarters, and what corrects the dates.
func explainCalibration(s forecastWords) []explanation.Explanation {
	c := s.figures.Calibration
	past := s.figures.Replayed(c.Horizon)
	count := func(name string, n int, unit string) explanation.Explanation {
		e := explanation.Begin(catalogue.OfForecast, name)
		e.Value, e.Shown.Value, e.Shown.Unit, e.Numbers = explanation.Count(&n), fmt.Sprint(n), unit, fmt.Sprint(n)
		return e
	}
	forecasts := count("calibration.forecasts", c.Forecasts, "forecasts")
	quarters := count("calibration.quarters", c.Quarters, "quarters")
	own, prior := count("calibration.own", c.Own, "outcomes"), count("calibration.prior", c.Prior, "outcomes")
	seen := map[string]bool{}
	for _, one := range past {
		forecasts.Inputs = append(forecasts.Inputs, inputOfPast("took", one, float64(one.Took),
			"working days that it took"))
		if !seen[one.Quarter] {
			seen[one.Quarter] = true
			quarters.Inputs = append(quarters.Inputs, explanation.Input{Term: "quarter", Issue: one.Quarter,
				What: "quarter", Value: explanation.Number(1), Shown: "1", Listed: true})
		}
	}
	for _, one := range past[max(0, len(past)-c.Own):] {
		own.Inputs = append(own.Inputs, inputOfPast("ratio", one, one.Ratio(),
			fmt.Sprintf("%d working days, %d told", one.Took, one.Median)))
	}
	least, most := forecast.PriorWeights()
	prior.Inputs = []explanation.Input{numberInput("own", "outcomes of the team's own", float64(c.Own)),
		numberInput("least", "at least", float64(least)), numberInput("most", "at most", float64(most))}
	return []explanation.Explanation{forecasts, quarters, own, prior}
}

// inputOfPast makes an input of a past forecast.
func inputOfPast(term string, of outlook.PastForecastBasis, value float64, what string) explanation.Input {
	return explanation.Input{Term: term, Date: of.Date, When: dayOfYear(of.Date), What: what, Value: &value,
		Shown: words.Decimal(value, 3), Listed: true}
}

// dayOfYear writes a date with its year: a record goes back over several.
func dayOfYear(date string) string { return dayWord(date) + " " + date[:len("2006")] }

// oddsText writes the odds of a level as an address names them.
func oddsText(p float64) string { return strconv.FormatFloat(p, 'f', -1, 64) }

// levelsFirst85 are the places of the levels, that of 85 % first.
var levelsFirst85 = []int{level85, 0, 1, 3}

// rowsOfHits are how often the dates of each level held: at the length next to the median, or at each length, that one
// first.
func rowsOfHits(s forecastWords, figure, name string) (rows []Row) {
	c := s.figures.Calibration
	if figure == "calibration.at."+name {
		for _, level := range levelsFirst85 {
			rows = append(rows, Row{[]string{oddsText(forecast.Levels[level])}, func() explanation.Explanation {
				return explainHits(s, figure, name, c.Horizon, level, c.At[level])
			}})
		}
		return rows
	}
	lengths := slices.Clone(c.ByHorizon)
	sorting.By(lengths, func(a, b outlook.HorizonHits) int {
		return isOther(a.Horizon, c.Horizon) - isOther(b.Horizon, c.Horizon)
	})
	for _, of := range lengths {
		for _, level := range levelsFirst85 {
			rows = append(rows, Row{[]string{fmt.Sprint(of.Horizon), oddsText(forecast.Levels[level])},
				func() explanation.Explanation {
					return explainHits(s, figure, name, of.Horizon, level, of.At[level])
				}})
		}
	}
	return rows
}

// isOther is 0 for the same number and 1 for another one.
func isOther(a, b int) int {
	if a == b {
		return 0
	}
	return 1
}

func explainHits(s forecastWords, figure, name string, length, level int,
	at outlook.CalibrationAt) explanation.Explanation {
	e := explanation.Begin(catalogue.OfForecast, figure)
	e.Value = map[string]*float64{"held": explanation.Count(&at.Held), "of": explanation.Count(&at.Of),
		"share": at.Share, "low": at.Low, "high": at.High}[name]
	e.Shown.Value, e.Numbers = "–", "no such date has come yet"
	e.Shown.Unit = fmt.Sprintf("%s %% dates of %s", levels[level].name, words.Count(length, "working day"))
	if e.Value != nil {
		e.Shown.Value = words.Decimal(*e.Value, 3)
		e.Numbers = fmt.Sprintf("%d of %s held", at.Held, words.Count(at.Of, "date"))
	}
	for _, one := range s.figures.Replayed(length) {
		held, what := 0.0, "not held"
		if one.Held(level) {
			held, what = 1, "held"
		}
		e.Inputs = append(e.Inputs, inputOfPast("held", one, held, fmt.Sprintf("%s said, it took %d: %s",
			words.Count(one.Shown[level], "working day"), one.Took, what)))
	}
	return e
}

// rowsOfPinball are the losses of the dates of each level.
func rowsOfPinball(s forecastWords) (rows []Row) {
	for _, level := range levelsFirst85 {
		rows = append(rows, Row{[]string{oddsText(forecast.Levels[level])}, func() explanation.Explanation {
			return explainPinball(s, level)
		}})
	}
	return rows
}

func explainPinball(s forecastWords, level int) explanation.Explanation {
	c := s.figures.Calibration
	e := explanation.Begin(catalogue.OfForecast, "calibration.pinball.loss")
	e.Value, e.Shown.Value, e.Numbers = c.Pinball[level].Loss, "–", "no such date has come yet"
	e.Shown.Unit = "of the length, " + levels[level].name + " % dates"
	for _, one := range s.figures.Replayed(c.Horizon) {
		e.Inputs = append(e.Inputs, inputOfPast("loss", one, one.Loss(level), fmt.Sprintf("%s said, it took %d",
			words.Count(one.Shown[level], "working day"), one.Took)))
	}
	if e.Value != nil {
		e.Shown.Value = words.Decimal(*e.Value, 3)
		e.Numbers = fmt.Sprintf("mean over %s = %s", words.Count(len(e.Inputs), "forecast"), e.Shown.Value)
	}
	return e
}

// rowsOfDots are the past forecasts of the length next to the median, the last one first.
func rowsOfDots(s forecastWords, name string) (rows []Row) {
	for _, one := range slices.Backward(s.figures.Replayed(s.figures.Calibration.Horizon)) {
		rows = append(rows, Row{[]string{one.Date}, func() explanation.Explanation { return explainDot(s, name, one) }})
	}
	return rows
}

// explainDot opens a number of a past forecast.
func explainDot(s forecastWords, name string, of outlook.PastForecastBasis) explanation.Explanation {
	switch name {
	case "work":
		e := beginAmount(s, "calibration.dots.work", of.Work)
		e.Inputs = append(inputsOfDays(s, outlook.DaysOfPace(s.figures, of)),
			numberInput("length", "length in working days", float64(of.Length)))
		e.Numbers = fmt.Sprintf("pace of %s × %d, rounded up: %s", words.Count(len(e.Inputs)-1, "working day"),
			of.Length, s.words.CountAmount(of.Work))
		return e
	case "took":
		e := beginDays(s, "calibration.dots.took", of.Took)
		e.Inputs = inputsOfDays(s, outlook.DaysTaken(s.figures, of))
		e.Numbers = fmt.Sprintf("%s until %s were finished", words.Count(of.Took, "working day"),
			s.words.CountAmount(of.Work))
		return e
	case "p50":
		return explainShown(s, "calibration.dots.p50", of, 0)
	}
	return explainShown(s, "calibration.dots.p85", of, level85)
}

// beginDays begins the explanation of a number of working days.
func beginDays(s forecastWords, name string, days int) explanation.Explanation {
	e := explanation.Begin(catalogue.OfForecast, name)
	e.Value, e.Shown.Value, e.Shown.Unit = explanation.Count(&days), fmt.Sprint(days), "working days"
	return e
}

func explainShown(s forecastWords, name string, of outlook.PastForecastBasis, level int) explanation.Explanation {
	e := beginDays(s, name, of.Shown[level])
	e.Inputs, e.Numbers = inputsOfBasis(outlook.ShownBasis(s.figures, of, level), of.Shown[level])
	return e
}

// inputsOfBasis are the inputs of days that the record corrects, with the formula over them.
func inputsOfBasis(basis forecast.Basis, days int) ([]explanation.Input, string) {
	ratio := basis.NearRatio + (basis.FarRatio-basis.NearRatio)*basis.Part
	return []explanation.Input{
		{Term: "median", What: "working days of half of the trials, or of the smaller median that takes longer",
			Value: explanation.Number(float64(basis.Median)), Shown: fmt.Sprint(basis.Median)},
		numberInput("near", "ratio of that rank at the near horizon", basis.NearRatio),
		numberInput("far", "ratio of that rank at the far horizon", basis.FarRatio),
		{Term: "part", What: "how far the median lies from the near horizon to the far one",
			Value: explanation.Number(basis.Part), Shown: words.Decimal(basis.Part, 2)},
	}, fmt.Sprintf("⌈%d × %s⌉ = %d", basis.Median, words.Decimal(ratio, 3), days)
}
