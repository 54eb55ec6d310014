package operating

import (
	"fmt"

	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
)

// Rebuild is the command that derives the history again from what is kept.
type Rebuild struct{}

// Run derives the history again from what is kept, without Jira.
func (Rebuild) Run(e *setup.Environment) error {
	o, err := e.OpenKept(e.Ctx)
	if err != nil {
		return err
	}
	defer o.Store.Close()
	n, changed, err := o.Reader.Rebuild(e.Ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.Stdout, "%s derived again, %d changed\n", terminal.Count(n, "issue"), changed)
	return nil
}
