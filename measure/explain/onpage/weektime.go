package onpage

import (
	"time"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/measure/words"
)

// DayTime is time that was taken on a day, in seconds.
type DayTime struct {
	Date    string
	Seconds int64
	Note    string // what else is to be said of it
}

// WeekTime opens the time that something took in a week of a quarter, day by day. name is that of the figure, title
// what it is, what what each day's time is.
func WeekTime(q *measure.Quarter, name, title, what string, days []DayTime) explanation.Explanation {
	e := explanation.BeginOnPage(catalogue.OfQuarter, name, title, "the sum of "+what+", day by day", "day")
	e.At, e.Quality, e.Unit, e.Shown.Unit = q.At, q.QualityOf(e.Figure.Name), "seconds", "hours"
	var sum int64
	var terms []string
	for _, day := range days {
		taken, is := words.Duration(float64(day.Seconds)), what
		if day.Note != "" {
			is += "; " + day.Note
		}
		sum, terms = sum+day.Seconds, append(terms, taken)
		e.Inputs = append(e.Inputs, explanation.Input{Term: "day", Date: day.Date, When: dateInWords(day.Date),
			What: is, Value: explanation.Count(&day.Seconds), Shown: taken, Listed: true})
	}
	e.Value, e.Shown.Value = explanation.Count(&sum), words.Hours(sum)
	e.Numbers = explanation.Sum(terms, words.Duration(float64(sum)))
	return e
}

// dateInWords writes a date as "Mon 16 Nov".
func dateInWords(date string) string {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return d.Format("Mon 2 Jan")
}

// BudgetLeft opens what impediments left of the budget of a sprint: the budget, less the time of each day.
func BudgetLeft(sp *measure.Sprint) explanation.Explanation {
	i := sp.Impediments
	e := explanation.BeginOnPage(catalogue.OfSprint, LeftOfBudget, "Left of the budget",
		"budget of the sprint − Σ time logged on impediments", "budget + day")
	e.At, e.Quality, e.Unit, e.Shown.Unit = sp.At, sp.QualityOf("impediments.budget_seconds"), "seconds", "hours"
	budget, left := *i.BudgetSeconds, *i.BudgetSeconds-i.Seconds
	e.Inputs = []explanation.Input{{Term: "budget", What: "the budget of the sprint",
		Value: explanation.Count(&budget), Shown: words.Duration(float64(budget)), Listed: true}}
	for _, day := range i.Daily {
		if day.Seconds == 0 {
			continue
		}
		taken := -day.Seconds
		e.Inputs = append(e.Inputs, explanation.Input{Term: "day", Date: day.Date, When: dateInWords(day.Date),
			What: "taken by impediments", Value: explanation.Count(&taken),
			Shown: words.Duration(float64(taken)), Listed: true})
	}
	e.Value, e.Shown.Value = explanation.Count(&left), words.Hours(left)
	e.Numbers = words.Duration(float64(budget)) + " − " + words.Duration(float64(i.Seconds)) + " = " +
		words.Duration(float64(left))
	return e
}
