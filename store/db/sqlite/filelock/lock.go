package filelock

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"jerem/problem"
	"jerem/store/db"
)

// Lock keeps other processes from writing a file.
type Lock struct {
	path string
	file *os.File // the file itself, locked
	note *os.File // beside it: which process writes it
}

// Take locks the file itself for this process, by whatever name it is reached; the system lets go of the lock when
// the process ends, however it ends. The file beside it tells who writes, and keeps an older jerem out.
func Take(path string) (lock *Lock, err error) {
	real := path
	if resolved, failed := filepath.EvalSymlinks(path); failed == nil {
		real = resolved
	}
	lock = &Lock{path: path}
	if lock.note, err = os.OpenFile(real+".lock", os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.note.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, lock.heldProblem(err)
	}
	if lock.file, err = os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		lock.Release()
		return nil, err
	}
	if err := lockFile(lock.file); err != nil {
		return nil, lock.heldProblem(err)
	}
	if err := lock.note.Truncate(0); err == nil { // on a full disk the lock holds without a name
		_, _ = fmt.Fprint(lock.note, os.Getpid())
	}
	return lock, nil
}

// heldProblem says that another process holds the lock.
func (l *Lock) heldProblem(cause error) error {
	holder := make([]byte, 20)
	n, _ := l.note.ReadAt(holder, 0) // only to tell
	l.Release()
	return &problem.Problem{Code: db.Locked, Cause: cause,
		Message: fmt.Sprintf("store %s: another jerem writes it%s", l.path, holderText(holder[:n])),
		Hint:    "Stop the other one, or set another store.path."}
}

// holderText tells which process holds a lock, as far as it left its number.
func holderText(holder []byte) string {
	if pid, err := strconv.Atoi(string(holder)); err == nil {
		return fmt.Sprintf(": process %d", pid)
	}
	return ""
}

// Release lets go of the lock; it does nothing to a nil one.
func (l *Lock) Release() {
	if l == nil {
		return
	}
	for _, file := range []*os.File{l.file, l.note} {
		if file != nil {
			file.Close()
		}
	}
	l.file, l.note = nil, nil
}

// CheckPresent tells whether the file is still what stands at its path. What is written into a file that was deleted
// or replaced would be lost.
func (l *Lock) CheckPresent() error {
	open, err := l.file.Stat()
	if err != nil {
		return err
	}
	p := &problem.Problem{
		Code: db.Lost,
		Hint: "Nothing is written meanwhile. Put the same file back, and the next cycle " +
			"goes on; or start jerem anew: it takes what is there then, and reads what is missing from Jira.",
	}
	now, err := os.Stat(l.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Message = fmt.Sprintf("store %s: the file was deleted or moved while jerem writes it", l.path)
	case err != nil:
		p.Message = fmt.Sprintf("store %s: the file cannot be looked at any more: %v", l.path, errors.Unwrap(err))
	case !os.SameFile(open, now):
		p.Message = fmt.Sprintf("store %s: the file was replaced by another while jerem writes it", l.path)
	default:
		return nil
	}
	return p
}
