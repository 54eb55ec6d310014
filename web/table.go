package web

import "slices"

// csvView is a table of rows, the first of which is its head.
func csvView(name string, rows [][]string) view {
	return view{rows: slices.Values(rows), file: name + ".csv"}
}
