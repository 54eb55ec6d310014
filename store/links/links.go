package links

import (
	"context"
	"strconv"
	"strings"

	"jerem/agile"
	"jerem/store/db"
	"jerem/store/generation"
)

// Link is what joins an issue to others: a row of one of the tables of links.
type Link struct{ table, value string }

// The tables of links, each a value and an issue. The view relation joins the last three: the parents and epics of each
// issue that are kept, by id or by key.
const (
	projectLinks = "issue_project" // the projects that an issue ever held
	parentLinks  = "link"          // the ids of the parents and epics that it ever had
	epicLinks    = "epic_link"     // the keys of the epics of which no id is told, as on Data Center at the creation
	epicKeys     = "epic_key"      // the keys that it ever had, where it may be an epic
)

// linkTables are the tables of links with the columns of the value and of the issue, in order.
var linkTables = []struct{ name, value, issue string }{
	{projectLinks, "project", "issue"}, {parentLinks, "parent", "child"},
	{epicLinks, "key", "child"}, {epicKeys, "key", "issue"},
}

// OfIssue returns what joins an issue to others. Keys are in lower case. What stands in an epic or under a parent now
// is the epic of nothing by its key: a link without an id was never changed, and Jira would have ended it by a change.
func OfIssue(i *agile.Issue) map[Link]bool {
	links := map[Link]bool{}
	for _, s := range i.Project {
		links[Link{projectLinks, s.Value}] = true
	}
	for _, s := range i.Parent {
		links[Link{parentLinks, strconv.FormatInt(s.Value, 10)}] = true
	}
	for _, s := range i.EpicLink {
		if id, err := strconv.ParseInt(s.Value, 10, 64); err == nil {
			links[Link{parentLinks, strconv.FormatInt(id, 10)}] = true
		} else if s.Value != "" {
			links[Link{epicLinks, strings.ToLower(s.Value)}] = true
		}
	}
	delete(links, Link{parentLinks, "0"})
	if i.Parent.Last() != 0 || i.EpicLink.Last() != "" {
		return links
	}
	for _, s := range i.Key {
		if s.Value != "" {
			links[Link{epicKeys, strings.ToLower(s.Value)}] = true
		}
	}
	return links
}

// Put notes what joins issues to others. Where a link is taken away, for the history of an issue was told
// differently, the teams that lose by it are raised before. Keys stay: once its epic changes an issue tells the id of
// the former one too, and what is put into an epic is no epic, so that nobody names its key.
func Put(ctx context.Context, tx *db.Tx, place generation.Reason, issues []*agile.Issue) error {
	ids := make([]int64, len(issues))
	for n, issue := range issues {
		ids[n] = issue.ID
	}
	kept, err := ReadKept(ctx, tx, ids)
	if err != nil {
		return err
	}
	rows := map[string][][]any{} // by table
	var losing []int64
	for _, issue := range issues {
		id := issue.ID
		now := OfIssue(issue)
		for l := range kept[id] {
			now[l] = now[l] || l.table == epicLinks || l.table == epicKeys
		}
		if LacksAny(now, kept[id]) {
			losing = append(losing, id)
			clear(kept[id])
		}
		for l := range now {
			if kept[id][l] {
				continue
			}
			row, err := linkRow(l, id)
			if err != nil {
				return err
			}
			rows[l.table] = append(rows[l.table], row)
		}
	}
	if err := removeLinks(ctx, tx, place, losing); err != nil {
		return err
	}
	for _, t := range linkTables {
		insert := `INSERT INTO ` + t.name + ` (` + t.value + `, ` + t.issue + `)`
		if _, err := tx.InsertRows(ctx, insert, ``, rows[t.name]); err != nil {
			return err
		}
	}
	return nil
}

// linkRow is a link of an issue as its table holds it.
func linkRow(l Link, issue int64) ([]any, error) {
	if l.table != parentLinks {
		return []any{l.value, issue}, nil
	}
	parent, err := strconv.ParseInt(l.value, 10, 64)
	return []any{parent, issue}, err
}

// LacksAny tells whether links lack anything of those that were kept.
func LacksAny(now, kept map[Link]bool) bool {
	for l := range kept {
		if !now[l] {
			return true
		}
	}
	return false
}

// ReadKept returns what is kept of what joins issues to others, by issue.
func ReadKept(ctx context.Context, tx *db.Tx, ids []int64) (map[int64]map[Link]bool, error) {
	kept := map[int64]map[Link]bool{}
	var parts []string
	for _, t := range linkTables {
		parts = append(parts, `SELECT `+t.issue+`, '`+t.name+`', CAST(`+t.value+` AS TEXT) FROM `+t.name+
			` WHERE `+t.issue+` IN (SELECT id FROM asked)`)
	}
	query := `WITH asked(id) AS ` + db.Listed + ` ` + strings.Join(parts, ` UNION ALL `)
	err := tx.Each(ctx, query, []any{db.Numbers(ids)}, func(scan db.Scan) error {
		var id int64
		var l Link
		err := scan(&id, &l.table, &l.value)
		if kept[id] == nil {
			kept[id] = map[Link]bool{}
		}
		kept[id][l] = true
		return err
	})
	return kept, err
}

// removeLinks forgets what joins issues to others, and raises the generations of the teams that had them.
func removeLinks(ctx context.Context, tx *db.Tx, place generation.Reason, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if err := generation.RaiseTeamsOfIssues(ctx, tx, generation.ByScope|place, ids); err != nil {
		return err
	}
	for _, t := range linkTables {
		statement := `DELETE FROM ` + t.name + ` WHERE ` + t.issue + ` IN ` + db.Listed
		if _, err := tx.Exec(ctx, statement, db.Numbers(ids)); err != nil {
			return err
		}
	}
	return nil
}
