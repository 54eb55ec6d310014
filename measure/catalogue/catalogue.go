package catalogue

// Figure is what the catalogue says of a figure: the one place that names it. Pages, the API and its description, the
// explanations, /metrics, the headers of CSV files, the classes of series and docs/measures.md are made from it or held
// to it by a test.
type Figure struct {
	Of         Subject
	Name       string   // path in the answer that carries it; unique among the figures of its subject
	Title      string   // as people read it
	Unit       string   // UnitEstimate, or what it is counted in
	Help       string   // what it is, in a sentence
	Formula    string   // in words
	Expression string   // the formula over the inputs of an explanation; see docs/api.md
	Inputs     string   // what the inputs of an explanation are
	Class      string   // of its series, "" for none; NATURE stands for the nature
	Metric     string   // in /metrics, "" for none
	Labels     []string // of the metric, besides the team
	OfASprint  Series   // of a forecast of a sprint; Class, Metric and Labels are of one of a quarter
	OfADay     Series   // of what a single day has of a figure of a window: another value, so another name
	Row        string   // the parameters that name the row of a figure of which there are several: "horizon p"
}

// Series is where the values of a figure of a further subject stand.
type Series struct {
	Class  string // "" for none
	Metric string // in /metrics; by remote write alone where it is of a day
}

// The beginnings of the classes of series: of those that the older bot wrote, and of further ones.
const (
	ClassEpic         = "jerem.jira.epic."
	ClassSprint       = "jerem.jira.sprint."
	ClassImpediment   = "jerem.jira.impediment."
	ClassAgileSprint  = "jerem.agile.sprint."
	ClassAgileQuarter = "jerem.agile.quarter."
	ClassAgileFlow    = "jerem.agile.flow."
	ClassForecast     = "jerem.agile.forecast."

	ClassSprintForecast = "jerem.agile.sprint.forecast."
)

// Subject is what a figure is one of.
type Subject string

// The subjects.
const (
	OfSprint      Subject = "sprint"
	OfQuarter     Subject = "quarter"
	OfEpic        Subject = "epic"
	OfForecast    Subject = "forecast" // of a quarter, an epic or a sprint
	OfFlow        Subject = "flow"
	OfMix         Subject = "mix"
	OfDifferences Subject = "differences"
	OfInitiative  Subject = "initiative"
	OfOnCall      Subject = "oncall"       // of a sprint of a team for which somebody is on call
	OfOnCallPrice Subject = "oncall price" // of a forecast of such a team
)

// The units of figures. UnitEstimate stands for the unit of the team.
const (
	UnitEstimate     = "estimate"
	UnitEstimateADay = "estimate a working day"
	UnitIssues       = "issues"
	UnitSeconds      = "seconds"
	UnitShare        = "share"
	UnitWorkingDays  = "working days"
	UnitDays         = "days"
	UnitDate         = "date"
	UnitIssuesADay   = "issues a working day"
	UnitIssuesAWeek  = "issues a week"
	UnitSprints      = "sprints"
	UnitFactor       = "factor"
	UnitCallouts     = "call-outs"
	UnitNights       = "nights"
	UnitItems        = "impediments and call-outs"
	UnitForecasts    = "forecasts"
	UnitQuarters     = "quarters"
	UnitMoves        = "moves"
)
