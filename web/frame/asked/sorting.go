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

// Number is a count as a value that rows are ordered by; nil where it is unknown.
func Number(n *int) *float64 {
	if n == nil {
		return nil
	}
	x := float64(*n)
	return &x
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
		return o.turnComparison(compareNames(o.column.Text(a), o.column.Text(b)))
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

// compareNames orders names as people do: numbers in them by their value, so that "Team 9" stands before "Team 10".
// Names that differ in leading zeros alone are ordered by their letters.
func compareNames(a, b string) int {
	restA, restB := a, b
	for restA != "" && restB != "" {
		var partA, partB string
		partA, restA = cutNamePart(restA)
		partB, restB = cutNamePart(restB)
		if comparison := compareNameParts(partA, partB); comparison != 0 {
			return comparison
		}
	}
	return cmp.Or(cmp.Compare(len(restA), len(restB)), strings.Compare(a, b))
}

// cutNamePart cuts the digits that a name begins with, or what stands before its first digit.
func cutNamePart(name string) (part, rest string) {
	digits := isDigit(rune(name[0]))
	end := strings.IndexFunc(name, func(c rune) bool { return isDigit(c) != digits })
	if end < 0 {
		return name, ""
	}
	return name[:end], name[end:]
}

// compareNameParts compares numbers of any length by value, all else by letters.
func compareNameParts(a, b string) int {
	if !isDigit(rune(a[0])) || !isDigit(rune(b[0])) {
		return strings.Compare(a, b)
	}
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

func isDigit(c rune) bool { return c >= '0' && c <= '9' }

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
			next = "-" + column.Parameter
			if o.down {
				head.Sorted, next = "descending", ""
			}
		}
		head.Address = address(next)
		out = append(out, head)
	}
	return out
}
