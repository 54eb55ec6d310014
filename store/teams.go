package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"jerem/agile"
	"jerem/agile/query"
	"jerem/agile/rules"
	"jerem/problem"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
	"jerem/store/pastchanges"
	"jerem/store/settings"
)

// Teams keeps how far each team was read, and what belongs to it.
type Teams struct{ db db.Database }

// TeamState is how far a team was read, and what of the site belongs to it.
type TeamState struct {
	Name      string
	Project   string // key
	ProjectID string
	Board     int64     // 0 without
	Until     time.Time // Jira's clock at the last complete read
	Settings  string    // what figures depend on in the configuration, in any form that compares

	DaysOff     string                 // those configured, see calendar.Config.DaysOffText; Put notes when they change
	DaysOffSeen []agile.DaysOffVersion // as they were first read, oldest first; Put keeps them itself

	Rules     *rules.Set  // what this reading counts by; nil where that was not looked at: Put notes what changed
	RulesSeen []agile.Gap // each rule that was another one once, as of the last change; Put keeps them itself

	Others  map[int64]bool // issues of other projects in its sprints and epics
	Matches map[int64]bool // issues that match its filter; nil without a filter
	Impeded map[int64]bool // issues that match its impediment query; nil without one

	Behind time.Time // since when its readings fail; zero while they do not
	Why    string    // what the last reading failed by, or what is doubted of it: see sync/doubts.Decode
}

// Put keeps the state after a complete read. The team is no longer behind, unless Why says what of the reading is
// doubted: then it is so since the first such reading.
func (s Teams) Put(ctx context.Context, t TeamState) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		old, had, err := teamState(ctx, tx, t.Name)
		if err != nil {
			return err
		}
		if err := raiseForState(ctx, tx, old, had, t); err != nil {
			return err
		}
		if err := settings.PutDaysOff(ctx, tx, t.Name, old.DaysOffSeen,
			agile.DaysOffVersion{Seen: t.Until, Text: t.DaysOff}); err != nil {
			return err
		}
		sameFilter, err := hasSameFilter(ctx, tx, old, t)
		if err != nil {
			return err
		}
		if err := settings.PutRules(ctx, tx, t.Name, t.Rules, t.Until); err != nil {
			return err
		}
		if err := putTeamRow(ctx, tx, t, old.Behind); err != nil {
			return err
		}
		if err := putOthers(ctx, tx, t.Name, old.Others, t.Others); err != nil {
			return err
		}
		if err := putMatches(ctx, tx, old, t, sameFilter); err != nil {
			return err
		}
		if err := putImpeded(ctx, tx, t, old.Impeded); err != nil {
			return err
		}
		whole, err := tx.Exec(ctx, `DELETE FROM damaged WHERE team = $1`, t.Name)
		if err := generation.RaiseIfAny(ctx, tx, whole, err, t.Name); err != nil {
			return err
		}
		const complete = `UPDATE generation SET complete = value WHERE team = $1 AND complete <> value`
		return tx.ExecLater(ctx, complete, t.Name)
	})
}

// raiseForState raises the generation of a team whose state says something else than before.
func raiseForState(ctx context.Context, tx *db.Tx, old TeamState, had bool, now TeamState) error {
	if !had || old.Until.IsZero() || old.ProjectID != now.ProjectID {
		if err := generation.RaiseTeam(ctx, tx, generation.ByScope, now.Name); err != nil {
			return err
		}
	} else if old.Board != now.Board || (old.Matches == nil) != (now.Matches == nil) {
		if err := generation.RaiseTeam(ctx, tx, generation.ByRest, now.Name); err != nil {
			return err
		}
	}
	return useSettings(ctx, tx, 0, now.Name, now.Settings)
}

// putTeamRow keeps the row of a team; behind is since when it was.
func putTeamRow(ctx context.Context, tx *db.Tx, t TeamState, behind time.Time) error {
	if t.Why == "" {
		behind = time.Time{}
	} else if behind.IsZero() {
		behind = t.Until
	}
	return tx.ExecLater(ctx, `INSERT INTO team
		(name, project, project_id, board, until, filtered, settings, behind, why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (name) DO UPDATE SET project = excluded.project,
		project_id = excluded.project_id, board = excluded.board, until = excluded.until,
		filtered = excluded.filtered, settings = excluded.settings, behind = excluded.behind, why = excluded.why`,
		t.Name, t.Project, t.ProjectID, t.Board, encoding.Micros(t.Until), encoding.Flag(t.Matches != nil), t.Settings,
		encoding.Micros(behind), t.Why)
}

