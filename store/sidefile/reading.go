package sidefile

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"

	"jerem/store/filefault"
)

// OpenRead opens a file to be read, also where this user may not write it and where the disk is full. Nothing of it is
// changed, so that one of another form is refused.
func OpenRead(ctx context.Context, path string, form Form) (*sql.DB, error) {
	var first error
	for _, way := range waysToRead(path) {
		db, err := form.tryReading(ctx, path, way)
		if err == nil {
			return db, nil
		}
		if first == nil {
			first = err
		}
		if kind := filefault.KindOf(path, err); kind != filefault.Unwritable && kind != filefault.DiskFull {
			break
		}
	}
	return nil, openProblem(path, first)
}

// waysToRead are the ways in which a file may be opened, the best first. A file with a log wants files beside it that
// can be written; where they cannot be, it is read without them, which is of use only where the log holds nothing.
func waysToRead(path string) []url.Values {
	const wait, only = "busy_timeout(5000)", "query_only(1)"
	ways := []url.Values{{"mode": {"rw"}, "_pragma": {wait, only}}, {"mode": {"ro"}, "_pragma": {wait, only}}}
	log, err := os.Stat(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) || err == nil && log.Size() == 0 {
		ways = append(ways, url.Values{"mode": {"ro"}, "immutable": {"1"}, "_pragma": {only}})
	}
	return ways
}

// tryReading opens a file in one way, where it has the present form.
func (f Form) tryReading(ctx context.Context, path string, way url.Values) (*sql.DB, error) {
	db, err := sql.Open("sqlite", addressOf(path, way))
	if err != nil {
		return nil, err
	}
	if err := whileBusy(ctx, func() error { return f.checkPresent(ctx, db) }); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// checkPresent refuses a file that is not in the present form.
func (f Form) checkPresent(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	version, err := f.versionIn(ctx, tx)
	switch {
	case err != nil:
		return err
	case version == 0:
		return errEmpty
	case version < len(f.Migrations):
		return ErrOlder
	}
	return nil
}

// errEmpty says that nothing was ever kept in a file.
var errEmpty = errors.New("it holds nothing yet (Start jerem serve once.)")

// ErrOlder says that what is kept has the form of an older program, and is only to be read.
var ErrOlder = errors.New("an older jerem wrote it (Save it first, by jerem backup FILE, then start jerem serve: it " +
	"brings it to the present form.)")
