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

// Backup copies the store at a path, as it is at one moment, into a file that is not there yet, and returns the size of
// the copy. Another process may write the store meanwhile. The copy has its name once all of it was checked; what a
// process that was killed leaves has the ending .part, and is replaced by the next one.
func Backup(ctx context.Context, path, to string) (size int64, err error) {
	if err := Exists(path); err != nil {
		return 0, err
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return 0, &problem.Problem{Code: db.Occupied, Message: fmt.Sprintf("%s: is there already", to),
			Hint: "Nothing was changed. Name a file that is not there yet."}
	}
	source, err := OpenRead(ctx, path) // which refuses a damaged one
	if err != nil {
		return 0, err
	}
	defer source.Close()
	part := to + ".part"
	if err := copyInto(ctx, path, part); err != nil {
		return 0, errors.Join(err, removeFile(part))
	}
	info, err := os.Stat(part)
	if err != nil {
		return 0, err
	}
	return info.Size(), os.Rename(part, to)
}

// copyInto writes a copy, which this user alone may read, checks it, and sees that it is on the disk.
func copyInto(ctx context.Context, path, part string) error {
	file, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return createProblem(part, err)
	}
	defer file.Close()
	pool, err := openConnection(path, forCopying)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := pool.ExecContext(ctx, `VACUUM INTO $1`, filepath.Clean(part)); err != nil {
		return problemOf(part, err)
	}
	if err := checkCopy(ctx, part); err != nil {
		return err
	}
	return file.Sync()
}

// checkCopy refuses a copy whose pages contradict one another, or whose rows do not match their checksums.
func checkCopy(ctx context.Context, part string) error {
	d, err := OpenRead(ctx, part)
	if err != nil {
		return err
	}
	return d.Close()
}

// removeFile removes a file that may not be there.
func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
