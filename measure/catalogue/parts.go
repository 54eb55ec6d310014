package catalogue

import (
	"strconv"
	"strings"
)

// Here stand the figures of a forecast that are parts of others, and those that are told in rows: what Row names tells
// one row from the others, the parameters of the address of its explanation. Without them it is of the first row.

// forecastPartFigures are what a forecast is made from, and what its parts are made from.
var forecastPartFigures = []Figure{
	{Of: OfForecast, Name: "remaining", Title: "Left", Unit: UnitEstimate,
		Help: "What is left of what is asked for.",
		Formula: "Σ estimates of what is not done of what is asked for and of what is taken before it, more or less " +
			"what the question changes",
		Expression: "max(0, left + change)",
		Inputs:     "what is left of each epic, or of each issue of a sprint; what the question changes"},
	{Of: OfForecast, Name: "unestimated", Title: "Left without an estimate", Unit: UnitIssues,
		Help:       "Issues left without an estimate: each draws a size.",
		Formula:    "issues left that have no estimate, nor an estimated sub-task",
		Expression: "issue", Inputs: "1 for each issue"},
	{Of: OfForecast, Name: "history_days", Title: "Days that are drawn from", Unit: UnitWorkingDays,
		Help:       "Working days of the past that a forecast draws from.",
		Formula:    "the last 120 working days before today, fewer where the first finish is younger",
		Expression: "count(finished)", Inputs: "what was finished on each of these days, as it is drawn"},
	bulkFigure("amount", "Closed at once", "What was finished on a day of a bulk closing.",
		"Σ estimates at the finish of what was finished on the working day", "finished",
		"the estimate of each issue"),
	bulkFigure("capped_to", "Drawn instead", "What a day of a bulk closing counts for in what is drawn.",
		"the element ⌊0.98 (n − 1)⌋ of the sorted days with a finish among the last 250", "rank(share, finished)",
		"what was finished on each of these days; the share of its rank"),
	fanFigure("05", 95), fanFigure("15", 85), fanFigure("30", 70), fanFigure("50", 50), fanFigure("70", 30),
	fanFigure("85", 15), fanFigure("95", 5),
	partOfMoveFigure("worked", "work that was done and days that went by"),
	partOfMoveFigure("scope", "every other change of what is left, and growth"),
	partOfMoveFigure("impediments", "the share that impediments took of what is drawn"),
	partOfMoveFigure("pace", "what was finished, with that share given back"),
	partOfMoveFigure("calendar", "days off, and rest that is owed"),
	aloneFigure("price.by_nature.days", "nature", "impediments of the nature"),
	aloneFigure("price.issues.days", "issue", "the impediment"),
}

func bulkFigure(name, title, help, formula, expression, inputs string) Figure {
	return Figure{Of: OfForecast, Name: "bulk_closings." + name, Title: title, Unit: UnitEstimate, Help: help,
		Formula: formula, Expression: expression, Inputs: inputs, Row: "date"}
}

func fanFigure(quantile string, odds int) Figure {
	least := strconv.Itoa(odds)
	return Figure{Of: OfForecast, Name: "fan.p" + quantile, Title: "Done by a day, " + least + " %", Unit: UnitEstimate,
		Row: "date",
		Help: "What is done by the end of a day, with what is done already; with odds of " + least +
			" % it is at least so much.",
		Formula: "what is done already + what half of the trials have finished by the last working day whose date, " +
			"with the record, is not after the one asked, less what is taken before",
		Expression: "done + max(0, finished - earlier)", Inputs: "the three amounts"}
}

func partOfMoveFigure(part, what string) Figure {
	return Figure{Of: OfForecast, Name: "moved." + part, Title: "Moved by " + part, Unit: UnitWorkingDays,
		Help: "By how many working days the 85 % date moved by " + what + ".",
		Formula: "the 85 % date with " + what + " as now − as before, the parts before it as now, those after it as " +
			"before",
		Expression: "part", Inputs: "the days that each epic, issue or day made, to a tenth"}
}

func aloneFigure(name, row, of string) Figure {
	return Figure{Of: OfForecast, Name: name, Title: "Price of one " + row, Unit: UnitWorkingDays, Row: row,
		Help:       "Working days that " + of + " alone adds to the 85 % date.",
		Formula:    "85 % date − the same with the time of " + of + " given back, block by block of ten days",
		Expression: "with - without", Inputs: "the working days of the two dates"}
}

// lower and upper bound of Wilson at 95 %, over 1 for what held and 0 for what did not.
const (
	wilsonMiddle = "mean(held) + 1.9207294406 / count(held)"
	wilsonHalf   = "1.959964 * sqrt(mean(held) * (1 - mean(held)) / count(held) + " +
		"0.9603647203 / (count(held) * count(held)))"
	wilsonWhole = "(1 + 3.8414588813 / count(held))"
	wilsonWords = "bound of Wilson for the true share, with a certainty of 95 %, were the forecasts independent"
	heldInputs  = "1 for each past forecast of this length that held, 0 for each other"
)

