package duty

import (
	"fmt"

	"jerem/cmd/jerem/setup"
)

type whoCommand struct {
	At string `help:"{oncall_at}" placeholder:"TIME"`
}

// Run writes a line for each rota, in the order of the file.
func (c whoCommand) Run(e *setup.Environment, group *Commands) error {
	o, v, err := viewOffice(e, group.Clock)
	if err != nil {
		return err
	}
	defer o.close()
	for _, s := range v.Schedules() {
		at := o.now
		if c.At != "" {
			if at, err = momentOf("--at", c.At, s.ZoneAt(o.now)); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintln(e.Stdout, s.Now(at).Line()); err != nil {
			return err
		}
	}
	return nil
}
