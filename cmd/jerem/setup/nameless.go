package setup

import (
	"context"
	"errors"
	"time"

	"jerem/agile"
	"jerem/config"
	"jerem/oncall/nameless"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
)

// onCallFigures tells figures what is kept of on-call, for commands beside the one that writes it; nil where the file
// has no rota.
func onCallFigures(c *config.Config) *nameless.Source {
	if !c.HasOncall() {
		return nil
	}
	place := kept.PlaceFor(c.Store.Path, c.Store.URL.Reveal())
	return &nameless.Source{Roster: &roster.Roster{File: c.OncallFile(), Records: readRecords{place}}, Now: time.Now}
}

// readRecords are what is kept at a place, opened for each question.
type readRecords struct{ place string }

// State returns all that is kept; nothing where nothing was kept yet.
func (r readRecords) State(ctx context.Context) (roster.State, error) {
	if exists, err := kept.Exists(ctx, r.place); err != nil || !exists {
		return roster.State{}, err
	}
	records, err := kept.Open(ctx, r.place)
	if err != nil {
		return roster.State{}, err
	}
	state, err := records.State(ctx)
	return state, errors.Join(err, records.Close())
}

// Update is never called: who writes opens what is kept for longer.
func (readRecords) Update(context.Context, func(roster.State) (roster.Writes, error)) error {
	return errors.New("on-call is written by jerem serve")
}

// History returns the history of a team as of its last complete reading, with its past on another
// Jira and what on-call took from it.
func (o *Instance) History(ctx context.Context, team agile.Team) (*agile.History, error) {
	h, err := o.Store.Teams.History(ctx, team)
	if err != nil {
		return nil, err
	}
	if h, err = o.withPast(ctx, h); err != nil {
		return nil, err
	}
	if source := onCallFigures(o.Config); source != nil {
		h.OnCall, err = source.OnCall(ctx, team.Name)
	}
	return h, err
}
