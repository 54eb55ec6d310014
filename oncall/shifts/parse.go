package shifts

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"jerem/calendar"
	"jerem/problem"
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
	IsLong       bool            // of a call-out: that it was longer than a day is meant
}

// mostFaults is how many faults are told at once.
const mostFaults = 20

// Parse reads a table whose first line names its columns: person, rota, start and end, in any order, kind where some
// rows are call-outs, and long, which says yes of a call-out of more than a day; others are left alone. The faults name
// their lines.
func Parse(r io.Reader) (rows []Row, faults []string) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	head, err := in.Read()
	if err != nil {
		return nil, []string{"the table is empty, or no CSV: its first line names the columns person,rota,start,end"}
	}
	at := map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\uFEFF")))] = i
	}
	for _, name := range []string{"person", "rota", "start", "end"} {
		if _, ok := at[name]; !ok {
			faults = append(faults, fmt.Sprintf("line 1: the column %s is missing", name))
		}
	}
	if faults != nil {
		return nil, faults
	}
	for len(faults) < mostFaults {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			fault, readsOn := problem.OfTable(err)
			faults = append(faults, fault.Error())
			if !readsOn {
				return rows, faults
			}
			continue
		}
		line, _ := in.FieldPos(0)
		row, fault := parseRow(record, at)
		row.Line = line
		if fault != "" {
			faults = append(faults, fmt.Sprintf("line %d: %s", line, fault))
			continue
		}
		rows = append(rows, row)
	}
	return rows, faults
}

func parseRow(record []string, at map[string]int) (row Row, fault string) {
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
	switch {
	case !slices.Contains([]Kind{Shift, Callout}, row.Kind):
		return row, fmt.Sprintf("%.40q is neither shift nor callout", string(row.Kind))
	case row.Person == "":
		return row, "person is missing"
	case row.Rota == "":
		return row, "rota is missing"
	}
	var err error
	for name, to := range map[string]*calendar.Moment{"start": &row.Start, "end": &row.End} {
		if *to, err = calendar.ParseMoment(cell(name)); err != nil {
			return row, fmt.Sprintf("%s %.40q is no time: write 2026-01-05T09:00+01:00, or 2026-01-05 09:00 on the "+
				"rota's clock", name, cell(name))
		}
	}
	return row, ""
}
