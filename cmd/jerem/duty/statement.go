package duty

import (
	"encoding/json"
	"fmt"

	"jerem/cmd/jerem/setup"
	"jerem/oncall/civil"
	"jerem/oncall/report"
	"jerem/oncall/roster"
)

type statementCommand struct {
	Month  string `help:"The month, as in 2026-01. Without it the last that is over." placeholder:"MONTH"`
	Person string `help:"Only this person, by handle." placeholder:"HANDLE"`
	Format string `help:"text, json or csv." default:"text" enum:"text,json,csv"`
}

// Run writes the statements of a month: frozen ones as they were frozen, else drafts.
func (c statementCommand) Run(e *setup.Environment, group *Commands) error {
	o, err := openOffice(e, group.Clock, false)
	if err != nil {
		return err
	}
	defer o.close()
	month, err := c.monthAsked(o)
	if err != nil {
		return setup.UsageError{Err: err}
	}
	v, err := o.roster.View(e.Ctx, o.now)
	if err != nil {
		return err
	}
	bodies, err := roster.StatementsFor(v, o.operator(), month)
	if err != nil {
		return err
	}
	var list []report.Statement
	for _, body := range bodies {
		if c.Person != "" && body.Person != c.Person {
			continue
		}
		var s report.Statement
		if err := json.Unmarshal(body.Body, &s); err != nil {
			return err
		}
		list = append(list, s)
	}
	if c.Person != "" && len(list) == 0 {
		if !v.KnowsHandle(c.Person) {
			return setup.UsageError{Err: fmt.Errorf("--person %q is nobody of on-call: give a handle that the file or "+
				"the past names", c.Person)}
		}
		if c.Format == "text" {
			_, err := fmt.Fprintf(e.Stdout, "There is nothing to pay to %s for %s.\n", c.Person, month)
			return err
		}
	}
	switch c.Format {
	case "json":
		return report.StatementJSON(e.Stdout, list)
	case "csv":
		return report.StatementCSV(e.Stdout, month.String(), list)
	}
	return report.StatementText(e.Stdout, month.String(), list)
}

func (c statementCommand) monthAsked(o *office) (civil.Month, error) {
	if c.Month != "" {
		return roster.ParseMonth(c.Month)
	}
	return civil.MonthOf(o.now, o.roster.File.Zone).Previous(), nil
}
