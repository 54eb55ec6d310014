package dutypages

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"jerem/oncall/civil"
	"jerem/oncall/interruption"
	"jerem/oncall/report"
	"jerem/oncall/roster"
	"jerem/web/format"
	"jerem/web/frame"
)

var statementsTemplate = frame.ParsePage(files, "statements.html", "parts.html")

// statementsBody is the page of the statements of a month.
type statementsBody struct {
	Visitor              *personsChoice
	Month, Before, After string // as in 2026-01
	Title                string // as in January 2026

	BeforeTitle, AfterTitle string
	MayFreeze               bool
	IsFrozen                bool
	Told                    string
	Statements              []statementCard
}

// statementCard is the statement of a person in a currency.
type statementCard struct {
	Person, Payroll, Currency, Sum string
	Hours                          string // of duty and of call-outs, each by itself: a call-out lies within a duty
	IsFrozen                       bool
	HasPresumed                    bool // a line is of a call-out whose alert named nobody
	Lines                          []statementLine
}

// statementLine is a line of a statement.
type statementLine struct{ Date, What, Rota, Level, Hours, Amount string }

// readStatements are the statements of a month that the visitor may see: their own, with the role pay all.
func (v *visit) readStatements() (civil.Month, []report.Statement, error) {
	month, err := roster.ParseMonth(v.PathValue("month"))
	if err != nil {
		return month, nil, err
	}
	kept, err := roster.StatementsFor(v.view, v.who, month)
	if err != nil {
		return month, nil, err
	}
	out := make([]report.Statement, len(kept))
	for i, s := range kept {
		if err := json.Unmarshal(s.Body, &out[i]); err != nil {
			return month, nil, fmt.Errorf("a statement of %s cannot be read: %w", month, err)
		}
	}
	return month, out, nil
}

// showStatements shows the statements of a month.
func showStatements(w http.ResponseWriter, v *visit) error {
	month, list, err := v.readStatements()
	if err != nil {
		return err
	}
	body := statementsBody{Visitor: personsToChoose(v), Month: month.String(),
		Title: titleOfMonth(month, 0), Before: monthAway(month, -1), After: monthAway(month, 1),
		BeforeTitle: titleOfMonth(month, -1), AfterTitle: titleOfMonth(month, 1)}
	for _, f := range v.view.State.Frozen {
		body.IsFrozen = body.IsFrozen || f.Month == month
	}
	isOver := !v.view.Now.Before(month.Span(v.view.File.Zone).End)
	body.MayFreeze = roster.PaysAll(v.view, v.who) && !body.IsFrozen && isOver
	if v.URL.Query().Get("done") == "frozen" && body.IsFrozen {
		body.Told = "The month is frozen: its statements never change."
	}
	for _, s := range list {
		body.Statements = append(body.Statements, cardOfStatement(s, month))
	}
	return v.showPage(w, frame.View{Template: statementsTemplate, Title: "On call: statements of " + body.Month,
		Body: body})
}

// titleOfMonth writes the month so many months away as "January 2026".
func titleOfMonth(m civil.Month, months int) string {
	return time.Date(m.Year, m.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC).Format("January 2006")
}

// monthAway is the month some months away, as in 2026-01.
func monthAway(m civil.Month, months int) string {
	return time.Date(m.Year, m.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

func cardOfStatement(s report.Statement, month civil.Month) statementCard {
	card := statementCard{Person: textOf(s.Person), Payroll: textOf(s.Payroll), Currency: s.Currency,
		Sum: report.AmountText(s.Cents), IsFrozen: s.State == "frozen"}
	if s.Person == nil {
		card.Person = "Paid to nobody, for gaps"
	}
	seconds := map[string]int64{}
	for _, l := range s.Lines {
		seconds[l.Kind] += l.Seconds
		line := statementLine{Date: dateOfLine(l.Date, month), What: l.What(), Rota: textOf(l.Rota),
			Hours: format.Duration(l.Seconds), Amount: report.AmountText(l.Cents)}
		if l.Level != nil {
			line.Level = strconv.Itoa(*l.Level)
		}
		card.HasPresumed = card.HasPresumed || textOf(l.Origin) == string(interruption.Presumed)
		card.Lines = append(card.Lines, line)
	}
	card.Hours = hoursByKind(seconds)
	return card
}

// dateOfLine writes the date of a line in a statement of a month, with its year where that is another one: an
// adjustment may be of long ago.
func dateOfLine(text string, month civil.Month) string {
	d, known := format.DateOf(&text)
	if !known {
		return text
	}
	if d.Year != month.Year {
		return dayText(d)
	}
	return format.DateWord(d)
}

// hoursByKind tells the hours of the lines of a statement by their kind, as in "duty 168 h, call-outs 1 h 30 min".
func hoursByKind(seconds map[string]int64) string {
	var parts []string
	for _, kind := range []struct{ kind, word string }{{"flat", "duty"}, {"callout", "call-outs"},
		{"adjustment", "adjustments"}} {
		if n, has := seconds[kind.kind]; has {
			parts = append(parts, kind.word+" "+format.Duration(n))
		}
	}
	return strings.Join(parts, ", ")
}

func textOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// sendStatements sends the statements of a month as a table.
func sendStatements(w http.ResponseWriter, v *visit) error {
	month, list, err := v.readStatements()
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := report.StatementCSV(&text, month.String(), list); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="oncall-`+month.String()+`.csv"`)
	_, _ = w.Write(text.Bytes()) // who asked may have gone
	return nil
}

// freezeMonth approves the statements of a month, which from then on never change.
func freezeMonth(w http.ResponseWriter, v *visit) error {
	month, err := roster.ParseMonth(v.PathValue("month"))
	if err != nil {
		return err
	}
	err = v.keepDecision(func(view *roster.View) (roster.Writes, error) {
		_, writes, err := roster.Freeze(view, v.who, month)
		return writes, err
	})
	if err != nil {
		return err
	}
	return v.redirect(w, statementsAddress(month.String())+"?done=frozen")
}

func statementsAddress(month string) string { return Home + "/statements/" + month }
