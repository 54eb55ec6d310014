package duty

import (
	"fmt"
	"time"

	"jerem/cmd/jerem/setup"
	"jerem/oncall"
)

type whoCommand struct {
	At string `help:"${oncall_at}" placeholder:"TIME"`
}

// Run writes a line for each rota, in the order of the file.
func (c whoCommand) Run(e *setup.Environment, group *Commands) error {
	o, err := openOffice(e, group.Clock, false)
	if err != nil {
		return err
	}
	defer o.close()
	v, err := o.roster.View(e.Ctx, o.now)
	if err != nil {
		return err
	}
	for _, s := range v.Schedules() {
		at := o.now
		if c.At != "" {
			if at, err = momentOf("--at", c.At, s.ZoneAt(o.now)); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintln(e.Stdout, nowLine(s.Now(at))); err != nil {
			return err
		}
	}
	return nil
}

// nowLine tells who is on duty as /api/v1/oncall/now does to a terminal.
func nowLine(row oncall.NowRow) string {
	switch {
	case row.Gap:
		return fmt.Sprintf("%s: nobody, a gap until %s", row.Rota, row.Until.UTC().Format(time.RFC3339))
	case row.Person == "":
		return row.Rota + ": nobody, outside coverage"
	}
	return fmt.Sprintf("%s: %s until %s", row.Rota, row.Person, row.Until.UTC().Format(time.RFC3339))
}
