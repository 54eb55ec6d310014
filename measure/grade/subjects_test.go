package grade

import (
	"slices"
	"testing"

	"jerem/agile"
)

// TestSubjectWords: each code is worded with its arguments.
func TestSubjectWords(t *testing.T) {
	worded := map[agile.SubjectCode]bool{}
	for want, s := range map[string]agile.Subject{
		"":                         {},
		"Story points, 100 %s":     agile.NamedSubject("Story points, 100 %s"),
		"status 403":               agile.NewSubject(agile.SubjectHTTPStatus, 403),
		"unreachable":              agile.NewSubject(agile.SubjectProblem, "unreachable"),
		"the answer is not Jira's": agile.NewSubject(agile.SubjectNotJira),
		"known until 2026-11-28 12:00 UTC, then refused: 404": agile.NewSubject(
			agile.SubjectKnownUntil, "2026-11-28 12:00 UTC", 404),
		"the time zone of the account": agile.NewSubject(agile.SubjectTimeZone),
		"issues of other types may be epics too, and count as none: Idea, Story": agile.NewSubject(
			agile.SubjectEpicRivals, "Idea, Story"),
		"jql_filter matches far fewer issues":       agile.NewSubject(agile.SubjectFilterCollapsed, "jql_filter"),
		"what changed it after the fact":            agile.NewSubject(agile.SubjectPastChanges),
		"which issues matched the impediment query": agile.NewSubject(agile.SubjectImpededIssues),
		"board 7 is not listed":                     agile.NewSubject(agile.SubjectBoardUnlisted, 7),
		"its configuration is empty":                agile.NewSubject(agile.SubjectBoardConfiguration),
		"what it estimates by":                      agile.NewSubject(agile.SubjectBoardEstimate),
		"no issue of the project ever stood in the sprints of this board": agile.NewSubject(
			agile.SubjectForeignBoard,
		),
		"issues stand in sprints of a board that is not the project's": agile.NewSubject(
			agile.SubjectForeignSprints,
		),
		"Jira tells none for this board": agile.NewSubject(agile.SubjectBoardSprints),
		"the board lists none":           agile.NewSubject(agile.SubjectSprintsUnlisted),
		"sprint 7 is gone":               agile.NewSubject(agile.SubjectSprintGone, 7),
		"startDate of sprint 7":          agile.NewSubject(agile.SubjectSprintDate, "startDate", 7),
		"3 sprints are the team's from earlier readings alone": agile.NewSubject(
			agile.SubjectEarlierSprints,
			3,
		),
		"1 sprint is the team's from earlier readings alone: S 9": agile.NewSubject(
			agile.SubjectEarlierSprints, 1, "S 9"),
		"former versions":                   agile.NewSubject(agile.SubjectSprintVersions),
		"those of former boards":            agile.NewSubject(agile.SubjectFormerBoardSprints),
		"no issue of the project is listed": agile.NewSubject(agile.SubjectNoIssues),
		"12 of 345 are not listed":          agile.NewSubject(agile.SubjectIssuesUnlisted, 12, 345),
		"worklog 77":                        agile.NewSubject(agile.SubjectWorklog, 77),
		"2 worklogs without an issue":       agile.NewSubject(agile.SubjectOrphanedWorklogs, 2),
		"later_code 1 2":                    agile.NewSubject("later_code", 1, 2),
	} {
		if got := subjectText(s); got != want {
			t.Errorf("%+v is worded %q, not %q", s, got, want)
		}
		worded[s.Code] = true
	}
	for code := range subjectWords {
		if !worded[code] {
			t.Errorf("nothing is asked of %s", code)
		}
	}
}

// TestUnreadPartIsNamed: a reason says of what alone cannot be read that it cannot, and nothing of what it is a part
// of.
func TestUnreadPartIsNamed(t *testing.T) {
	unread := func(source agile.Source, s agile.Subject, issues ...string) agile.Gap {
		return agile.Gap{Source: source, Code: agile.GapUnreadable, Subject: s, Issues: issues}
	}
	for want, g := range map[string]agile.Gap{
		"the time zone of the account cannot be read": unread(agile.SourceScope,
			agile.NewSubject(agile.SubjectTimeZone)),
		"the endDate of sprint 13 cannot be read": unread(agile.SourceSprints,
			agile.NewSubject(agile.SubjectSprintDate, "endDate", 13)),
		"the name of sprint 4 cannot be read": unread(agile.SourceSprints,
			agile.NewSubject(agile.SubjectSprintDate, "name", 4)),
		"what the board estimates by cannot be read": unread(agile.SourceBoard,
			agile.NewSubject(agile.SubjectBoardEstimate)),
		"worklog 77 cannot be read: K-1": unread(agile.SourceWorklogs, agile.NewSubject(agile.SubjectWorklog, 77),
			"K-1"),
		"the board cannot be read (its configuration is empty)": unread(agile.SourceBoard,
			agile.NewSubject(agile.SubjectBoardConfiguration)),
		"the board's sprints cannot be read": unread(agile.SourceSprints, agile.Subject{}),
		"what the filter matches cannot be read (jql_filter matches far fewer issues)": unread(agile.SourceScope,
			agile.NewSubject(agile.SubjectFilterCollapsed, "jql_filter")),
	} {
		if got := gapText(g); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// TestGapsInOrderOfWords: gaps of one source are told in the order of their words, whatever their codes are.
func TestGapsInOrderOfWords(t *testing.T) {
	shrunk := func(code agile.SubjectCode, args ...any) agile.Gap {
		return agile.Gap{Source: agile.SourceSprints, Code: agile.GapShrunk, Subject: agile.NewSubject(code, args...)}
	}
	gaps := []agile.Gap{
		{Source: agile.SourceBoard, Code: agile.GapRefused},
		shrunk(agile.SubjectSprintDate, "endDate", 4),
		shrunk(agile.SubjectSprintDate, "startDate", 4),
		shrunk(agile.SubjectSprintGone, 9),
		{Source: agile.SourceFields, Code: agile.GapLeftOut},
	}
	var got []string
	for _, g := range mergedGaps(gaps) {
		got = append(got, gapText(g))
	}
	want := []string{
		"Jira does not give the board",
		"Jira tells less of the board's sprints than is known: what was known is kept (endDate of sprint 4)",
		"Jira tells less of the board's sprints than is known: what was known is kept (sprint 9 is gone)",
		"Jira tells less of the board's sprints than is known: what was known is kept (startDate of sprint 4)",
		"fields are not asked for",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}
