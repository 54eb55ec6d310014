package pastchanges

import (
	"context"

	"jerem/store/db"
)

// holding is a team whose history holds an issue.
type holding struct {
	issue     int64
	team      string
	unmatched bool // the team has a filter that the issue does not match
}

// eachTeamOfIssues calls a function with each team whose history holds one of some issues, by issue and name.
func eachTeamOfIssues(ctx context.Context, tx *db.Tx, ids []int64, each func(holding) error) error {
	return tx.Each(ctx, teamsOfIssues, []any{db.Numbers(ids)}, func(scan db.Scan) error {
		var h holding
		var filtered, matched bool
		if err := scan(&h.issue, &h.team, &filtered, &matched); err != nil {
			return err
		}
		h.unmatched = filtered && !matched
		return each(h)
	})
}

// teamsOfIssues selects the teams whose history holds some issues, as generation.RaiseTeamsOfIssues finds them, with
// whether the team has a filter and whether the issue matches it.
const teamsOfIssues = `
	WITH changed(id) AS ` + db.Listed + `,
	up(issue, id) AS (SELECT id, id FROM changed
		UNION SELECT c.id, r.parent FROM changed c JOIN relation r ON r.child = c.id),
	around(issue, id) AS (SELECT issue, id FROM up
		UNION SELECT u.issue, r.parent FROM up u JOIN relation r ON r.child = u.id
		UNION SELECT u.issue, r.child FROM up u JOIN relation r ON r.parent = u.id),
	held(issue, team) AS (
		SELECT a.issue, t.name FROM around a JOIN issue_project p ON p.issue = a.id
			JOIN team t ON t.project_id = p.project
		UNION SELECT a.issue, o.team FROM around a JOIN team_other o ON o.issue = a.id)
	SELECT h.issue, t.name, t.filtered,
		CASE WHEN EXISTS (SELECT 1 FROM team_match m WHERE m.team = t.name AND m.issue = h.issue) THEN 1 ELSE 0 END
	FROM held h JOIN team t ON t.name = h.team WHERE t.until <> 0 ORDER BY 1, 2`
