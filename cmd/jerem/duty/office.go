package duty

import (
	"errors"
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/cmd/jerem/setup"
	"jerem/config"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
)

// office is the section on call put to work.
type office struct {
	config *config.Config
	roster *roster.Roster
	now    time.Time
	store  *kept.Store // nil where nothing was kept yet
}

// errNoRota says that there is no on-call to speak of.
var errNoRota = errors.New("the configuration has no rota: write oncall.people and oncall.rotas; " +
	"docs/oncall.md shows how to begin")

// openOffice reads the configuration and what is kept. Where nothing was kept yet none is made, unless it is to be
// written.
func openOffice(e *setup.Environment, clock string, isWritten bool) (*office, error) {
	c, err := e.LoadConfig()
	if err != nil {
		return nil, err
	}
	if !c.HasOncall() {
		return nil, setup.UsageError{Err: errNoRota}
	}
	o := &office{config: c, now: time.Now().Truncate(time.Second)}
	if clock != "" {
		m, err := calendar.ParseMoment(clock)
		if err != nil {
			return nil, setup.UsageError{Err: fmt.Errorf("--clock: %w", err)}
		}
		o.now = m.First(time.UTC)
	}
	if o.roster, o.store, err = setup.OpenRoster(e.Ctx, c, isWritten); err != nil {
		return nil, err
	}
	return o, nil
}

// viewOffice is openOffice for who only looks, with what stands at the present moment.
func viewOffice(e *setup.Environment, clock string) (*office, *roster.View, error) {
	o, err := openOffice(e, clock, false)
	if err != nil {
		return nil, nil, err
	}
	v, err := o.roster.View(e.Ctx, o.now)
	if err != nil {
		o.close()
		return nil, nil, err
	}
	return o, v, nil
}

func (o *office) close() {
	if o.store != nil {
		_ = o.store.Close()
	}
}

// operator is who acts at a shell: whoever may write the file may do all of it.
func (o *office) operator() roster.Actor {
	a := roster.Actor{Login: "command line", Operator: true, Pay: true}
	for _, t := range o.roster.File.Teams {
		a.Teams = append(a.Teams, t.Name)
	}
	return a
}

// momentOf reads a moment of a flag: a date is 00:00 of that day in the zone.
func momentOf(flag, text string, zone *time.Location) (time.Time, error) {
	m, err := setup.ParseMoment(flag, text)
	if err != nil || m == nil {
		return time.Time{}, err
	}
	return m.First(zone).Truncate(time.Second), nil
}
