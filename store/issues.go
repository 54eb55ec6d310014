package store

import (
	"bytes"
	"compress/zlib"
	"context"
	"database/sql"
	"io"
	"iter"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
)

// Doc is an issue to be kept: its timelines, and what they were derived from.
type Doc struct {
	Issue      *agile.Issue
	Raw        []byte // nil leaves what is kept as it is
	RawVersion int
	Read       time.Time   // Jira's clock when the reading began; zero leaves what is kept as it is
	Gaps       []agile.Gap // what of it is lacking, by source, code and subject; noted where Read is not zero
}

// Changes says what a write changed.
type Changes struct {
	Issues   int       // whose timelines came out differently
	Events   int       // steps of theirs
	Earliest time.Time // the first moment at which a timeline differs; zero where nothing changed
}

func (c *Changes) touch(at int64) {
	if t := fromMicros(at); c.Earliest.IsZero() || t.Before(c.Earliest) {
		c.Earliest = t
	}
}

// PutIssues keeps issues, each whole in place of what was known of it, all or none.
func (s *Store) PutIssues(ctx context.Context, docs []Doc) (Changes, error) {
	var c Changes
	err := s.change(ctx, func(ctx context.Context, tx *sql.Tx) error {
		c = Changes{}
		var changed []int64
		for _, d := range docs {
			differs, err := putIssue(ctx, tx, d, &c)
			if err != nil {
				return err
			}
			gaps := false
			if !d.Read.IsZero() {
				if gaps, err = putIssueGaps(ctx, tx, d.Issue.ID, d.Read, d.Gaps); err != nil {
					return err
				}
			}
			if differs || gaps {
				changed = append(changed, d.Issue.ID)
			}
		}
		return raiseTeamsOfIssues(ctx, tx, changed)
	})
	return c, err
}

// putIssue keeps one issue. It tells whether anything that a history holds of it came out differently.
func putIssue(ctx context.Context, tx *sql.Tx, d Doc, c *Changes) (differs bool, err error) {
	i := d.Issue
	raw, err := squeeze(d.Raw)
	if err != nil {
		return false, err
	}
	now := evidence{created: micros(i.Created), updated: micros(i.Updated), resolved: micros(i.Resolved), recategorized: micros(i.Recategorized)}
	if now.joints, err = writeJoints(i.Broken); err != nil {
		return false, err
	}
	old, had, err := oldEvents(ctx, tx, i.ID)
	if err != nil {
		return false, err
	}
	was, err := evidenceOf(ctx, tx, i.ID)
	if err != nil {
		return false, err
	}
	project, events := i.Project.Last(), encode(i)
	same := slices.Equal(old, events) && had == project
	if !same && had != "" { // teams that lose it
		if err := raiseTeamsOfIssues(ctx, tx, []int64{i.ID}); err != nil {
			return false, err
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO issue (id, project, created, updated, broken, raw, raw_version, read, joints, resolved, recategorized)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
		ON CONFLICT (id) DO UPDATE SET project = ?2, created = ?3, updated = ?4, broken = ?5, raw = coalesce(?6, raw),
		raw_version = CASE WHEN ?6 IS NULL THEN raw_version ELSE ?7 END, read = CASE WHEN ?8 = 0 THEN read ELSE ?8 END,
		joints = ?9, resolved = ?10, recategorized = ?11`,
		i.ID, project, now.created, now.updated, i.Broken.Total(), raw, d.RawVersion, micros(d.Read),
		now.joints, now.resolved, now.recategorized); err != nil {
		return false, err
	}
	if same {
		was.differ(now, c)
		return was != now, nil
	}
	c.Issues++
	c.Events += len(events)
	differ(old, events, c)
	return true, putEvents(ctx, tx, i, had, events)
}

// putEvents keeps the timelines of an issue in place of those known, which stand under the project that it had.
func putEvents(ctx context.Context, tx *sql.Tx, i *agile.Issue, had string, events []event) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM event WHERE project = ?1 AND issue = ?2`, had, i.ID); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO event (project, issue, seq, field, at, ord, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for n, e := range events {
		if _, err := insert.ExecContext(ctx, i.Project.Last(), i.ID, n, e.field, e.at, e.order, e.value); err != nil {
			return err
		}
	}
	if err := putEventSum(ctx, tx, i.ID, events); err != nil {
		return err
	}
	return putLinks(ctx, tx, i)
}

// putLinks notes the projects that an issue ever held and the parents that it ever had.
func putLinks(ctx context.Context, tx *sql.Tx, i *agile.Issue) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM issue_project WHERE issue = ?1`, i.ID); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM link WHERE child = ?1`, i.ID); err != nil {
		return err
	}
	for _, s := range i.Project {
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO issue_project VALUES (?1, ?2)`, s.Value, i.ID); err != nil {
			return err
		}
	}
	var parents []int64
	for _, s := range i.Parent {
		parents = append(parents, s.Value)
	}
	for _, s := range i.EpicLink {
		if id, err := strconv.ParseInt(s.Value, 10, 64); err == nil {
			parents = append(parents, id)
		}
	}
	for _, p := range parents {
		if p == 0 {
			continue
		}
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO link VALUES (?1, ?2)`, p, i.ID); err != nil {
			return err
		}
	}
	return nil
}

