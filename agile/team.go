package agile

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"jerem/calendar"
)

// Team is an entry of the configuration: whose work is measured, and how.
type Team struct {
	Name    string // what pages and series call it
	Project string // key or name of the project, as configured
	Board   int64  // id of the board, 0 to find it
	Filter  string // JQL that narrows the project's issues, "" for all
	// Works is the value of Jira's Team field, by name or id, that narrows them too: an issue is the team's while it
	// has it. "" for all.
	Works          string
	ClosedStatuses []string
	Calendar       calendar.Calendar // a nil Zone means that of the reading account
	Impediment     ImpedimentRule
	Sprint         SprintRule
	Quarter        QuarterRule
	Initiative     InitiativeRule
	Dependency     DependencyRule
	Flow           FlowRule
}

// IsWholeProject tells whether all issues of the project are the team's.
func (t Team) IsWholeProject() bool { return t.Filter == "" && t.Works == "" }

// HasWork tells whether an issue is the team's by a value of the Team field.
func (t Team) HasWork(names []string) bool {
	return t.Works == "" ||
		slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, t.Works) })
}

// ImpedimentRule says what is an impediment, and where its nature stands.
type ImpedimentRule struct {
	Labels []string // any of these labels, any case
	Types  []string // or any of these issue types, by name or id
	JQL    string   // or what matches at a reading, "" for none
	Nature string   // id or name of a field, "component", or "label:PREFIX"; "" for the default

	// DefaultNature is the id of the field that tells natures where Nature is "" and the site has it as a select.
	DefaultNature string
}

// SprintRule holds a team's agreements on its sprints.
type SprintRule struct {
	Grace   time.Duration // moves the start of the ledger
	Budget  time.Duration // time allowed for impediments in a sprint, 0 for none
	History int           // closed sprints that velocity looks at
	// Capacity is the working time of the whole team per working day, 0 where it is not told. It is what the price of
	// the unexpected is reckoned against.
	Capacity time.Duration
	// BudgetIncludes says what counts in the budget beside impediments.
	BudgetIncludes BudgetScope
}

// BudgetScope says what counts in the budget of a sprint.
type BudgetScope string

// What counts in a budget.
const (
	ImpedimentsAlone BudgetScope = ""
	WithOnCall       BudgetScope = "oncall" // call-outs too
)

// QuarterBy says what puts an epic into a quarter.
type QuarterBy string

// The ways in which epics tell their quarters. The zero value is ByLabel.
const (
	ByLabel      QuarterBy = "label"       // each label of the rule's form
	ByFixVersion QuarterBy = "fix_version" // each version that it is to be released in, by its name
	ByDueDate    QuarterBy = "due_date"    // the quarter in which it is due
)

// QuarterRule says how epics tell their quarter.
type QuarterRule struct {
	By         QuarterBy
	Label      *regexp.Regexp // of labels and names of versions; groups: the quarter 1–4, the year in two digits
	FirstMonth time.Month     // the month in which Q1 begins
}

// Field returns the field of an epic that tells its quarters, under the name by which [Joints] counts it.
func (r QuarterRule) Field() string {
	switch r.By {
	case ByFixVersion:
		return FieldFixVersions
	case ByDueDate:
		return FieldDue
	}
	return FieldLabels
}

// InitiativeRule says how epics tell the initiative that they belong to, across teams.
type InitiativeRule struct {
	Label *regexp.Regexp // its group is the name; nil where there are no initiatives
}

// NameIn returns the name of the initiative that a label tells, "" for another label.
func (r InitiativeRule) NameIn(label string) string {
	if r.Label == nil {
		return ""
	}
	if m := r.Label.FindStringSubmatch(label); m != nil {
		return m[1]
	}
	return ""
}

// DependencyRule says which issues wait for another team.
type DependencyRule struct {
	Labels []string // any of these labels, any case
}

// MarkedBy tells whether one of an issue's labels says that it waits.
func (r DependencyRule) MarkedBy(labels []string) bool {
	return slices.ContainsFunc(labels, func(label string) bool {
		return slices.ContainsFunc(r.Labels, func(name string) bool { return strings.EqualFold(name, label) })
	})
}

// FlowRule holds what flow figures need.
type FlowRule struct {
	Waiting   []string // statuses that wait
	Untouched int      // working days after which work in progress counts as untouched
}

// DaysOffVersion is the configured days off of a team as they were first read. All working time is counted by the
// present ones; these tell when a date moved because they changed.
type DaysOffVersion struct {
	Seen time.Time // Jira's clock at the end of the reading
	Text string    // as calendar.Config.DaysOffText writes them
}

// DaysOffAt returns the days off that were configured at a moment, as far as they were seen: before the first version
// that one, "" where there is none.
func (h *History) DaysOffAt(at time.Time) string {
	text := ""
	for n, v := range h.DaysOff {
		if n == 0 || !v.Seen.After(at) {
			text = v.Text
		}
	}
	return text
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
	Versions map[string]string // present names of versions, by id; they hold for the whole past
	Sprints  []Sprint          // the team's, in ascending order of id
	Issues   []*Issue          // in ascending order of id: the project's, past ones too, and others that figures need
	Worklogs []Worklog

	Matches map[int64]bool           // issues that matched Team.Filter at the last reading; nil without a filter
	Impeded map[int64]Timeline[bool] // issues that matched Team.Impediment.JQL, as of each reading
	DaysOff []DaysOffVersion         // the configured days off, as they were first read, oldest first

	Gaps []Gap // what is not known or doubted, in order of source, code and subject

	PastChanges []PastChange // what changed the past after the fact, in order of kind, id and moment

	OnCall *OnCall // what on-call took from the team; nil where nobody is on call for it
}

// StatusName returns the name of a status, its id where none is known.
func (h *History) StatusName(id string) string {
	if name := h.Statuses[id].Name; name != "" {
		return name
	}
	return id
}
