package reporting

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/measure"
	"jerem/measure/summary"
)

// Digest is the command that says what a week brought.
type Digest struct {
	Team string `help:"Only this team." placeholder:"NAME"`
	At   string `help:"${digest_at}" placeholder:"TIME"`
	JSON bool   `help:"Write JSON." name:"json"`
}

// toldDigest is the digest of a team with the address of its roadmap, "" where server.url is not set.
type toldDigest struct {
	*summary.Digest
	Address string `json:"address,omitempty"`
	zone    *time.Location
}

// Run writes the word of the week about each team; it reads beside a process that writes the store.
func (c Digest) Run(e *setup.Environment) error {
	list := []toldDigest{}
	missing, err := eachTeamAt(e, c.Team, c.At, func(o *setup.Instance, team *measure.Team, at time.Time) error {
		digest, err := summary.DigestAt(team, at)
		if err == nil {
			list = append(list, toldDigest{digest, roadmapAddress(o.Config.Server.URL, digest),
				team.History().Team.Calendar.Zone})
		}
		return err
	}, func(string, error) {}) // what is missing is told with the error
	if err != nil {
		return err
	}
	if c.JSON {
		return errors.Join(terminal.EncodeJSON(e.Stdout, list), missing)
	}
	for _, one := range list {
		if err := writeDigest(e.Stdout, one); err != nil {
			return err
		}
	}
	return missing
}

// writeDigest writes the word of a week as lines of text.
func writeDigest(w io.Writer, d toldDigest) error {
	const day = "Mon 2 Jan 2006"
	text := fmt.Sprintf("%s, the week to %s\n", terminal.Printable(d.Team), d.At.In(d.zone).Format(day))
	for _, line := range []string{d.Sentence, d.Moved, d.Unexpected, d.Price, d.Address} {
		if line != "" {
			text += "  " + terminal.Printable(line) + "\n"
		}
	}
	_, err := io.WriteString(w, text+"\n")
	return err
}

// roadmapAddress is where people find what a digest tells, "" where it is not known by which address they ask.
func roadmapAddress(site string, d *summary.Digest) string {
	if site == "" {
		return ""
	}
	return site + "/teams/" + url.PathEscape(d.Team) + "/roadmap?quarter=" + d.Quarter
}
