package db

import (
	"context"
	"database/sql"
)

// Tx is an open transaction. Each statement is prepared once in it, however often it is executed.
type Tx struct {
	tx       *sql.Tx
	prepared map[string]*sql.Stmt // closed with the transaction
	trace    func(query string)   // is told each statement that is executed; nil for none
	written  bool                 // something was changed
	failed   error                // of the first part that failed
	version  int64                // see Version; 0 before it was asked for
	inserts  map[insertForm]string
}

// NewTx wraps a transaction of the driver.
func NewTx(tx *sql.Tx, trace func(string)) *Tx {
	return &Tx{tx: tx, prepared: map[string]*sql.Stmt{}, trace: trace}
}

func (t *Tx) prepareStatement(ctx context.Context, query string) (*sql.Stmt, error) {
	if t.trace != nil {
		t.trace(query)
	}
	if statement := t.prepared[query]; statement != nil {
		return statement, nil
	}
	statement, err := t.tx.PrepareContext(ctx, query)
	if err == nil {
		t.prepared[query] = statement
	}
	return statement, err
}

// Exec executes a statement and returns how many rows it changed.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (changed int64, err error) {
	statement, err := t.prepareStatement(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := statement.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	changed, err = result.RowsAffected()
	t.written = t.written || changed > 0
	return changed, err
}

// Written tells whether anything was changed.
func (t *Tx) Written() bool { return t.written }

// Version returns the version that the database has once this transaction, which writes, is done.
func (t *Tx) Version(ctx context.Context) (int64, error) {
	if t.version != 0 {
		return t.version, nil
	}
	err := t.QueryRow(ctx, `SELECT CAST(value AS BIGINT) + 1 FROM meta WHERE name = 'version'`).Scan(&t.version)
	return t.version, err
}

// Script executes statements one after another.
func (t *Tx) Script(ctx context.Context, script string) error {
	t.written = true
	_, err := t.tx.ExecContext(ctx, script)
	return err
}

// QueryRow asks for one row.
func (t *Tx) QueryRow(ctx context.Context, query string, args ...any) Row {
	statement, err := t.prepareStatement(ctx, query)
	if err != nil {
		return Row{err: err}
	}
	return Row{row: statement.QueryRowContext(ctx, args...)}
}

// Row is an answer of one row, or none.
type Row struct {
	row *sql.Row
	err error
}

// Scan copies the columns of the row; the error is sql.ErrNoRows where there is none.
func (r Row) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	return r.row.Scan(into...)
}

// Scan copies the columns of a row.
type Scan func(into ...any) error

// Each hands over the rows of a query, one after another.
func (t *Tx) Each(ctx context.Context, query string, args []any, each func(Scan) error) error {
	statement, err := t.prepareStatement(ctx, query)
	if err != nil {
		return err
	}
	list, err := statement.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer list.Close()
	for list.Next() {
		if err := each(list.Scan); err != nil {
			return err
		}
	}
	return list.Err()
}
