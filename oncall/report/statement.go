package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// Statement is a statement as the API answers it.
type Statement struct {
	Person   *string `json:"person"` // null for what nobody is paid
	Currency string  `json:"currency"`
	Payroll  *string `json:"payroll"`
	State    string  `json:"state"` // draft or frozen
	Lines    []Line  `json:"lines"`
	Cents    int64   `json:"cents"`
}

// Line is a line of a statement.
type Line struct {
	Date    string  `json:"date"`
	Kind    string  `json:"kind"`
	About   *string `json:"about"` // the month that an adjustment is about
	Rota    *string `json:"rota"`
	Level   *int    `json:"level"`
	Seconds int64   `json:"seconds"`
	Cents   int64   `json:"cents"`
	Policy  *string `json:"policy"`
	Origin  *string `json:"origin"`
}

func textOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

func levelOf(level *int) string {
	if level == nil {
		return ""
	}
	return strconv.Itoa(*level)
}

// What says what a line is about, in words that payroll reads: "duty, flat rate", "call-out, told by the pager",
// "adjustment of 2026-01". A presumed call-out is one whose alert named nobody, so that who was on duty is taken to
// have been called.
func (l Line) What() string {
	switch l.Kind {
	case "flat":
		return "duty, flat rate"
	case "adjustment":
		return "adjustment of " + textOf(l.About)
	}
	switch textOf(l.Origin) {
	case "source":
		return "call-out, told by the pager"
	case "presumed":
		return "call-out of who was on duty, the alert named nobody"
	case "hand":
		return "call-out, entered by hand"
	}
	return "call-out"
}

// AmountText writes cents with a point, never as a fraction that is rounded.
func AmountText(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	return fmt.Sprintf("%s%d.%02d", sign, cents/100, cents%100)
}

// HoursText writes seconds as hours and minutes, and seconds where there are any.
func HoursText(seconds int64) string {
	sign := ""
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	text := fmt.Sprintf("%s%d:%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 > 0 {
		text += fmt.Sprintf(":%02d", seconds%60)
	}
	return text
}

// StatementText writes the statements of a month for people.
func StatementText(w io.Writer, month string, list []Statement) error {
	if len(list) == 0 {
		_, err := fmt.Fprintf(w, "There is nothing to pay for %s.\n", month)
		return err
	}
	for i, s := range list {
		if i > 0 {
			if _, err := fmt.Fprintln(w); err != nil {
				return err
			}
		}
		if err := s.writeText(w, month); err != nil {
			return err
		}
	}
	return nil
}

func (s Statement) writeText(w io.Writer, month string) error {
	head := []string{month + " " + textOf(s.Person) + " " + s.Currency}
	if s.Person == nil {
		head[0] = month + " paid to nobody, for gaps, " + s.Currency
	}
	if s.Payroll != nil {
		head = append(head, "payroll "+*s.Payroll)
	}
	if _, err := fmt.Fprintln(w, strings.Join(append(head, s.State), ", ")); err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "DATE\tWHAT\tROTA\tLEVEL\tHOURS\tAMOUNT\tPOLICY")
	for _, l := range s.Lines {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", l.Date, l.What(), textOf(l.Rota), levelOf(l.Level),
			HoursText(l.Seconds), AmountText(l.Cents), textOf(l.Policy))
	}
	fmt.Fprintf(table, "\tsum\t\t\t\t%s\t\n", AmountText(s.Cents))
	return table.Flush()
}

// StatementJSON writes statements as the API answers them.
func StatementJSON(w io.Writer, list []Statement) error {
	if list == nil {
		list = []Statement{}
	}
	return writeJSON(w, list)
}

// StatementCSV writes a row for each line of the statements of a month.
func StatementCSV(w io.Writer, month string, list []Statement) error {
	rows := [][]string{{"month", "person", "payroll", "currency", "state", "date", "kind", "about", "rota", "level",
		"seconds", "amount", "policy", "origin"}}
	for _, s := range list {
		for _, l := range s.Lines {
			rows = append(rows, []string{month, textOf(s.Person), textOf(s.Payroll), s.Currency, s.State, l.Date,
				l.Kind, textOf(l.About), textOf(l.Rota), levelOf(l.Level), strconv.FormatInt(l.Seconds, 10),
				AmountText(l.Cents), textOf(l.Policy), textOf(l.Origin)})
		}
	}
	return writeCSV(w, rows)
}
