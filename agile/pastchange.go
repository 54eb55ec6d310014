package agile

import "time"

// PastChangeKind says how the past of a team was changed after the fact, by what no change history tells.
type PastChangeKind string

// The ways in which a past changes.
const (
	IssueDeleted  PastChangeKind = "issue_deleted"  // Jira does not have the issue any more
	IssueLeft     PastChangeKind = "issue_left"     // it matches the team's filter no more, and counts at no moment
	IssueCame     PastChangeKind = "issue_came"     // it matches since, and counts at all moments
	IssueUnlisted PastChangeKind = "issue_unlisted" // it is known from earlier readings alone: no question lists it
	IssueRestored PastChangeKind = "issue_restored" // Jira tells of it as of before, as one restored from a backup does
	TimeCorrected PastChangeKind = "time_corrected" // time logged on it was corrected or deleted
	SprintLeft    PastChangeKind = "sprint_left"    // the sprint is the team's no more, most often for it was deleted
)

// PastChange is a change of a team's past after the fact. Figures of the time before it rest on something else than was
// told then.
type PastChange struct {
	Kind  PastChangeKind
	ID    int64     // of the issue, or of the sprint
	Name  string    // the issue's last key, or the sprint's last name
	Found time.Time // Jira's clock at the reading that found it

	// Issue is what is kept of a deleted issue, and of one that was restored as it was: where it stood, how far it was
	// and its labels, no title and no estimate. It is nil for any other kind.
	Issue *Issue
	// Unmatched says of a deleted issue that it did not match the team's filter.
	Unmatched bool
	// Worklogs are those that are gone or were others, without their seconds: of a deleted issue all of them.
	Worklogs []Worklog
	// Sprint is the last version of a sprint that is the team's no more.
	Sprint SprintVersion
}