// oldEvents returns what is known of an issue and under which project.
func oldEvents(ctx context.Context, tx *sql.Tx, id int64) (events []event, project string, err error) {
	err = tx.QueryRowContext(ctx, `SELECT project FROM issue WHERE id = ?1`, id).Scan(&project)
	if err == sql.ErrNoRows {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	err = rows(ctx, tx, `SELECT field, at, ord, value FROM event WHERE project = ?1 AND issue = ?2 ORDER BY seq`, []any{project, id}, func(scan func(...any) error) error {
		var e event
		defer func() { events = append(events, e) }()
		return scan(&e.field, &e.at, &e.order, &e.value)
	})
	return events, project, err
}

// differ finds the first moment at which two lists of events differ.
func differ(old, now []event, c *Changes) {
	was := map[event]int{}
	for _, e := range old {
		was[e]++
	}
	for _, e := range now {
		if was[e] > 0 {
			was[e]--
			continue
		}
		c.touch(e.at)
	}
	for e, n := range was {
		if n > 0 {
			c.touch(e.at)
		}
	}
}

func squeeze(raw []byte) ([]byte, error) {
	if raw == nil {
		return nil, nil
	}
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

func unsqueeze(b []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, unfit(err)
	}
	raw, err := io.ReadAll(r)
	return raw, unfit(err)
}

// RawDoc is what was read of an issue.
type RawDoc struct {
	ID      int64
	Version int
	Raw     []byte
}

// rawChunk is how many issues are read at a time.
const rawChunk = 200

// Raw walks through what was read of every issue, in ascending order of id. The store may be
// written meanwhile.
func (s *Store) Raw(ctx context.Context) iter.Seq2[RawDoc, error] {
	return func(yield func(RawDoc, error) bool) {
		last := int64(-1 << 62)
		for {
			var docs []RawDoc
			err := s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
				return rows(ctx, tx, `SELECT id, raw_version, raw FROM issue WHERE id > ?1 AND raw IS NOT NULL ORDER BY id LIMIT ?2`, []any{last, rawChunk}, func(scan func(...any) error) error {
					var d RawDoc
					var packed []byte
					if err := scan(&d.ID, &d.Version, &packed); err != nil {
						return err
					}
					raw, err := unsqueeze(packed)
					d.Raw = raw
					docs = append(docs, d)
					return err
				})
			})
			if err != nil {
				yield(RawDoc{}, err)
				return
			}
			for _, d := range docs {
				if !yield(d, nil) {
					return
				}
				last = d.ID
			}
			if len(docs) < rawChunk {
				return
			}
		}
	}
}

// RawOf returns what was read of some issues, as far as they are kept.
func (s *Store) RawOf(ctx context.Context, ids []int64) ([]RawDoc, error) {
	var docs []RawDoc
	err := s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		docs = nil
		for _, id := range ids {
			d, packed := RawDoc{ID: id}, []byte(nil)
			err := tx.QueryRowContext(ctx, `SELECT raw_version, raw FROM issue WHERE id = ?1 AND raw IS NOT NULL`, id).Scan(&d.Version, &packed)
			if err == sql.ErrNoRows {
				continue
			}
			if err != nil {
				return err
			}
			if d.Raw, err = unsqueeze(packed); err != nil {
				return err
			}
			docs = append(docs, d)
		}
		return nil
	})
	return docs, err
}

// IssueIDs returns the issues that are kept, and when the first of them was created.
func (s *Store) IssueIDs(ctx context.Context) (known map[int64]bool, first time.Time, err error) {
	known = map[int64]bool{}
	err = s.look(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return rows(ctx, tx, `SELECT id, created FROM issue`, nil, func(scan func(...any) error) error {
			var id, created int64
			if err := scan(&id, &created); err != nil {
				return err
			}
			known[id] = true
			if t := fromMicros(created); first.IsZero() || t.Before(first) {
				first = t
			}
			return nil
		})
	})
	return known, first, err
}
