package store

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"jerem/agile"
)

// Worklogs returns all time logged that is kept, by id.
func (s *Store) Worklogs(ctx context.Context) (logs []agile.Worklog, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return rows(ctx, tx, `SELECT id, issue, created, started, seconds FROM worklog ORDER BY id`, nil, func(scan func(...any) error) error {
			l, err := scanWorklog(scan)
			logs = append(logs, l)
			return err
		})
	})
	return logs, err
}

// WorklogCount tells how many worklogs are kept.
func (s *Store) WorklogCount(ctx context.Context) (n int, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM worklog`).Scan(&n)
	})
	return n, err
}

// KnownWorklogs returns those of some worklogs that are kept.
func (s *Store) KnownWorklogs(ctx context.Context, ids []int64) (logs []agile.Worklog, err error) {
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, id := range ids {
			l, ok, err := oldWorklog(ctx, tx, id)
			if err != nil {
				return err
			}
			if ok {
				logs = append(logs, l)
			}
		}
		return nil
	})
	return logs, err
}

// TimeSpent returns what issues themselves say of the time spent on them, in seconds; none where they do not tell.
func (s *Store) TimeSpent(ctx context.Context, issues []int64) (map[int64]int64, error) {
	spent := map[int64]int64{}
	err := s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, id := range issues {
			var value string
			err := tx.QueryRowContext(ctx, `SELECT value FROM event WHERE issue = ?1 AND project = (SELECT project FROM issue WHERE id = ?1)
				AND field = 'number:timespent' ORDER BY seq DESC LIMIT 1`, id).Scan(&value)
			if err == sql.ErrNoRows {
				continue
			}
			if err != nil {
				return err
			}
			if n, err := strconv.ParseFloat(value, 64); err == nil {
				spent[id] = int64(n)
			}
		}
		return nil
	})
	return spent, err
}

// PutWorklogs keeps worklogs that are new or changed. It returns the earliest moment that changed.
func (s *Store) PutWorklogs(ctx context.Context, logs []agile.Worklog) (time.Time, error) {
	return s.editWorklogs(ctx, logs, nil)
}

// DeleteWorklogs forgets worklogs. It returns the earliest moment that changed.
func (s *Store) DeleteWorklogs(ctx context.Context, ids []int64) (time.Time, error) {
	return s.editWorklogs(ctx, nil, ids)
}

func (s *Store) editWorklogs(ctx context.Context, logs []agile.Worklog, gone []int64) (time.Time, error) {
	var c Changes
	if len(logs)+len(gone) == 0 {
		return c.Earliest, nil
	}
	err := s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		c = Changes{}
		var touched []int64
		for _, l := range logs {
			was, ok, err := oldWorklog(ctx, tx, l.ID)
			if err != nil {
				return err
			}
			if ok && sameWorklog(was, l) {
				if err := readableWorklog(ctx, tx, l.ID); err != nil {
					return err
				}
				continue
			}
			touched = append(touched, l.Issue)
			if ok {
				touchWorklog(&c, was)
				touched = append(touched, was.Issue)
			}
			touchWorklog(&c, l)
			if err := putWorklog(ctx, tx, l); err != nil {
				return err
			}
		}
		for _, id := range gone {
			was, ok, err := oldWorklog(ctx, tx, id)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			touchWorklog(&c, was)
			touched = append(touched, was.Issue)
			if err := readableWorklog(ctx, tx, id); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM worklog WHERE id = ?1`, id); err != nil {
				return err
			}
		}
		return raiseTeamsOfIssues(ctx, tx, touched)
	})
	return c.Earliest, err
}

func oldWorklog(ctx context.Context, tx *sql.Tx, id int64) (l agile.Worklog, ok bool, err error) {
	err = rows(ctx, tx, `SELECT id, issue, created, started, seconds FROM worklog WHERE id = ?1`, []any{id}, func(scan func(...any) error) error {
		ok = true
		l, err = scanWorklog(scan)
		return err
	})
	return l, ok, err
}

func putWorklog(ctx context.Context, tx *sql.Tx, l agile.Worklog) error {
	if err := readableWorklog(ctx, tx, l.ID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO worklog VALUES (?1, ?2, ?3, ?4, ?5)`, l.ID, l.Issue, micros(l.Created), micros(l.Started), l.Seconds)
	return err
}

// readableWorklog forgets that a worklog could not be read: its gap has its id as subject.
func readableWorklog(ctx context.Context, tx *sql.Tx, id int64) error {
	return deleteGaps(ctx, tx, `source = 'worklogs' AND code = 'unreadable' AND subject = ?1`, strconv.FormatInt(id, 10))
}

func scanWorklog(scan func(...any) error) (agile.Worklog, error) {
	var l agile.Worklog
	var created, started int64
	err := scan(&l.ID, &l.Issue, &created, &started, &l.Seconds)
	l.Created, l.Started = fromMicros(created), fromMicros(started)
	return l, err
}

func sameWorklog(a, b agile.Worklog) bool {
	return a.ID == b.ID && a.Issue == b.Issue && a.Seconds == b.Seconds && micros(a.Created) == micros(b.Created) && micros(a.Started) == micros(b.Started)
}

// touchWorklog notes the earlier of the work and its logging; a day's figure stands at its local
// midnight, which no zone puts more than a day and a half before.
func touchWorklog(c *Changes, l agile.Worklog) {
	c.touch(micros(l.Created))
	c.touch(micros(l.Started.Add(-36 * time.Hour)))
}
