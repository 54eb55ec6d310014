package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"jerem/problem"
	"jerem/store/db"
)

// Exists refuses a path at which there is no file, or an empty one.
func Exists(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return missingFileProblem(path, err)
	}
	if err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return &problem.Problem{
			Code:    db.Empty,
			Message: fmt.Sprintf("store %s: it holds nothing yet", path),
			Hint:    "Run jerem collect first.",
		}
	}
	return nil
}

// Usable tells without changing anything whether a store can be read and written at a path: what stands there, in words
// for a person, or why not. A store that another process writes can be used, beside that one, for reading only.
func Usable(ctx context.Context, path string) (string, error) {
	kind, err := contentOf(ctx, path)
	if err != nil {
		return "", err
	}
	if kind == contentNew {
		return "will be made by jerem collect or serve", checkPlace(path)
	}
	d, err := OpenRead(ctx, path)
	if err != nil {
		return "", err
	}
	defer d.Close()
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return "", createProblem(path, err)
	}
	return "can be read and written", errors.Join(file.Close(), checkPlace(path))
}

// checkPlace tells whether files can be made beside a store, where SQLite keeps its log.
func checkPlace(path string) error {
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		path = resolved
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".jerem-check-*")
	if err != nil {
		return createProblem(path, err)
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// OpenRead opens a store beside the process that writes it, also where this user may only read it. One that holds what
// does not match its checksum is refused: nothing can be mended here.
func OpenRead(ctx context.Context, path string) (*Database, error) {
	s, sound, err := OpenReadAhead(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := sound(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// OpenReadAhead is [OpenRead] for who reads at once and tells nothing of it before sound was asked: what it waits for
// goes on beside the reading, and its error is told in place of any other. Close waits for it too.
func OpenReadAhead(ctx context.Context, path string) (s *Database, sound func() error, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, missingFileProblem(path, err)
	}
	if kind, err := contentOf(ctx, path); err != nil {
		return nil, nil, err
	} else if kind == contentHarmed {
		return nil, nil, damageProblem(path, errors.New("its beginning is lost"))
	}
	s = &Database{path: path, checked: make(chan struct{})}
	close(s.checked)
	if err = openReading(s, ctx); err == nil {
		s.tables, err = tablesOf(ctx, s.read)
	}
	if err != nil {
		s.Close()
		return nil, nil, problemOf(path, err)
	}
	return s, checkAhead(s, ctx), nil
}

// checkAhead begins to check the file. What it returns waits for the end.
func checkAhead(s *Database, ctx context.Context) (sound func() error) {
	var err error
	s.besides.Go(func() {
		if err = checkPool(ctx, s.path, s.read); err == nil {
			err = compareOnly(s, ctx)
		}
		err = problemOf(s.path, err)
	})
	return func() error {
		s.besides.Wait()
		return err
	}
}

// compareOnly refuses a store that holds what does not match.
func compareOnly(s *Database, ctx context.Context) error {
	return s.Read(ctx, func(ctx context.Context, tx *db.Tx) error {
		found, err := db.CompareTables(ctx, tx, s.tables)
		if err != nil {
			return err
		}
		return found.Err()
	})
}

// openReading opens the file for reading. A database with a log wants files beside it that can be written: where this
// user may not, or the disk is full, it is opened without them, and where the log holds something that nobody put into
// the file yet, a copy of both is read.
func openReading(s *Database, ctx context.Context) error {
	err := tryReading(s, ctx, s.path, forReading)
	if !problem.Is(err, db.Unwritable, db.Full) {
		return err
	}
	if tryReading(s, ctx, s.path, unwritable) == nil {
		return nil
	}
	if log, failed := os.Stat(s.path + "-wal"); errors.Is(failed, fs.ErrNotExist) || failed == nil && log.Size() == 0 {
		return tryReading(s, ctx, s.path, immutable)
	}
	copied, failed := copyAway(s)
	if failed != nil {
		return errors.Join(err, failed)
	}
	return tryReading(s, ctx, copied, forReading)
}

// tryReading opens a file in one way, and keeps the connections where that serves.
func tryReading(s *Database, ctx context.Context, path string, options []string) (err error) {
	if s.read, err = openConnection(path, options); err != nil {
		return problemOf(s.path, err)
	}
	s.read.SetMaxOpenConns(readerCount)
	version, err := schemaVersion(ctx, s.read)
	if err == nil {
		err = checkOurs(ctx, s.path, s.read)
	}
	if err == nil {
		err = checkVersion(s.path, version)
	}
	if err != nil {
		s.read.Close()
		s.read = nil
	}
	return problemOf(s.path, err)
}

// copyAway copies the file and its log into a folder that Close removes.
func copyAway(s *Database) (path string, err error) {
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
