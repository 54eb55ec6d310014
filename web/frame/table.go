package frame

import "slices"

// Table is a table of rows, the first of which is its head.
func Table(name string, rows [][]string) View {
	return View{Rows: slices.Values(rows), FileName: name + ".csv"}
}
