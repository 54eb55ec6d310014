package duty

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/oncall/roster"
	"jerem/oncall/shifts"
)

type importCommand struct {
	CSV    string `help:"{oncall_csv}" name:"csv" required:"" placeholder:"FILE"`
	DryRun bool   `help:"Say what would be kept, and keep nothing."`
}

// errNothingKept ends an import in which a row is wrong.
var errNothingKept = errors.New("nothing was kept")

// Run keeps the rows of the table in one transaction, or none of them.
func (c importCommand) Run(e *setup.Environment, group *Commands) error {
	rows, broken, err := c.readTable(e)
	err = cmp.Or(e.Ctx.Err(), err) // what was read until it ended is no whole table
	if err != nil {
		return err
	}
	if len(rows) == 0 && len(broken) > 0 {
		return tableError(c.CSV, broken)
	}
	o, err := openOffice(e, group.Clock, true)
	if err != nil {
		return err
	}
	defer o.close()
	if _, err := o.roster.KeepPast(e.Ctx, o.now); err != nil {
		return err
	}
	var kept shifts.Outcome
	err = o.roster.Decide(e.Ctx, o.now, func(v *roster.View) (roster.Writes, error) {
		var faults []shifts.Fault
		kept, faults = shifts.Writes(v, o.operator(), rows)
		faults = append(faults, broken...)
		switch {
		case len(faults) > 0:
			return roster.Writes{}, tableError(c.CSV, faults)
		case c.DryRun:
			return roster.Writes{}, nil
		}
		return kept.Writes, nil
	})
	if err != nil {
		return err
	}
	return c.tellOutcome(e.Stdout, len(rows), kept)
}

// tellOutcome says what was kept, and what of the table was not.
func (c importCommand) tellOutcome(w io.Writer, rows int, kept shifts.Outcome) error {
	for _, text := range kept.Outside {
		if _, err := fmt.Fprintln(w, text); err != nil {
			return err
		}
	}
	verb := "kept"
	if c.DryRun {
		verb = "would be kept"
	}
	_, err := fmt.Fprintf(w, "%s: %s and %s %s; what is as planned or known changes "+
		"nothing.\n", terminal.Count(rows, "row"), terminal.Count(len(kept.Changes), "correction"),
		terminal.Count(len(kept.Callouts), "call-out"), verb)
	return err
}

func (c importCommand) readTable(e *setup.Environment) ([]shifts.Row, []shifts.Fault, error) {
	in, err := terminal.OpenInput(e.Ctx, e.Stdin, c.CSV)
	if err != nil {
		return nil, nil, fmt.Errorf("--csv: %w", err)
	}
	defer in.Close()
	rows, faults := shifts.Parse(in)
	return rows, faults, nil
}

// tableError tells the faults of a table: it was used wrongly, and nothing of it was kept.
func tableError(file string, faults []shifts.Fault) error {
	return setup.UsageError{Err: fmt.Errorf("%s: %s\n%w", file, strings.Join(shifts.Told(faults), "\n"+file+": "),
		errNothingKept)}
}
