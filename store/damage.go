package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// damaged says that a store can be read no more. The next start moves it aside.
func (s *Store) damaged(cause error) error {
	return &Error{Code: Damaged, Message: fmt.Sprintf("store %s: is damaged: %v", s.path, cause), cause: cause,
		Hint: "Start jerem collect or serve anew: it moves the file aside and reads everything again from Jira."}
}

// errMismatch says that rows do not match their checksum, or hold what nobody of us writes.
var errMismatch = errors.New("rows do not match their checksum")

// mismatched says that a store holds what does not match. The next cycle compares all of it.
func (s *Store) mismatched(cause error) error {
	s.mismatch.Store(true)
	detail := strings.TrimPrefix(cause.Error(), errMismatch.Error())
	if strings.Contains(detail, "sql: ") {
		detail = "" // words of the database driver
	}
	return &Error{Code: Mismatch, cause: cause,
		Message: fmt.Sprintf("store %s: holds rows that do not match their checksum%s: the file was changed by something else, or its disk fails", s.path, detail),
		Hint:    "Run jerem collect, or let jerem serve go on: what is damaged is derived again, or read again from Jira."}
}

// moveAside gives a file and what belongs to it a name that nothing has yet, and returns it.
func moveAside(path string) (string, error) {
	aside := path + ".damaged"
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		}
		aside = fmt.Sprintf("%s.damaged-%d", path, n)
	}
	for _, part := range []string{"-wal", "-shm", ""} { // a log that stays alone would be taken for the next file's
		if err := os.Rename(path+part, aside+part); err != nil && !(part != "" && errors.Is(err, fs.ErrNotExist)) {
			return "", &Error{Code: Unwritable, Message: fmt.Sprintf("store %s: is damaged and cannot be moved aside: %v", path, errors.Unwrap(err)),
				Hint: "Move the file away by hand: everything is read again from Jira.", cause: err}
		}
	}
	return aside, nil
}
