package frame

import "slices"

// Table is a table of rows, the first of which is its head.
func Table(name string, rows [][]string) View {
	return View{Rows: slices.Values(rows), FileName: name + ".csv"}
}

// WithUnit adds to a table, its header first, the unit of its amounts as a last column.
func WithUnit(unit string, rows [][]string) [][]string {
	for n := range rows {
		cell := unit
		if n == 0 {
			cell = "unit"
		}
		rows[n] = append(rows[n], cell)
	}
	return rows
}
