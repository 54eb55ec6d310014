package pastchanges

import (
	"context"
	"slices"
	"time"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/generation"
)

// elsewhereOfTeam selects the issues around a team that stand in another project now: those that its project ever held
// or that stand in its sprints, with their parents and children.
const elsewhereOfTeam = `
	WITH home(id) AS (SELECT issue FROM issue_project WHERE project = $1
		UNION SELECT issue FROM team_other WHERE team = $2),
	near(id) AS (SELECT id FROM home
		UNION SELECT child FROM relation WHERE parent IN (SELECT id FROM home)
		UNION SELECT parent FROM relation WHERE child IN (SELECT id FROM home))
	SELECT i.id FROM issue i JOIN near n ON n.id = i.id WHERE i.project <> $1 ORDER BY i.id`

// NoteUnlisted notes which issues of other projects that concern a team are known from earlier readings alone: a
// reading that listed all that is asked for did not list them. One that is listed again is noted no more.
func NoteUnlisted(ctx context.Context, tx *db.Tx, team, projectID string, found time.Time,
	listed map[int64]bool,
) error {
	var unlisted []int64
	is := map[int64]bool{}
	err := tx.Each(ctx, elsewhereOfTeam, []any{projectID, team}, func(scan db.Scan) error {
		var id int64
		err := scan(&id)
		if !listed[id] {
			unlisted, is[id] = append(unlisted, id), true
		}
		return err
	})
	if err != nil {
		return err
	}
	noted := map[int64]bool{}
	const which = `SELECT id FROM past_change WHERE team = $1 AND kind = $2`
	err = tx.Each(ctx, which, []any{team, string(agile.IssueUnlisted)}, func(scan db.Scan) error {
		var id int64
		err := scan(&id)
		noted[id] = true
		return err
	})
	if err != nil {
		return err
	}
	var returned []int64
	for id := range noted {
		if !is[id] {
			returned = append(returned, id)
		}
	}
	if _, err := withoutNoted(ctx, tx, team, agile.IssueUnlisted, returned); err != nil {
		return err
	}
	added := slices.DeleteFunc(unlisted, func(id int64) bool { return noted[id] })
	if len(added) == 0 {
		return nil
	}
	if err := noteIssues(ctx, tx, team, agile.IssueUnlisted, found, added, found); err != nil {
		return err
	}
	return generation.RaiseTeamsNamed(ctx, tx, generation.ByRest, []string{team})
}
