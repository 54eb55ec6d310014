package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
	"jerem/store/links"
	"jerem/store/pastchanges"
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
	if len(docs) == 0 {
		return 0, nil
	}
	rows, err := rowsOf(docs)
	if err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		place := generation.Outside // derived again from what is kept
		if slices.ContainsFunc(docs, func(d Doc) bool { return !d.Read.IsZero() }) {
			place = 0
		}
		differing, err := putIssues(ctx, tx, place, rows)
		if err != nil {
			return err
		}
		changed = len(differing)
		if err := putGapsOfIssues(ctx, tx, docs); err != nil {
			return err
		}
		return generation.RaiseTeamsOfIssues(ctx, tx, generation.ByIssues|place, differing)
	})
	return changed, err
}

// issueRow is an issue as its rows, but for when it was read. Numbers are microseconds.
type issueRow struct {
	project                                   string // where it stands now
	created, updated, resolved, recategorized int64
	joints                                    string
	types                                     string // those that it ever had, in order
	events                                    string // its timelines
}

// rowOf writes an issue as its row.
func rowOf(i *agile.Issue) (row issueRow, err error) {
	row = issueRow{project: i.Project.Last(), created: encoding.Micros(i.Created),
		updated: encoding.Micros(i.Updated.Time()), resolved: encoding.Micros(i.Resolved.Time()),
		recategorized: encoding.Micros(i.Recategorized.Time()), types: typesOf(i), events: encoding.WriteTimelines(i)}
	row.joints, err = encoding.WriteJoints(i.Broken)
	return row, err
}

// typesOf returns the types that an issue ever had, in order, as one text.
func typesOf(i *agile.Issue) string {
	if len(i.Type) == 1 {
		return i.Type[0].Value
	}
	var types []string
	for _, s := range i.Type {
		types = append(types, s.Value)
	}
	slices.Sort(types)
	return strings.Join(slices.Compact(types), " ")
}

// docRow is an issue to be kept: its rows and its document, packed.
type docRow struct {
	Doc
	now    issueRow
	packed []byte
}

// rowsOf writes issues as they are kept, each once: the last one counts. It asks no database, so it holds nobody up.
func rowsOf(docs []Doc) ([]docRow, error) {
	rows := make([]docRow, 0, len(docs))
	at := make(map[int64]int, len(docs))
	for _, d := range docs {
		now, err := rowOf(d.Issue)
		if err != nil {
			return nil, err
		}
		packed, err := encoding.Compress(d.Raw)
		if err != nil {
			return nil, err
		}
		row := docRow{Doc: d, now: now, packed: packed}
		if n, twice := at[d.Issue.ID]; twice {
			rows[n] = row
			continue
		}
		at[d.Issue.ID] = len(rows)
		rows = append(rows, row)
	}
	return rows, nil
}

// knownRows returns the rows that are kept of issues.
func knownRows(ctx context.Context, tx *db.Tx, docs []docRow) (map[int64]issueRow, error) {
	ids := make([]int64, len(docs))
	for n, d := range docs {
		ids[n] = d.Issue.ID
	}
	known := map[int64]issueRow{}
	query := `SELECT i.id, i.project, i.created, i.updated, i.resolved, i.recategorized, i.joints, i.types,
		coalesce(t.events, '') FROM issue i LEFT JOIN timeline t ON t.issue = i.id WHERE i.id IN ` + db.Listed
	err := tx.Each(ctx, query, []any{db.Numbers(ids)}, func(scan db.Scan) error {
		var id int64
		var row issueRow
		err := scan(&id, &row.project, &row.created, &row.updated, &row.resolved, &row.recategorized, &row.joints,
			&row.types, &row.events)
		known[id] = row
		return err
	})
	return known, err
}

