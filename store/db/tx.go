package db

import (
	"context"
	"database/sql"
)

// Tx is an open transaction.
type Tx struct {
	session Session
	dialect *Dialect
	trace   func(query string) // is told each statement that is executed; nil for none
	written bool               // something was changed
	failed  error              // of the first part that failed
	version int64              // see Version; 0 before it was asked for
	inserts map[insertForm]string
}

// NewTx wraps an open transaction of a database.
func NewTx(session Session, dialect *Dialect, trace func(string)) *Tx {
	return &Tx{session: session, dialect: dialect, trace: trace}
}

// ownStatement returns a statement as the database takes it.
func (t *Tx) ownStatement(query string) string {
	if t.trace != nil {
		t.trace(query)
	}
	return t.dialect.ownStatement(query)
}

// Exec executes a statement and returns how many rows it changed.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (changed int64, err error) {
	changed, err = t.session.Exec(ctx, t.ownStatement(query), args)
	t.written = t.written || changed > 0
	return changed, err
}

// ExecLater executes a statement that may wait for the next one: nobody asks how many rows it changes. Where it fails
// the next one does.
func (t *Tx) ExecLater(ctx context.Context, query string, args ...any) error {
	pipelined, is := t.session.(Pipelined)
	if !is {
		_, err := t.Exec(ctx, query, args...)
		return err
	}
	pipelined.Later(t.ownStatement(query), args)
	return nil
}

// BeginCopy is called before rows are copied from another database in this transaction, and looked at in it, which may
// take minutes.
func (t *Tx) BeginCopy(ctx context.Context) error { return t.callAll(ctx, t.dialect.BeforeCopy) }

// FinishCopy is called after rows were copied from another database with the ids that they had there.
func (t *Tx) FinishCopy(ctx context.Context) error { return t.callAll(ctx, t.dialect.AfterCopy) }

// callAll executes statements each of which answers a number that nobody needs.
func (t *Tx) callAll(ctx context.Context, statements []string) error {
	for _, statement := range statements {
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
func (t *Tx) Written() bool {
	pipelined, is := t.session.(Pipelined)
	return t.written || is && pipelined.Changed()
}

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

// QueryRow asks for one row.
func (t *Tx) QueryRow(ctx context.Context, query string, args ...any) Row {
	rows, err := t.session.Query(ctx, t.ownStatement(query), args)
	return Row{rows, err}
}

// Row is an answer of one row, or none. It is to be scanned.
type Row struct {
	rows Rows
	err  error
}

// Scan copies the columns of the row; the error is sql.ErrNoRows where there is none.
func (r Row) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return sql.ErrNoRows
	}
	if err := r.rows.Scan(into...); err != nil {
		return err
	}
	return r.rows.Close()
}

// Scan copies the columns of a row.
type Scan func(into ...any) error

// Each hands over the rows of a query, one after another.
func (t *Tx) Each(ctx context.Context, query string, args []any, each func(Scan) error) error {
	list, err := t.session.Query(ctx, t.ownStatement(query), args)
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
