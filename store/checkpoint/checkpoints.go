package checkpoint

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/store/db"
	"jerem/store/encoding"
)

// Checkpoints keeps how far the store is current.
type Checkpoints struct{ db db.Database }

// New returns the checkpoints in a database.
func New(d db.Database) Checkpoints { return Checkpoints{d} }

// Checkpoint says up to where the store is current, so that a reading asks only for what is new.
type Checkpoint struct {
	Projects        map[string]time.Time // by project id: the last change seen, after a walk that was complete
	Worklogs        time.Time            // up to which worklogs were asked for; zero for never
	Erased          time.Time            // up to which deleted worklogs were asked for
	Fields          string               // which fields were read, in any form that compares
	Listed          time.Time            // when the issues were last counted whole
	Reconciled      time.Time            // when they were last compared with what is kept
	Backfill        time.Time            // since when a first reading goes on that did not end yet; zero for none
	Retry           []int64              // issues that are to be read again, for they could not be read
	WorklogsPending []int64              // issues whose whole time logged is still to be asked for
	WorklogsRetry   []int64              // worklogs that are to be read again, for they could not be read
}

const checkpointPrefix = "mark:"

// together is the row of the moment up to which all those projects are current whose own row names it: after most
// readings all of them, so that a reading that finds nothing changes one row, however many projects there are. It is
// called so that it lies beside the row "worklogs", which changes with it: a database writes whole pages.
const together = "walked"

// All returns how far the store is current.
func (s Checkpoints) All(ctx context.Context) (m Checkpoint, err error) {
	m.Projects = map[string]time.Time{}
	var common time.Time
	var sharing []string // the projects that are current up to the common moment
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		return tx.Each(ctx, `SELECT name, value FROM meta`, nil, func(scan db.Scan) error {
			var name, value string
			if err := scan(&name, &value); err != nil {
				return err
			}
			n, _ := strconv.ParseInt(value, 10, 64)
			switch project, ok := strings.CutPrefix(name, checkpointPrefix); {
			case ok && value == together:
				sharing = append(sharing, project)
			case ok:
				m.Projects[project] = encoding.FromMicros(n)
			case name == together:
				common = encoding.FromMicros(n)
			case name == "worklogs":
				m.Worklogs = encoding.FromMicros(n)
			case name == "census":
				m.Listed = encoding.FromMicros(n)
			case name == "audit":
				m.Reconciled = encoding.FromMicros(n)
			case name == "erased":
				m.Erased = encoding.FromMicros(n)
			case name == "backfill":
				m.Backfill = encoding.FromMicros(n)
			case name == "fields":
				m.Fields = value
			case name == "again":
				m.Retry = readNumbers(value)
			case name == "owed":
				m.WorklogsPending = readNumbers(value)
			case name == "worklogs_again":
				m.WorklogsRetry = readNumbers(value)
			}
			return nil
		})
	})
	for _, project := range sharing {
		m.Projects[project] = common
	}
	return m, err
}

// Set keeps how far the store is current; projects that are not named stay as they are.
func (s Checkpoints) Set(ctx context.Context, m Checkpoint) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		values := map[string]string{
			"worklogs": strconv.FormatInt(encoding.Micros(m.Worklogs), 10),
			"census":   strconv.FormatInt(encoding.Micros(m.Listed), 10),
			"audit": strconv.FormatInt(
				encoding.Micros(m.Reconciled),
				10,
			),
			"erased":         strconv.FormatInt(encoding.Micros(m.Erased), 10),
			"backfill":       strconv.FormatInt(encoding.Micros(m.Backfill), 10),
			"fields":         m.Fields,
			"again":          writeNumbers(m.Retry),
			"owed":           writeNumbers(m.WorklogsPending),
			"worklogs_again": writeNumbers(m.WorklogsRetry),
		}
		if err := putProjects(ctx, tx, m.Projects, values); err != nil {
			return err
		}
		return putMeta(ctx, tx, values)
	})
}

// putProjects adds to values up to when projects are current. Those that share a moment and are not named keep it.
func putProjects(ctx context.Context, tx *db.Tx, projects map[string]time.Time, values map[string]string) error {
	if len(projects) == 0 {
		return nil
	}
	var latest time.Time
	names := make([]string, 0, len(projects))
	for project, at := range projects {
		names = append(names, checkpointPrefix+project)
		if at.After(latest) {
			latest = at
		}
	}
	_, err := tx.Exec(ctx, `UPDATE meta SET value = (SELECT value FROM meta WHERE name = '`+together+`')
		WHERE value = '`+together+`' AND name NOT IN `+db.ListedTexts, db.Texts(names))
	if err != nil {
		return err
	}
	for project, at := range projects {
		values[checkpointPrefix+project] = together
		if !at.Equal(latest) {
			values[checkpointPrefix+project] = strconv.FormatInt(encoding.Micros(at), 10)
		}
	}
	values[together] = strconv.FormatInt(encoding.Micros(latest), 10)
	return nil
}

// putMeta keeps values by their names; one that is kept already is not written.
func putMeta(ctx context.Context, tx *db.Tx, values map[string]string) error {
	rows := make([][]any, 0, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		rows = append(rows, []any{name, values[name]})
	}
	_, err := tx.InsertRows(ctx, `INSERT INTO meta (name, value)`,
		`ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE meta.value <> excluded.value`, rows)
	return err
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

// Translation returns by which translation the timelines were derived from what is kept; 0 where nobody told.
func (s Checkpoints) Translation(ctx context.Context) (version int, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		var text string
		err := tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'translation'`).Scan(&text)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		version, _ = strconv.Atoi(text)
		return err
	})
	return version, err
}

// SetTranslation notes by which translation the timelines were derived.
func (s Checkpoints) SetTranslation(ctx context.Context, version int) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return putMeta(ctx, tx, map[string]string{"translation": strconv.Itoa(version)})
	})
}

// AddRetries adds issues to those that the next reading asks for.
func AddRetries(ctx context.Context, tx *db.Tx, ids map[int64]bool) error {
	var text string
	err := tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'again'`).Scan(&text)
	if err != nil && err != sql.ErrNoRows {
		return err
	}
	for _, id := range readNumbers(text) {
		ids[id] = true
	}
	return putMeta(ctx, tx, map[string]string{"again": writeNumbers(slices.Sorted(maps.Keys(ids)))})
}

// Forget forgets how far a project was read, "" for none, and what of issues is still to be read: they are no more.
func Forget(ctx context.Context, tx *db.Tx, projectID string, issues []int64) error {
	if projectID != "" {
		if _, err := tx.Exec(ctx, `DELETE FROM meta WHERE name = $1`, checkpointPrefix+projectID); err != nil {
			return err
		}
	}
	gone := map[int64]bool{}
	for _, id := range issues {
		gone[id] = true
	}
	for _, list := range []string{"again", "owed"} {
		var text string
		err := tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = $1`, list).Scan(&text)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		left := slices.DeleteFunc(readNumbers(text), func(id int64) bool { return gone[id] })
		if err := putMeta(ctx, tx, map[string]string{list: writeNumbers(left)}); err != nil {
			return err
		}
	}
	return nil
}
