package agile

import "time"

// Source names a part of Jira that figures rest on, or what else they are made of.
type Source string

// The sources of a history.
const (
	SourceIssues    Source = "issues"    // which issues there are, and what they hold
	SourceHistories Source = "histories" // the changes of issues
	SourceValues    Source = "values"    // single values of issues
	SourceWorklogs  Source = "worklogs"  // time logged
	SourceBoard     Source = "board"     // the board and its columns
	SourceSprints   Source = "sprints"   // the sprints of the board
	SourceStatuses  Source = "statuses"  // the list of statuses and their categories
	SourceTypes     Source = "types"     // the list of issue types
	SourceFields    Source = "fields"    // the list of fields, and which of them are asked for
	SourceScope     Source = "scope"     // which issues match the team's filters
	SourceVersions  Source = "versions"  // the names of the project's versions
	SourceOnCall    Source = "oncall"    // call-outs, the rest that they owe and gaps of duty; not of Jira
)

// GapCode says what is wrong with a source.
type GapCode string

// The ways in which a source falls short.
const (
	GapRefused    GapCode = "refused"    // Jira does not give it, for good
	GapMissing    GapCode = "missing"    // listed and never received
	GapUnreadable GapCode = "unreadable" // received in a shape that cannot be read, or out of all bounds
	GapShrunk     GapCode = "shrunk"     // told less than is known: what was known is kept
	GapLeftOut    GapCode = "left_out"   // not asked for, although it is needed
	GapMoved      GapCode = "moved"      // a filter, columns or deletions of the last reading moved past figures
	GapLost       GapCode = "lost"       // damaged in the store, and a past that Jira does not tell again
)

// Gap is something that is not known, or doubted, of a team's history. A figure that rests on its source
// tells it as a reason of its grade; what rests on a source that was never read at all is null.
type Gap struct {
	Source  Source
	Code    GapCode
	Subject Subject // what exactly; the zero one where the source says it all
	// the issues concerned, by key, by id where no key is known; nil where it is the source as a whole
	Issues []string
	// Jira's clock when it was first found; of a rule that was another one the end of that
	Since time.Time
	From  time.Time // of such a rule: since when it was so, zero where that is not known
}
