package store

import (
	"context"
	"database/sql"
	"strconv"

	"jerem/agile"
	"jerem/store/db"
)

// Worklogs keeps time logged.
type Worklogs struct{ db db.Database }

// All returns all time logged that is kept, by id.
func (s Worklogs) All(ctx context.Context) (logs []agile.Worklog, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(
			ctx,
			`SELECT id, issue, created, started, seconds FROM worklog ORDER BY id`,
			nil,
			func(scan db.Scan) error {
				l, err := scanWorklog(scan)
				logs = append(logs, l)
				return err
			},
		)
	})
	return logs, err
}

// Count tells how many worklogs are kept.
func (s Worklogs) Count(ctx context.Context) (n int, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM worklog`).Scan(&n)
	})
	return n, err
}

// Known returns those of some worklogs that are kept.
func (s Worklogs) Known(ctx context.Context, ids []int64) (logs []agile.Worklog, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
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
func (s Issues) TimeSpent(ctx context.Context, issues []int64) (map[int64]int64, error) {
	spent := map[int64]int64{}
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, id := range issues {
			var events string
			err := tx.QueryRow(ctx, `SELECT events FROM timeline WHERE issue = ?1`, id).Scan(&events)
			if err == sql.ErrNoRows {
				continue
			}
			if err != nil {
				return err
			}
			err = readEvents(events, func(e event) error {
				if e.field != "number:timespent" {
					return nil
				}
				delete(spent, id)
				if n, err := strconv.ParseFloat(e.value, 64); err == nil {
					spent[id] = int64(n)
				}
				return nil
			})
			if err != nil {
				return db.Unfit(err)
			}
		}
		return nil
	})
	return spent, err
}

// Put keeps worklogs that are new or changed.
func (s Worklogs) Put(ctx context.Context, logs []agile.Worklog) error {
	return s.edit(ctx, logs, nil)
}

// Delete forgets worklogs.
func (s Worklogs) Delete(ctx context.Context, ids []int64) error {
	return s.edit(ctx, nil, ids)
}

func (s Worklogs) edit(ctx context.Context, logs []agile.Worklog, gone []int64) error {
	if len(logs)+len(gone) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
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
				touched = append(touched, was.Issue)
			}
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
			touched = append(touched, was.Issue)
			if err := readableWorklog(ctx, tx, id); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `DELETE FROM worklog WHERE id = ?1`, id); err != nil {
				return err
			}
		}
		return raiseTeamsOfIssues(ctx, tx, touched)
	})
}

func oldWorklog(ctx context.Context, tx *db.Tx, id int64) (l agile.Worklog, ok bool, err error) {
	err = tx.Each(
		ctx,
		`SELECT id, issue, created, started, seconds FROM worklog WHERE id = ?1`,
		[]any{id},
		func(scan db.Scan) error {
			ok = true
			l, err = scanWorklog(scan)
			return err
		},
	)
	return l, ok, err
}

func putWorklog(ctx context.Context, tx *db.Tx, l agile.Worklog) error {
	if err := readableWorklog(ctx, tx, l.ID); err != nil {
		return err
	}
	_, err := tx.Exec(
		ctx,
		`INSERT OR REPLACE INTO worklog VALUES (?1, ?2, ?3, ?4, ?5)`,
		l.ID,
		l.Issue,
		micros(l.Created),
		micros(l.Started),
		l.Seconds,
	)
	return err
}

// readableWorklog forgets that a worklog could not be read: its gap has its id as subject.
func readableWorklog(ctx context.Context, tx *db.Tx, id int64) error {
	return deleteGaps(
		ctx,
		tx,
		`source = 'worklogs' AND code = 'unreadable' AND subject = ?1`,
		strconv.FormatInt(id, 10),
	)
}

func scanWorklog(scan db.Scan) (agile.Worklog, error) {
	var l agile.Worklog
	var created, started int64
	err := scan(&l.ID, &l.Issue, &created, &started, &l.Seconds)
	l.Created, l.Started = fromMicros(created), fromMicros(started)
	return l, err
}

func sameWorklog(a, b agile.Worklog) bool {
	return a.ID == b.ID && a.Issue == b.Issue && a.Seconds == b.Seconds && micros(a.Created) == micros(b.Created) &&
		micros(a.Started) == micros(b.Started)
}
