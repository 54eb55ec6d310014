package db

import (
	"context"
	"strings"
)

// rowCounts are how many rows a statement of InsertRows takes: few forms, so that each is prepared once.
var rowCounts = []int{64, 8, 1}

// InsertRows inserts rows in sets. insert is the statement up to its values, conflict what follows them. It returns how
// many rows were changed.
func (t *Tx) InsertRows(ctx context.Context, insert, conflict string, rows [][]any) (changed int64, err error) {
	var args []any
	for _, count := range rowCounts {
		for len(rows) >= count {
			args = args[:0]
			for _, row := range rows[:count] {
				args = append(args, row...)
			}
			n, err := t.Exec(ctx, t.insertStatement(insert, conflict, count, len(rows[0])), args...)
			if err != nil {
				return changed, err
			}
			changed += n
			rows = rows[count:]
		}
	}
	return changed, nil
}

// insertForm is an insertion of a number of rows.
type insertForm struct {
	insert, conflict string
	count            int
}

// insertStatement writes an insertion of a number of rows; it is written once in a transaction.
func (t *Tx) insertStatement(insert, conflict string, count, columns int) string {
	form := insertForm{insert, conflict, count}
	if text := t.inserts[form]; text != "" {
		return text
	}
	row := `(?` + strings.Repeat(`, ?`, columns-1) + `)`
	text := insert + ` VALUES ` + row + strings.Repeat(`, `+row, count-1) + ` ` + conflict
	if t.inserts == nil {
		t.inserts = map[insertForm]string{}
	}
	t.inserts[form] = text
	return text
}
