package catalogue

const (
	cycleFormula = "finish day − start day + 1; the value at rank ⌈p × n⌉ of those finished in the window"
	ageFormula   = "today − start day + 1; the value at rank ⌈p × n⌉ of those in progress"
	ageInputs    = "the age of each issue in days, today − start + 1"
	limitFormula = "mean ± 2.66 × mean of the moving ranges, the lower limit not below 0"
	cycleInputs  = "the days of each issue, in order of finish"
	weekInputs   = "the issues finished in each whole ISO week of the window"
)

// flowFigures are how work moves through a team.
var flowFigures = []Figure{
	{Of: OfFlow, Name: "cycle_time.p50", Title: "Cycle time, median", Unit: UnitDays,
		Help: "Days from start to finish of half of the issues.", Formula: cycleFormula,
		Expression: "rank(0.5, days)", Inputs: cycleInputs,
		Class: ClassAgileFlow + "cycletime.p50", Metric: "jerem_cycle_time_p50_localdays"},
	{Of: OfFlow, Name: "cycle_time.p70", Title: "Cycle time, 70 %", Unit: UnitDays,
		Help: "Days from start to finish of 70 % of the issues.", Formula: cycleFormula,
		Expression: "rank(0.7, days)", Inputs: cycleInputs,
		Class: ClassAgileFlow + "cycletime.p70", Metric: "jerem_cycle_time_p70_localdays"},
	{Of: OfFlow, Name: "cycle_time.p85", Title: "Cycle time, 85 %", Unit: UnitDays,
		Help: "Days from start to finish of 85 % of the issues.", Formula: cycleFormula,
		Expression: "rank(0.85, days)", Inputs: cycleInputs,
		Class: ClassAgileFlow + "cycletime.p85", Metric: "jerem_cycle_time_p85_localdays"},
	{Of: OfFlow, Name: "cycle_time.p95", Title: "Cycle time, 95 %", Unit: UnitDays,
		Help: "Days from start to finish of 95 % of the issues.", Formula: cycleFormula,
		Expression: "rank(0.95, days)", Inputs: cycleInputs,
		Class: ClassAgileFlow + "cycletime.p95", Metric: "jerem_cycle_time_p95_localdays"},
	{Of: OfFlow, Name: "cycle_time.spread", Title: "Spread of the cycle time", Unit: UnitFactor,
		Help: "How much longer the longest take than half of them.", Formula: "95 % of the cycle time ÷ its median",
		Expression: "rank(0.95, days) / rank(0.5, days)", Inputs: cycleInputs},
	{Of: OfFlow, Name: "cycle_time.measured", Title: "Issues with a cycle time", Unit: UnitIssues,
		Help:       "Issues finished in the window that were in progress before.",
		Formula:    "issues finished in the window that were in progress before",
		Expression: "count(days)", Inputs: cycleInputs},
	{Of: OfFlow, Name: "cycle_time.never_in_progress", Title: "Issues without a cycle time", Unit: UnitIssues,
		Help:       "Issues finished in the window that were never in progress.",
		Formula:    "issues finished in the window that were never in progress",
		Expression: "issue", Inputs: "1 for each issue"},
	{Of: OfFlow, Name: "wip.count", Title: "In progress", Unit: UnitIssues,
		Help:       "Issues begun and not done.",
		Formula:    "issues that entered a column in progress and are not done; what was moved back to do counts",
		Expression: "count(age)", Inputs: ageInputs,
		Class: ClassAgileFlow + "wip", Metric: "jerem_in_progress_issues"},
	{Of: OfFlow, Name: "wip.age.p50", Title: "Age, median", Unit: UnitDays,
		Help: "Days since their start of half of the issues in progress.", Formula: ageFormula,
		Expression: "rank(0.5, age)", Inputs: ageInputs,
		Class: ClassAgileFlow + "age.p50", Metric: "jerem_age_p50_localdays"},
	{Of: OfFlow, Name: "wip.age.p85", Title: "Age, 85 %", Unit: UnitDays,
		Help: "Days since their start of 85 % of the issues in progress.", Formula: ageFormula,
		Expression: "rank(0.85, age)", Inputs: ageInputs,
		Class: ClassAgileFlow + "age.p85", Metric: "jerem_age_p85_localdays"},
	{Of: OfFlow, Name: "throughput", Title: "Throughput", Unit: UnitIssues,
		Help:       "Issues finished in the window.",
		Formula:    "issues that entered done in the window and were not done before",
		Expression: "finished", Inputs: "the issues finished on each day that has some",
		Metric: "jerem_throughput_issues",
		OfADay: Series{ClassAgileFlow + "throughput", "jerem_day_throughput_issues"}},
	{Of: OfFlow, Name: "flow_efficiency", Title: "Flow efficiency", Unit: UnitShare,
		Help:       "The part of the time from start to finish in which work was not waiting.",
		Formula:    "Σ active ÷ Σ (active + waiting), clock time of the issues finished in the window",
		Expression: "active / (active + waiting)", Inputs: "the seconds of each issue, active and waiting"},
	{Of: OfFlow, Name: "xmr.cycle_time.mean", Title: "Cycle time, mean", Unit: UnitDays,
		Help: "Mean of the cycle times of the window.", Formula: "mean of the cycle times",
		Expression: "mean(days)", Inputs: cycleInputs},
	{Of: OfFlow, Name: "xmr.cycle_time.lower", Title: "Cycle time, lower limit", Unit: UnitDays,
		Help: "Lower limit of the ordinary variation of the cycle time.", Formula: limitFormula,
		Expression: "max(0, mean(days) - 2.66 * ranges(days))", Inputs: cycleInputs},
	{Of: OfFlow, Name: "xmr.cycle_time.upper", Title: "Cycle time, upper limit", Unit: UnitDays,
		Help: "Upper limit of the ordinary variation of the cycle time.", Formula: limitFormula,
		Expression: "mean(days) + 2.66 * ranges(days)", Inputs: cycleInputs},
	{Of: OfFlow, Name: "xmr.throughput.mean", Title: "Throughput, mean", Unit: UnitIssuesAWeek,
		Help: "Mean of the issues finished in a week.", Formula: "mean of the issues finished in each whole week",
		Expression: "mean(week)", Inputs: weekInputs},
	{Of: OfFlow, Name: "xmr.throughput.lower", Title: "Throughput, lower limit", Unit: UnitIssuesAWeek,
		Help: "Lower limit of the ordinary variation of the weekly throughput.", Formula: limitFormula,
		Expression: "max(0, mean(week) - 2.66 * ranges(week))", Inputs: weekInputs},
	{Of: OfFlow, Name: "xmr.throughput.upper", Title: "Throughput, upper limit", Unit: UnitIssuesAWeek,
		Help: "Upper limit of the ordinary variation of the weekly throughput.", Formula: limitFormula,
		Expression: "mean(week) + 2.66 * ranges(week)", Inputs: weekInputs},
	{Of: OfFlow, Name: "column_pace.p85", Title: "Pace of a column", Unit: UnitDays, Row: "column",
		Help: "The age by which 85 % of the issues have left a column.",
		Formula: "age at leaving of what left the column forwards for the last time in the last 90 days; the " +
			"value at rank " +
			"⌈0.85 × n⌉",
		Expression: "rank(0.85, age)", Inputs: "the age of each issue at leaving the column, in days"},
	{Of: OfFlow, Name: "late", Title: "Late today", Unit: UnitIssues,
		Help: "Issues in progress that need a look.",
		Formula: "issues in progress that are older than 85 % of what left their column in 90 days, " +
			"untouched, or flagged",
		Expression: "count(age)", Inputs: "the age of each issue in days"},
}

