package reporting

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"time"

	"jerem/calendar"
	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/measure"
	"jerem/problem"
	"jerem/store"
)

// eachTeamAt calls known for each team that the flag --team chooses, as of the moment of --at, and unknown for each of
// which nothing is known then: it was not read, or the moment lies before its first issue. missing names those, and
// tells why on-call cannot be read: nothing else is kept back.
func eachTeamAt(e *setup.Environment, chosen, atText string,
	known func(o *setup.Instance, team *measure.Team, at time.Time) error, unknown func(team string, why error),
) (missing, err error) {
	at, err := setup.ParseMoment("--at", atText)
	if err != nil {
		return nil, err
	}
	o, err := e.OpenRead(e.Ctx)
	if err != nil {
		return nil, err
	}
	defer o.Store.Close()
	teams, err := o.ChosenTeams(chosen)
	if err != nil {
		return nil, err
	}
	var lacking error // of all teams: on-call has one store
	for _, conf := range teams {
		h, lack, err := o.History(e.Ctx, conf)
		if problem.Is(err, store.NotRead) {
			missing = errors.Join(missing, err)
			unknown(conf.Name, err)
			continue
		}
		if err != nil {
			return nil, err
		}
		lacking = cmp.Or(lacking, lack)
		team := measure.Of(h)
		moment, err := momentOf(team, atText, at, e.Stderr)
		if err != nil {
			missing = errors.Join(missing, err)
			unknown(conf.Name, err)
			continue
		}
		if err := known(o, team, moment); err != nil {
			return nil, err
		}
	}
	return errors.Join(missing, lacking), nil
}

// momentOf returns the moment that --at asks for of a team: without it, or with a later one, the last complete
// reading.
// That the answer is of an earlier moment than asked is told to say; before anything is known there is no answer.
func momentOf(team *measure.Team, text string, asked *calendar.Moment, say io.Writer) (time.Time, error) {
	h := team.History()
	if asked == nil {
		return h.Until, nil
	}
	at := asked.Last(h.Team.Calendar.Zone)
	if since := team.KnownSince(); at.Before(since) {
		return at, fmt.Errorf("team %s: nothing is known before %s: ask for a later moment than --at %s", h.Team.Name,
			since.UTC().Format(time.RFC3339Nano), text)
	}
	if at.After(h.Until) {
		fmt.Fprintf(
			say,
			"team %s: --at %s lies after the last complete reading: shown as of %s\n",
			terminal.Printable(h.Team.Name),
			text,
			h.Until.UTC().Format(time.RFC3339Nano),
		)
		return h.Until, nil
	}
	return at, nil
}
