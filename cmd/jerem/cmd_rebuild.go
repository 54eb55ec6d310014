package main

import "fmt"

type rebuildCommand struct{}

// Run derives the history again from what is kept, without Jira.
func (rebuildCommand) Run(e *environ) error {
	o, err := e.openKept(e.ctx)
	if err != nil {
		return err
	}
	defer o.store.Close()
	n, changed, err := o.reader.Rebuild(e.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "%d issues derived again, %d changed\n", n, changed)
	return nil
}
