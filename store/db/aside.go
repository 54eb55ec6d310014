package db

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"jerem/problem"
)

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
			return "", &problem.Problem{
				Code:    Unwritable,
				Message: fmt.Sprintf("store %s: is damaged and cannot be moved aside: %v", path, errors.Unwrap(err)),
				Hint:    "Move the file away by hand: everything is read again from Jira.",
				Cause:   err,
			}
		}
	}
	return aside, nil
}
