package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"jerem/problem"
)

// takeLock locks the file itself for this process, by whatever name it is reached; the system lets go of the lock when
// the process ends, however it ends. The file beside it tells who writes, and keeps an older jerem out.
func (s *Store) takeLock() (err error) {
	real := s.path
	if resolved, failed := filepath.EvalSymlinks(s.path); failed == nil {
		real = resolved
	}
	if s.note, err = os.OpenFile(real+".lock", os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return s.uncreatable(err)
	}
	if err := syscall.Flock(int(s.note.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return s.locked(err)
	}
	if s.file, err = os.OpenFile(s.path, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		s.releaseLock()
		return s.uncreatable(err)
	}
	if err := lockFile(s.file); err != nil {
		return s.locked(err)
	}
	if err := s.note.Truncate(0); err == nil { // on a full disk the lock holds without a name
		_, _ = fmt.Fprint(s.note, os.Getpid())
	}
	return nil
}

func (s *Store) uncreatable(cause error) error {
	s.releaseLock()
	return &problem.Problem{Code: Unwritable, Message: fmt.Sprintf("store %s: cannot be created or written: %v", s.path, errors.Unwrap(cause)),
		Hint: "Set store.path to a place where this user may write.", Cause: cause}
}

func (s *Store) locked(cause error) error {
	holder := make([]byte, 20)
	n, _ := s.note.ReadAt(holder, 0) // only to tell
	s.releaseLock()
	return &problem.Problem{Code: Locked, Message: fmt.Sprintf("store %s: another jerem writes it%s", s.path, named(holder[:n])),
		Hint: "Stop the other one, or set another store.path.", Cause: cause}
}

// named tells which process holds a store, as far as it left its number.
func named(holder []byte) string {
	if pid, err := strconv.Atoi(string(holder)); err == nil {
		return fmt.Sprintf(": process %d", pid)
	}
	return ""
}

func (s *Store) releaseLock() {
	for _, file := range []*os.File{s.file, s.note} {
		if file != nil {
			file.Close()
		}
	}
	s.file, s.note = nil, nil
}

// present tells whether the file is still what stands at its path. What is written into a file that was deleted or
// replaced would be lost.
func (s *Store) present() error {
	open, err := s.file.Stat()
	if err != nil {
		return s.trouble(err)
	}
	e := &problem.Problem{Code: Lost, Hint: "Nothing is written meanwhile. Put the same file back, and the next cycle goes on; or start jerem anew: " +
		"it takes what is there then, and reads what is missing from Jira."}
	now, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Message = fmt.Sprintf("store %s: the file was deleted or moved while jerem writes it", s.path)
	case err != nil:
		e.Message = fmt.Sprintf("store %s: the file cannot be looked at any more: %v", s.path, errors.Unwrap(err))
	case !os.SameFile(open, now):
		e.Message = fmt.Sprintf("store %s: the file was replaced by another while jerem writes it", s.path)
	default:
		return nil
	}
	return e
}

// OpenToOthers tells whether other users of the system may read the file.
func (s *Store) OpenToOthers() bool {
	info, err := os.Stat(s.path)
	return err == nil && info.Mode().Perm()&0o077 != 0
}

// remember keeps the trouble of a write that the file itself causes, and forgets it once a write succeeds.
func (s *Store) remember(err error) {
	var e *problem.Problem
	switch {
	case err == nil:
		s.failed.Store(nil)
	case errors.As(err, &e) && (e.Code == Full || e.Code == Lost || e.Code == Unwritable || e.Code == Damaged):
		s.failed.Store(e)
	}
}

// overlay adds to a team's state what cannot be noted in the file: a reading that could not be kept.
func (s *Store) overlay(t *TeamState) {
	failed := s.failed.Load()
	if failed == nil {
		return
	}
	if t.Behind.IsZero() {
		t.Behind = t.Until // nothing was kept since
	}
	t.Why = failed.Error()
}

func (s *Store) full(cause error) error {
	return &problem.Problem{Code: Full, Message: fmt.Sprintf("store %s: the disk is full", s.path), Cause: cause,
		Hint: "Make room; what was kept before is safe, and the reading goes on from there by itself."}
}
