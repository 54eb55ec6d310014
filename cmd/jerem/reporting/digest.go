package reporting

import (
	"errors"
	"fmt"
	"time"

	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/digest"
	"jerem/measure"
)

// Digest is the command that says what a week brought.
type Digest struct {
	Team string `help:"Only this team." placeholder:"NAME"`
	At   string `help:"{digest_at}" placeholder:"TIME"`
	JSON bool   `help:"Write JSON." name:"json"`
}

// Run writes the word of the week about each team; it reads beside a process that writes the store.
func (c Digest) Run(e *setup.Environment) error {
	list := []*digest.Word{}
	missing, err := eachTeamAt(e, c.Team, c.At, func(o *setup.Instance, team *measure.Team, at time.Time) error {
		word, err := digest.WordOf(team, at, o.Config.Server.URL)
		if err == nil {
			list = append(list, word)
		}
		return err
	}, func(string, error) {}) // what is missing is told with the error
	if err != nil {
		return err
	}
	if c.JSON {
		return errors.Join(terminal.EncodeJSON(e.Stdout, list), missing)
	}
	for _, word := range list {
		if _, err := fmt.Fprintln(e.Stdout, word.Text()); err != nil {
			return err
		}
	}
	return missing
}