// calibrationFigures are how past forecasts fared.
var calibrationFigures = []Figure{
	{Of: OfForecast, Name: "calibration.forecasts", Title: "Past forecasts", Unit: UnitForecasts,
		Help:       "Past forecasts of this length whose outcome is known.",
		Formula:    "forecasts replayed at every tenth working day of the past whose outcome is known",
		Expression: "count(took)", Inputs: "the working days that each took"},
	{Of: OfForecast, Name: "calibration.quarters", Title: "Quarters of the past forecasts", Unit: UnitQuarters,
		Help:       "Distinct quarters that these forecasts are of: those that overlap are not independent.",
		Formula:    "distinct quarters in which the past forecasts were made",
		Expression: "quarter", Inputs: "1 for each quarter"},
	{Of: OfForecast, Name: "calibration.own", Title: "Own outcomes", Unit: UnitForecasts,
		Help:       "Outcomes of the team's own past that correct the dates.",
		Formula:    "the last 60 known outcomes of this length",
		Expression: "count(ratio)", Inputs: "outcome ÷ median of each"},
	{Of: OfForecast, Name: "calibration.prior", Title: "Outcomes of other projects", Unit: UnitForecasts,
		Help:       "Outcomes of other projects that correct the dates beside the team's own.",
		Formula:    "max(5, 20 − ⌊(own − 20) × 15 ÷ 40⌋), 20 up to 20 own",
		Expression: "max(least, min(most, most + ceil((most - own) * 15 / 40)))",
		Inputs:     "the outcomes of the team's own; the least and the most"},
	dotFigure("work", "Work of a past forecast", UnitEstimate, "What a past forecast asked for.",
		"⌈pace of the last 60 days, capped, × length⌉", "ceil(mean(finished) * length)",
		"what was finished on each of these days; the length in working days"),
	dotFigure("p50", "Median of a past forecast", UnitWorkingDays, "Working days that a past forecast told at 50 %.",
		daysFormula, shownExpression, daysInputs),
	dotFigure("p85", "85 % of a past forecast", UnitWorkingDays, "Working days that a past forecast told at 85 %.",
		daysFormula, shownExpression, daysInputs),
	dotFigure("took", "What came of a past forecast", UnitWorkingDays, "Working days that the work really took.",
		"working days until what was finished reached the work, five lengths where it did not", "count(finished)",
		"what was finished on each of these days"),
}

const shownExpression = "ceil(median * (near + (far - near) * part))"

func dotFigure(name, title, unit, help, formula, expression, inputs string) Figure {
	return Figure{Of: OfForecast, Name: "calibration.dots." + name, Title: title, Unit: unit, Help: help,
		Formula: formula, Expression: expression, Inputs: inputs, Row: "date"}
}

// hitFigures are how often the dates of some odds held: of the length next to the median, or of each length.
func hitFigures(list, row, of string) []Figure {
	figure := func(name, title, unit, help, formula, expression string) Figure {
		return Figure{Of: OfForecast, Name: "calibration." + list + "." + name, Title: title, Unit: unit,
			Help: help + of + ".", Formula: formula, Expression: expression, Inputs: heldInputs, Row: row}
	}
	return []Figure{
		figure("held", "Dates that held", UnitForecasts, "Past dates of given odds that held", "past dates that held",
			"held"),
		figure("of", "Dates that were told", UnitForecasts, "Past dates of given odds whose outcome is known",
			"past dates whose outcome is known", "count(held)"),
		figure("share", "Share that held", UnitShare, "The part of the past dates of given odds that held",
			"past dates that held ÷ those whose outcome is known", "mean(held)"),
		figure("low", "Share at least", UnitShare, "Lower bound of the share that held", "lower "+wilsonWords,
			"max(0, ("+wilsonMiddle+" - "+wilsonHalf+") / "+wilsonWhole+")"),
		figure("high", "Share at most", UnitShare, "Upper bound of the share that held", "upper "+wilsonWords,
			"min(1, ("+wilsonMiddle+" + "+wilsonHalf+") / "+wilsonWhole+")"),
	}
}

// pinballFigure is how much dates of given odds cost.
var pinballFigure = Figure{Of: OfForecast, Name: "calibration.pinball.loss", Title: "Pinball loss", Unit: UnitFactor,
	Row:  "p",
	Help: "Mean loss of the past dates of given odds, in parts of the length.",
	Formula: "mean over the past forecasts of: each day beyond the date costs the odds, each day short of it what " +
		"they lack to 1, ÷ length",
	Expression: "mean(loss)", Inputs: "the loss of each past forecast, in parts of the length"}

// workingDayFigures say which day of how many a sprint is at.
var workingDayFigures = []Figure{
	{Of: OfSprint, Name: "working_days.total", Title: "Working days of the sprint", Unit: UnitWorkingDays,
		Help:       "Working days from start to planned end, rounded, at least one.",
		Formula:    "working time from start to planned end in working days, rounded to the nearest whole, at least 1",
		Expression: "max(1, 0 - ceil(0 - day - 0.5))", Inputs: "the working time of each day, in parts of a day"},
	{Of: OfSprint, Name: "working_days.elapsed", Title: "Working day of the sprint", Unit: UnitWorkingDays,
		Help: "Which working day of the sprint it is.",
		Formula: "⌈working time from start to the end of today⌉ in working days, to the planned end where that is " +
			"today, at least 1",
		Expression: "max(1, ceil(day))", Inputs: "the working time of each day, in parts of a day"},
}

