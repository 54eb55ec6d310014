package duty

import (
	"errors"
	"fmt"

	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
)

type replayCommand struct{}

// errSetAside ends a replay after which something is still set aside.
var errSetAside = errors.New("something is still set aside: see the lines above")

// Run enters the events again that were set aside, and says why some still are.
func (replayCommand) Run(e *setup.Environment, group *Commands) error {
	o, err := openOffice(e, group.Clock, true)
	if err != nil {
		return err
	}
	defer o.close()
	done, err := o.roster.Replay(e.Ctx, o.store, o.now)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(e.Stdout, "%s entered, %d set aside\n", terminal.Count(done.Entered, "event"),
		done.SetAside); err != nil {
		return err
	}
	for _, why := range done.Why {
		if _, err := fmt.Fprintln(e.Stdout, why); err != nil {
			return err
		}
	}
	if done.SetAside > 0 {
		return errSetAside
	}
	return nil
}
