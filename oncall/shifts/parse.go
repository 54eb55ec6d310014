package shifts

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"jerem/calendar"
	"jerem/oncall/intake"
)

// Kind is what a row is.
type Kind string

// The kinds of rows.
const (
	Shift   Kind = "shift"
	Callout Kind = "callout"
)

// Row is a row of the table.
type Row struct {
	Line         int
	Kind         Kind
	Person, Rota string
	Start, End   calendar.Moment // a time without an offset is in the rota's zone
	IsLong       bool            // that it was longer than most are is meant
	Faults       []string        // what of it cannot be read; the rest stands all the same
}

// columns are those that a table must have.
var columns = []string{"person", "rota", "start", "end"}

// optionalColumns are those that a table may have.
var optionalColumns = []string{"kind", "long"}

// separators are those that spreadsheets write: a semicolon where the comma stands in numbers, a tab in copied cells.
const separators = ",;\t"

// noUTF8 is told of what a spreadsheet saved in letters of another kind.
const noUTF8 = "it is not UTF-8: save the table as CSV UTF-8"

// Parse reads a table whose first line names its columns: person, rota, start and end, in any order, kind where some
// rows are call-outs, and long, which says yes of one that is longer than most are; others are left alone. Commas,
// semicolons or tabs stand between them. The faults are those of the table; those of a row stand in it.
func Parse(r io.Reader) (rows []Row, faults []Fault) {
	text := bufio.NewReader(r)
	head, err := text.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, []Fault{{Text: err.Error()}}
	}
	if !utf8.ValidString(head) || strings.ContainsRune(head, 0) {
		return nil, []Fault{faultAt(1, noUTF8)}
	}
	in := csv.NewReader(io.MultiReader(strings.NewReader(head), text))
	in.FieldsPerRecord, in.Comma = -1, separatorOf(head)
	at, faults := readHead(in)
	if faults != nil {
		return nil, faults
	}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, faults
		}
		if err != nil {
			fault, readsOn := faultOfTable(err)
			faults = append(faults, fault)
			if !readsOn {
				return rows, faults
			}
			continue
		}
		row := parseRow(record, at)
		row.Line, _ = in.FieldPos(0)
		rows = append(rows, row)
	}
}

// separatorOf returns what stands between the columns of a first line: what tells most of those that a table must have.
func separatorOf(head string) rune {
	best, most := ',', 0
	for _, separator := range separators {
		told := 0
		for cell := range strings.SplitSeq(head, string(separator)) {
			if slices.Contains(columns, columnName(strings.Trim(cell, " \"\r\n\uFEFF"))) {
				told++
			}
		}
		if told > most {
			best, most = separator, told
		}
	}
	return best
}

// columnName is the name of a column as it is known here.
func columnName(cell string) string {
	return strings.ToLower(strings.TrimSpace(strings.TrimPrefix(cell, "\uFEFF")))
}

// readHead reads which column stands where.
func readHead(in *csv.Reader) (at map[string]int, faults []Fault) {
	head, err := in.Read()
	if err != nil {
		return nil, []Fault{{Text: "the table is empty, or no CSV: its first line names the columns " +
			strings.Join(columns, ",")}}
	}
	at = map[string]int{}
	var twice []Fault
	read := slices.Concat(columns, optionalColumns)
	for i, cell := range head {
		name := columnName(cell)
		if _, known := at[name]; known && slices.Contains(read, name) {
			twice = append(twice, faultAt(1, fmt.Sprintf("the column %s stands there twice", name)))
		}
		at[name] = i
	}
	for _, name := range columns {
		if _, ok := at[name]; !ok {
			faults = append(faults, faultAt(1, fmt.Sprintf("the column %s is missing", name)))
		}
	}
	if len(faults) == len(columns) {
		return nil, []Fault{faultAt(1, "it names none of the columns "+strings.Join(columns, ",")+
			", with commas, semicolons or tabs between them")}
	}
	return at, append(faults, twice...)
}

// parseRow reads a row, and tells in it all that cannot be read.
func parseRow(record []string, at map[string]int) (row Row) {
	cell := func(name string) string {
		i, ok := at[name]
		if !ok || i >= len(record) {
			return ""
		}
		return strings.TrimSpace(record[i])
	}
	row = Row{Kind: Kind(strings.ToLower(cell("kind"))), Person: cell("person"), Rota: cell("rota"),
		IsLong: strings.EqualFold(cell("long"), "yes")}
	if row.Kind == "" {
		row.Kind = Shift
	}
	if !slices.Contains([]Kind{Shift, Callout}, row.Kind) {
		row.Faults = append(row.Faults, fmt.Sprintf("%.40q is neither shift nor callout", string(row.Kind)))
	}
	for _, name := range columns[:2] {
		if cell(name) == "" {
			row.Faults = append(row.Faults, name+" is missing")
		}
	}
	for i, to := range []*calendar.Moment{&row.Start, &row.End} {
		name, fault := columns[2+i], ""
		if *to, fault = parseTime(cell(name)); fault != "" {
			row.Faults = append(row.Faults, name+" "+fault)
		}
	}
	if slices.ContainsFunc(record, func(cell string) bool { return !utf8.ValidString(cell) }) {
		return Row{Kind: row.Kind, Faults: []string{noUTF8}}
	}
	return row
}

// parseTime reads a time of a row.
func parseTime(text string) (m calendar.Moment, fault string) {
	if text == "" {
		return m, "is missing"
	}
	m, err := calendar.ParseMoment(text)
	switch {
	case err != nil:
		return m, fmt.Sprintf("%.40q is no time: write 2026-01-05T09:00+01:00, or 2026-01-05 09:00 on the rota's clock",
			text)
	case m.Date().Year < intake.FirstYear:
		return m, fmt.Sprintf("%.40q is before the year %d: see whether the date is right", text, intake.FirstYear)
	}
	return m, ""
}
