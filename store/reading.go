package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

func missing(path string, cause error) error {
	return &Error{Code: Missing, Message: fmt.Sprintf("store %s: there is no such file", path), cause: cause,
		Hint: "Run jerem collect first, or correct store.path."}
}

// Exists refuses a path at which there is no file.
func Exists(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return missing(path, err)
	}
	return nil
}

// openReading opens the file for reading. A database with a log wants files beside it that can be written: where this
// user may not, it is opened without them, and where the log holds something that nobody put into the file yet, a copy
// of both is read.
func (s *Store) openReading(ctx context.Context) error {
	err := s.tryReading(ctx, s.path, forReading)
	if !is(err, Unwritable) {
		return err
	}
	if s.tryReading(ctx, s.path, readOnly) == nil {
		return nil
	}
	if log, failed := os.Stat(s.path + "-wal"); errors.Is(failed, fs.ErrNotExist) || failed == nil && log.Size() == 0 {
		return s.tryReading(ctx, s.path, immutable)
	}
	copied, failed := s.copyAway()
	if failed != nil {
		return errors.Join(err, failed)
	}
	return s.tryReading(ctx, copied, forReading)
}

// tryReading opens a file in one way, and keeps the connections where that serves.
func (s *Store) tryReading(ctx context.Context, path string, options []string) (err error) {
	if s.read, err = s.connect(path, options); err != nil {
		return s.trouble(err)
	}
	s.read.SetMaxOpenConns(readerCount)
	version, err := schemaVersion(ctx, s.read)
	if err == nil {
		err = s.ours(ctx, s.read)
	}
	if err == nil {
		err = s.checkVersion(version)
	}
	if err != nil {
		s.read.Close()
		s.read = nil
	}
	return s.trouble(err)
}

// copyAway copies the file and its log into a folder that Close removes.
func (s *Store) copyAway() (path string, err error) {
	if s.copied, err = os.MkdirTemp("", "jerem-read-"); err != nil {
		return "", fmt.Errorf("store %s: cannot be copied to be read: %w", s.path, err)
	}
	path = filepath.Join(s.copied, "jerem.db")
	for _, end := range []string{"", "-wal"} {
		if err := copyFile(s.path+end, path+end); err != nil {
			return "", fmt.Errorf("store %s: cannot be copied to be read: %w", s.path, err)
		}
	}
	return path, nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
