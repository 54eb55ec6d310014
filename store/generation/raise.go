package generation

import (
	"context"
	"slices"

	"jerem/store/db"
)

// Reason is why a generation is raised.
type Reason int

const (
	ByIssues Reason = 0         // what issues hold; they are marked themselves: see MarkIssues
	ByRest   Reason = 1 << iota // anything else that a history holds, or that its figures depend on
	ByScope                     // an issue may have left
	Outside                     // added to another one: it is no part of a reading, so what was complete stays so
)

// raiseGenerations is the statement that raises the generations of the teams that a selection names; $1 is the version.
func (why Reason) raiseGenerations(teams string) string {
	sets := `value = excluded.value`
	if why&(ByRest|ByScope) != 0 {
		sets += `, rest = excluded.rest`
	}
	if why&ByScope != 0 {
		sets += `, scope = excluded.scope`
	}
	if why&Outside != 0 {
		sets += `, complete = CASE WHEN generation.complete = generation.value
			THEN excluded.value ELSE generation.complete END`
	}
	return `INSERT INTO generation (team, value, rest, scope) SELECT name, raised, raised, raised
		FROM (SELECT name, CAST($1 AS bigint) AS raised FROM (` + teams + `) t) named
		WHERE true ON CONFLICT (team) DO UPDATE SET ` + sets
}

// raiseTeams raises the generations of the teams that a selection names; its arguments begin with $2.
func raiseTeams(ctx context.Context, tx *db.Tx, why Reason, teams string, args ...any) error {
	version, err := tx.Version(ctx)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, why.raiseGenerations(teams), append([]any{version}, args...)...)
	return err
}

// RaiseTeam raises the generation of a team.
func RaiseTeam(ctx context.Context, tx *db.Tx, why Reason, team string) error {
	return raiseTeams(ctx, tx, why, `SELECT CAST($2 AS TEXT) AS name`, team)
}

// RaiseTeamsNamed raises the generations of some teams.
func RaiseTeamsNamed(ctx context.Context, tx *db.Tx, why Reason, teams []string) error {
	if len(teams) == 0 {
		return nil
	}
	slices.Sort(teams)
	return raiseTeams(ctx, tx, why, `WITH named(name) AS `+db.ListedTextsSecond+` SELECT name FROM named`,
		db.Texts(slices.Compact(teams)))
}

// RaiseAllTeams raises the generation of all teams: after a change of what they share, which is whole in itself.
func RaiseAllTeams(ctx context.Context, tx *db.Tx, why Reason) error {
	return raiseTeams(ctx, tx, why|Outside, `SELECT name FROM team UNION SELECT team FROM generation`)
}

// RaiseTeamsOfBoard raises the generation of the teams that work on a board.
func RaiseTeamsOfBoard(ctx context.Context, tx *db.Tx, board int64) error {
	return raiseTeams(ctx, tx, ByRest|Outside, `SELECT name FROM team WHERE board = $2`, board)
}

// RaiseTeamsOfSprints raises the generation of the teams that have one of some sprints.
func RaiseTeamsOfSprints(ctx context.Context, tx *db.Tx, sprints []int64) error {
	return raiseTeams(ctx, tx, ByRest|Outside,
		`SELECT DISTINCT team AS name FROM team_sprint WHERE sprint IN `+db.ListedSecond, db.Numbers(sprints))
}

// RaiseTeamsOfIssues raises the generation of the teams whose history holds one of some issues, or would hold it. It is
// scopeOf from the other end: a team has an issue if the issue or a parent is its own, or a parent or a child
// of either. A write that takes a link or a project from an issue raises before and after. The team of an issue's own
// project is found first: what is around it, which is all that stands in its epics, is looked up for other teams alone.
func RaiseTeamsOfIssues(ctx context.Context, tx *db.Tx, why Reason, issues []int64) error {
	if len(issues) == 0 {
		return nil
	}
	return raiseTeams(ctx, tx, why, `
		WITH changed(id) AS `+db.ListedSecond+`,
		up(id) AS (SELECT id FROM changed UNION SELECT parent FROM relation WHERE child IN (SELECT id FROM changed)),
		around(id) AS (
			SELECT id FROM up
			UNION SELECT parent FROM relation WHERE child IN (SELECT id FROM up)
			UNION SELECT child FROM relation WHERE parent IN (SELECT id FROM up))
		SELECT t.name FROM team t
		WHERE t.project_id IN (SELECT p.project FROM issue_project p WHERE p.issue IN (SELECT id FROM changed))
		OR t.project_id IN (SELECT p.project FROM issue_project p WHERE p.issue IN (SELECT id FROM around))
		OR t.name IN (SELECT o.team FROM team_other o WHERE o.issue IN (SELECT id FROM around))`, db.Numbers(issues))
}

// MarkIssues notes that what a history holds of issues changed, and raises the generations of their teams.
func MarkIssues(ctx context.Context, tx *db.Tx, issues []int64) error {
	if len(issues) == 0 {
		return nil
	}
	if err := MarkChanged(ctx, tx, issues); err != nil {
		return err
	}
	return RaiseTeamsOfIssues(ctx, tx, ByIssues, issues)
}

// MarkChanged has issues read again by a team that is refreshed.
func MarkChanged(ctx context.Context, tx *db.Tx, issues []int64) error {
	version, err := tx.Version(ctx)
	if err != nil {
		return err
	}
	const mark = `UPDATE issue SET changed = $2 WHERE id IN ` + db.Listed + ` AND changed <> $2`
	_, err = tx.Exec(ctx, mark, db.Numbers(issues), version)
	return err
}

// RaiseIfAny raises the generation of a team where a statement changed a row; it passes on the statement's error.
func RaiseIfAny(ctx context.Context, tx *db.Tx, changed int64, err error, team string) error {
	if err != nil || changed == 0 {
		return err
	}
	return RaiseTeam(ctx, tx, ByRest, team)
}

// RaiseAllIfAny raises the generation of all teams where a statement changed a row.
func RaiseAllIfAny(ctx context.Context, tx *db.Tx, changed int64, err error) error {
	if err != nil || changed == 0 {
		return err
	}
	return RaiseAllTeams(ctx, tx, ByRest)
}