// ruleFigures are how many tickets do not keep a rule of their lifecycle.
var ruleFigures = []Figure{
	ruleFigure(
		"done_without_progress",
		"Done without progress",
		"issues finished in the window that were never in progress",
	),
	ruleFigure(
		"untouched",
		"Untouched",
		"issues in progress without a change or logged work for the configured working days",
	),
	ruleFigure(
		"impediment_closed_without_time",
		"Closed without time",
		"impediments finished in the window without time logged",
	),
	ruleFigure(
		"estimated_after_start",
		"Estimated late",
		"issues begun in the window whose first estimate came after their start",
	),
	ruleFigure(
		"in_sprint_without_estimate",
		"In a sprint, no estimate",
		"issues of the flow in an active sprint without an estimate",
	),
}

func ruleFigure(rule, title, formula string) Figure {
	return Figure{
		Of:         OfFlow,
		Name:       "lifecycle." + rule,
		Title:      title,
		Unit:       UnitIssues,
		Help:       "Tickets that do not keep a rule: " + formula + ".",
		Formula:    formula,
		Expression: "issue",
		Inputs:     "1 for each issue",
	}
}

const mixInputs = "the part of each row; the rows of each kind add up to the same whole"

// mixFigures are where the time and the finished work of a quarter went.
var mixFigures = []Figure{
	{Of: OfMix, Name: "mix.seconds.initiative", Title: "Time by initiative", Unit: UnitSeconds,
		Help: "Time logged in the quarter.", Formula: "Σ time logged in the quarter, by initiative",
		Expression: "row", Inputs: mixInputs},
	{Of: OfMix, Name: "mix.seconds.type", Title: "Time by type", Unit: UnitSeconds,
		Help: "Time logged in the quarter.", Formula: "Σ time logged in the quarter, by type",
		Expression: "row", Inputs: mixInputs},
	{Of: OfMix, Name: "mix.seconds.nature", Title: "Time by nature", Unit: UnitSeconds,
		Help: "Time logged in the quarter.", Formula: "Σ time logged in the quarter, by nature",
		Expression: "row", Inputs: mixInputs},
	{Of: OfMix, Name: "mix.estimate.initiative", Title: "Finished by initiative", Unit: UnitEstimate,
		Help:       "Estimate finished in the quarter.",
		Formula:    "Σ estimates at the finish, of what was finished in the quarter, by initiative",
		Expression: "row", Inputs: mixInputs},
	{Of: OfMix, Name: "mix.estimate.type", Title: "Finished by type", Unit: UnitEstimate,
		Help:       "Estimate finished in the quarter.",
		Formula:    "Σ estimates at the finish, of what was finished in the quarter, by type",
		Expression: "row", Inputs: mixInputs},
	{Of: OfMix, Name: "mix.estimate.nature", Title: "Finished by nature", Unit: UnitEstimate,
		Help:       "Estimate finished in the quarter.",
		Formula:    "Σ estimates at the finish, of what was finished in the quarter, by nature",
		Expression: "row", Inputs: mixInputs},
}

// differenceFigures are the sums of Jira's own report of a sprint, and where the ledger parts from it.
var differenceFigures = []Figure{
	{Of: OfDifferences, Name: "differences", Title: "Differences", Unit: UnitIssues,
		Help:       "Issues of which the ledger and Jira's own report say different amounts.",
		Formula:    "issues of which the ledger and Jira's own report say different amounts",
		Expression: "count(issue)", Inputs: "by how much each issue differs"},
	sumFigure("completed", "initial"), sumFigure("completed", "final"),
	sumFigure("not_completed", "initial"), sumFigure("not_completed", "final"),
	sumFigure("completed_outside", "initial"), sumFigure("completed_outside", "final"),
	sumFigure("removed", "initial"), sumFigure("removed", "final"),
}

func sumFigure(list, which string) Figure {
	return Figure{
		Of:         OfDifferences,
		Name:       "sums." + list + "." + which,
		Title:      "Report: " + list + ", " + which,
		Unit:       UnitEstimate,
		Help:       "Sum of the " + which + " estimates of a list of Jira's own report.",
		Formula:    "Σ " + which + " estimates of the issues of the list " + list,
		Expression: "issue",
		Inputs:     "the " + which + " estimate of each issue of the list, nothing where it has none",
	}
}