// putIssues keeps issues. It returns those of which anything that a history holds came out differently; their
// teams' generations are still to be raised.
func putIssues(ctx context.Context, tx *db.Tx, place generation.Reason, docs []docRow) (differing []int64, err error) {
	known, err := knownRows(ctx, tx, docs)
	if err != nil {
		return nil, err
	}
	version, err := tx.Version(ctx)
	if err != nil {
		return nil, err
	}
	var issues, timelines, documents [][]any
	var moved []*agile.Issue // whose timelines differ
	var come []int64         // that were not kept
	restored, reading := map[int64]pastchanges.Restored{}, time.Time{}
	for _, d := range docs {
		id, now := d.Issue.ID, d.now
		old, kept := known[id]
		if d.packed != nil {
			documents = append(documents, []any{id, d.RawVersion, d.packed})
		}
		differs := !kept || now != old
		changed := int64(0)
		if differs {
			differing = append(differing, id)
			changed = version
		}
		if differs || !d.Read.IsZero() {
			issues = append(issues, []any{id, now.project, now.created, now.updated, d.Issue.Broken.Total(),
				encoding.Micros(d.Read), now.joints, now.resolved, now.recategorized, changed, now.types})
		}
		if !kept {
			come = append(come, id)
		}
		if kept && now.updated < old.updated && !d.Read.IsZero() {
			restored[id], reading = pastchanges.Restored{Created: old.created, Events: old.events}, d.Read
		}
		if !kept || now.events != old.events {
			timelines = append(timelines, []any{id, now.events})
			moved = append(moved, d.Issue)
		}
	}
	if err := pastchanges.ForgetReturned(ctx, tx, come); err != nil {
		return nil, err
	}
	if err := pastchanges.NoteRestoredIssues(ctx, tx, reading, restored); err != nil {
		return nil, err
	}
	if err := links.Put(ctx, tx, place, moved); err != nil {
		return nil, err
	}
	return differing, putIssueRows(ctx, tx, issues, timelines, documents)
}

// putIssueRows writes the rows of issues.
func putIssueRows(ctx context.Context, tx *db.Tx, issues, timelines, documents [][]any) error {
	err := tx.InsertRowsLater(ctx, `INSERT INTO document (issue, version, raw)`, `ON CONFLICT (issue)
		DO UPDATE SET version = excluded.version, raw = excluded.raw
		WHERE document.version <> excluded.version OR document.raw <> excluded.raw`, documents)
	if err != nil {
		return err
	}
	err = tx.InsertRowsLater(ctx, `INSERT INTO timeline (issue, events)`,
		`ON CONFLICT (issue) DO UPDATE SET events = excluded.events`, timelines)
	if err != nil {
		return err
	}
	return tx.InsertRowsLater(ctx, `INSERT INTO issue
		(id, project, created, updated, broken, read, joints, resolved, recategorized, changed, types)`,
		`ON CONFLICT (id) DO UPDATE SET project = excluded.project, created = excluded.created,
		updated = excluded.updated, broken = excluded.broken, joints = excluded.joints, resolved = excluded.resolved,
		recategorized = excluded.recategorized, types = excluded.types,
		read = CASE WHEN excluded.read = 0 THEN issue.read ELSE excluded.read END,
		changed = CASE WHEN excluded.changed = 0 THEN issue.changed ELSE excluded.changed END`, issues)
}

// Delete forgets issues with all that belongs to them, for Jira does not have them any more, as a reading found. What
// tells which past figures they had a part in stays: see package pastchanges.
func (s Issues) Delete(ctx context.Context, ids []int64, found time.Time) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := pastchanges.NoteDeletedIssues(ctx, tx, found, ids); err != nil {
			return err
		}
		return deleteIssues(ctx, tx, ids)
	})
}

func deleteIssues(ctx context.Context, tx *db.Tx, ids []int64) error {
	if err := generation.RaiseTeamsOfIssues(ctx, tx, generation.ByScope, ids); err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM timeline WHERE issue IN `, `DELETE FROM document WHERE issue IN `,
		`DELETE FROM issue WHERE id IN `,
		`DELETE FROM issue_project WHERE issue IN `, `DELETE FROM link WHERE child IN `,
		`DELETE FROM epic_key WHERE issue IN `, `DELETE FROM epic_link WHERE child IN `,
		`DELETE FROM worklog WHERE issue IN `, `DELETE FROM team_other WHERE issue IN `,
		`DELETE FROM team_match WHERE issue IN `, `DELETE FROM team_impeded WHERE issue IN `,
		`DELETE FROM gap WHERE issue IN `,
	} {
		if err := tx.ExecLater(ctx, statement+db.Listed, db.Numbers(ids)); err != nil {
			return err
		}
	}
	return pastchanges.ForgetOfIssues(ctx, tx, ids)
}
