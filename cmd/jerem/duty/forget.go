package duty

import (
	"fmt"
	"strconv"
	"strings"

	"jerem/calendar"
	"jerem/cmd/jerem/setup"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
)

type forgetCommand struct {
	Handle string `arg:"" help:"Whom to forget."`
	DryRun bool   `help:"Say what would be done, and do nothing."`
}

// Run replaces the handle in all that is kept but frozen statements, and names the lines of the file to mend.
func (c forgetCommand) Run(e *setup.Environment, group *Commands) error {
	o, err := openOffice(e, group.Clock, true)
	if err != nil {
		return err
	}
	defer o.close()
	name, err := o.forgetPerson(e, c.Handle, c.DryRun)
	if err != nil {
		return err
	}
	verb := "is now"
	if c.DryRun {
		verb = "would become"
	}
	lines := make([]string, 0)
	for _, line := range o.config.Oncall.LinesNaming(c.Handle) {
		lines = append(lines, strconv.Itoa(line))
	}
	_, err = fmt.Fprintf(e.Stdout, "%s %s %s in all but frozen statements, which go after %s "+
		"(oncall.keep.statements).\n", c.Handle, verb, name, calendar.DurationText(o.roster.File.Keep.Statements))
	if err == nil && len(lines) > 0 {
		_, err = fmt.Fprintf(e.Stdout, "Mend the file: write %s for %s in the versions, and remove the entry of "+
			"oncall.people (lines %s).\n", name, c.Handle, strings.Join(lines, ", "))
	}
	return err
}

// forgetPerson checks that a person may be forgotten and does it, unless it is to be said only.
func (o *office) forgetPerson(e *setup.Environment, handle string, isDryRun bool) (name string, err error) {
	if _, err := o.roster.KeepPast(e.Ctx, o.now); err != nil {
		return "", err
	}
	var last string
	err = o.roster.Decide(e.Ctx, o.now, func(v *roster.View) (roster.Writes, error) {
		name, last, err = roster.CheckForget(v, handle)
		return roster.Writes{}, err
	})
	switch {
	case err != nil:
		return "", setup.UsageError{Err: err}
	case isDryRun:
		return name, nil
	}
	f := kept.Forgotten{Handle: handle, Name: name, LastFrozen: last}
	for login, of := range o.roster.File.Logins {
		if of == handle {
			f.Login = login
		}
	}
	return name, o.store.Forget(e.Ctx, f, o.now)
}
