package oncall

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/oncall/civil"
)

// transaction is an open transaction.
type transaction struct {
	tx    *sql.Tx
	fault func(statement string) error // may be nil
}

func (t transaction) exec(ctx context.Context, statement string, args ...any) error {
	if t.fault != nil {
		if err := t.fault(statement); err != nil {
			return err
		}
	}
	_, err := t.tx.ExecContext(ctx, statement, args...)
	return err
}

func (t transaction) storedVersion(ctx context.Context) (version int64, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'version'`).Scan(&version)
	return version, err
}

// eachRow hands over the rows of a query, one after another.
func (t transaction) eachRow(ctx context.Context, query string, row func(scan func(...any) error) error,
	args ...any) error {
	rows, err := t.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// eachRowOf hands over the rows of a query in a transaction of its own.
func eachRowOf(s *Store, ctx context.Context, query string, row func(scan func(...any) error) error,
	args ...any) error {
	return readIn(s, ctx, func(tx transaction) error { return tx.eachRow(ctx, query, row, args...) })
}

// writeOnce executes a statement in a transaction of its own.
func writeOnce(s *Store, ctx context.Context, statement string, args ...any) error {
	return writeIn(s, ctx, func(tx transaction) error { return tx.exec(ctx, statement, args...) })
}

// readRow reads the one column of the one row of a query; the error is sql.ErrNoRows where there is none.
func readRow(s *Store, ctx context.Context, query string, into any, args ...any) error {
	return readIn(s, ctx, func(tx transaction) error { return tx.tx.QueryRowContext(ctx, query, args...).Scan(into) })
}

// unixOf is a moment as it is kept: nil for none.
func unixOf(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Unix()
}

// moment reads a moment of a column: the zero time for NULL.
type moment struct{ into *time.Time }

// Scan reads a column.
func (m moment) Scan(value any) error {
	switch seconds := value.(type) {
	case nil:
		*m.into = time.Time{}
	case int64:
		*m.into = time.Unix(seconds, 0).UTC()
	default:
		return fmt.Errorf("%v is no moment", value)
	}
	return nil
}

// dateText is a date as it is kept: "" for none.
func dateText(d calendar.Date) string {
	if d == (calendar.Date{}) {
		return ""
	}
	return d.String()
}

// date reads a date of a column.
type date struct{ into *calendar.Date }

// Scan reads a column.
func (d date) Scan(value any) error {
	text, isText := value.(string)
	if !isText {
		return fmt.Errorf("%v is no date", value)
	}
	if text == "" {
		*d.into = calendar.Date{}
		return nil
	}
	t, err := time.Parse(time.DateOnly, text)
	*d.into = calendar.DateOf(t, time.UTC)
	return err
}

// month reads a month of a column.
type month struct{ into *civil.Month }

// Scan reads a column.
func (m month) Scan(value any) error {
	text, isText := value.(string)
	if !isText {
		return fmt.Errorf("%v is no month", value)
	}
	t, err := time.Parse("2006-01", text)
	*m.into = civil.Month{Year: t.Year(), Month: t.Month()}
	return err
}

// list is a value that a column holds as JSON.
type list struct{ of any }

func (l list) asJSON() string {
	text, _ := json.Marshal(l.of) // texts, numbers and moments
	return string(text)
}

// Scan reads a column.
func (l list) Scan(value any) error {
	text, isText := value.(string)
	if !isText {
		return fmt.Errorf("%v is no list", value)
	}
	return json.Unmarshal([]byte(text), l.of)
}

// zone reads the name of a time zone.
type zone struct{ into **time.Location }

// Scan reads a column.
func (z zone) Scan(value any) error {
	name, isText := value.(string)
	if !isText {
		return fmt.Errorf("%v is no zone", value)
	}
	loaded, err := time.LoadLocation(name)
	*z.into = loaded
	return err
}
