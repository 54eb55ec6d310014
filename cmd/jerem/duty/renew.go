package duty

import (
	"fmt"

	"jerem/cmd/jerem/setup"
	"jerem/oncall/link"
	"jerem/oncall/roster"
)

type renewLinksCommand struct{}

// Run replaces the key that links in messages are signed with: those that were sent before open nothing any more. A
// server that runs goes by the new key at once.
func (renewLinksCommand) Run(e *setup.Environment, group *Commands) error {
	o, err := openOffice(e, group.Clock, true)
	if err != nil {
		return err
	}
	defer o.close()
	if err := o.store.Links.RenewLinkKey(e.Ctx, link.NewKey()); err != nil {
		return err
	}
	err = o.roster.Decide(e.Ctx, o.now, func(*roster.View) (roster.Writes, error) {
		return roster.Writes{Journal: []roster.Entry{{At: o.now, Who: o.operator().Login,
			What: "link key renewed"}}}, nil
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.Stdout, "The links that were sent before open nothing any more.")
	return err
}
