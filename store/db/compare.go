package db

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Findings are the keys of rows that do not match their checksum, have none, or are gone, by table.
type Findings map[string][]string

// Err returns an error where something was found.
func (f Findings) Err() error {
	if len(f) == 0 {
		return nil
	}
	return fmt.Errorf("%w (%v)", ErrMismatch, f)
}

// String tells how many rows of which tables.
func (f Findings) String() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(f)) {
		parts = append(parts, fmt.Sprintf("%d of %s", len(f[name]), name))
	}
	return strings.Join(parts, ", ")
}

// CompareTables finds all that does not match.
func CompareTables(ctx context.Context, tx *Tx, tables []Table) (Findings, error) {
	parts := make([]TablePart, len(tables))
	for n, t := range tables {
		parts[n].Table = t
	}
	return CompareParts(ctx, tx, parts)
}

// TablePart is a part of the rows of a table, with their checksums; without conditions it is all of them.
type TablePart struct {
	Table
	Of   string // a condition on the rows
	Sums string // the condition on the checksums of these rows, by their column key
}

// CompareParts finds the rows of some parts that have another checksum or none, and those that are gone: a row that was
// moved into a part or out of it is one of them. The arguments are those of the conditions. It takes two statements,
// however many parts there are, and a third one where something is found.
func CompareParts(ctx context.Context, tx *Tx, parts []TablePart, args ...any) (Findings, error) {
	found := Findings{}
	if len(parts) == 0 {
		return found, nil
	}
	add := func(scan Scan) error {
		var table, key string
		err := scan(&table, &key)
		found[table] = append(found[table], key)
		return err
	}
	if err := tx.Each(ctx, eachPart(parts, TablePart.changedRows), args, add); err != nil {
		return nil, err
	}
	missing := len(found) > 0
	err := tx.Each(ctx, eachPart(parts, TablePart.countMissing), args, func(scan Scan) error {
		var more int
		err := scan(&more)
		missing = missing || more != 0
		return err
	})
	if err != nil || !missing {
		return found, err
	}
	return found, tx.Each(ctx, eachPart(parts, TablePart.goneRows), args, add)
}

// eachPart is the SQL that asks the same of each of some parts.
func eachPart(parts []TablePart, ask func(TablePart) string) string {
	asked := make([]string, len(parts))
	for n, p := range parts {
		asked[n] = ask(p)
	}
	return strings.Join(asked, " UNION ALL ")
}

func (p TablePart) changedRows() string {
	return fmt.Sprintf(`SELECT '%[1]s', r.key FROM (SELECT %s AS key, %s AS now FROM %s) r
		LEFT JOIN row_sum s ON s.part = '%[1]s' AND s.key = r.key WHERE s.sum IS NOT r.now`, p.Name, p.KeyOf(""),
		p.SumOf(""), p.selectRows())
}

func (p TablePart) countMissing() string {
	return fmt.Sprintf(`SELECT (SELECT count(*) FROM %s) - (SELECT count(*) FROM %s)`, p.selectSums(), p.selectRows())
}

func (p TablePart) goneRows() string {
	return fmt.Sprintf(`SELECT * FROM (SELECT '%s', key FROM %s EXCEPT SELECT '%s', %s FROM %s)`, p.Name,
		p.selectSums(), p.Name, p.KeyOf(""), p.selectRows())
}

func (p TablePart) selectRows() string {
	if p.Of == "" {
		return `"` + p.Rows + `"`
	}
	return `"` + p.Rows + `" WHERE ` + p.Of
}

func (p TablePart) selectSums() string {
	all := `row_sum WHERE part = '` + p.Name + `'`
	if p.Sums == "" {
		return all
	}
	return all + ` AND ` + p.Sums
}

// Remove takes rows out, with their checksums.
func (t Table) Remove(ctx context.Context, tx *Tx, keys []string) error {
	list, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	for _, statement := range []string{
		fmt.Sprintf(`DELETE FROM "%s" WHERE %s IN (SELECT value FROM json_each($1))`, t.Rows, t.KeyOf("")),
		fmt.Sprintf(`DELETE FROM row_sum WHERE part = '%s' AND key IN (SELECT value FROM json_each($1))`, t.Name),
	} {
		if _, err := tx.Exec(ctx, statement, string(list)); err != nil {
			return err
		}
	}
	return nil
}

// RemoveStrayChecksums takes out the checksums of no row. A key that was damaged may be no text, and so is none that
// Remove is told of.
func (t Table) RemoveStrayChecksums(ctx context.Context, tx *Tx) error {
	_, err := tx.Exec(ctx, fmt.Sprintf(`DELETE FROM row_sum WHERE part = '%s' AND key NOT IN (SELECT %s FROM "%s")`,
		t.Name, t.KeyOf(""), t.Rows))
	return err
}