// UseSettings has the generation of a team rise where its figures are computed by other settings than before, in any
// form that compares. It is asked before anything is computed by them; Put does the same.
func (s Teams) UseSettings(ctx context.Context, team, settings string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return useSettings(ctx, tx, generation.Outside, team, settings)
	})
}

func useSettings(ctx context.Context, tx *db.Tx, place generation.Reason, team, settings string) error {
	const use = `UPDATE generation SET settings = $2 WHERE team = $1 AND settings <> $2`
	changed, err := tx.Exec(ctx, use, team, settings)
	if err != nil || changed == 0 {
		return err
	}
	return generation.RaiseTeam(ctx, tx, generation.ByRest|place, team)
}

// setDifference returns what only one of two sets has.
func setDifference(old, now map[int64]bool) (gone, added []int64) {
	for id := range old {
		if !now[id] {
			gone = append(gone, id)
		}
	}
	for id, is := range now {
		if is && !old[id] {
			added = append(added, id)
		}
	}
	return gone, added
}

// putOthers keeps the issues of other projects that are a team's. Who belongs to it is known only as of the last
// reading, so a change concerns the whole past of that issue.
func putOthers(ctx context.Context, tx *db.Tx, team string, old, now map[int64]bool) error {
	gone, added := setDifference(old, now)
	if len(gone)+len(added) == 0 {
		return nil
	}
	if err := putSet(ctx, tx, `team_other`, team, gone, added); err != nil {
		return err
	}
	if err := generation.MarkChanged(ctx, tx, added); err != nil {
		return err
	}
	kept, err := allKept(ctx, tx, added)
	if err != nil {
		return err
	}
	why := generation.ByIssues
	if len(gone) > 0 || !kept {
		why = generation.ByScope
	}
	return generation.RaiseTeam(ctx, tx, why, team)
}

// hasSameFilter tells whether a team has a filter, and had the same one at the reading before.
func hasSameFilter(ctx context.Context, tx *db.Tx, old, now TeamState) (bool, error) {
	if old.Matches == nil || now.Matches == nil || old.Until.IsZero() {
		return false, nil
	}
	if now.Rules == nil {
		return old.Settings == now.Settings, nil
	}
	filter, known, err := settings.ReadRule(ctx, tx, now.Name, agile.SubjectRuleFilter)
	return known && filter == now.Rules.Texts[agile.SubjectRuleFilter], err
}

// putMatches keeps the issues that match a team's filter, which concerns the whole past of each. Where the filter is
// the same as before, what differs is noted as a change of the past.
func putMatches(ctx context.Context, tx *db.Tx, old, now TeamState, sameFilter bool) error {
	gone, added := setDifference(old.Matches, now.Matches)
	if len(gone)+len(added) == 0 {
		return nil
	}
	if err := putSet(ctx, tx, `team_match`, now.Name, gone, added); err != nil {
		return err
	}
	if sameFilter {
		if err := pastchanges.NoteMatches(ctx, tx, now.Name, old.Until, now.Until, gone, added); err != nil {
			return err
		}
	}
	return generation.RaiseTeam(ctx, tx, generation.ByRest, now.Name)
}

// putSet takes issues out of a set of a team's and adds others.
func putSet(ctx context.Context, tx *db.Tx, table, team string, gone, added []int64) error {
	if len(gone) > 0 {
		remove := `DELETE FROM ` + table + ` WHERE issue IN ` + db.Listed + ` AND team = $2`
		if _, err := tx.Exec(ctx, remove, db.Numbers(gone), team); err != nil {
			return err
		}
	}
	rows := make([][]any, len(added))
	for n, id := range added {
		rows[n] = []any{team, id}
	}
	_, err := tx.InsertRows(ctx, `INSERT INTO `+table+` (team, issue)`, `ON CONFLICT DO NOTHING`, rows)
	return err
}

// putImpeded adds a step for each issue whose membership this reading found changed.
func putImpeded(ctx context.Context, tx *db.Tx, t TeamState, before map[int64]bool) error {
	gone, added := setDifference(before, t.Impeded)
	if len(gone)+len(added) == 0 {
		return nil
	}
	var rows [][]any
	for _, id := range gone {
		rows = append(rows, []any{t.Name, id, encoding.Micros(t.Until), encoding.Flag(false)})
	}
	for _, id := range added {
		rows = append(rows, []any{t.Name, id, encoding.Micros(t.Until), encoding.Flag(true)})
	}
	_, err := tx.InsertRows(ctx, `INSERT INTO team_impeded (team, issue, at, value)`,
		`ON CONFLICT (team, issue, at) DO UPDATE SET value = excluded.value`, rows)
	if err != nil {
		return err
	}
	return generation.RaiseTeam(ctx, tx, generation.ByRest, t.Name)
}

