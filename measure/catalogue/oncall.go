package catalogue

// ClassOnCall is the beginning of the classes of on-call. Those by day bear the label type daily, those of a sprint the
// label type sprint.
const ClassOnCall = "jerem.oncall."

var labelOfASprint = []string{"sprint"}

// onCallFigures are the call-outs of a sprint, and what these and its impediments come to.
var onCallFigures = []Figure{
	{Of: OfOnCall, Name: "oncall.callouts", Title: "Call-outs", Unit: UnitCallouts,
		Help:       "Call-outs that started in the sprint; a test is none.",
		Formula:    "call-outs that started in the sprint",
		Expression: "day", Inputs: "the call-outs of each local day",
		Class: ClassOnCall + "callout.count", Metric: "jerem_oncall_callouts", Labels: labelOfASprint},
	{Of: OfOnCall, Name: "oncall.beside", Title: "Call-outs beside impediments", Unit: UnitCallouts,
		Help:       "Call-outs of the sprint whose issue is no impediment of it.",
		Formula:    "call-outs that started in the sprint and whose issue is no impediment of it",
		Expression: "day", Inputs: "those of each local day"},
	{Of: OfOnCall, Name: "oncall.seconds", Title: "Time of call-outs", Unit: UnitSeconds,
		Help:       "Time of call-outs in the sprint, from start to end; of one person's that overlap once.",
		Formula:    "Σ time of call-outs from start to end, where those of one person overlap once",
		Expression: "day", Inputs: "the time of each local day"},
	{Of: OfOnCall, Name: "oncall.counted_seconds", Title: "Counted time of call-outs", Unit: UnitSeconds,
		Help: "Time of call-outs in the sprint that no impediment accounts for.",
		Formula: "Σ time of call-outs by local day, without those whose issue is an impediment of the sprint and has " +
			"time logged on the day",
		Expression: "day", Inputs: "the counted time of each local day",
		Class: ClassOnCall + "callout.timespent", Metric: "jerem_oncall_callout_seconds", Labels: labelOfASprint},
	{Of: OfOnCall, Name: "oncall.by_rule.counted_seconds", Title: "Time of an alert rule", Unit: UnitSeconds,
		Help: "Counted time of the call-outs of an alert rule in the sprint; it adds up to the whole.",
		Formula: "Σ counted time of the rule's call-outs by local day; that of a call-out of several rules is split " +
			"equally",
		Expression: "day", Inputs: "the rule's part of each local day", Row: "rule"},
	{Of: OfOnCall, Name: "oncall.out_of_hours", Title: "Call-outs out of hours", Unit: UnitCallouts,
		Help:       "Call-outs that started outside the working hours of the one who was called.",
		Formula:    "call-outs that started outside working hours, on a holiday or a day off of the one who was called",
		Expression: "outside", Inputs: "their number: by day it would be one person's load",
		Class: ClassOnCall + "callout.outofhours", Metric: "jerem_oncall_out_of_hours_callouts",
		Labels: labelOfASprint},
	{Of: OfOnCall, Name: "oncall.nights", Title: "Disturbed nights", Unit: UnitNights,
		Help:       "Nights from 22:00 to 08:00 in which somebody was called, of each person their own.",
		Formula:    "local nights from 22:00 to 08:00 of a person in which a call-out of theirs started",
		Expression: "night", Inputs: "their number: by day it would be one person's load",
		Class: ClassOnCall + "nights", Metric: "jerem_oncall_disturbed_nights", Labels: labelOfASprint},
	{Of: OfOnCall, Name: "oncall.rest_seconds", Title: "Rest owed", Unit: UnitSeconds,
		Help: "Working time of the sprint that call-outs owe as rest.",
		Formula: "Σ working hours in the sprint within the rest that call-outs owe, of one person's that " +
			"overlap once",
		Expression: "rest", Inputs: "their sum: by day it would be one person's load",
		Class: ClassOnCall + "rest", Metric: "jerem_oncall_rest_seconds", Labels: labelOfASprint},
	{Of: OfOnCall, Name: "oncall.gap_seconds", Title: "Gaps of duty", Unit: UnitSeconds,
		Help:       "Covered time of the team's rotas in the sprint with nobody on duty.",
		Formula:    "Σ over the team's rotas of covered time in the sprint in which nobody is on duty",
		Expression: "gap", Inputs: "their sum",
		Class: ClassOnCall + "gap", Metric: "jerem_oncall_gap_seconds", Labels: labelOfASprint},
	{Of: OfOnCall, Name: "oncall.actionability", Title: "Actionability", Unit: UnitShare,
		Help:       "Call-outs of the sprint that were useful, of those judged useful or noise.",
		Formula:    "useful ÷ (useful + noise)",
		Expression: "useful / (useful + noise)", Inputs: "the call-outs of either verdict",
		Class: ClassOnCall + "actionability", Metric: "jerem_oncall_actionability_ratio", Labels: labelOfASprint},
	{Of: OfOnCall, Name: "unexpected.count", Title: "The unexpected, in number", Unit: UnitItems,
		Help:       "Impediments and call-outs of the sprint, each once.",
		Formula:    "impediments + call-outs whose issue is no impediment of the sprint",
		Expression: "impediments + callouts", Inputs: "the two numbers",
		Metric: "jerem_sprint_unexpected_items", Labels: labelOfASprint},
	{Of: OfOnCall, Name: "unexpected.seconds", Title: "The unexpected", Unit: UnitSeconds,
		Help:       "Time of impediments and call-outs in the sprint, each once.",
		Formula:    "time logged on impediments + counted time of call-outs",
		Expression: "impediments + callouts", Inputs: "the two sums",
		Metric: "jerem_sprint_unexpected_seconds", Labels: labelOfASprint},
}

// onCallPriceFigures are what call-outs add to the price of the unexpected.
var onCallPriceFigures = []Figure{
	{Of: OfOnCallPrice, Name: "price.oncall.days", Title: "Price of the unexpected with on-call",
		Unit: UnitWorkingDays,
		Help: "Working days that impediments and call-outs add to the 85 % date.",
		Formula: "85 % date − the same with the time of impediments and call-outs, and owed rest, given back, " +
			"block by block of ten days",
		Expression: "with - without", Inputs: "the working days of the two dates"},
	{Of: OfOnCallPrice, Name: "price.oncall.callout_days", Title: "Price of call-outs", Unit: UnitWorkingDays,
		Help: "Working days that call-outs and the rest that they owe add to the 85 % date.",
		Formula: "85 % date − the same with the time of call-outs and the rest that they owe given back, block by " +
			"block of ten days",
		Expression: "with - without", Inputs: "the working days of the two dates"},
	{Of: OfOnCallPrice, Name: "price.oncall.by_rule.days", Title: "Price of an alert rule", Unit: UnitWorkingDays,
		Help: "Working days that the call-outs of an alert rule and the rest that they owe add to the 85 % date.",
		Formula: "85 % date − the same with the time of the rule's call-outs and the rest that they owe given back, " +
			"block by block of ten days",
		Expression: "with - without", Inputs: "the working days of the two dates", Row: "rule"},
}
