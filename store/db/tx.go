package db

import (
	"context"
	"database/sql"
)

// Tx is an open transaction. Each statement is prepared once in it, however often it is executed, unless the driver
// does that itself.
type Tx struct {
	tx       *sql.Tx
	dialect  *Dialect
	prepared map[string]*sql.Stmt // closed with the transaction
	trace    func(query string)   // is told each statement that is executed; nil for none
	written  bool                 // something was changed
	failed   error                // of the first part that failed
	version  int64                // see Version; 0 before it was asked for
	inserts  map[insertForm]string
}

// NewTx wraps a transaction of the driver.
func NewTx(tx *sql.Tx, dialect *Dialect, trace func(string)) *Tx {
	return &Tx{tx: tx, dialect: dialect, prepared: map[string]*sql.Stmt{}, trace: trace}
}

// runner executes a statement: one that was prepared, or its text in the transaction.
type runner interface {
	exec(ctx context.Context, args []any) (sql.Result, error)
	query(ctx context.Context, args []any) (*sql.Rows, error)
	queryRow(ctx context.Context, args []any) *sql.Row
}

// preparedStatement is a statement that the transaction prepared.
type preparedStatement struct{ *sql.Stmt }

func (s preparedStatement) exec(ctx context.Context, args []any) (sql.Result, error) {
	return s.ExecContext(ctx, args...)
}

func (s preparedStatement) query(ctx context.Context, args []any) (*sql.Rows, error) {
	return s.QueryContext(ctx, args...)
}

func (s preparedStatement) queryRow(ctx context.Context, args []any) *sql.Row {
	return s.QueryRowContext(ctx, args...)
}

// plainStatement is a statement that the driver itself keeps prepared.
type plainStatement struct {
	tx   *sql.Tx
	text string
}

func (s plainStatement) exec(ctx context.Context, args []any) (sql.Result, error) {
	return s.tx.ExecContext(ctx, s.text, escapeTexts(args)...)
}

func (s plainStatement) query(ctx context.Context, args []any) (*sql.Rows, error) {
	return s.tx.QueryContext(ctx, s.text, escapeTexts(args)...)
}

func (s plainStatement) queryRow(ctx context.Context, args []any) *sql.Row {
	return s.tx.QueryRowContext(ctx, s.text, escapeTexts(args)...)
}

// statement returns what executes a statement.
func (t *Tx) statement(ctx context.Context, query string) (runner, error) {
	if t.trace != nil {
		t.trace(query)
	}
	if t.dialect.ColumnArrays {
		return plainStatement{t.tx, t.dialect.statement(query)}, nil
	}
	if statement := t.prepared[query]; statement != nil {
		return preparedStatement{statement}, nil
	}
	statement, err := t.tx.PrepareContext(ctx, t.dialect.statement(query))
	if err == nil {
		t.prepared[query] = statement
	}
	return preparedStatement{statement}, err
}

// Exec executes a statement and returns how many rows it changed.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (changed int64, err error) {
	statement, err := t.statement(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := statement.exec(ctx, args)
	if err != nil {
		return 0, err
	}
	changed, err = result.RowsAffected()
	t.written = t.written || changed > 0
	return changed, err
}

// FinishCopy is called after rows were copied from another database with the ids that they had there.
func (t *Tx) FinishCopy(ctx context.Context) error {
	for _, statement := range t.dialect.AfterCopy {
		var ignored int64
		if err := t.QueryRow(ctx, statement).Scan(&ignored); err != nil {
			return err
		}
	}
	return nil
}

// TeamTables lists the tables that other databases lack whose rows are of a team, by their column team.
func (t *Tx) TeamTables() []string { return t.dialect.TeamTables }

// Written tells whether anything was changed.
func (t *Tx) Written() bool { return t.written }

// SetVersion tells the version that the database has once this transaction is done, where it is known.
func (t *Tx) SetVersion(version int64) { t.version = version }

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
	statement, err := t.statement(ctx, query)
	if err != nil {
		return Row{err: err}
	}
	return Row{row: statement.queryRow(ctx, args), escaped: t.dialect.ColumnArrays}
}

// Row is an answer of one row, or none.
type Row struct {
	row     *sql.Row
	escaped bool // its texts are: see escapeTexts
	err     error
}

// Scan copies the columns of the row; the error is sql.ErrNoRows where there is none.
func (r Row) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	if err := r.row.Scan(into...); err != nil {
		return err
	}
	if r.escaped {
		unescapeTexts(into)
	}
	return nil
}

// Scan copies the columns of a row.
type Scan func(into ...any) error

// Each hands over the rows of a query, one after another.
func (t *Tx) Each(ctx context.Context, query string, args []any, each func(Scan) error) error {
	statement, err := t.statement(ctx, query)
	if err != nil {
		return err
	}
	list, err := statement.query(ctx, args)
	if err != nil {
		return err
	}
	defer list.Close()
	scan := list.Scan
	if t.dialect.ColumnArrays {
		scan = func(into ...any) error {
			err := list.Scan(into...)
			unescapeTexts(into)
			return err
		}
	}
	for list.Next() {
		if err := each(scan); err != nil {
			return err
		}
	}
	return list.Err()
}
