package agile

import (
	"regexp"
	"time"

	"jerem/calendar"
)

// Team is an entry of the configuration: whose work is measured, and how.
type Team struct {
	Name           string // what pages and series call it
	Project        string // key or name of the project, as configured
	Board          int64  // id of the board, 0 to find it
	Filter         string // JQL that narrows the project's issues, "" for all
	ClosedStatuses []string
	Calendar       calendar.Calendar // a nil Zone means that of the reading account
	Impediment     ImpedimentRule
	Sprint         SprintRule
	Quarter        QuarterRule
	Flow           FlowRule
}

// ImpedimentRule says what is an impediment, and where its nature stands.
type ImpedimentRule struct {
	Labels []string // any of these labels, any case
	Types  []string // or any of these issue types, by name or id
	JQL    string   // or what matches at a reading, "" for none
	Nature string   // id or name of a field, "component", or "label:PREFIX"; "" for the default
}

// SprintRule holds a team's agreements on its sprints.
type SprintRule struct {
	Grace   time.Duration // moves the start of the ledger
	Budget  time.Duration // time allowed for impediments in a sprint, 0 for none
	History int           // closed sprints that velocity looks at
	// Capacity is the working time of the whole team per working day, 0 where it is not told. It is what the price of
	// the unexpected is reckoned against.
	Capacity time.Duration
}

// QuarterRule says how epics tell their quarter.
type QuarterRule struct {
	Label      *regexp.Regexp // its groups are the quarter 1–4 and the year in two digits
	FirstMonth time.Month     // the month in which Q1 begins
}

// FlowRule holds what flow figures need.
type FlowRule struct {
	Waiting   []string // statuses that wait
	Untouched int      // working days after which work in progress counts as untouched
}

// History is all that is known of a team's work. Every figure is a pure function of it and a moment.
type History struct {
	Team      Team // with the calendar's zone resolved
	ProjectID string
	Board     *Board    // nil for a team without one
	Until     time.Time // Jira's clock at the last complete read: what "now" means; zero before the first one

	Statuses map[string]Status
	Types    map[string]Type
	Fields   map[string]Field
	Sprints  []Sprint // the team's, in ascending order of id
	Issues   []*Issue // in ascending order of id: the project's, past ones too, and those of others that figures need
	Worklogs []Worklog

	Matches map[int64]bool           // issues that matched Team.Filter at the last reading; nil without a filter
	Impeded map[int64]Timeline[bool] // issues that matched Team.Impediment.JQL, as of each reading

	Gaps []Gap // what is not known or doubted, in order of source, code and subject
}
