package catalogue

const (
	daysFormula = "⌈median × ratio⌉, the ratio of that rank of the record between the horizons around the median"
	daysInputs  = "the median of the simulation, the ratios of the record at the horizons around it, " +
		"how far it lies between them"
	paceFormula = "the day by which so many of the trials are done, without the record"
)

// forecastFigures are when work will be done: of a quarter, an epic or a sprint.
var forecastFigures = []Figure{
	{Of: OfForecast, Name: "odds", Title: "Odds", Unit: UnitShare,
		Help:       "Odds that the work is done by its deadline, at most 0.95.",
		Formula:    "share of outcomes, corrected by the record, that are done by the end of that day",
		Expression: "max(least, min(most, mean(near) + (mean(far) - mean(near)) * part))",
		Inputs: "1 for each outcome of the record that is done in time and 0 for each other, at the horizons around " +
			"the median; at least and at most what the dates of 50, 70, 85 and 95 % say",
		Class: ClassForecast + "odds", Metric: "jerem_forecast_odds_ratio", Labels: []string{"quarter"},
		OfASprint: Series{ClassSprintForecast + "odds", "jerem_sprint_forecast_odds_ratio"}},
	dateFigure("50"), dateFigure("70"), dateFigure("85"), dateFigure("95"),
	daysFigure("50"), daysFigure("70"), daysFigure("85"), daysFigure("95"),
	paceFigure("50"), paceFigure("70"), paceFigure("85"), paceFigure("95"),
	amountFigure("50"), amountFigure("70"), amountFigure("85"), amountFigure("95"),
	{Of: OfForecast, Name: "moved.days", Title: "Why it moved", Unit: UnitWorkingDays,
		Help:       "By how many working days the 85 % date moved; later is positive.",
		Formula:    "work done and days gone by + scope + impediments + pace + calendar, each replaced in turn",
		Expression: "worked + scope + impediments + pace + calendar", Inputs: "the part of each"},
	{Of: OfForecast, Name: "price.days", Title: "Price of the unexpected", Unit: UnitWorkingDays,
		Help:       "Working days that impediments add to the 85 % date.",
		Formula:    "85 % date − the same with the time of impediments given back, block by block of ten days",
		Expression: "with - without", Inputs: "the working days of the two dates",
		Class: ClassForecast + "price", Metric: "jerem_forecast_price_workdays", Labels: []string{"quarter"},
		OfASprint: Series{ClassSprintForecast + "price", "jerem_sprint_forecast_price_workdays"}},
	{Of: OfForecast, Name: "calibration.share", Title: "Record", Unit: UnitShare,
		Help:       "The part of the past 85 % dates of this length that held.",
		Formula:    "forecasts replayed at every tenth working day; held: what was really done reached it by the date",
		Expression: "mean(held)", Inputs: "1 for each past forecast that held, 0 for each other",
		Class: ClassForecast + "calibration", Metric: "jerem_forecast_calibration_ratio", Labels: []string{"quarter"},
		OfASprint: Series{ClassSprintForecast + "calibration", "jerem_sprint_forecast_calibration_ratio"}},
}

func dateFigure(p string) Figure {
	return Figure{Of: OfForecast, Name: "dates.p" + p, Title: p + " % date", Unit: UnitDate,
		Help:       "The day by which the work is done with odds of " + p + " %.",
		Formula:    "the day by which " + p + " % of the outcomes are done",
		Expression: "date(days)", Inputs: "the number of working days",
		Class: ClassForecast + "p" + p, Metric: "jerem_forecast_p" + p + "_timestamp_seconds",
		Labels:    []string{"quarter"},
		OfASprint: Series{ClassSprintForecast + "p" + p, "jerem_sprint_forecast_p" + p + "_timestamp_seconds"}}
}

func daysFigure(p string) Figure {
	return Figure{Of: OfForecast, Name: "working_days.p" + p, Title: p + " % working days", Unit: UnitWorkingDays,
		Help: "The working days in which the work is done with odds of " + p + " %.", Formula: daysFormula,
		Expression: "ceil(median * (near + (far - near) * part))", Inputs: daysInputs}
}

func paceFigure(p string) Figure {
	return Figure{Of: OfForecast, Name: "pace_alone.p" + p, Title: p + " % date at the pace alone", Unit: UnitDate,
		Help: "The day by which the work is done in " + p + " % of the trials.", Formula: paceFormula,
		Expression: "date(days)", Inputs: "the number of working days"}
}

func amountFigure(p string) Figure {
	return Figure{Of: OfForecast, Name: "amounts.p" + p, Title: "Done by a date, " + p + " %", Unit: UnitEstimate,
		Help: "What is done by a date with odds of " + p + " %: at least so much.",
		Formula: "what half of the trials have finished by the end of the last working day whose date, with the " +
			"record, " +
			"is not after the one asked",
		Expression: "finished", Inputs: "what is finished by then with even odds"}
}

// ofInitiative is a figure of a forecast over all teams of an initiative.
func ofInitiative(f Figure) Figure {
	f.Of, f.Class, f.Metric, f.Labels, f.OfASprint = OfInitiative, "", "", nil, Series{}
	f.Formula += "; over the teams the last one decides within a trial"
	return f
}

// atBest is a figure of those teams of an initiative of which something can be told, where of others nothing can.
func atBest(f Figure) Figure {
	f = ofInitiative(f)
	f.Name, f.Title = "at_best."+f.Name, f.Title+", at best"
	f.Help = "Without the teams of which nothing can be told: with them it is no better. " + f.Help
	f.Formula += ", without those of which nothing can be told"
	return f
}

// initiativeFigures are those of an initiative over all its teams.
var initiativeFigures = []Figure{
	{Of: OfInitiative, Name: "progression", Title: "Progression", Unit: UnitShare,
		Help:       "Issues done over all issues of the initiative.",
		Formula:    "issues done ÷ issues, over the teams of the initiative: estimates of two teams are never added",
		Expression: "done / total", Inputs: "the issues done of each team, then all of each"},
	ofInitiative(forecastFigures[0]),
	ofInitiative(dateFigure("50")), ofInitiative(dateFigure("70")), ofInitiative(dateFigure("85")),
	ofInitiative(dateFigure("95")),
	ofInitiative(paceFigure("50")), ofInitiative(paceFigure("70")), ofInitiative(paceFigure("85")),
	ofInitiative(paceFigure("95")),
	atBest(forecastFigures[0]),
	atBest(dateFigure("50")), atBest(dateFigure("70")), atBest(dateFigure("85")), atBest(dateFigure("95")),
	{Of: OfInitiative, Name: "trend_days", Title: "In a week", Unit: UnitWorkingDays,
		Help: "By how many working days the 85 % date moved in a week; later is positive.",
		Formula: "85 % date − the 85 % date told a week before, in working days of the first team of the " +
			"initiative",
		Expression: "now - before", Inputs: "the working days from the moment to each of the two dates"},
}
