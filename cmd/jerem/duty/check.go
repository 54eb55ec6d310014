package duty

import (
	"errors"
	"fmt"
	"slices"

	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/oncall/verify"
)

type checkCommand struct {
	JSON bool `help:"Write JSON." name:"json"`
}

// errFile says that the file must be mended; where stands in the output.
var errFile = errors.New("the section on call must be mended: see the lines that begin with error")

// Run writes what is worth knowing of the section on call. It ends with an error where the file must be mended.
func (c checkCommand) Run(e *setup.Environment, group *Commands) error {
	o, v, err := viewOffice(e, group.Clock)
	if err != nil {
		return err
	}
	defer o.close()
	findings := verify.File(v, o.config.Oncall.LineOf)
	if o.store != nil {
		aside, err := o.store.EventsSetAside(e.Ctx)
		if err != nil {
			return err
		}
		findings = verify.WithSetAside(findings, aside)
	}
	if err := c.writeFindings(e, findings); err != nil {
		return err
	}
	if slices.ContainsFunc(findings, verify.Finding.IsError) {
		return errFile
	}
	return nil
}

func (c checkCommand) writeFindings(e *setup.Environment, findings []verify.Finding) error {
	if c.JSON {
		return terminal.EncodeJSON(e.Stdout, append([]verify.Finding{}, findings...))
	}
	for _, f := range findings {
		line := fmt.Sprintf("%-8s %s: %s", f.Severity, f.Subject(), f.Text)
		if f.Line > 0 {
			line += fmt.Sprintf(" (line %d)", f.Line)
		}
		if f.Remedy != "" {
			line += ": " + f.Remedy
		}
		if _, err := fmt.Fprintln(e.Stdout, line); err != nil {
			return err
		}
	}
	return nil
}
