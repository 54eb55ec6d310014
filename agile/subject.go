package agile

import (
	"cmp"
	"fmt"
	"strings"
)

// SubjectCode is a kind of thing that a source may lack.
type SubjectCode string

// What exactly a source lacks, each with its arguments. Figures' reasons word them: see measure/grade.
const (
	SubjectName SubjectCode = "name" // a field, a status or an issue type: its name

	SubjectHTTPStatus SubjectCode = "http_status" // all of it, by the status of Jira's answer: the status
	SubjectProblem    SubjectCode = "problem"     // all of it, by a problem without a status: its code's word
	SubjectNotJira    SubjectCode = "not_jira"    // all of it: what answers is no Jira

	// What was read and is refused since: the moment up to which it is known, and the status or the problem's word.
	SubjectKnownUntil SubjectCode = "known_until"

	SubjectEpicRivals SubjectCode = "epic_rivals" // other types whose issues carry an epic's name: their names

	SubjectTimeZone        SubjectCode = "time_zone"        // the time zone of the account that reads
	SubjectFilterCollapsed SubjectCode = "filter_collapsed" // a query that matches far fewer issues: its key
	SubjectPastChanges     SubjectCode = "past_changes"     // what changed the past after the fact
	SubjectImpededIssues   SubjectCode = "impeded_issues"   // which issues matched the impediment query

	SubjectBoardUnlisted      SubjectCode = "board_unlisted"      // a board that is not listed: its id
	SubjectBoardConfiguration SubjectCode = "board_configuration" // columns and name of the board
	SubjectBoardEstimate      SubjectCode = "board_estimate"      // what it estimates by is not told
	SubjectForeignBoard       SubjectCode = "foreign_board"       // no issue of the project was ever in its sprints
	SubjectForeignSprints     SubjectCode = "foreign_sprints"     // issues stand in sprints of an unknown board

	SubjectBoardSprints       SubjectCode = "board_sprints"        // Jira tells no sprints for the board
	SubjectSprintsUnlisted    SubjectCode = "sprints_unlisted"     // the board lists no sprint any more
	SubjectSprintGone         SubjectCode = "sprint_gone"          // a sprint that is not found: its id
	SubjectSprintDate         SubjectCode = "sprint_date"          // a date, the state or the name of a sprint; its id
	SubjectEarlierSprints     SubjectCode = "earlier_sprints"      // of earlier readings alone: how many, their names
	SubjectSprintVersions     SubjectCode = "sprint_versions"      // former versions of sprints
	SubjectFormerBoardSprints SubjectCode = "former_board_sprints" // the sprints of former boards

	SubjectNoIssues       SubjectCode = "no_issues"       // no issue of the project is listed
	SubjectIssuesUnlisted SubjectCode = "issues_unlisted" // issues that are not listed: how many, of how many known

	SubjectWorklog          SubjectCode = "worklog"           // a worklog of an issue: its id
	SubjectOrphanedWorklogs SubjectCode = "orphaned_worklogs" // worklogs that tell no issue: how many
)

// Rules by which figures are counted and that were others once: see agile/rules. Those that tell what was before and
// what is now have these two as arguments.
const (
	SubjectRuleFilter      SubjectCode = "rule_filter"       // the team's JQL
	SubjectRuleTeam        SubjectCode = "rule_team"         // the value of the Team field: before, now
	SubjectRuleImpediment  SubjectCode = "rule_impediment"   // labels and types of impediments
	SubjectRuleQuery       SubjectCode = "rule_query"        // the JQL of impediments
	SubjectRuleDependency  SubjectCode = "rule_dependency"   // labels of dependencies
	SubjectRuleQuarter     SubjectCode = "rule_quarter"      // what puts epics into quarters
	SubjectRuleFirstMonth  SubjectCode = "rule_first_month"  // the month in which Q1 begins: before, now
	SubjectRuleHistory     SubjectCode = "rule_history"      // how many closed sprints tell a pace: before, now
	SubjectRuleDaysOff     SubjectCode = "rule_days_off"     // the days off: as they were, as they are
	SubjectRuleGrace       SubjectCode = "rule_grace"        // the planning grace of sprints: before, now
	SubjectRuleHours       SubjectCode = "rule_hours"        // working hours and time zone: before, now
	SubjectRuleWaiting     SubjectCode = "rule_waiting"      // statuses that wait
	SubjectRuleDone        SubjectCode = "rule_done"         // statuses that mean something else: their names
	SubjectRuleColumns     SubjectCode = "rule_columns"      // statuses in other columns: their names
	SubjectRuleBoard       SubjectCode = "rule_board"        // the board: ids before and now
	SubjectRuleEstimate    SubjectCode = "rule_estimate"     // the field that estimates: ids before and now
	SubjectRuleNatureField SubjectCode = "rule_nature_field" // the field of natures: before, now
	SubjectRuleTypes       SubjectCode = "rule_types"        // issue types of another level: their names
	SubjectRuleVersions    SubjectCode = "rule_versions"     // versions that tell quarters: names before and now
	SubjectRuleInitiative  SubjectCode = "rule_initiative"   // the labels by which epics tell their initiative
	SubjectRuleUntouched   SubjectCode = "rule_untouched"    // after how many days work is untouched: before, now
	SubjectRuleCapacity    SubjectCode = "rule_capacity"     // the working time of the team in a day: before, now
	SubjectRuleBudget      SubjectCode = "rule_budget"       // the time allowed for impediments: before, now

	SubjectRuleBudgetIncludes SubjectCode = "rule_budget_includes" // what counts in the budget besides: before, now
)

// Subject is what exactly a gap is of, without a person: a code with its arguments, worded only where it is shown. The
// zero one says no more than the source.
type Subject struct {
	Code SubjectCode
	Args [2]string // in the order that the code tells; "" beyond those it has
}

// NewSubject makes a subject of a code and its arguments, two at most.
func NewSubject(code SubjectCode, args ...any) Subject {
	s := Subject{Code: code}
	for n, arg := range args {
		s.Args[n] = fmt.Sprint(arg)
	}
	return s
}

// NamedSubject is the field, status or issue type of a name; the zero subject where the name is empty.
func NamedSubject(name string) Subject {
	if name == "" {
		return Subject{}
	}
	return NewSubject(SubjectName, name)
}

// IsRule tells whether it is a rule that was another one before the gap was found.
func (s Subject) IsRule() bool { return strings.HasPrefix(string(s.Code), "rule_") }

// Name returns the name of a field, a status or an issue type; "" where the subject is none.
func (s Subject) Name() string {
	if s.Code != SubjectName {
		return ""
	}
	return s.Args[0]
}

// Compare orders subjects by code, then by arguments.
func (s Subject) Compare(other Subject) int {
	return cmp.Or(
		cmp.Compare(s.Code, other.Code),
		cmp.Compare(s.Args[0], other.Args[0]),
		cmp.Compare(s.Args[1], other.Args[1]),
	)
}
