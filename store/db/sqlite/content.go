package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"jerem/problem"
	"jerem/store/db"
)

// applicationID stands in the header of our files: "JERM".
const applicationID = 0x4a45524d

// content says what a file is by what it holds, whatever its name.
type content int

const (
	contentNew    content = iota // nothing yet
	contentOurs                  // it says that it is ours, or its tables are ours
	contentHarmed                // it was ours, and its beginning cannot be read
)

const (
	headerSize = 100
	pageSize   = 4096 // of every file that we make
)

// contentOf tells what a file is without changing it. One that is not ours is refused.
func contentOf(ctx context.Context, path string) (content, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode().IsRegular() && info.Size() == 0:
		return contentNew, nil
	case err != nil:
		return 0, &problem.Problem{
			Code:    db.Unwritable,
			Message: fmt.Sprintf("store %s: cannot be looked at: %v", path, errors.Unwrap(err)),
			Hint:    "Check the rights of the file and of its directory.",
			Cause:   err,
		}
	case info.IsDir():
		return 0, &problem.Problem{
			Code:    db.NotAStore,
			Message: fmt.Sprintf("store %s: is a directory", path),
			Hint:    "Set store.path to a file.",
		}
	case !info.Mode().IsRegular():
		return 0, &problem.Problem{
			Code:    db.NotAStore,
			Message: fmt.Sprintf("store %s: is no regular file", path),
			Hint:    "Set store.path to a file.",
		}
	}
	file, err := os.Open(path)
	if err != nil {
		return 0, &problem.Problem{
			Code:    db.Unwritable,
			Message: fmt.Sprintf("store %s: cannot be read: %v", path, errors.Unwrap(err)),
			Hint:    "Check the rights of the file and of its directory.",
			Cause:   err,
		}
	}
	defer file.Close()
	return contentOfFile(ctx, path, file)
}

func contentOfFile(ctx context.Context, path string, file io.ReaderAt) (content, error) {
	header := make([]byte, headerSize)
	if _, err := file.ReadAt(header, 0); err != nil && !errors.Is(err, io.EOF) {
		return 0, fmt.Errorf("store %s: %w", path, err)
	}
	database := bytes.HasPrefix(header, []byte("SQLite format 3\x00"))
	id := binary.BigEndian.Uint32(header[68:])
	switch {
	case database && id == applicationID:
		return contentOurs, nil
	case database && id == 0 && oursByTables(ctx, path):
		return contentOurs, nil // of a version that set no id
	case !holdsOurPages(file):
		return 0, notOurs(path, database)
	case database && id == 0:
		return contentOurs, nil // opening it tells what is wrong with it
	case database:
		return 0, notOurs(path, database)
	}
	return contentHarmed, nil
}

func notOurs(path string, database bool) error {
	what := "is no store of jerem"
	if database {
		what = "is the database of another program"
	}
	return &problem.Problem{Code: db.NotAStore, Message: fmt.Sprintf("store %s: %s", path, what),
		Hint: "It is left as it is. Set another store.path, or move the file away: everything is read again from Jira."}
}

// oursByTables looks at the tables of a database that has no application id. One without any is as good as none.
func oursByTables(ctx context.Context, path string) bool {
	pool, err := openConnection(path, immutable)
	if err != nil {
		return false
	}
	defer pool.Close()
	return checkOurs(ctx, path, pool) == nil
}

// checkOurs refuses a database that holds other tables than ours.
func checkOurs(ctx context.Context, path string, pool *sql.DB) error {
	var id, version, tables, known int
	err := pool.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version), count(*),
		count(*) FILTER (WHERE name IN ('meta', 'issue', 'issue_project', 'board_sprint', 'team_match'))
		FROM sqlite_schema`).Scan(&id, &version, &tables, &known)
	switch {
	case err != nil:
		return problemOf(path, err)
	case id == applicationID || known == 5 || tables == 0 && version == 0 && id == 0:
		return nil
	}
	return notOurs(path, true)
}

// holdsOurPages looks for pages that only our files have: timelines, which name their fields, and the schema.
func holdsOurPages(file io.ReaderAt) bool {
	page := make([]byte, pageSize)
	for at := int64(0); ; at += pageSize {
		n, err := file.ReadAt(page, at)
		if ourPage(page[:n]) {
			return true
		}
		if err != nil {
			return false
		}
	}
}

func ourPage(page []byte) bool {
	if bytes.Contains(page, []byte("CREATE TABLE issue_project (project TEXT")) {
		return bytes.HasPrefix(page, []byte("SQLite format 3\x00"))
	}
	const leafOfIndex, leafOfTable, leafHeader = 0x0a, 0x0d, 8
	if len(page) < pageSize || int(binary.BigEndian.Uint16(page[3:])) > (pageSize-leafHeader)/2 {
		return false
	}
	switch page[0] {
	case leafOfIndex: // of the table event, which former versions have
		return containsAll(page, "resolution", "sprints", "epiclink")
	case leafOfTable: // of the table timeline
		return containsAll(page, `["resolution",`, `["sprints",`, `["epiclink",`)
	}
	return false
}

func containsAll(page []byte, texts ...string) bool {
	for _, text := range texts {
		if !bytes.Contains(page, []byte(text)) {
			return false
		}
	}
	return true
}
