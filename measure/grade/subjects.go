package grade

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/measure/words"
	"jerem/sorting"
)

// subjectWords word what exactly a source lacks; each %s is an argument, in the order that the code tells.
var subjectWords = map[agile.SubjectCode]string{
	agile.SubjectName:               "%s",
	agile.SubjectHTTPStatus:         "status %s",
	agile.SubjectProblem:            "%s",
	agile.SubjectNotJira:            "the answer is not Jira's",
	agile.SubjectKnownUntil:         "known until %s, then refused: %s",
	agile.SubjectEpicRivals:         "issues of other types may be epics too, and count as none: %s",
	agile.SubjectTimeZone:           "the time zone of the account",
	agile.SubjectFilterCollapsed:    "%s matches far fewer issues",
	agile.SubjectPastChanges:        "what changed it after the fact",
	agile.SubjectImpededIssues:      "which issues matched the impediment query",
	agile.SubjectBoardUnlisted:      "board %s is not listed",
	agile.SubjectBoardConfiguration: "its configuration is empty",
	agile.SubjectBoardEstimate:      "what it estimates by",
	agile.SubjectForeignBoard:       "no issue of the project ever stood in the sprints of this board",
	agile.SubjectForeignSprints:     "issues stand in sprints of a board that is not the project's",
	agile.SubjectBoardSprints:       "Jira tells none for this board",
	agile.SubjectSprintsUnlisted:    "the board lists none",
	agile.SubjectSprintGone:         "sprint %s is gone",
	agile.SubjectSprintDate:         "%s of sprint %s",
	agile.SubjectSprintVersions:     "former versions",
	agile.SubjectFormerBoardSprints: "those of former boards",
	agile.SubjectNoIssues:           "no issue of the project is listed",
	agile.SubjectIssuesUnlisted:     "%s of %s are not listed",
	agile.SubjectWorklog:            "worklog %s",
	agile.SubjectOrphanedWorklogs:   "%s worklogs without an issue",
}

// unreadParts word the parts of a source that alone cannot be read, while all else of it is: the reason names them in
// its place.
var unreadParts = map[agile.SubjectCode]string{
	agile.SubjectTimeZone:      "the time zone of the account",
	agile.SubjectBoardEstimate: "what the board estimates by",
	agile.SubjectSprintDate:    "the %s of sprint %s",
	agile.SubjectWorklog:       "worklog %s",
}

// unreadPart words what of a source cannot be read; false where a gap is of all of it, or of another kind.
func unreadPart(g agile.Gap) (part string, alone bool) {
	format, alone := unreadParts[g.Subject.Code]
	if !alone || g.Code != agile.GapUnreadable {
		return "", false
	}
	return fillWords(format, g.Subject), true
}

// subjectText words a subject, "" for the zero one. One of a code that is not known here is told as it stands.
func subjectText(s agile.Subject) string {
	if s.Code == agile.SubjectEarlierSprints {
		return earlierSprintsText(s)
	}
	format, known := subjectWords[s.Code]
	if !known {
		return strings.TrimSpace(strings.Join([]string{string(s.Code), s.Args[0], s.Args[1]}, " "))
	}
	if s.Code == agile.SubjectOrphanedWorklogs {
		format = words.Agree(s.Args[0], "%s worklog without an issue", format)
	}
	return fillWords(format, s)
}

// fillWords puts the arguments of a subject in their places.
func fillWords(format string, s agile.Subject) string {
	args := make([]any, strings.Count(format, "%s"))
	for n := range args {
		args[n] = s.Args[n]
	}
	return fmt.Sprintf(format, args...)
}

// earlierSprintsText words sprints that are known from earlier readings alone: how many, and which where that is known.
func earlierSprintsText(s agile.Subject) string {
	text := s.Args[0] + words.Agree(s.Args[0], " sprint is", " sprints are") + " the team's from earlier readings alone"
	if s.Args[1] != "" {
		text += ": " + s.Args[1]
	}
	return text
}

// sortedBySubject puts gaps of one source and code that follow each other in the order of their subjects' words, which
// is the order in which reasons tell them.
func sortedBySubject(gaps []agile.Gap) []agile.Gap {
	gaps = slices.Clone(gaps)
	for rest := gaps; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Source == rest[0].Source && rest[n].Code == rest[0].Code {
			n++
		}
		sorting.By(rest[:n], func(a, b agile.Gap) int {
			return cmp.Compare(subjectText(a.Subject), subjectText(b.Subject))
		})
		rest = rest[n:]
	}
	return gaps
}
