package store

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
	"jerem/store/pastchanges"
)

// Worklogs keeps time logged.
type Worklogs struct{ db db.Database }

// All returns all time logged that is kept, by id.
func (s Worklogs) All(ctx context.Context) (logs []agile.Worklog, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		logs = nil
		return tx.Each(ctx, worklogColumns+` ORDER BY id`, nil, appendWorklogs(&logs))
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
		logs, err = knownWorklogs(ctx, tx, ids)
		return err
	})
	return logs, err
}

// TimeSpent returns what issues themselves say of the time spent on them, in seconds; none where they do not tell.
func (s Issues) TimeSpent(ctx context.Context, issues []int64) (map[int64]int64, error) {
	spent := map[int64]int64{}
	err := s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		clear(spent)
		query := `SELECT issue, events FROM timeline WHERE issue IN ` + db.Listed
		return tx.Each(ctx, query, []any{db.Numbers(issues)}, func(scan db.Scan) error {
			var id int64
			var events string
			if err := scan(&id, &events); err != nil {
				return err
			}
			seconds, told, err := timeSpent(events)
			if told {
				spent[id] = seconds
			}
			return db.Unfit(err)
		})
	})
	return spent, err
}

// timeSpent returns what the timelines of an issue tell of the time spent on it.
func timeSpent(events string) (seconds int64, told bool, err error) {
	err = encoding.ReadEvents(events, func(e encoding.Event) error {
		if e.Field != "number:timespent" {
			return nil
		}
		n, err := strconv.ParseFloat(e.Value, 64)
		seconds, told = int64(n), err == nil
		return nil
	})
	return seconds, told, err
}

// Put keeps worklogs that are new or changed, as a reading found. One that was another before is noted as a change of
// the past: see package pastchanges.
func (s Worklogs) Put(ctx context.Context, logs []agile.Worklog, found time.Time) error {
	return s.editWorklogs(ctx, logs, nil, found)
}

// Delete forgets worklogs, which is noted as a change of the past.
func (s Worklogs) Delete(ctx context.Context, ids []int64, found time.Time) error {
	return s.editWorklogs(ctx, nil, ids, found)
}

