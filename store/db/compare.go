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
	found := Findings{}
	for _, t := range tables {
		if err := t.Compare(ctx, tx, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Compare adds the rows of a table that have another checksum or none, and those that are gone.
func (t Table) Compare(ctx context.Context, tx *Tx, found Findings) error {
	add := func(scan Scan) error {
		var key string
		err := scan(&key)
		found[t.Name] = append(found[t.Name], key)
		return err
	}
	changed := fmt.Sprintf(`SELECT r.key FROM (SELECT %s AS key, %s AS now FROM "%s") r
		LEFT JOIN row_sum s ON s.part = '%s' AND s.key = r.key WHERE s.sum IS NOT r.now`, t.KeyOf(""), t.SumOf(""),
		t.Rows,
		t.Name)
	if err := tx.Each(ctx, changed, nil, add); err != nil {
		return err
	}
	var more int
	count := fmt.Sprintf(
		`SELECT (SELECT count(*) FROM row_sum WHERE part = '%s') - (SELECT count(*) FROM "%s")`,
		t.Name,
		t.Rows,
	)
	if err := tx.QueryRow(ctx, count).Scan(&more); err != nil || more == 0 && len(found[t.Name]) == 0 {
		return err
	}
	gone := fmt.Sprintf(
		`SELECT key FROM row_sum WHERE part = '%s' EXCEPT SELECT %s FROM "%s"`,
		t.Name,
		t.KeyOf(""),
		t.Rows,
	)
	return tx.Each(ctx, gone, nil, add)
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