// State returns the state of a team; NotRead for one that was never read.
func (s Teams) State(ctx context.Context, name string) (t TeamState, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		t, err = readState(s.db, ctx, tx, name)
		return err
	})
	return t, err
}

func notRead(name, why string) error {
	e := &problem.Problem{
		Code:    NotRead,
		Message: fmt.Sprintf("team %s: was not read yet", name),
		Hint:    "Run jerem collect, or wait for the first reading to end.",
	}
	if list := problem.Decode(why); list != nil {
		why := list.Words(name)
		e.Message += ": " + why
		e.Hint = "This is what its last reading failed by: mend what it names. jerem check tells more."
		e.Args = map[string]string{"team": name, "why": why}
	}
	return e
}

func teamState(ctx context.Context, tx *db.Tx, name string) (t TeamState, had bool, err error) {
	var until, behind int64
	var filtered bool
	var daysOff, changedRules string
	err = tx.QueryRow(ctx, `SELECT name, project, project_id, board, until, filtered, settings, behind, why,
		coalesce((SELECT value FROM meta WHERE name = $2), ''), coalesce((SELECT value FROM meta WHERE name = $3), '')
		FROM team WHERE name = $1`, name, settings.DaysOffPrefix+name, settings.RulesPrefix+name).
		Scan(&t.Name, &t.Project, &t.ProjectID, &t.Board, &until, &filtered, &t.Settings, &behind, &t.Why, &daysOff,
			&changedRules)
	if err == sql.ErrNoRows {
		return t, false, nil
	}
	if err != nil {
		return t, false, err
	}
	t.Until, t.Behind = encoding.FromMicros(until), encoding.FromMicros(behind)
	if t.DaysOffSeen, err = settings.DecodeDaysOff(daysOff); err != nil {
		return t, true, err
	}
	if n := len(t.DaysOffSeen); n > 0 {
		t.DaysOff = t.DaysOffSeen[n-1].Text
	}
	if t.RulesSeen, err = settings.DecodeChangedRules(changedRules); err != nil {
		return t, true, err
	}
	return t, true, readIssueSets(ctx, tx, &t, filtered)
}

// readIssueSets reads the issues that a team's state names: others, those that were impeded by a query, in the order in
// which that changed, and, where the team is filtered, those that match. One statement asks for all.
func readIssueSets(ctx context.Context, tx *db.Tx, t *TeamState, filtered bool) error {
	t.Others, t.Impeded = map[int64]bool{}, map[int64]bool{}
	sets := []map[int64]bool{t.Others, t.Impeded, {}}
	err := tx.Each(ctx, `SELECT 0 AS kind, issue, 0 AS at, 1 AS value FROM team_other WHERE team = $1
		UNION ALL SELECT 1, issue, at, value FROM team_impeded WHERE team = $1
		UNION ALL SELECT 2, issue, 0, 1 FROM team_match WHERE team = $1 ORDER BY kind, issue, at`, []any{t.Name},
		func(scan db.Scan) error {
			var kind int
			var id, at int64
			var value bool
			err := scan(&kind, &id, &at, &value)
			if delete(sets[kind], id); value {
				sets[kind][id] = true
			}
			return err
		})
	if filtered {
		t.Matches = sets[2]
	}
	return err
}

// SetBehind notes that a team could not be read. since is kept from the first failure on; what was
// read before stays, and so does a refusal by which the team is withheld, until it is read by a query that is taken.
// why is as problem.List encodes it.
func (s Teams) SetBehind(ctx context.Context, team string, since time.Time, why string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO team VALUES ($1, '', '', 0, 0, 0, '', $2, $3)
			ON CONFLICT (name) DO UPDATE SET
			why = CASE WHEN team.why LIKE $4 AND excluded.why NOT LIKE $4 THEN team.why ELSE excluded.why END,
			behind = CASE WHEN team.behind = 0 THEN excluded.behind ELSE team.behind END`, team,
			encoding.Micros(since), why, `%"code":"`+string(query.Refused)+`"%`)
		return err
	})
}

// isWithheld tells whether what a team's readings fail by is that its query is never asked: what was read by it before
// is told to nobody.
func isWithheld(why string) bool {
	return slices.ContainsFunc(problem.Decode(why), func(p *problem.Problem) bool { return p.Code == query.Refused })
}
