package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"jerem/store/db"
	"jerem/store/encoding"
)

// A generation is a number of each team that is raised in the transaction that changes anything History returns of it,
// but Until, and when the settings change by which its figures are computed: see TeamState. It rests while a reading
// finds nothing new and while readings fail, and it never goes back. What was computed under a generation is still
// right under the same one.
//
// Its value is the version of the store that the raising transaction leaves behind. A generation that was damaged and
// taken out is therefore set higher than any that was ever seen.
//
// Beside it stand the values at which it was raised for another reason than the content of issues (rest), at which an
// issue may have left the team (scope), and at which the last complete reading ended (complete): see Teams.Refresh. The
// content of an issue has such a value too (issue.changed).

// Generations returns the generations of all teams by name; a team that was never read has none.
func (s Teams) Generations(ctx context.Context) (map[string]int64, error) {
	var all map[string]int64
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		all = map[string]int64{}
		query := `SELECT team, value FROM generation`
		return tx.Each(ctx, query, nil, func(scan db.Scan) error {
			var team string
			var value int64
			err := scan(&team, &value)
			all[team] = value
			return err
		})
	})
	return all, err
}

// Generation returns the generation of one team, 0 for one that was never read.
func (s Teams) Generation(ctx context.Context, team string) (value int64, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		err := tx.QueryRow(ctx, `SELECT value FROM generation WHERE team = ?1`, team).Scan(&value)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return value, err
}

// LastReading returns the generation of a team and Jira's clock at its last complete reading, from one snapshot. Both
// are zero for a team that was never read; History tells why.
func (s Teams) LastReading(ctx context.Context, team string) (generation int64, until time.Time, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		var at int64
		err := tx.QueryRow(ctx, `SELECT t.until, coalesce(g.value, 0) FROM team t
			LEFT JOIN generation g ON g.team = t.name WHERE t.name = ?1`, team).Scan(&at, &generation)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		until = encoding.FromMicros(at)
		return err
	})
	return generation, until, err
}

// reason is why a generation is raised.
type reason int

const (
	byIssues reason = 0         // what issues hold; they are marked themselves: see markIssues
	byRest   reason = 1 << iota // anything else that a history holds, or that its figures depend on
	byScope                     // an issue may have left
	outside                     // added to another one: it is no part of a reading, so what was complete stays so
)

// raiseGenerations is the statement that raises the generations of the teams that a selection names; ?1 is the version.
func (why reason) raiseGenerations(teams string) string {
	sets := `value = excluded.value`
	if why&(byRest|byScope) != 0 {
		sets += `, rest = excluded.rest`
	}
	if why&byScope != 0 {
		sets += `, scope = excluded.scope`
	}
	if why&outside != 0 {
		sets += `, complete = CASE WHEN generation.complete = generation.value
			THEN excluded.value ELSE generation.complete END`
	}
	return `INSERT INTO generation (team, value, rest, scope) SELECT name, ?1, ?1, ?1 FROM (` + teams + `) t
		WHERE true ON CONFLICT (team) DO UPDATE SET ` + sets
}

// raiseTeams raises the generations of the teams that a selection names; its arguments begin with ?2.
func raiseTeams(ctx context.Context, tx *db.Tx, why reason, teams string, args ...any) error {
	version, err := tx.Version(ctx)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, why.raiseGenerations(teams), append([]any{version}, args...)...)
	return err
}

// raiseTeam raises the generation of a team.
func raiseTeam(ctx context.Context, tx *db.Tx, why reason, team string) error {
	return raiseTeams(ctx, tx, why, `SELECT CAST(?2 AS TEXT) AS name`, team)
}

// raiseAllTeams raises the generation of all teams: after a change of what they share, which is whole in itself.
func raiseAllTeams(ctx context.Context, tx *db.Tx, why reason) error {
	return raiseTeams(ctx, tx, why|outside, `SELECT name FROM team UNION SELECT team FROM generation`)
}

// raiseTeamsOfBoard raises the generation of the teams that work on a board.
func raiseTeamsOfBoard(ctx context.Context, tx *db.Tx, board int64) error {
	return raiseTeams(ctx, tx, byRest|outside, `SELECT name FROM team WHERE board = ?2`, board)
}

// raiseTeamsOfSprints raises the generation of the teams that have one of some sprints.
func raiseTeamsOfSprints(ctx context.Context, tx *db.Tx, sprints []int64) error {
	return raiseTeams(ctx, tx, byRest|outside,
		`SELECT DISTINCT team AS name FROM team_sprint WHERE sprint IN `+db.ListedSecond, db.Numbers(sprints))
}

// raiseTeamsOfIssues raises the generation of the teams whose history holds one of some issues, or would hold it. It is
// scopeQuery from the other end: a team has an issue if the issue or a parent is its own, or a parent or a child
// of either. A write that takes a link or a project from an issue raises before and after.
func raiseTeamsOfIssues(ctx context.Context, tx *db.Tx, why reason, issues []int64) error {
	if len(issues) == 0 {
		return nil
	}
	return raiseTeams(ctx, tx, why, `
		WITH changed(id) AS `+db.ListedSecond+`,
		up(id) AS (SELECT id FROM changed UNION SELECT parent FROM link WHERE child IN (SELECT id FROM changed)),
		around(id) AS (
			SELECT id FROM up
			UNION SELECT parent FROM link WHERE child IN (SELECT id FROM up)
			UNION SELECT child FROM link WHERE parent IN (SELECT id FROM up))
		SELECT t.name FROM team t
		WHERE t.project_id IN (SELECT p.project FROM issue_project p WHERE p.issue IN (SELECT id FROM around))
		OR t.name IN (SELECT o.team FROM team_other o WHERE o.issue IN (SELECT id FROM around))`, db.Numbers(issues))
}

// markIssues notes that what a history holds of issues changed, and raises the generations of their teams.
func markIssues(ctx context.Context, tx *db.Tx, issues []int64) error {
	if len(issues) == 0 {
		return nil
	}
	if err := markChanged(ctx, tx, issues); err != nil {
		return err
	}
	return raiseTeamsOfIssues(ctx, tx, byIssues, issues)
}

// markChanged has issues read again by a team that is refreshed.
func markChanged(ctx context.Context, tx *db.Tx, issues []int64) error {
	version, err := tx.Version(ctx)
	if err != nil {
		return err
	}
	const mark = `UPDATE issue SET changed = ?2 WHERE id IN ` + db.Listed + ` AND changed <> ?2`
	_, err = tx.Exec(ctx, mark, db.Numbers(issues), version)
	return err
}

// raiseIfAny raises the generation of a team where a statement changed a row; it passes on the statement's error.
func raiseIfAny(ctx context.Context, tx *db.Tx, changed int64, err error, team string) error {
	if err != nil || changed == 0 {
		return err
	}
	return raiseTeam(ctx, tx, byRest, team)
}

// raiseAllIfAny raises the generation of all teams where a statement changed a row.
func raiseAllIfAny(ctx context.Context, tx *db.Tx, changed int64, err error) error {
	if err != nil || changed == 0 {
		return err
	}
	return raiseAllTeams(ctx, tx, byRest)
}
