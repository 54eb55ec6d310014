package oncall

import (
	"context"
	"errors"
	"strconv"
	"strings"
)

// copiedTables are all tables of what is kept. They hold numbers, texts and NULL alone, in both databases.
var copiedTables = []string{"rota", "rota_version", "version_read", "person", "change", "absence", "alert", "callout",
	"event", "decision", "frozen_month", "statement", "forgotten", "calendar_secret", "notice", "link", "journal",
	"meta"}

// ErrOccupied says that a copy was to go where something is kept already.
var ErrOccupied = errors.New("on call is kept there already (nothing was changed; name an empty place)")

// Copy copies all that is kept to another place, which has to be empty, all of it or nothing, and returns how many rows
// that are.
func Copy(ctx context.Context, from, to *Store) (rows int64, err error) {
	err = readIn(from, ctx, func(source transaction) error {
		return to.inTransaction(ctx, func(target transaction) error {
			if err := checkEmpty(ctx, target); err != nil {
				return err
			}
			for _, table := range copiedTables {
				n, err := copyTable(ctx, source, target, table)
				if err != nil {
					return err
				}
				rows += n
			}
			return nil
		})
	})
	return rows, err
}

// checkEmpty refuses a place at which something is kept, and takes out what every empty one has.
func checkEmpty(ctx context.Context, target transaction) error {
	for _, table := range copiedTables {
		query := `SELECT EXISTS (SELECT 1 FROM ` + table + `)`
		if table == "meta" {
			query = `SELECT EXISTS (SELECT 1 FROM meta WHERE name <> 'version' OR value <> '1')`
		}
		var filled bool
		if err := target.tx.QueryRowContext(ctx, query).Scan(&filled); err != nil {
			return err
		}
		if filled {
			return ErrOccupied
		}
	}
	return target.exec(ctx, `DELETE FROM meta`)
}

// copyTable copies the rows of a table.
func copyTable(ctx context.Context, source, target transaction, table string) (count int64, err error) {
	rows, err := source.tx.QueryContext(ctx, `SELECT * FROM `+table)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	places := make([]string, len(columns))
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for n := range columns {
		places[n], into[n] = "$"+strconv.Itoa(n+1), &values[n]
	}
	insert := `INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) VALUES (` +
		strings.Join(places, ", ") + `)`
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return count, err
		}
		if err := target.exec(ctx, insert, values...); err != nil {
			return count, err
		}
		count++
	}
	return count, rows.Err()
}
