package db

import (
	"context"
	"database/sql"
)

// Session executes the statements of one open transaction, in the SQL of its database.
type Session interface {
	// Exec executes a statement, and returns how many rows it changed.
	Exec(ctx context.Context, statement string, args []any) (changed int64, err error)
	// Query executes a statement that answers rows. Who asks closes them.
	Query(ctx context.Context, statement string, args []any) (Rows, error)
}

// Pipelined is a session whose every statement is a round trip to a server, unless it goes with another one.
type Pipelined interface {
	Session
	// Later has a statement executed before the next one, together with it, or at the end of the transaction.
	Later(statement string, args []any)
	// Changed tells whether any of those that were executed so far changed a row.
	Changed() bool
}

// Rows are the answer of a statement, read one after another. [sql.Rows] are.
type Rows interface {
	Next() bool
	Scan(into ...any) error
	Err() error
	Close() error
}

// preparedSession prepares each statement once in a transaction, however often it is executed.
type preparedSession struct {
	tx       *sql.Tx
	prepared map[string]*sql.Stmt // closed with the transaction
}

// Prepared returns a session of a transaction whose driver keeps no statement prepared by itself.
func Prepared(tx *sql.Tx) Session { return &preparedSession{tx: tx, prepared: map[string]*sql.Stmt{}} }

// Exec executes a statement.
func (s *preparedSession) Exec(ctx context.Context, statement string, args []any) (changed int64, err error) {
	prepared, err := s.prepare(ctx, statement)
	if err != nil {
		return 0, err
	}
	result, err := prepared.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// Query asks for rows.
func (s *preparedSession) Query(ctx context.Context, statement string, args []any) (Rows, error) {
	prepared, err := s.prepare(ctx, statement)
	if err != nil {
		return nil, err
	}
	return prepared.QueryContext(ctx, args...)
}

func (s *preparedSession) prepare(ctx context.Context, statement string) (*sql.Stmt, error) {
	if known := s.prepared[statement]; known != nil {
		return known, nil
	}
	prepared, err := s.tx.PrepareContext(ctx, statement)
	if err == nil {
		s.prepared[statement] = prepared
	}
	return prepared, err
}
