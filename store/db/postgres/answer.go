package postgres

import (
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// answer is what a statement answers.
type answer struct {
	rows    pgx.Rows
	results pgx.BatchResults // that it is part of; nil for none
}

// Next goes to the next row.
func (a *answer) Next() bool { return a.rows.Next() }

// Scan copies the columns of the row. A flag is a number in the tables of both databases, and read as a bool.
func (a *answer) Scan(into ...any) error {
	targets := into
	columns := a.rows.FieldDescriptions()
	for n, target := range into {
		flag, isFlag := target.(*bool)
		if !isFlag || n >= len(columns) || columns[n].DataTypeOID == pgtype.BoolOID {
			continue
		}
		if &targets[0] == &into[0] {
			targets = slices.Clone(into)
		}
		targets[n] = numberedFlag{flag}
	}
	err := a.rows.Scan(targets...)
	unescapeTexts(into)
	return err
}

// Err is why no row follows any more; nil after the last one.
func (a *answer) Err() error { return a.rows.Err() }

// Close forgets the rows that were not read.
func (a *answer) Close() error {
	a.rows.Close()
	err := a.rows.Err()
	if a.results != nil {
		if closed := a.results.Close(); err == nil {
			err = closed
		}
	}
	return err
}

// numberedFlag reads a number into a bool.
type numberedFlag struct{ flag *bool }

// ScanInt64 reads the number.
func (f numberedFlag) ScanInt64(n pgtype.Int8) error {
	if !n.Valid {
		return errors.New("a flag is NULL")
	}
	*f.flag = n.Int64 != 0
	return nil
}
