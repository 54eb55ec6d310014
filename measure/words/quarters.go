package words

import "jerem/agile"

// QuarterWords say what puts epics into quarters, as parts of sentences.
type QuarterWords struct {
	Those string // after "epics"
	While string // after "an epic belongs to a quarter while it"
	One   string // after "an epic that"
	Give  string // what to do in Jira, with %s for the quarter
}

// OfQuarters returns the words for a way of telling quarters.
func OfQuarters(rule agile.QuarterRule) QuarterWords {
	switch rule.Field() {
	case agile.FieldFixVersions:
		return QuarterWords{
			Those: "that stand in the quarter's version",
			While: "stands in the quarter's version",
			One:   "stands in the version of a quarter",
			Give:  "put the epics of this quarter into a version named %s",
		}
	case agile.FieldDue:
		return QuarterWords{
			Those: "that are due in the quarter",
			While: "is due in the quarter",
			One:   "is due in a quarter",
			Give:  "give the epics of this quarter a due date in %s",
		}
	}
	return QuarterWords{
		Those: "that carry the quarter's label",
		While: "carries the quarter's label",
		One:   "carries the label of a quarter",
		Give:  "give the epics of this quarter the label %s",
	}
}
