package asked

import (
	"cmp"
	"net/http"
	"strings"

	"jerem/web/frame"
)

// Column is a column that the rows of a table can be ordered by: by a number, or by a text where Value is nil.
type Column[T any] struct {
	Parameter, Name string
	Value           func(T) *float64 // nil where it is unknown
	Text            func(T) string
}

// Order is the order of a table: by a column, from its least value up or from its greatest down. What is unknown comes
// last in both. The zero value leaves the rows as they are.
type Order[T any] struct {
	column Column[T]
	down   bool
}

// ReadOrder reads the parameter of a column, with a minus before it for the greatest first; what names the rows in an
// error.
func ReadOrder[T any](text string, columns []Column[T], what string) (Order[T], error) {
	name, down := strings.CutPrefix(text, "-")
	var names []string
	for _, column := range columns {
		if column.Parameter == name {
			return Order[T]{column, down}, nil
		}
		names = append(names, column.Parameter)
	}
	if text == "" {
		return Order[T]{}, nil
	}
	return Order[T]{}, frame.NewProblem(http.StatusBadRequest, "bad_sort",
		"Write one of "+strings.Join(names, ", ")+"; with a - before it the greatest comes first.",
		"sort=%q names no column of the %s", text, what)
}

// Compare orders two rows.
func (o Order[T]) Compare(a, b T) int {
	switch {
	case o.column.Parameter == "":
		return 0
	case o.column.Value == nil:
		return o.turnComparison(strings.Compare(o.column.Text(a), o.column.Text(b)))
	}
	x, y := o.column.Value(a), o.column.Value(b)
	switch {
	case x == nil && y == nil:
		return 0
	case x == nil:
		return 1
	case y == nil:
		return -1
	}
	return o.turnComparison(cmp.Compare(*x, *y))
}

// turnComparison turns a comparison round where the greatest comes first.
func (o Order[T]) turnComparison(comparison int) int {
	if o.down {
		return -comparison
	}
	return comparison
}

// ColumnHead is the head of a column: its name, and the address of the page in its order.
type ColumnHead struct {
	Name, Address string
	Sorted        string // "ascending", "descending" or "" as a screen reader says it
	Right         bool   // holds numbers
}

// Heads are the heads of columns; address makes that of the page in an order. A second click turns the order round, a
// third one takes it away.
func (o Order[T]) Heads(columns []Column[T], address func(sort string) string) []ColumnHead {
	var out []ColumnHead
	for _, column := range columns {
		head, next := ColumnHead{Name: column.Name, Right: column.Value != nil}, column.Parameter
		if o.column.Parameter == column.Parameter {
			head.Sorted = "ascending"
			if next = "-" + column.Parameter; o.down {
				head.Sorted, next = "descending", ""
			}
		}
		head.Address = address(next)
		out = append(out, head)
	}
	return out
}
