package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/store/db"
)

// Issues keeps issues: their timelines, and the documents that these were derived from.
type Issues struct{ db db.Database }

// Doc is an issue to be kept: its timelines, and what they were derived from.
type Doc struct {
	Issue      *agile.Issue
	Raw        []byte // nil leaves what is kept as it is
	RawVersion int
	Read       time.Time   // Jira's clock when the reading began; zero leaves what is kept as it is
	Gaps       []agile.Gap // what of it is lacking, by source, code and subject; noted where Read is not zero
}

// Put keeps issues, each whole in place of what was known of it, all or none. It returns of how many anything that a
// history holds came out differently.
func (s Issues) Put(ctx context.Context, docs []Doc) (changed int, err error) {
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		var differing []int64
		changed = 0
		for _, d := range docs {
			issue, err := putIssue(ctx, tx, d)
			if err != nil {
				return err
			}
			if issue {
				changed++
			}
			gaps, err := putIssueGaps(ctx, tx, d)
			if err != nil {
				return err
			}
			if issue || gaps {
				differing = append(differing, d.Issue.ID)
			}
		}
		return raiseTeamsOfIssues(ctx, tx, differing)
	})
	return changed, err
}

// issueRow is an issue's row but for when it was read. Numbers are microseconds.
type issueRow struct {
	project                                   string // where it stands now
	created, updated, resolved, recategorized int64
	joints                                    string
	events                                    string // its timelines
}

// rowOf writes an issue as its row.
func rowOf(i *agile.Issue) (row issueRow, err error) {
	row = issueRow{project: i.Project.Last(), created: micros(i.Created), updated: micros(i.Updated),
		resolved: micros(i.Resolved), recategorized: micros(i.Recategorized), events: writeEvents(encodeTimelines(i))}
	row.joints, err = writeJoints(i.Broken)
	return row, err
}

// knownRow returns the row that is kept of an issue; false for none.
func knownRow(ctx context.Context, tx *db.Tx, id int64) (row issueRow, known bool, err error) {
	err = tx.QueryRow(
		ctx,
		`SELECT i.project, i.created, i.updated, i.resolved, i.recategorized, i.joints, coalesce(t.events, '')
		FROM issue i LEFT JOIN timeline t ON t.issue = i.id WHERE i.id = ?1`,
		id,
	).
		Scan(
			&row.project,
			&row.created,
			&row.updated,
			&row.resolved,
			&row.recategorized,
			&row.joints,
			&row.events,
		)
	if errors.Is(err, sql.ErrNoRows) {
		return row, false, nil
	}
	return row, err == nil, err
}

// putIssue keeps one issue. It tells whether anything that a history holds of it came out differently.
func putIssue(ctx context.Context, tx *db.Tx, d Doc) (differs bool, err error) {
	id := d.Issue.ID
	now, err := rowOf(d.Issue)
	if err != nil {
		return false, err
	}
	old, known, err := knownRow(ctx, tx, id)
	if err != nil {
		return false, err
	}
	moved := now.events != old.events || now.project != old.project
	if moved && known { // teams that lose it
		if err := raiseTeamsOfIssues(ctx, tx, []int64{id}); err != nil {
			return false, err
		}
	}
	if err := putDocument(ctx, tx, d); err != nil {
		return false, err
	}
	if known && now == old && d.Read.IsZero() {
		return false, nil
	}
	_, err = tx.Exec(
		ctx,
		`INSERT INTO issue (id, project, created, updated, broken, read, joints, resolved, recategorized)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
		ON CONFLICT (id) DO UPDATE SET project = ?2, created = ?3, updated = ?4, broken = ?5,
		read = CASE WHEN ?6 = 0 THEN read ELSE ?6 END, joints = ?7, resolved = ?8, recategorized = ?9`,
		id,
		now.project,
		now.created,
		now.updated,
		d.Issue.Broken.Total(),
		micros(d.Read),
		now.joints,
		now.resolved,
		now.recategorized,
	)
	if err != nil || !moved {
		return !known || now != old, err
	}
	_, err = tx.Exec(
		ctx,
		`INSERT INTO timeline VALUES (?1, ?2) ON CONFLICT (issue) DO UPDATE SET events = ?2`,
		id,
		now.events,
	)
	if err != nil {
		return false, err
	}
	return true, putLinks(ctx, tx, d.Issue)
}

// putLinks notes the projects that an issue ever held and the parents that it ever had.
func putLinks(ctx context.Context, tx *db.Tx, i *agile.Issue) error {
	if _, err := tx.Exec(ctx, `DELETE FROM issue_project WHERE issue = ?1`, i.ID); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM link WHERE child = ?1`, i.ID); err != nil {
		return err
	}
	for _, s := range i.Project {
		if _, err := tx.Exec(ctx, `INSERT OR IGNORE INTO issue_project VALUES (?1, ?2)`, s.Value, i.ID); err != nil {
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
		if _, err := tx.Exec(ctx, `INSERT OR IGNORE INTO link VALUES (?1, ?2)`, p, i.ID); err != nil {
			return err
		}
	}
	return nil
}

// Delete forgets issues with all that belongs to them.
func (s Issues) Delete(ctx context.Context, ids []int64) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := raiseTeamsOfIssues(ctx, tx, ids); err != nil {
			return err
		}
		for _, id := range ids {
			for _, statement := range []string{
				`DELETE FROM timeline WHERE issue = ?1`, `DELETE FROM document WHERE issue = ?1`,
				`DELETE FROM issue WHERE id = ?1`,
				`DELETE FROM issue_project WHERE issue = ?1`, `DELETE FROM link WHERE child = ?1`,
				`DELETE FROM worklog WHERE issue = ?1`, `DELETE FROM team_other WHERE issue = ?1`,
				`DELETE FROM team_match WHERE issue = ?1`, `DELETE FROM team_impeded WHERE issue = ?1`,
				`DELETE FROM gap WHERE issue = ?1`,
			} {
				if _, err := tx.Exec(ctx, statement, id); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
