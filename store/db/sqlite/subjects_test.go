package sqlite

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// olderSubjects are gaps as versions before 15 kept them, with the subject that each becomes.
var olderSubjects = []struct{ source, code, phrase, want string }{
	{"worklogs", "refused", "status 403", `["http_status","403"]`},
	{"versions", "refused", "unreachable", `["problem","unreachable"]`},
	{"fields", "refused", "the answer is not Jira's", `["not_jira"]`},
	{"scope", "unreadable", "the time zone of the account", `["time_zone"]`},
	{"scope", "shrunk", "jql_filter matches far fewer issues", `["filter_collapsed","jql_filter"]`},
	{"scope", "shrunk", "impediment.jql matches far fewer issues", `["filter_collapsed","impediment.jql"]`},
	{"scope", "lost", "which issues matched the impediment query", `["impeded_issues"]`},
	{"board", "shrunk", "board 7 is not listed", `["board_unlisted","7"]`},
	{"board", "shrunk", "board 12345 is not listed", `["board_unlisted","12345"]`},
	{"board", "shrunk", "its configuration is empty", `["board_configuration"]`},
	{"board", "missing", "no issue of the project ever stood in the sprints of this board", `["foreign_board"]`},
	{"board", "missing", "issues stand in sprints of a board that is not the project's", `["foreign_sprints"]`},
	{"board", "refused", "status 500", `["http_status","500"]`},
	{"sprints", "refused", "Jira tells none for this board", `["board_sprints"]`},
	{"sprints", "refused", "status 404", `["http_status","404"]`},
	{"sprints", "shrunk", "the board lists none", `["sprints_unlisted"]`},
	{"sprints", "shrunk", "sprint 123 is gone", `["sprint_gone","123"]`},
	{"sprints", "shrunk", "startDate of sprint 4", `["sprint_date","startDate","4"]`},
	{"sprints", "unreadable", "completeDate of sprint 45", `["sprint_date","completeDate","45"]`},
	{"sprints", "moved", "3 sprints are the team's from earlier readings alone", `["earlier_sprints","3"]`},
	{"sprints", "lost", "former versions", `["sprint_versions"]`},
	{"sprints", "lost", "those of former boards", `["former_board_sprints"]`},
	{"issues", "missing", "no issue of the project is listed", `["no_issues"]`},
	{"issues", "shrunk", "12 of 345 are not listed", `["issues_unlisted","12","345"]`},
	{"worklogs", "unreadable", "2 worklogs without an issue", `["orphaned_worklogs","2"]`},
	{"fields", "left_out", "Story points", `["name","Story points"]`},
	{"fields", "missing", "Flagged", `["name","Flagged"]`},
	{"fields", "shrunk", "status 403", `["name","status 403"]`},
	{"fields", "shrunk", `say "é" <b>\`, `["name","say \"é\" <b>\\"]`},
	{"types", "shrunk", "sprint 7 is gone", `["name","sprint 7 is gone"]`},
	{"board", "moved", "a phrase of nobody", `["name","a phrase of nobody"]`},
	{"board", "moved", "", ""},
}

// TestUpgradeOfSubjects: what older files say in English of what is lacking becomes a code with its arguments; what is
// the name of something stays one, whatever it looks like.
func TestUpgradeOfSubjects(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jerem.db")
	writeOlder(t, path, 14, "")
	for n, o := range olderSubjects {
		changeFile(t, path, fmt.Sprintf(`INSERT INTO gap VALUES ('K%d', '%s', '%s', '%s', 0, '', 1)`, n, o.source,
			o.code,
			strings.ReplaceAll(o.phrase, "'", "''")))
	}
	changeFile(t, path, `INSERT INTO gap VALUES ('', 'values', 'unreadable', 'Nature', 7, '', 1)`)
	changeFile(t, path, `INSERT INTO gap VALUES ('', 'worklogs', 'unreadable', '77', 7, '', 1)`)
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	check := func(team, source, phrase, want string) {
		t.Helper()
		var got string
		query := `SELECT subject FROM gap WHERE team = $1 AND source = $2`
		if err := s.read.QueryRow(query, team, source).Scan(&got); err != nil || got != want {
			t.Errorf("%s, %q: %s, not %s: %v", source, phrase, got, want, err)
		}
	}
	for n, o := range olderSubjects {
		check(fmt.Sprintf("K%d", n), o.source, o.phrase, o.want)
	}
	check("", "values", "Nature", `["name","Nature"]`)
	check("", "worklogs", "77", `["worklog","77"]`)
}
