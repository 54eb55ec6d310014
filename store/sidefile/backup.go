package sidefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// Backup copies a file as it is at one moment into another one, which is not there yet, also while it is written; this
// user alone may read the copy. It tells false where there is nothing to be copied.
func Backup(ctx context.Context, path, to string) (copied bool, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	file, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return false, fmt.Errorf("%s cannot be made: %w (name a file that is not there yet)", to, err)
	}
	defer file.Close()
	db, err := sql.Open("sqlite", addressOf(path, url.Values{"mode": {"rw"}, "_pragma": {"busy_timeout(5000)"}}))
	if err != nil {
		return false, err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, `VACUUM INTO $1`, filepath.Clean(to)); err != nil {
		return false, errors.Join(openProblem(to, err), os.Remove(to))
	}
	return true, file.Sync()
}
