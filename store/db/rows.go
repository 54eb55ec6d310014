package db

import (
	"context"
	"fmt"
	"strings"
)

// rowCounts are how many rows a statement of InsertRows takes: few forms, so that each is prepared once.
var rowCounts = []int{64, 8, 1}

// InsertRows inserts rows in sets. insert is the statement up to its values, conflict what follows them. No two rows
// may have the same key where conflict updates. It returns how many rows were changed.
func (t *Tx) InsertRows(ctx context.Context, insert, conflict string, rows [][]any) (changed int64, err error) {
	if t.dialect.ColumnArrays {
		return t.insertArrays(ctx, insert, conflict, rows)
	}
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

// arrayRows and arrayBytes bound what one statement of insertArrays carries.
const (
	arrayRows  = 10_000
	arrayBytes = 16 << 20
)

// InsertRowsLater is InsertRows whose statements may wait for the next one: see ExecLater.
func (t *Tx) InsertRowsLater(ctx context.Context, insert, conflict string, rows [][]any) error {
	if !t.dialect.ColumnArrays {
		_, err := t.InsertRows(ctx, insert, conflict, rows)
		return err
	}
	return eachArrays(insert, conflict, rows, func(statement string, columns []any) error {
		return t.ExecLater(ctx, statement, columns...)
	})
}

// insertArrays inserts rows as one array for each column.
func (t *Tx) insertArrays(ctx context.Context, insert, conflict string, rows [][]any) (changed int64, err error) {
	err = eachArrays(insert, conflict, rows, func(statement string, columns []any) error {
		n, err := t.Exec(ctx, statement, columns...)
		changed += n
		return err
	})
	return changed, err
}

// eachArrays writes insertions of rows as one array for each column: a statement takes any number of them, within
// bounds.
func eachArrays(insert, conflict string, rows [][]any, each func(statement string, columns []any) error) (err error) {
	for len(rows) > 0 {
		count := rowsWithin(rows, arrayRows, arrayBytes)
		columns := make([]any, len(rows[0]))
		types := make([]string, len(rows[0]))
		for c := range columns {
			if columns[c], types[c], err = columnArray(rows[:count], c); err != nil {
				return fmt.Errorf("%s: %w", insert, err)
			}
			types[c] = fmt.Sprintf("CAST($%d AS %s[])", c+1, types[c])
		}
		text := insert + ` SELECT * FROM unnest(` + strings.Join(types, ", ") + `) ` + conflict
		if err := each(text, columns); err != nil {
			return err
		}
		rows = rows[count:]
	}
	return nil
}

// rowsWithin tells how many rows, one at least, keep within a number and a size.
func rowsWithin(rows [][]any, most, size int) int {
	for n, row := range rows[:min(len(rows), most)] {
		for _, value := range row {
			switch value := value.(type) {
			case string:
				size -= len(value)
			case []byte:
				size -= len(value)
			}
		}
		if size < 0 && n > 0 {
			return n
		}
	}
	return min(len(rows), most)
}

// columnArray makes an array of a column of rows, and names the type of its elements.
func columnArray(rows [][]any, column int) (array any, name string, err error) {
	switch rows[0][column].(type) {
	case string:
		array, err = columnOf[string](rows, column)
		return array, "text", err
	case []byte:
		array, err = columnOf[[]byte](rows, column)
		return array, "bytea", err
	case int64:
		array, err = columnOf[int64](rows, column)
		return array, "bigint", err
	case int:
		array, err = columnOf[int](rows, column)
		return array, "bigint", err
	}
	return nil, "", fmt.Errorf("no column has the type %T", rows[0][column])
}

func columnOf[T any](rows [][]any, column int) ([]T, error) {
	list := make([]T, len(rows))
	for n, row := range rows {
		value, ok := row[column].(T)
		if !ok {
			return nil, fmt.Errorf("a column holds %T and %T", list[n], row[column])
		}
		list[n] = value
	}
	return list, nil
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
