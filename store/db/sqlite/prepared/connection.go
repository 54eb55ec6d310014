package prepared

import (
	"context"
	"database/sql/driver"
	"errors"
)

// keptStatements is how many statements a connection keeps prepared. The store has fewer.
const keptStatements = 400

// DriverConn is what a connection of the driver can do.
type DriverConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

// Connection is a connection of SQLite that keeps its statements prepared, from one transaction to the next.
type Connection struct {
	conn DriverConn
	kept map[string]*statement
}

// Keep returns a connection that keeps the statements of one of the driver.
func Keep(conn DriverConn) *Connection {
	return &Connection{conn: conn, kept: map[string]*statement{}}
}

// PrepareContext returns a statement that is kept and not in use, or prepares one.
func (c *Connection) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	kept := c.kept[query]
	if kept != nil && !kept.inUse {
		kept.inUse = true
		return kept, nil
	}
	prepared, err := c.conn.PrepareContext(ctx, query)
	if err != nil || kept != nil || len(c.kept) >= keptStatements {
		return prepared, err
	}
	kept = &statement{prepared: prepared.(driverStatement), inUse: true}
	c.kept[query] = kept
	return kept, nil
}

// Prepare is PrepareContext for callers without a context.
func (c *Connection) Prepare(query string) (driver.Stmt, error) {
	return c.PrepareContext(context.Background(), query)
}

// BeginTx begins a transaction.
func (c *Connection) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	return c.conn.BeginTx(ctx, options)
}

// Begin is BeginTx for callers without a context.
func (c *Connection) Begin() (driver.Tx, error) {
	return c.BeginTx(context.Background(), driver.TxOptions{})
}

// ExecContext executes statements that are not kept.
func (c *Connection) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	return c.conn.ExecContext(ctx, query, args)
}

// QueryContext asks what is not kept.
func (c *Connection) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return c.conn.QueryContext(ctx, query, args)
}

// ResetSession makes the connection ready for another use.
func (c *Connection) ResetSession(ctx context.Context) error { return c.conn.ResetSession(ctx) }

// IsValid tells whether the connection can be used on.
func (c *Connection) IsValid() bool { return c.conn.IsValid() }

// Close closes the statements that are kept, and the connection.
func (c *Connection) Close() error {
	var errs []error
	for _, kept := range c.kept {
		errs = append(errs, kept.prepared.Close())
	}
	clear(c.kept)
	return errors.Join(append(errs, c.conn.Close())...)
}

// driverStatement is what a prepared statement of the driver can do.
type driverStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// statement is a prepared statement that outlasts its use.
type statement struct {
	prepared driverStatement
	inUse    bool
}

// Close ends the use of the statement. It stays prepared.
func (s *statement) Close() error {
	s.inUse = false
	return nil
}

// NumInput tells that the driver itself counts arguments.
func (s *statement) NumInput() int { return s.prepared.NumInput() }

// Exec is ExecContext for callers without a context; database/sql does not ask it.
func (s *statement) Exec([]driver.Value) (driver.Result, error) { return nil, driver.ErrSkip }

// Query is QueryContext for callers without a context; database/sql does not ask it.
func (s *statement) Query([]driver.Value) (driver.Rows, error) { return nil, driver.ErrSkip }

// ExecContext executes the statement.
func (s *statement) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return s.prepared.ExecContext(ctx, args)
}

// QueryContext asks the statement.
func (s *statement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return s.prepared.QueryContext(ctx, args)
}