func (s Worklogs) editWorklogs(ctx context.Context, logs []agile.Worklog, gone []int64, found time.Time) error {
	if len(logs)+len(gone) == 0 {
		return nil
	}
	ids := slices.Clone(gone)
	for _, l := range logs {
		ids = append(ids, l.ID)
	}
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		known, err := knownWorklogs(ctx, tx, ids)
		if err != nil {
			return err
		}
		was := map[int64]agile.Worklog{}
		for _, l := range known {
			was[l.ID] = l
		}
		if err := forgetUnreadable(ctx, tx, logs, known); err != nil {
			return err
		}
		touched, corrected, err := putWorklogs(ctx, tx, was, logs)
		if err != nil {
			return err
		}
		for _, id := range gone {
			if old, kept := was[id]; kept {
				touched, corrected = append(touched, old.Issue), append(corrected, old)
			}
		}
		if err := pastchanges.NoteWorklogs(ctx, tx, found, corrected); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM worklog WHERE id IN `+db.Listed, db.Numbers(gone)); err != nil {
			return err
		}
		return markTimeLogged(ctx, tx, touched)
	})
}

// knownWorklogs returns those of some worklogs that are kept.
func knownWorklogs(ctx context.Context, tx *db.Tx, ids []int64) (logs []agile.Worklog, err error) {
	query := worklogColumns + ` WHERE id IN ` + db.Listed + ` ORDER BY id`
	err = tx.Each(ctx, query, []any{db.Numbers(ids)}, appendWorklogs(&logs))
	return logs, err
}

// putWorklogs keeps those that are new or changed, and returns the issues that they are or were logged on, and those
// that changed, as they were and as they are.
func putWorklogs(ctx context.Context, tx *db.Tx, was map[int64]agile.Worklog, logs []agile.Worklog) (
	touched []int64,
	corrected []agile.Worklog,
	err error,
) {
	last := map[int64]agile.Worklog{} // one that comes twice counts as it comes last
	for _, l := range logs {
		last[l.ID] = l
	}
	var rows [][]any
	for _, id := range slices.Sorted(maps.Keys(last)) {
		l := last[id]
		old, kept := was[id]
		if kept && sameWorklog(old, l) {
			continue
		}
		touched = append(touched, l.Issue)
		if kept {
			touched, corrected = append(touched, old.Issue), append(corrected, old, l)
		}
		rows = append(rows, []any{l.ID, l.Issue, encoding.Micros(l.Created), encoding.Micros(l.Started), l.Seconds})
	}
	_, err = tx.InsertRows(ctx, `INSERT INTO worklog (id, issue, created, started, seconds)`,
		`ON CONFLICT (id) DO UPDATE SET issue = excluded.issue, created = excluded.created,
		started = excluded.started, seconds = excluded.seconds`, rows)
	return touched, corrected, err
}

// markTimeLogged notes that the time logged on issues changed. Where one is not kept itself its teams are read anew.
func markTimeLogged(ctx context.Context, tx *db.Tx, issues []int64) error {
	if len(issues) == 0 {
		return nil
	}
	slices.Sort(issues)
	issues = slices.Compact(issues)
	kept, err := allKept(ctx, tx, issues)
	if err != nil {
		return err
	}
	if !kept {
		if err := generation.RaiseTeamsOfIssues(ctx, tx, generation.ByScope, issues); err != nil {
			return err
		}
	}
	return generation.MarkIssues(ctx, tx, issues)
}

// allKept tells whether all of some issues, each named once, are kept themselves.
func allKept(ctx context.Context, tx *db.Tx, issues []int64) (bool, error) {
	var kept int
	query := `SELECT count(*) FROM issue WHERE id IN ` + db.Listed
	err := tx.QueryRow(ctx, query, db.Numbers(issues)).Scan(&kept)
	return kept == len(issues), err
}

// forgetUnreadable forgets that worklogs could not be read: such a gap has the worklog as subject.
func forgetUnreadable(ctx context.Context, tx *db.Tx, lists ...[]agile.Worklog) error {
	var noted []string
	query := `SELECT DISTINCT subject FROM gap WHERE source = 'worklogs' AND code = 'unreadable' AND subject <> ''`
	err := tx.Each(ctx, query, nil, func(scan db.Scan) error {
		var subject string
		err := scan(&subject)
		noted = append(noted, subject)
		return err
	})
	if err != nil || len(noted) == 0 {
		return err
	}
	var read []string
	for _, l := range slices.Concat(lists...) {
		subject := encoding.EncodeSubject(agile.NewSubject(agile.SubjectWorklog, l.ID))
		if slices.Contains(noted, subject) {
			read = append(read, subject)
		}
	}
	const which = `subject IN ` + db.ListedTexts + ` AND source = 'worklogs' AND code = 'unreadable'`
	return deleteGaps(ctx, tx, which, db.Texts(read))
}

const worklogColumns = `SELECT id, issue, created, started, seconds FROM worklog`

// appendWorklogs adds the rows of worklogColumns to a list.
func appendWorklogs(list *[]agile.Worklog) func(scan db.Scan) error {
	next := worklogScanner()
	return func(scan db.Scan) error {
		l, err := next(scan)
		*list = append(*list, l)
		return err
	}
}

// worklogScanner reads the columns of worklogColumns row by row, and further ones to where they are wanted.
func worklogScanner(further ...any) func(scan db.Scan) (agile.Worklog, error) {
	var l agile.Worklog
	var created, started int64
	columns := append([]any{&l.ID, &l.Issue, &created, &started, &l.Seconds}, further...)
	return func(scan db.Scan) (agile.Worklog, error) {
		err := scan(columns...)
		l.Created, l.Started = encoding.FromMicros(created), encoding.FromMicros(started)
		return l, err
	}
}

func sameWorklog(a, b agile.Worklog) bool {
	return a.ID == b.ID && a.Issue == b.Issue && a.Seconds == b.Seconds &&
		encoding.Micros(a.Created) == encoding.Micros(b.Created) &&
		encoding.Micros(a.Started) == encoding.Micros(b.Started)
}
