package sqlite

import (
	"fmt"

	"jerem/store/db"
)

// dialect is what SQLite writes otherwise than PostgreSQL: json_each reads a list out of a text. Rows are inserted by
// statements of a few sizes, each of which is prepared once.
var dialect = &db.Dialect{
	ListedIDs:    listedValues,
	ListedTexts:  listedValues,
	CollectedIDs: `json_group_array(id)`,
}

func listedValues(arg int) string { return fmt.Sprintf(`(SELECT value FROM json_each($%d))`, arg) }
