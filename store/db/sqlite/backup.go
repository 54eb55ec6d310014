package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"jerem/problem"
	"jerem/store/db"
)

// Copied is what a copy of a store is.
type Copied struct {
	Size    int64
	Version int  // of its schema
	Present bool // that is the one of this program: then all rows match their checksums, else the pages are sound
}

// Backup copies the store at a path, as it is at one moment, into a file that is not there yet. Another process may
// write the store meanwhile, and it may be of any version. The copy has its name once all of it was checked; what a
// process that was killed leaves has the ending .part, and is replaced by the next one.
func Backup(ctx context.Context, path, to string) (copied Copied, err error) {
	if err := Exists(path); err != nil {
		return copied, err
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return copied, &problem.Problem{Code: db.Occupied, Message: fmt.Sprintf("%s: is there already", to),
			Hint: "Nothing was changed. Name a file that is not there yet."}
	}
	if err := checkCopyable(ctx, path, path); err != nil {
		return copied, err
	}
	part := to + ".part"
	if copied, err = copyInto(ctx, path, part); err != nil {
		return copied, err
	}
	return copied, os.Rename(part, to)
}

// copyOlder copies a file of an older form, in place of an earlier copy of that form, so that an older program can go
// back to it.
func copyOlder(ctx context.Context, path, to string) error {
	part := to + ".part"
	if _, err := copyInto(ctx, path, part); err != nil {
		return err
	}
	return os.Rename(part, to)
}

// checkCopyable refuses what is no store of ours, and one that is damaged. place names it in messages.
func checkCopyable(ctx context.Context, path, place string) error {
	d, err := OpenRead(ctx, path)
	if err == nil {
		return d.Close()
	}
	if !problem.Is(err, db.Older, db.Newer) {
		return err
	}
	pool, err := openConnection(path, forCopying)
	if err != nil {
		return err
	}
	defer pool.Close()
	return checkSound(ctx, place, pool)
}

// copyInto writes a copy, which this user alone may read, checks it, and sees that it is on the disk. What it began and
// could not end it removes.
func copyInto(ctx context.Context, path, part string) (copied Copied, err error) {
	file, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return copied, &problem.Problem{Code: db.Unwritable, Cause: err,
			Message: fmt.Sprintf("%s: cannot be made: %v", part, errors.Unwrap(err)),
			Hint:    "Name a file in a folder that is there and where this user may write."}
	}
	defer func() {
		file.Close()
		if err != nil {
			err = errors.Join(err, removeFile(part))
		}
	}()
	pool, err := openConnection(path, forCopying)
	if err != nil {
		return copied, err
	}
	defer pool.Close()
	if _, err := pool.ExecContext(ctx, `VACUUM INTO $1`, filepath.Clean(part)); err != nil {
		return copied, problemOf(part, err)
	}
	if err := checkCopyable(ctx, part, part); err != nil {
		return copied, err
	}
	if copied.Version, err = schemaVersion(ctx, pool); err != nil {
		return copied, problemOf(path, err)
	}
	copied.Present = copied.Version == len(migrations)
	info, err := file.Stat()
	if err != nil {
		return copied, err
	}
	copied.Size = info.Size()
	return copied, file.Sync()
}

// removeFile removes a file that may not be there.
func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