// onCallPartFigures are figures of call-outs in rows, and what verdicts they have.
var onCallPartFigures = []Figure{
	verdictFigure("useful", "Useful call-outs", "judged useful"), verdictFigure("noise", "Noise", "judged noise"),
	verdictFigure("unset", "Call-outs without a verdict", "without a verdict"),
	{Of: OfOnCall, Name: "oncall.by_rule.callouts", Title: "Call-outs of an alert rule", Unit: UnitCallouts,
		Row:        "rule",
		Help:       "Call-outs of an alert rule that started in the sprint; one of several rules counts in each.",
		Formula:    "call-outs of the rule that started in the sprint",
		Expression: "day", Inputs: "those of each local day"},
	wholeOnCallFigure(OfOnCall, "oncall.by_rule.nights", "Nights of an alert rule", UnitNights, "rule",
		"Nights of the sprint in which a call-out of an alert rule started.", "night"),
	wholeOnCallFigure(OfOnCall, "oncall.by_rule.rest_seconds", "Rest of an alert rule", UnitSeconds, "rule",
		"Working time of the sprint that call-outs of an alert rule owe as rest; that of several is split equally.",
		"rest"),
	wholeOnCallFigure(OfOnCallPrice, "price.oncall.callouts", "Call-outs given back", UnitCallouts, "",
		"Call-outs that started on the days that are drawn from.", "callout"),
	wholeOnCallFigure(OfOnCallPrice, "price.oncall.nights", "Nights of the call-outs given back", UnitNights, "",
		"Nights that these disturbed, in the whole months among these days.", "night"),
	wholeOnCallFigure(OfOnCallPrice, "price.oncall.seconds", "Time of call-outs given back", UnitSeconds, "",
		"Time of call-outs on the days that are drawn from that no impediment accounts for.", "time"),
	wholeOnCallFigure(OfOnCallPrice, "price.oncall.rest_seconds", "Rest given back", UnitSeconds, "",
		"Working time owed as rest in the whole months among these days.", "rest"),
	wholeOnCallFigure(OfOnCallPrice, "price.oncall.by_rule.callouts", "Call-outs of an alert rule given back",
		UnitCallouts, "rule", "Call-outs of the rule that started on the days that are drawn from.", "callout"),
	wholeOnCallFigure(OfOnCallPrice, "price.oncall.by_rule.nights", "Nights of an alert rule given back", UnitNights,
		"rule", "Nights that these disturbed, in the whole months among these days.", "night"),
	wholeOnCallFigure(OfOnCallPrice, "price.oncall.by_rule.seconds", "Time of an alert rule given back", UnitSeconds,
		"rule", "Counted time of the rule's call-outs on the days that are drawn from.", "time"),
	wholeOnCallFigure(OfOnCallPrice, "price.oncall.by_rule.rest_seconds", "Rest of an alert rule given back",
		UnitSeconds, "rule", "Working time that they owe as rest in the whole months among these days.", "rest"),
}

func verdictFigure(name, title, what string) Figure {
	return Figure{Of: OfOnCall, Name: "oncall." + name, Title: title, Unit: UnitCallouts,
		Help:       "Call-outs that started in the sprint, " + what + ".",
		Formula:    "call-outs that started in the sprint, " + what,
		Expression: "day", Inputs: "those of each local day"}
}

// wholeOnCallFigure is a figure that is told as a whole: by day it would be one person's load.
func wholeOnCallFigure(of Subject, name, title, unit, row, help, term string) Figure {
	formula := strings.ToLower(help[:1]) + strings.TrimSuffix(help[1:], ".")
	return Figure{Of: of, Name: name, Title: title, Unit: unit, Row: row, Help: help, Formula: formula,
		Expression: term, Inputs: "their sum: by day it would be one person's load"}
}

// flowPartFigures are figures of the flow by day.
var flowPartFigures = []Figure{
	{Of: OfFlow, Name: "throughput.estimate", Title: "Finished on a day", Unit: UnitEstimate, Row: "date",
		Help:       "Estimate of what was finished on a day, at the finish.",
		Formula:    "Σ estimates at the finish of the issues finished on the day",
		Expression: "finished", Inputs: "the estimate of each issue"},
	{Of: OfFlow, Name: "cfd.reached", Title: "Reached a column", Unit: UnitIssues, Row: "date column",
		Help:       "Issues that reached a column or a later one by the end of a day.",
		Formula:    "issues that ever reached the column or a later one, up to the end of the day",
		Expression: "issue", Inputs: "1 for each issue"},
	{Of: OfFlow, Name: "cfd.backward", Title: "Moves back", Unit: UnitMoves, Row: "date",
		Help:       "Moves to an earlier column than the one before, on a day.",
		Formula:    "moves of issues to an earlier column than the one before, on the day",
		Expression: "move", Inputs: "1 for each move"},
}
