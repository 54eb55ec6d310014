package db

import "strings"

// Table is a table whose rows have checksums. Each row's checksum stands in row_sum under the table's name and the
// row's primary key. Triggers of the writing connection keep them. The triggers are temporary: what another program
// writes into the file does not match, and is found.
type Table struct {
	Name    string
	Rows    string   // the table that holds the rows; another than Name in files of former versions alone
	Key     []string // columns of the primary key
	Columns []string // columns that the checksum covers
}

// KeyOf is the SQL that makes a row's key; row is "" or a name with a dot.
func (t Table) KeyOf(row string) string {
	var terms []string
	for _, column := range t.Key {
		terms = append(terms, `quote(`+row+`"`+column+`")`)
	}
	return strings.Join(terms, ` || ',' || `)
}

// SumOf is the SQL that makes a row's checksum.
func (t Table) SumOf(row string) string {
	var terms []string
	for _, column := range t.Columns {
		terms = append(terms, row+`"`+column+`"`)
	}
	return `jerem_sum(` + strings.Join(terms, `, `) + `)`
}
