package roster

import (
	"encoding/json"
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/interruption"
	"jerem/oncall/pay"
)

// StatementBody is a statement in the form in which it is answered and frozen.
type StatementBody struct {
	Person   *string    `json:"person"`
	Currency string     `json:"currency"`
	Payroll  *string    `json:"payroll"`
	State    string     `json:"state"` // draft or frozen
	Lines    []LineBody `json:"lines"`
	Cents    int64      `json:"cents"`
}

// LineBody is a line of a statement.
type LineBody struct {
	Date    string       `json:"date"`
	Kind    pay.LineKind `json:"kind"`
	About   *string      `json:"about"`
	Rota    *string      `json:"rota"`
	Level   *int         `json:"level"`
	Seconds int64        `json:"seconds"`
	Cents   int64        `json:"cents"`
	Policy  *string      `json:"policy"`
	Origin  *string      `json:"origin"`
}

// The states of a statement.
const (
	draft  = "draft"
	frozen = "frozen"
)

func textOrNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func bodyOf(s pay.Statement) StatementBody {
	out := StatementBody{Person: textOrNil(s.Person), Currency: s.Currency, Payroll: textOrNil(s.Payroll), State: draft,
		Lines: []LineBody{}, Cents: s.Cents}
	if s.Frozen {
		out.State = frozen
	}
	for _, line := range s.Lines {
		body := LineBody{Date: line.Date.String(), Kind: line.Kind, Rota: textOrNil(line.Rota), Seconds: line.Seconds,
			Cents: line.Cents, Origin: textOrNil(string(line.Origin))}
		if line.Level > 0 {
			body.Level = &line.Level
		}
		if line.Kind == pay.AdjustmentLine {
			body.About = textOrNil(line.About.String())
		} else {
			body.Policy = textOrNil(line.Policy.String())
		}
		out.Lines = append(out.Lines, body)
	}
	return out
}

// statementOf reads a frozen statement back.
func statementOf(m civil.Month, body []byte) (pay.Statement, error) {
	var b StatementBody
	if err := json.Unmarshal(body, &b); err != nil {
		return pay.Statement{}, fmt.Errorf("a statement of %s cannot be read: %w", m, err)
	}
	out := pay.Statement{Currency: b.Currency, Month: m, Frozen: true, Cents: b.Cents, Person: textOf(b.Person),
		Payroll: textOf(b.Payroll)}
	for _, l := range b.Lines {
		line := pay.Line{Kind: l.Kind, Rota: textOf(l.Rota), Seconds: l.Seconds, Cents: l.Cents,
			Origin: interruption.Origin(textOf(l.Origin)), Date: dateOf(l.Date), Policy: dateOf(textOf(l.Policy))}
		if l.Level != nil {
			line.Level = *l.Level
		}
		if l.About != nil {
			about, err := ParseMonth(*l.About)
			if err != nil {
				return pay.Statement{}, err
			}
			line.About = about
		}
		out.Lines = append(out.Lines, line)
	}
	return out, nil
}

func textOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// dateOf reads a date that was written here; none is zero.
func dateOf(text string) calendar.Date {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return calendar.Date{}
	}
	return calendar.DateOf(t, time.UTC)
}

// ParseMonth reads a month as in 2026-01.
func ParseMonth(text string) (civil.Month, error) {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return civil.Month{}, newRefusal(oncall.Invalid, fmt.Sprintf("%.40q is no month", text),
			"Write it like 2026-01.")
	}
	return civil.Month{Year: t.Year(), Month: t.Month()}, nil
}

// booksOf are all that pay is computed from, and what was frozen.
func booksOf(v *View) (pay.Books, pay.Ledger, error) {
	b := pay.Books{Schedules: v.schedules, People: v.Board.People, Policies: v.File.Policies, Callouts: v.Callouts()}
	ledger := pay.Ledger{NotAdjusted: v.State.NotAdjusted}
	for _, f := range v.State.Frozen {
		month := pay.FrozenMonth{Month: f.Month, IsDropped: f.Month.Before(v.State.Dropped)}
		for _, kept := range f.Statements {
			s, err := statementOf(f.Month, kept.Body)
			if err != nil {
				return b, ledger, err
			}
			month.Statements = append(month.Statements, s)
		}
		ledger.Months = append(ledger.Months, month)
	}
	return b, ledger, nil
}

// PersonStatement is a statement as it is answered, with whose it is.
type PersonStatement struct {
	Person string // "" for what nobody is paid
	Body   json.RawMessage
}

// StatementsFor returns the statements of a month that an actor may see: their own, with the role pay all. Those of a
// frozen month are the bytes that were frozen.
func StatementsFor(v *View, a Actor, m civil.Month) ([]PersonStatement, error) {
	if a.Pay && a.Handle == "" {
		if err := checkPaysAll(v, a); err != nil {
			return nil, err
		}
	}
	all, err := v.statementsOf(m)
	if err != nil || PaysAll(v, a) {
		return all, err
	}
	var out []PersonStatement
	for _, s := range all {
		if s.Person == a.Handle && a.Handle != "" {
			out = append(out, s)
		}
	}
	return out, nil
}

func (v *View) statementsOf(m civil.Month) ([]PersonStatement, error) {
	var out []PersonStatement
	for _, f := range v.State.Frozen {
		if f.Month != m {
			continue
		}
		if m.Before(v.State.Dropped) {
			return nil, newRefusal(oncall.NotFound,
				fmt.Sprintf("the statements of %s were kept long enough and are gone", m),
				"They go as a whole after oncall.keep.statements, and are never computed again.")
		}
		for _, s := range f.Statements {
			out = append(out, PersonStatement{s.Person, s.Body})
		}
		return out, nil
	}
	books, ledger, err := booksOf(v)
	if err != nil {
		return nil, err
	}
	for _, s := range books.Statements(m, ledger) {
		body, err := json.Marshal(bodyOf(s))
		if err != nil {
			return nil, err
		}
		out = append(out, PersonStatement{s.Person, body})
	}
	return out, nil
}

// Freeze approves the statements of a month, which from then on never change.
func Freeze(v *View, a Actor, m civil.Month) (FrozenMonth, Writes, error) {
	out := FrozenMonth{Month: m, At: v.Now, By: a.Login}
	if err := checkPaysAll(v, a); err != nil {
		return out, Writes{}, err
	}
	for _, f := range v.State.Frozen {
		if f.Month == m {
			return out, Writes{}, newRefusal(oncall.Conflict, fmt.Sprintf("%s is frozen already", m),
				"What becomes known later stands in a later month as an adjustment.")
		}
	}
	books, ledger, err := booksOf(v)
	if err != nil {
		return out, Writes{}, err
	}
	after, err := books.Freeze(m, ledger, v.Now)
	if err != nil {
		return out, Writes{}, err
	}
	for _, s := range after.Months[len(after.Months)-1].Statements {
		body, err := json.Marshal(bodyOf(s))
		if err != nil {
			return out, Writes{}, err
		}
		out.Statements = append(out.Statements, FrozenStatement{s.Person, s.Currency, body})
	}
	return out, Writes{Frozen: &out, Journal: []Entry{a.journalEntry(v.Now, "month frozen", "%s, %d statements", m,
		len(out.Statements))}}, nil
}
