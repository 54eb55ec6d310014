package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"
)

// Marks say up to where the store is current, so that a reading asks only for what is new.
type Marks struct {
	Projects map[string]time.Time // by project id: the last change seen, after a walk that was complete
	Worklogs time.Time            // up to which worklogs were asked for; zero for never
	Erased   time.Time            // up to which deleted worklogs were asked for
	Fields   string               // which fields were read, in any form that compares
	Census   time.Time            // when the issues were last counted whole
	Audit    time.Time            // when they were last compared with what is kept
	Backfill time.Time            // since when a first reading goes on that did not end yet; zero for none
	Again    []int64              // issues that are to be read again, for they could not be read
	Owed     []int64              // issues whose whole time logged is still to be asked for
}

const markPrefix = "mark:"

// Marks returns how far the store is current.
func (s *Store) Marks(ctx context.Context) (m Marks, err error) {
	m.Projects = map[string]time.Time{}
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return rows(ctx, tx, `SELECT name, value FROM meta`, nil, func(scan func(...any) error) error {
			var name, value string
			if err := scan(&name, &value); err != nil {
				return err
			}
			n, _ := strconv.ParseInt(value, 10, 64)
			switch project, ok := strings.CutPrefix(name, markPrefix); {
			case ok:
				m.Projects[project] = fromMicros(n)
			case name == "worklogs":
				m.Worklogs = fromMicros(n)
			case name == "census":
				m.Census = fromMicros(n)
			case name == "audit":
				m.Audit = fromMicros(n)
			case name == "erased":
				m.Erased = fromMicros(n)
			case name == "backfill":
				m.Backfill = fromMicros(n)
			case name == "fields":
				m.Fields = value
			case name == "again":
				m.Again = readNumbers(value)
			case name == "owed":
				m.Owed = readNumbers(value)
			}
			return nil
		})
	})
	return m, err
}

// SetMarks keeps how far the store is current; projects that are not named stay as they are.
func (s *Store) SetMarks(ctx context.Context, m Marks) error {
	return s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		values := map[string]string{"worklogs": strconv.FormatInt(micros(m.Worklogs), 10), "census": strconv.FormatInt(micros(m.Census), 10),
			"audit": strconv.FormatInt(micros(m.Audit), 10), "erased": strconv.FormatInt(micros(m.Erased), 10), "backfill": strconv.FormatInt(micros(m.Backfill), 10), "fields": m.Fields,
			"again": writeNumbers(m.Again), "owed": writeNumbers(m.Owed)}
		for project, at := range m.Projects {
			values[markPrefix+project] = strconv.FormatInt(micros(at), 10)
		}
		for name, value := range values {
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO meta VALUES (?1, ?2)`, name, value); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeNumbers writes a list of ids as one text.
func writeNumbers(ids []int64) string {
	var parts []string
	for _, id := range ids {
		parts = append(parts, strconv.FormatInt(id, 10))
	}
	return strings.Join(parts, " ")
}

// readNumbers reads what writeNumbers wrote.
func readNumbers(text string) (ids []int64) {
	for part := range strings.FieldsSeq(text) {
		if id, err := strconv.ParseInt(part, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// ProjectIssues returns the issues that stand in a project now.
func (s *Store) ProjectIssues(ctx context.Context, projectID string) (ids []int64, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return rows(ctx, tx, `SELECT id FROM issue WHERE project = ?1 ORDER BY id`, []any{projectID}, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
	})
	return ids, err
}

// Elsewhere returns the issues that stand in another project now and concern a team: its project held
// them once, or they stand in its sprints and epics. The values are the ids of their projects.
func (s *Store) Elsewhere(ctx context.Context, team, projectID string) (projects map[int64]string, err error) {
	projects = map[int64]string{}
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return rows(ctx, tx, `SELECT id, project FROM issue WHERE project <> ?2 AND
			(id IN (SELECT issue FROM issue_project WHERE project = ?2) OR id IN (SELECT issue FROM team_other WHERE team = ?1))`, []any{team, projectID}, func(scan func(...any) error) error {
			var id int64
			var project string
			err := scan(&id, &project)
			projects[id] = project
			return err
		})
	})
	return projects, err
}

// Updated returns when issues were last changed, as far as they are kept.
func (s *Store) Updated(ctx context.Context, ids []int64) (map[int64]time.Time, error) {
	known := map[int64]time.Time{}
	err := s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, id := range ids {
			var n int64
			err := tx.QueryRowContext(ctx, `SELECT updated FROM issue WHERE id = ?1`, id).Scan(&n)
			if err == nil {
				known[id] = fromMicros(n)
			} else if err != sql.ErrNoRows {
				return err
			}
		}
		return nil
	})
	return known, err
}

// ReadSince returns the issues that were read since a moment of Jira's clock.
func (s *Store) ReadSince(ctx context.Context, since time.Time) (map[int64]bool, error) {
	read := map[int64]bool{}
	err := s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return rows(ctx, tx, `SELECT id FROM issue WHERE read >= ?1`, []any{micros(since)}, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			read[id] = true
			return err
		})
	})
	return read, err
}

// DeleteIssues forgets issues with all that belongs to them. It returns the earliest moment whose
// figures change.
func (s *Store) DeleteIssues(ctx context.Context, ids []int64) (time.Time, error) {
	var c Changes
	err := s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		c = Changes{}
		if err := raiseTeamsOfIssues(ctx, tx, ids); err != nil {
			return err
		}
		for _, id := range ids {
			if err := touchIssue(ctx, tx, id, &c); err != nil {
				return err
			}
			for _, statement := range []string{
				`DELETE FROM event WHERE issue = ?1 AND project = (SELECT project FROM issue WHERE id = ?1)`,
				`DELETE FROM issue WHERE id = ?1`, `DELETE FROM issue_project WHERE issue = ?1`, `DELETE FROM link WHERE child = ?1`,
				`DELETE FROM worklog WHERE issue = ?1`, `DELETE FROM team_other WHERE issue = ?1`, `DELETE FROM team_match WHERE issue = ?1`,
				`DELETE FROM team_impeded WHERE issue = ?1`, `DELETE FROM gap WHERE issue = ?1`,
				`DELETE FROM row_sum WHERE part = 'events' AND key = ?1`,
			} {
				if _, err := tx.ExecContext(ctx, statement, id); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return c.Earliest, err
}
