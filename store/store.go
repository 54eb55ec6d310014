package store

import (
	"context"

	"jerem/problem"
	"jerem/store/checkpoint"
	"jerem/store/db"
	"jerem/store/db/sqlite"
	"jerem/store/digests"
	"jerem/store/ledger"
	"jerem/store/metadata"
	"jerem/store/repair"
	"jerem/store/sharing"
	"jerem/store/transfer"
	"jerem/store/viewrows"
)

// Store is an open store: families of questions and writes over one database. It is safe for concurrent use.
type Store struct {
	Issues      Issues
	Worklogs    Worklogs
	Metadata    metadata.Metadata
	Sprints     Sprints
	Teams       Teams
	Gaps        Gaps
	Checkpoints checkpoint.Checkpoints
	Ledger      ledger.Ledger
	Digests     digests.Digests
	ViewRows    viewrows.Rows
	Repair      repair.Repair
	Sharing     *sharing.Coordinator

	db db.Database
}

// The kinds of problems: NotRead of a team, and those of the database.
const (
	NotRead     problem.Code = "store.not_read" // the team was never read, or nothing was
	Missing                  = db.Missing
	Locked                   = db.Locked
	NotAStore                = db.NotAStore
	Damaged                  = db.Damaged
	Mismatch                 = db.Mismatch
	Newer                    = db.Newer
	Older                    = db.Older
	Unwritable               = db.Unwritable
	Full                     = db.Full
	Lost                     = db.Lost
	Occupied                 = db.Occupied
	Unreachable              = db.Unreachable
	Superseded               = db.Superseded
)

// New returns the store in a database.
func New(d db.Database) *Store {
	return &Store{Issues: Issues{d}, Worklogs: Worklogs{d}, Metadata: metadata.New(d), Sprints: Sprints{d},
		Teams: Teams{d},
		Gaps:  Gaps{d}, Checkpoints: checkpoint.New(d), Ledger: ledger.New(d),
		Digests: digests.New(d), ViewRows: viewrows.New(d), Repair: repair.New(d), Sharing: sharing.New(d), db: d}
}

// Open opens the store in a file for writing, and creates it where there is none: see sqlite.Open. A place that may be
// on a server is opened by package places.
func Open(ctx context.Context, path string) (*Store, error) { return newStore(sqlite.Open(ctx, path)) }

// OpenRead opens the store in a file beside the process that writes it: see sqlite.OpenRead.
func OpenRead(ctx context.Context, path string) (*Store, error) {
	return newStore(sqlite.OpenRead(ctx, path))
}

// OpenReadAhead is OpenRead for who tells nothing of what it reads before sound was asked: see sqlite.OpenReadAhead.
func OpenReadAhead(ctx context.Context, path string) (s *Store, sound func() error, err error) {
	d, sound, err := sqlite.OpenReadAhead(ctx, path)
	s, err = newStore(d, err)
	return s, sound, err
}

func newStore(d *sqlite.Database, err error) (*Store, error) {
	if err != nil {
		return nil, err
	}
	return New(d), nil
}

// Exists refuses a path at which nothing is kept yet.
func Exists(path string) error { return sqlite.Exists(path) }

// Usable tells without changing anything whether a store can be read and written in a file.
func Usable(ctx context.Context, path string) (string, error) { return sqlite.Usable(ctx, path) }

// Backup copies the store in a file into another file, also while it is written: see sqlite.Backup.
func Backup(ctx context.Context, path, to string) (sqlite.Copied, error) {
	return sqlite.Backup(ctx, path, to)
}

// CopyTo copies all that the store holds into another one, which has to be empty: see transfer.Copy.
func (s *Store) CopyTo(ctx context.Context, to *Store, prove func(context.Context) error) (rows int64, err error) {
	return transfer.Copy(ctx, s.db, to.db, prove)
}

// Place names where the store is, without a password.
func (s *Store) Place() string { return s.db.Place() }

// Size returns how many bytes the store takes.
func (s *Store) Size(ctx context.Context) (int64, error) { return s.db.Size(ctx) }

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// MovedTo returns where a damaged file was moved when the store was opened, "" for none. It waits until that is known.
func (s *Store) MovedTo() string { return s.db.MovedTo() }

// CopiedTo returns where a file of an older form was copied before it got the present one, "" for none.
func (s *Store) CopiedTo() string { return s.db.CopiedTo() }

// OpenToOthers tells whether other users of the system may read the file.
func (s *Store) OpenToOthers() bool { return s.db.OpenToOthers() }

// Together makes one write of all that is told by the context which it hands on, all or nothing; what is asked by it
// sees that. Nothing else is written meanwhile, so nobody is to be waited for in it. It is less to write than each
// alone: a page that several change is written once.
func (s *Store) Together(ctx context.Context, do func(context.Context) error) error {
	return s.db.Write(ctx, func(ctx context.Context, _ *db.Tx) error { return do(ctx) })
}

// SetFault has each write ask before it is made final; an error keeps it from being. It is for tests of those who
// write.
func (s *Store) SetFault(fault func() error) { s.db.SetFault(fault) }

// Version changes with every write.
func (s *Store) Version(ctx context.Context) (int64, error) { return s.db.Version(ctx) }
