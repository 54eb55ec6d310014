package db

import (
	"context"

	"jerem/problem"
)

// Database is what the store asks of a database: SQLite or PostgreSQL. Each passes the suite of store/storetest.
type Database interface {
	// Read runs a transaction that only reads: all of it sees one state.
	Read(ctx context.Context, do func(context.Context, *Tx) error) error
	// Write runs a transaction that writes, all or nothing, and raises the version; one that changes no row leaves
	// everything as it is. Reads and writes by the context that it hands on join it: see Joining.
	Write(ctx context.Context, do func(context.Context, *Tx) error) error
	// Version changes with every write that changes a row.
	Version(ctx context.Context) (int64, error)
	// Sharing tells how several instances share out the work; nil where this process writes alone, or only reads.
	Sharing() Sharing
	// ReadOnly tells whether nothing can be written by this process, while another may.
	ReadOnly() bool
	// Unwritten tells why nothing could be written the last time; nil where it could.
	Unwritten() *problem.Problem

	// Doubtful tells whether rows may stand there that nobody of us wrote: see Compared.
	Doubtful(ctx context.Context) (bool, error)
	// Compared is Write with what does not match its checksum. Once it is done nothing is doubtful any more.
	Compared(ctx context.Context, do func(context.Context, *Tx, Findings) error) error
	// Tables lists the tables whose rows have checksums.
	Tables() []Table

	// MovedTo returns where a damaged file was moved when it was opened, "" for none. It waits until that is known.
	MovedTo() string
	// CopiedTo returns where a file of an older form was copied before it was migrated, "" for none.
	CopiedTo() string
	// OpenToOthers tells whether other users of the system may read it.
	OpenToOthers() bool
	// Size returns how many bytes it takes, with what is still to be written into it.
	Size(ctx context.Context) (int64, error)
	// Place names the database in messages.
	Place() string
	// SetFault has each write ask before it is made final; an error keeps it from being. It is for tests.
	SetFault(func() error)
	Close() error
}

// Ahead is a database that can be read before it is known to be sound.
type Ahead interface {
	// ReadAhead is Read that need not wait, before it reads, until a file that was just opened is checked: it returns
	// then, and reads again where the file was not whole.
	ReadAhead(ctx context.Context, do func(context.Context, *Tx) error) error
}

// ReadAhead is Database.Read for what may be done twice, before the database is known to be sound where it can be read
// so.
func ReadAhead(ctx context.Context, d Database, do func(context.Context, *Tx) error) error {
	if ahead, is := d.(Ahead); is {
		return ahead.ReadAhead(ctx, do)
	}
	return d.Read(ctx, do)
}
