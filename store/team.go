package store

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"time"

	"jerem/problem"
)

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
	Why    string    // what the last reading failed by
}

// everything stands for a change of all figures.
var everything = time.Unix(1, 0).UTC()

// PutTeam keeps the state after a complete read. The team is no longer behind, unless Why says what of the reading is
// doubted: then it is so since the first such reading. It returns the earliest moment whose figures may have changed,
// zero for none.
func (s *Store) PutTeam(ctx context.Context, t TeamState) (time.Time, error) {
	var c Changes
	err := s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		c = Changes{}
		old, had, err := teamState(ctx, tx, t.Name)
		if err != nil {
			return err
		}
		same := had && old.ProjectID == t.ProjectID && old.Board == t.Board && old.Settings == t.Settings && (old.Matches == nil) == (t.Matches == nil)
		if had && !same {
			c.touch(micros(everything))
		}
		if !same || old.Until.IsZero() {
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
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO team VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
			t.Name, t.Project, t.ProjectID, t.Board, micros(t.Until), t.Matches != nil, t.Settings, micros(behind), t.Why); err != nil {
			return err
		}
		if err := putSet(ctx, tx, `team_other`, t.Name, old.Others, t.Others, &c); err != nil {
			return err
		}
		if err := putSet(ctx, tx, `team_match`, t.Name, old.Matches, t.Matches, &c); err != nil {
			return err
		}
		if err := putImpeded(ctx, tx, t, &c); err != nil {
			return err
		}
		whole, err := tx.ExecContext(ctx, `DELETE FROM damaged WHERE team = ?1`, t.Name)
		return raiseIfAny(ctx, tx, whole, err, t.Name)
	})
	return c.Earliest, err
}

// putSet keeps a set of issues. Who belongs to it is known only as of the last reading, so a change
// concerns the whole past of that issue.
func putSet(ctx context.Context, tx *sql.Tx, table, team string, old, now map[int64]bool, c *Changes) error {
	changed := false
	for id := range old {
		if !now[id] {
			if err := touchIssue(ctx, tx, id, c); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE team = ?1 AND issue = ?2`, team, id); err != nil {
				return err
			}
			changed = true
		}
	}
	for id := range now {
		if !old[id] {
			if err := touchIssue(ctx, tx, id, c); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO `+table+` VALUES (?1, ?2)`, team, id); err != nil {
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

func touchIssue(ctx context.Context, tx *sql.Tx, id int64, c *Changes) error {
	var created int64
	err := tx.QueryRowContext(ctx, `SELECT created FROM issue WHERE id = ?1`, id).Scan(&created)
	if err == sql.ErrNoRows {
		return nil
	}
	if err == nil {
		c.touch(created)
	}
	return err
}

// impededNow returns the issues that matched the impediment query at the last reading.
func impededNow(ctx context.Context, tx *sql.Tx, team string) (map[int64]bool, error) {
	now := map[int64]bool{}
	err := rows(ctx, tx, `SELECT issue, value FROM team_impeded WHERE team = ?1 ORDER BY issue, at`, []any{team}, func(scan func(...any) error) error {
		var id int64
		var value bool
		err := scan(&id, &value)
		if delete(now, id); value {
			now[id] = true
		}
		return err
	})
	return now, err
}

// putImpeded adds a step for each issue whose membership this reading found changed.
func putImpeded(ctx context.Context, tx *sql.Tx, t TeamState, c *Changes) error {
	now, err := impededNow(ctx, tx, t.Name)
	if err != nil {
		return err
	}
	step := func(id int64, value bool) error {
		c.touch(micros(t.Until))
		if err := raiseTeam(ctx, tx, t.Name); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO team_impeded VALUES (?1, ?2, ?3, ?4)`, t.Name, id, micros(t.Until), value)
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

// Team returns the state of a team; NotRead for one that was never read.
func (s *Store) Team(ctx context.Context, name string) (t TeamState, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var had bool
		if t, had, err = teamState(ctx, tx, name); err != nil {
			return err
		}
		s.overlay(&t)
		if !had || t.Until.IsZero() {
			err = notRead(name, t.Why)
		}
		return err
	})
	return t, err
}

func notRead(name, why string) error {
	e := &problem.Problem{Code: NotRead, Message: fmt.Sprintf("team %s: was not read yet", name), Hint: "Run jerem collect, or wait for the first reading to end."}
	if why != "" {
		e.Message += ": " + why
	}
	return e
}

func teamState(ctx context.Context, tx *sql.Tx, name string) (t TeamState, had bool, err error) {
	var until, behind int64
	var filtered bool
	err = tx.QueryRowContext(ctx, `SELECT name, project, project_id, board, until, filtered, settings, behind, why FROM team WHERE name = ?1`, name).
		Scan(&t.Name, &t.Project, &t.ProjectID, &t.Board, &until, &filtered, &t.Settings, &behind, &t.Why)
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

func issueSet(ctx context.Context, tx *sql.Tx, table, team string) (map[int64]bool, error) {
	set := map[int64]bool{}
	err := rows(ctx, tx, `SELECT issue FROM `+table+` WHERE team = ?1`, []any{team}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		set[id] = true
		return err
	})
	return set, err
}

// Behind notes that a team could not be read. since is kept from the first failure on; what was
// read before stays.
func (s *Store) Behind(ctx context.Context, team string, since time.Time, why string) error {
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO team VALUES (?1, '', '', 0, 0, 0, '', ?2, ?3)
			ON CONFLICT (name) DO UPDATE SET behind = CASE WHEN behind = 0 THEN ?2 ELSE behind END, why = ?3`, team, micros(since), why)
		return err
	})
}

// EpicKeys returns the present keys of the issues of a project that are of an epic's level and ever
// carried a label that matches.
func (s *Store) EpicKeys(ctx context.Context, projectID string, label *regexp.Regexp) ([]string, error) {
	var keys []string
	if label == nil {
		return nil, nil
	}
	err := s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		keys = nil
		key, labelled, epic, last := "", false, false, int64(0)
		flush := func() {
			if epic && labelled && key != "" {
				keys = append(keys, key)
			}
			key, labelled, epic = "", false, false
		}
		err := rows(ctx, tx, `SELECT e.issue, e.field, e.value, coalesce(t.level, 0) FROM event e LEFT JOIN type t ON e.field = 'type' AND t.id = e.value
			WHERE e.project = ?1 AND e.field IN ('key', 'labels', 'type') ORDER BY e.issue, e.seq`, []any{projectID}, func(scan func(...any) error) error {
			var id int64
			var level int
			var field, value string
			if err := scan(&id, &field, &value, &level); err != nil {
				return err
			}
			if id != last {
				flush()
				last = id
			}
			switch field {
			case "key":
				key = value
			case "type":
				epic = epic || level == 1
			case "labels":
				values, err := readList(value)
				labelled = labelled || slices.ContainsFunc(values, label.MatchString)
				return err
			}
			return nil
		})
		flush()
		return err
	})
	return keys, err
}
