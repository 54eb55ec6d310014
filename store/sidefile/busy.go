package sidefile

import (
	"context"
	"errors"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// The pace at which a file is opened again that another process is just making.
const (
	attemptsAtMost  = 100
	betweenAttempts = 50 * time.Millisecond
)

// whileBusy does something again as long as SQLite tells that the file is busy: while another process turns a new file
// to its journal, no time-out of the connection holds.
func whileBusy(ctx context.Context, do func() error) error {
	var err error
	for range attemptsAtMost {
		var fault *sqlite.Error
		if err = do(); !errors.As(err, &fault) || fault.Code()&0xff != sqlite3.SQLITE_BUSY {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(betweenAttempts):
		}
	}
	return err
}
