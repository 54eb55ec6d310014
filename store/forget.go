package store

import (
	"context"
	"slices"

	"jerem/store/checkpoint"
	"jerem/store/db"
	"jerem/store/settings"
)

// Holding is what a store holds of a team, as numbers of rows: what would go with it.
type Holding struct {
	Issues   int
	Worklogs int
	Sprints  int
	Boards   int
	Shared   int            // issues that other teams need too: they stay
	Series   map[string]int // noted to stand at sinks, by sink
}

// Known lists the teams of which anything is kept, in order.
func (s Teams) Known(ctx context.Context) (names []string, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		query := `SELECT name FROM team`
		for _, table := range outwardTables(tx) {
			query += ` UNION SELECT team FROM ` + table
		}
		names, err = textsOf(ctx, tx, query+` ORDER BY 1`)
		return err
	})
	return names, err
}

func textsOf(ctx context.Context, tx *db.Tx, query string, args ...any) (list []string, err error) {
	err = tx.Each(ctx, query, args, func(scan db.Scan) error {
		var text string
		err := scan(&text)
		list = append(list, text)
		return err
	})
	return list, err
}

// Holding tells what is kept of a team.
func (s Teams) Holding(ctx context.Context, team string) (h Holding, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		owned, err := ownedBy(ctx, tx, team)
		h = owned.Holding
		return err
	})
	return h, err
}

// Forget takes all rows of a team out, and returns how many went. What other teams need stays: issues that are theirs
// too, their sprints, boards and projects, and what all teams of a site share. A team that is configured again is read
// as one that never was.
func (s Teams) Forget(ctx context.Context, team string) (gone Holding, err error) {
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		owned, err := ownedBy(ctx, tx, team)
		if err != nil {
			return err
		}
		gone = owned.Holding
		if err := deleteIssues(ctx, tx, owned.issues); err != nil {
			return err
		}
		if err := checkpoint.Forget(ctx, tx, owned.project, owned.issues); err != nil {
			return err
		}
		return deleteTeamRows(ctx, tx, team, owned)
	})
	return gone, err
}

// ownedRows are the rows of a team that no other team needs.
type ownedRows struct {
	Holding
	issues, sprints, boards []int64
	project                 string // its id, "" where another team is of it too
}

// ownedBy finds the rows of a team that no other team needs.
func ownedBy(ctx context.Context, tx *db.Tx, team string) (o ownedRows, err error) {
	state, _, err := teamState(ctx, tx, team)
	if err != nil {
		return o, err
	}
	all, err := scopeOf(ctx, tx, state.ProjectID, team)
	if err != nil {
		return o, err
	}
	needed, err := neededByOthers(ctx, tx, team)
	if err != nil {
		return o, err
	}
	for _, id := range all {
		if !needed[id] {
			o.issues = append(o.issues, id)
		}
	}
	o.Issues, o.Shared = len(o.issues), len(all)-len(o.issues)
	count := `SELECT count(*) FROM worklog WHERE issue IN ` + db.Listed
	if err := tx.QueryRow(ctx, count, db.Numbers(o.issues)).Scan(&o.Worklogs); err != nil {
		return o, err
	}
	if o.sprints, err = idsOf(ctx, tx, `SELECT sprint FROM team_sprint WHERE team = $1
		EXCEPT SELECT sprint FROM team_sprint WHERE team <> $1
		EXCEPT SELECT b.sprint FROM board_sprint b JOIN team t ON t.board = b.board WHERE t.name <> $1`,
		team); err != nil {
		return o, err
	}
	if o.boards, err = idsOf(ctx, tx, `SELECT board FROM team WHERE name = $1 AND board <> 0
		EXCEPT SELECT board FROM team WHERE name <> $1`, team); err != nil {
		return o, err
	}
	o.Sprints, o.Boards = len(o.sprints), len(o.boards)
	isShared := false
	query := `SELECT EXISTS (SELECT 1 FROM team WHERE name <> $1 AND project_id = $2)`
	if err := tx.QueryRow(ctx, query, team, state.ProjectID).Scan(&isShared); err != nil {
		return o, err
	}
	if !isShared {
		o.project = state.ProjectID
	}
	o.Series, err = seriesBySink(ctx, tx, team)
	return o, err
}

func idsOf(ctx context.Context, tx *db.Tx, query string, args ...any) (ids []int64, err error) {
	err = tx.Each(ctx, query, args, func(scan db.Scan) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	slices.Sort(ids)
	return ids, err
}

// neededByOthers returns the issues of the histories of all teams but one.
func neededByOthers(ctx context.Context, tx *db.Tx, team string) (map[int64]bool, error) {
	type other struct{ name, project string }
	var others []other
	err := tx.Each(ctx, `SELECT name, project_id FROM team WHERE name <> $1`, []any{team}, func(scan db.Scan) error {
		var o other
		err := scan(&o.name, &o.project)
		others = append(others, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	needed := map[int64]bool{}
	for _, o := range others {
		ids, err := scopeOf(ctx, tx, o.project, o.name)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			needed[id] = true
		}
	}
	return needed, nil
}

// seriesBySink counts the series of a team that are noted to stand at sinks.
func seriesBySink(ctx context.Context, tx *db.Tx, team string) (map[string]int, error) {
	counts := map[string]int{}
	query := `SELECT sink, count(*) FROM sink_series WHERE team = $1 GROUP BY sink`
	err := tx.Each(ctx, query, []any{team}, func(scan db.Scan) error {
		var sink string
		var n int
		err := scan(&sink, &n)
		counts[sink] = n
		return err
	})
	return counts, err
}

// deleteTeamRows takes out what is a team's but issues.
func deleteTeamRows(ctx context.Context, tx *db.Tx, team string, o ownedRows) error {
	for _, statement := range []string{`DELETE FROM sprint WHERE id IN `, `DELETE FROM board_sprint WHERE sprint IN `} {
		if err := tx.ExecLater(ctx, statement+db.Listed, db.Numbers(o.sprints)); err != nil {
			return err
		}
	}
	for _, statement := range []string{`DELETE FROM board WHERE id IN `, `DELETE FROM board_sprint WHERE board IN `} {
		if err := tx.ExecLater(ctx, statement+db.Listed, db.Numbers(o.boards)); err != nil {
			return err
		}
	}
	for _, table := range []string{"sink_pieces", "sink_part", "sink_owed"} {
		ofTeam := `DELETE FROM ` + table + ` WHERE series IN (SELECT id FROM sink_series WHERE team = $1)`
		if err := tx.ExecLater(ctx, ofTeam, team); err != nil {
			return err
		}
	}
	for _, table := range append(outwardTables(tx), "team_other", "team_match", "team_impeded", "team_sprint", "gap",
		"damaged", "generation", "past_change") {
		if err := tx.ExecLater(ctx, `DELETE FROM `+table+` WHERE team = $1`, team); err != nil {
			return err
		}
	}
	ofMeta := `DELETE FROM meta WHERE name IN ('` + settings.DaysOffPrefix + `' || $1,
		'` + settings.RulesPrefix + `' || $1)`
	if err := tx.ExecLater(ctx, ofMeta, team); err != nil {
		return err
	}
	return tx.ExecLater(ctx, `DELETE FROM team WHERE name = $1`, team)
}

// outwardTables are the tables of what was made of a team for sinks, receivers and readers in SQL, by the column team.
// They may hold a team that was never read to its end.
func outwardTables(tx *db.Tx) []string {
	return append([]string{"sink_series", "posted", "cursor", "digest", "view_row"}, tx.TeamTables()...)
}
