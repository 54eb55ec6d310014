package store

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/encoding"
	"jerem/store/generation"
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
	row = issueRow{project: i.Project.Last(), created: encoding.Micros(i.Created), updated: encoding.Micros(i.Updated),
		resolved: encoding.Micros(i.Resolved), recategorized: encoding.Micros(i.Recategorized), types: typesOf(i),
		events: encoding.WriteEvents(encoding.EncodeTimelines(i))}
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
	var moved []docRow // whose timelines differ
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
		if !kept || now.events != old.events {
			timelines = append(timelines, []any{id, now.events})
			moved = append(moved, d)
		}
	}
	if err := putLinks(ctx, tx, place, moved); err != nil {
		return nil, err
	}
	return differing, putIssueRows(ctx, tx, issues, timelines, documents)
}

// putIssueRows writes the rows of issues.
func putIssueRows(ctx context.Context, tx *db.Tx, issues, timelines, documents [][]any) error {
	_, err := tx.InsertRows(ctx, `INSERT INTO document (issue, version, raw)`, `ON CONFLICT (issue)
		DO UPDATE SET version = excluded.version, raw = excluded.raw
		WHERE document.version <> excluded.version OR document.raw <> excluded.raw`, documents)
	if err != nil {
		return err
	}
	_, err = tx.InsertRows(ctx, `INSERT INTO timeline (issue, events)`,
		`ON CONFLICT (issue) DO UPDATE SET events = excluded.events`, timelines)
	if err != nil {
		return err
	}
	_, err = tx.InsertRows(ctx, `INSERT INTO issue
		(id, project, created, updated, broken, read, joints, resolved, recategorized, changed, types)`,
		`ON CONFLICT (id) DO UPDATE SET project = excluded.project, created = excluded.created,
		updated = excluded.updated, broken = excluded.broken, joints = excluded.joints, resolved = excluded.resolved,
		recategorized = excluded.recategorized, types = excluded.types,
		read = CASE WHEN excluded.read = 0 THEN issue.read ELSE excluded.read END,
		changed = CASE WHEN excluded.changed = 0 THEN issue.changed ELSE excluded.changed END`, issues)
	return err
}

// linksOf returns the projects that an issue ever held and the parents that it ever had.
func linksOf(i *agile.Issue) (projects map[string]bool, parents map[int64]bool) {
	projects, parents = map[string]bool{}, map[int64]bool{}
	for _, s := range i.Project {
		projects[s.Value] = true
	}
	for _, s := range i.Parent {
		parents[s.Value] = true
	}
	for _, s := range i.EpicLink {
		if id, err := strconv.ParseInt(s.Value, 10, 64); err == nil {
			parents[id] = true
		}
	}
	delete(parents, 0)
	return projects, parents
}

// putLinks notes the projects that issues ever held and the parents that they ever had. Where one is taken away, for
// its history was told differently, the teams that lose by it are raised before.
func putLinks(ctx context.Context, tx *db.Tx, place generation.Reason, docs []docRow) error {
	ids := make([]int64, len(docs))
	for n, d := range docs {
		ids[n] = d.Issue.ID
	}
	keptProjects, keptParents, err := keptLinks(ctx, tx, ids)
	if err != nil {
		return err
	}
	var projects, parents [][]any
	var losing []int64
	for _, d := range docs {
		id := d.Issue.ID
		nowProjects, nowParents := linksOf(d.Issue)
		if lacksAny(nowProjects, keptProjects[id]) || lacksAny(nowParents, keptParents[id]) {
			losing = append(losing, id)
			clear(keptProjects[id])
			clear(keptParents[id])
		}
		for p := range nowProjects {
			if !keptProjects[id][p] {
				projects = append(projects, []any{p, id})
			}
		}
		for p := range nowParents {
			if !keptParents[id][p] {
				parents = append(parents, []any{p, id})
			}
		}
	}
	if err := removeLinks(ctx, tx, place, losing); err != nil {
		return err
	}
	if _, err := tx.InsertRows(ctx, `INSERT INTO issue_project (project, issue)`, ``, projects); err != nil {
		return err
	}
	_, err = tx.InsertRows(ctx, `INSERT INTO link (parent, child)`, ``, parents)
	return err
}

// lacksAny tells whether a set lacks anything that was kept.
func lacksAny[K comparable](now, kept map[K]bool) bool {
	for k := range kept {
		if !now[k] {
			return true
		}
	}
	return false
}

// keptLinks returns the projects and the parents that are kept of issues.
func keptLinks(ctx context.Context, tx *db.Tx, ids []int64) (
	projects map[int64]map[string]bool,
	parents map[int64]map[int64]bool,
	err error,
) {
	list := []any{db.Numbers(ids)}
	projects, parents = map[int64]map[string]bool{}, map[int64]map[int64]bool{}
	query := `SELECT issue, project FROM issue_project WHERE issue IN ` + db.Listed
	err = tx.Each(ctx, query, list, func(scan db.Scan) error {
		var id int64
		var project string
		err := scan(&id, &project)
		addTo(projects, id, project)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	query = `SELECT child, parent FROM link WHERE child IN ` + db.Listed
	err = tx.Each(ctx, query, list, func(scan db.Scan) error {
		var id, parent int64
		err := scan(&id, &parent)
		addTo(parents, id, parent)
		return err
	})
	return projects, parents, err
}

func addTo[K comparable](sets map[int64]map[K]bool, id int64, value K) {
	if sets[id] == nil {
		sets[id] = map[K]bool{}
	}
	sets[id][value] = true
}

// removeLinks forgets the projects and parents of issues, and raises the generations of the teams that had them.
func removeLinks(ctx context.Context, tx *db.Tx, place generation.Reason, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if err := generation.RaiseTeamsOfIssues(ctx, tx, generation.ByScope|place, ids); err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM issue_project WHERE issue IN ` + db.Listed, `DELETE FROM link WHERE child IN ` + db.Listed,
	} {
		if _, err := tx.Exec(ctx, statement, db.Numbers(ids)); err != nil {
			return err
		}
	}
	return nil
}

// Delete forgets issues with all that belongs to them.
func (s Issues) Delete(ctx context.Context, ids []int64) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := generation.RaiseTeamsOfIssues(ctx, tx, generation.ByScope, ids); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM timeline WHERE issue IN `, `DELETE FROM document WHERE issue IN `,
			`DELETE FROM issue WHERE id IN `,
			`DELETE FROM issue_project WHERE issue IN `, `DELETE FROM link WHERE child IN `,
			`DELETE FROM worklog WHERE issue IN `, `DELETE FROM team_other WHERE issue IN `,
			`DELETE FROM team_match WHERE issue IN `, `DELETE FROM team_impeded WHERE issue IN `,
			`DELETE FROM gap WHERE issue IN `,
		} {
			if _, err := tx.Exec(ctx, statement+db.Listed, db.Numbers(ids)); err != nil {
				return err
			}
		}
		return nil
	})
}
