package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"jerem/store/db"
)

// This file knows the form of files before version 11: documents were columns of issue, with a checksum of their own,
// and each event of a timeline was a row, with one checksum for all events of an issue.

// noSum is the checksum of timelines that stand in two places: it matches none.
const noSum = -1

// takeOutOlderDamage takes out what does not match in a file of an older version. Issues of which anything does not
// match go with all that was derived of them, and are read again from Jira; all else is read again too.
func takeOutOlderDamage(ctx context.Context, started *sql.Tx) error {
	tables, err := olderTables(ctx, started)
	if err != nil || len(tables) == 0 {
		return err
	}
	tx := db.NewTx(db.Prepared(started), dialect, nil)
	found, err := db.CompareTables(ctx, tx, tables)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(tables, func(t db.Table) bool { return t.Name == "document" && t.Rows == "issue" }) {
		if err := compareOlderEvents(ctx, tx, found); err != nil {
			return err
		}
	}
	var issues []int64
	for _, name := range []string{"issue", "document", "events", "link", "issue_project"} {
		for _, key := range found[name] {
			id, err := strconv.ParseInt(key[strings.LastIndexByte(key, ',')+1:], 10, 64)
			if err == nil {
				issues = append(issues, id)
			}
		}
	}
	if err := takeOutOlderIssues(ctx, tx, issues); err != nil {
		return err
	}
	for _, t := range tables {
		if len(found[t.Name]) == 0 || t.Rows == "issue" {
			continue
		}
		if err := t.Remove(ctx, tx, found[t.Name]); err != nil {
			return err
		}
		if err := noteOlderDamage(ctx, tx, t.Name); err != nil {
			return err
		}
	}
	return nil
}

// olderTables lists the tables of a file of any version that have checksums in it.
func olderTables(ctx context.Context, started *sql.Tx) ([]db.Table, error) {
	tables, err := tablesOf(ctx, started)
	if err != nil {
		return nil, err
	}
	tables = slices.DeleteFunc(tables, func(t db.Table) bool { return t.Name == "event" })
	for n, t := range tables {
		if t.Name != "issue" || !slices.Contains(t.Columns, "raw") {
			continue
		}
		isRaw := func(column string) bool { return column == "raw" || column == "raw_version" }
		tables[n].Columns = slices.DeleteFunc(t.Columns, isRaw)
		document := db.Table{Name: "document", Rows: "issue", Key: []string{"id"},
			Columns: []string{"raw", "raw_version"}}
		return append(tables, document), nil
	}
	return tables, nil
}

// takeOutOlderIssues removes issues with all that was derived of them, and has them read again.
func takeOutOlderIssues(ctx context.Context, tx *db.Tx, issues []int64) error {
	if len(issues) == 0 {
		return nil
	}
	list, err := json.Marshal(issues)
	if err != nil {
		return err
	}
	const those = ` IN (SELECT value FROM json_each($1))`
	for _, statement := range []string{
		`DELETE FROM event WHERE typeof(issue) <> 'integer' OR issue` + those, `DELETE FROM issue WHERE id` + those,
		`DELETE FROM issue_project WHERE issue` + those, `DELETE FROM link WHERE child` + those,
	} {
		if _, err := tx.Exec(ctx, statement, string(list)); err != nil {
			return err
		}
	}
	again := map[string]bool{}
	var text string
	if err := tx.QueryRow(ctx, `SELECT value FROM meta WHERE name = 'again'`).Scan(&text); err != nil &&
		err != sql.ErrNoRows {
		return err
	}
	for part := range strings.FieldsSeq(text) {
		again[part] = true
	}
	for _, id := range issues {
		again[strconv.FormatInt(id, 10)] = true
	}
	text = strings.Join(slices.Sorted(maps.Keys(again)), " ")
	if _, err := tx.Exec(ctx, `INSERT OR REPLACE INTO meta VALUES ('again', $1)`, text); err != nil {
		return err
	}
	return noteOlderDamage(ctx, tx, "issue")
}

// noteOlderDamage has histories refused until everything was read again. Teams are read whole where their rows are
// missing, and time logged where it is.
func noteOlderDamage(ctx context.Context, tx *db.Tx, table string) error {
	switch {
	case table == "posted" || table == "cursor" || strings.HasPrefix(table, "sink_"): // posted again from the beginning
		return nil
	case table == "meta":
		_, err := tx.Exec(ctx, `INSERT OR IGNORE INTO meta VALUES ('version', '1'), ('zone', '')`)
		if err != nil {
			return err
		}
	case table == "worklog":
		if _, err := tx.Exec(ctx, `DELETE FROM meta WHERE name = 'worklogs'`); err != nil {
			return err
		}
	case strings.HasPrefix(table, "team"):
		if _, err := tx.Exec(ctx, `DELETE FROM team`); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `INSERT OR IGNORE INTO damaged VALUES ($1, '')`, table)
	return err
}

// compareOlderEvents adds the issues whose timelines do not match.
func compareOlderEvents(ctx context.Context, tx *db.Tx, found db.Findings) error {
	now, err := olderEventSums(ctx, tx)
	if err != nil {
		return err
	}
	err = tx.Each(ctx, `SELECT key, sum FROM row_sum WHERE part = 'events'`, nil, func(scan db.Scan) error {
		var key string
		var sum int64
		if err := scan(&key, &sum); err != nil {
			return err
		}
		if now[key] != sum {
			found["events"] = append(found["events"], key)
		}
		delete(now, key)
		return nil
	})
	for key := range now { // events of an issue that has none
		found["events"] = append(found["events"], key)
	}
	return err
}

// olderEventSums returns the checksum of each issue's timelines as they stand, by the issue's key in row_sum.
func olderEventSums(ctx context.Context, tx *db.Tx) (map[string]int64, error) {
	sums := map[string]int64{}
	c := beginChecksum()
	var project, issue any
	end := func() {
		id, sum := fmt.Sprint(issue), int64(c.finishSum())
		if _, twice := sums[id]; twice {
			sums[id] = noSum
		} else if issue != nil {
			sums[id] = sum
		}
		c = beginChecksum()
	}
	query := `SELECT project, issue, field, at, ord, value FROM event ORDER BY project, issue, seq`
	err := tx.Each(ctx, query, nil, func(scan db.Scan) error {
		var v [6]any
		if err := scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5]); err != nil {
			return err
		}
		if !equalValues(v[0], project) || !equalValues(v[1], issue) {
			end()
			project, issue = v[0], v[1]
		}
		for _, value := range v[2:] {
			if err := c.addValue(value); err != nil {
				return err
			}
		}
		return nil
	})
	end()
	return sums, err
}

// equalValues compares two values out of the database; a blob equals none.
func equalValues(a, b any) bool {
	_, blobA := a.([]byte)
	_, blobB := b.([]byte)
	return !blobA && !blobB && a == b
}
