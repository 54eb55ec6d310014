package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"jerem/problem"
	"jerem/store/db"
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

	Others  map[int64]bool // issues of other projects in its sprints and epics
	Matches map[int64]bool // issues that match its filter; nil without a filter
	Impeded map[int64]bool // issues that match its impediment query; nil without one

	Behind time.Time // since when its readings fail; zero while they do not
	Why    string    // what the last reading failed by, or what is doubted of it: see problem.Decode
}

// Put keeps the state after a complete read. The team is no longer behind, unless Why says what of the reading is
// doubted: then it is so since the first such reading.
func (s Teams) Put(ctx context.Context, t TeamState) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		old, had, err := teamState(ctx, tx, t.Name)
		if err != nil {
			return err
		}
		same := had && !old.Until.IsZero() && old.ProjectID == t.ProjectID && old.Board == t.Board &&
			old.Settings == t.Settings &&
			(old.Matches == nil) == (t.Matches == nil)
		if !same {
			if err := raiseTeam(ctx, tx, t.Name); err != nil {
				return err
			}
		}
		behind := time.Time{}
		if t.Why != "" {
			if behind = old.Behind; behind.IsZero() {
				behind = t.Until
			}
		}
		if _, err := tx.Exec(ctx, `INSERT OR REPLACE INTO team VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
			t.Name, t.Project, t.ProjectID, t.Board, micros(t.Until), t.Matches != nil, t.Settings, micros(behind),
			t.Why); err != nil {
			return err
		}
		if err := putSet(ctx, tx, `team_other`, t.Name, old.Others, t.Others); err != nil {
			return err
		}
		if err := putSet(ctx, tx, `team_match`, t.Name, old.Matches, t.Matches); err != nil {
			return err
		}
		if err := putImpeded(ctx, tx, t); err != nil {
			return err
		}
		whole, err := tx.Exec(ctx, `DELETE FROM damaged WHERE team = ?1`, t.Name)
		return raiseIfAny(ctx, tx, whole, err, t.Name)
	})
}

// putSet keeps a set of issues. Who belongs to it is known only as of the last reading, so a change
// concerns the whole past of that issue.
func putSet(ctx context.Context, tx *db.Tx, table, team string, old, now map[int64]bool) error {
	changed := false
	for id := range old {
		if !now[id] {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE team = ?1 AND issue = ?2`, team, id); err != nil {
				return err
			}
			changed = true
		}
	}
	for id := range now {
		if !old[id] {
			if _, err := tx.Exec(ctx, `INSERT OR IGNORE INTO `+table+` VALUES (?1, ?2)`, team, id); err != nil {
				return err
			}
			changed = true
		}
	}
	if changed {
		return raiseTeam(ctx, tx, team)
	}
	return nil
}

// impededNow returns the issues that matched the impediment query at the last reading.
func impededNow(ctx context.Context, tx *db.Tx, team string) (map[int64]bool, error) {
	now := map[int64]bool{}
	err := tx.Each(
		ctx,
		`SELECT issue, value FROM team_impeded WHERE team = ?1 ORDER BY issue, at`,
		[]any{team},
		func(scan db.Scan) error {
			var id int64
			var value bool
			err := scan(&id, &value)
			if delete(now, id); value {
				now[id] = true
			}
			return err
		},
	)
	return now, err
}

// putImpeded adds a step for each issue whose membership this reading found changed.
func putImpeded(ctx context.Context, tx *db.Tx, t TeamState) error {
	now, err := impededNow(ctx, tx, t.Name)
	if err != nil {
		return err
	}
	step := func(id int64, value bool) error {
		if err := raiseTeam(ctx, tx, t.Name); err != nil {
			return err
		}
		_, err := tx.Exec(
			ctx,
			`INSERT OR REPLACE INTO team_impeded VALUES (?1, ?2, ?3, ?4)`,
			t.Name,
			id,
			micros(t.Until),
			value,
		)
		return err
	}
	for id := range now {
		if !t.Impeded[id] {
			if err := step(id, false); err != nil {
				return err
			}
		}
	}
	for id := range t.Impeded {
		if !now[id] {
			if err := step(id, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// State returns the state of a team; NotRead for one that was never read.
func (s Teams) State(ctx context.Context, name string) (t TeamState, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		var had bool
		if t, had, err = teamState(ctx, tx, name); err != nil {
			return err
		}
		addUnwritten(s.db, &t)
		if !had || t.Until.IsZero() {
			err = notRead(name, t.Why)
		}
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
		e.Message += ": " + list.Words("")
		e.Args = map[string]string{"team": name, "why": list.Words(name)}
	}
	return e
}

func teamState(ctx context.Context, tx *db.Tx, name string) (t TeamState, had bool, err error) {
	var until, behind int64
	var filtered bool
	err = tx.QueryRow(
		ctx,
		`SELECT name, project, project_id, board, until, filtered, settings, behind, why FROM team WHERE name = ?1`,
		name,
	).
		Scan(
			&t.Name,
			&t.Project,
			&t.ProjectID,
			&t.Board,
			&until,
			&filtered,
			&t.Settings,
			&behind,
			&t.Why,
		)
	if err == sql.ErrNoRows {
		return t, false, nil
	}
	if err != nil {
		return t, false, err
	}
	t.Until, t.Behind = fromMicros(until), fromMicros(behind)
	if t.Others, err = issueSet(ctx, tx, `team_other`, name); err != nil {
		return t, true, err
	}
	if t.Impeded, err = impededNow(ctx, tx, name); err != nil {
		return t, true, err
	}
	matches, err := issueSet(ctx, tx, `team_match`, name)
	if filtered {
		t.Matches = matches
	}
	return t, true, err
}

func issueSet(ctx context.Context, tx *db.Tx, table, team string) (map[int64]bool, error) {
	set := map[int64]bool{}
	err := tx.Each(ctx, `SELECT issue FROM `+table+` WHERE team = ?1`, []any{team}, func(scan db.Scan) error {
		var id int64
		err := scan(&id)
		set[id] = true
		return err
	})
	return set, err
}

// SetBehind notes that a team could not be read. since is kept from the first failure on; what was
// read before stays. why is as problem.List encodes it.
func (s Teams) SetBehind(ctx context.Context, team string, since time.Time, why string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO team VALUES (?1, '', '', 0, 0, 0, '', ?2, ?3)
			ON CONFLICT (name) DO UPDATE SET behind = CASE WHEN behind = 0 THEN ?2 ELSE behind END, why = ?3`, team,
			micros(since), why)
		return err
	})
}

// addUnwritten adds to a team's state what cannot be noted in the store: a reading that could not be kept.
func addUnwritten(database db.Database, t *TeamState) {
	failed := database.Unwritten()
	if failed == nil {
		return
	}
	if t.Behind.IsZero() {
		t.Behind = t.Until // nothing was kept since
	}
	t.Why = problem.List{problem.From(failed, "")}.Encode()
}
