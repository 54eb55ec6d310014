package db

import "context"

// joinKey is the key under which a context holds the transaction that writes of it join.
type joinKey struct{ of Database }

// Joining returns a context whose reads and writes of a database join an open transaction that writes.
func Joining(ctx context.Context, of Database, tx *Tx) context.Context {
	return context.WithValue(ctx, joinKey{of}, tx)
}

// Joined returns the transaction that a context joins, nil for none.
func Joined(ctx context.Context, of Database) *Tx {
	tx, _ := ctx.Value(joinKey{of}).(*Tx)
	return tx
}

// Join runs a part of the transaction. Once one failed the transaction as a whole fails, whoever looks at the error.
func (t *Tx) Join(ctx context.Context, do func(context.Context, *Tx) error) error {
	err := do(ctx, t)
	if err != nil && t.failed == nil {
		t.failed = err
	}
	return err
}

// Failed returns the first error of a part, nil where none failed.
func (t *Tx) Failed() error { return t.failed }
