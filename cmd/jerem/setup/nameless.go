package setup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jerem/agile"
	"jerem/measure/timeseries"
	"jerem/oncall/nameless"
	"jerem/oncall/roster"
	"jerem/store"
	kept "jerem/store/oncall"
	"jerem/teams"
)

// onCallFigures tells figures what is kept of on-call, for commands beside the one that writes it; nil where the file
// has no rota.
func onCallFigures(o *Instance) *nameless.Source {
	c, open := o.Config, kept.OpenRead
	if !c.HasOncall() {
		return nil
	}
	if o.Reader != nil { // who writes the store brings what on-call keeps to its present form too
		open = kept.Open
	}
	place := kept.PlaceFor(c.Store.Path, c.Store.URL.Reveal())
	return &nameless.Source{Roster: &roster.Roster{File: c.OncallFile(), Records: readRecords{place, open}},
		Now: time.Now}
}

// readRecords are what is kept at a place, opened for each question.
type readRecords struct {
	place string
	open  func(ctx context.Context, place string) (*kept.Store, error)
}

// State returns all that is kept; nothing where nothing was kept yet.
func (r readRecords) State(ctx context.Context) (roster.State, error) {
	if exists, err := kept.Exists(ctx, r.place); err != nil || !exists {
		return roster.State{}, err
	}
	records, err := r.open(ctx, r.place)
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
// Jira and what on-call took from it. Where the latter cannot be read the history is without it and has a gap that says
// so, and lack tells why: what is made of it is told all the same, then the lack.
func (o *Instance) History(ctx context.Context, team agile.Team) (h *agile.History, lack, err error) {
	h, _, lack, err = o.historyOf(ctx, team)
	return h, lack, err
}

// HistoryTold is [Instance.History] with what this program told of the very team at the noons of the past, as far as
// that is kept.
func (o *Instance) HistoryTold(ctx context.Context, team agile.Team) (h *agile.History, told []timeseries.ToldFigures,
	lack, err error) {
	h, loaded, lack, err := o.historyOf(ctx, team)
	if err != nil || h != loaded.History { // something was joined to it
		return h, nil, lack, err
	}
	told, err = o.keptTold().Told(ctx, team.Name, teams.BasisOf(loaded))
	return h, told, lack, err
}

// historyOf is [Instance.History] with what the store alone tells.
func (o *Instance) historyOf(ctx context.Context, team agile.Team) (h *agile.History, loaded store.Loaded,
	lack, err error) {
	loaded, err = o.Store.Teams.Load(ctx, team)
	if err != nil {
		return nil, loaded, nil, err
	}
	if h, err = o.withPast(ctx, loaded.History); err != nil {
		return nil, loaded, nil, err
	}
	onCall, lack := o.readOnCall(ctx, team)
	switch {
	case ctx.Err() != nil:
		return nil, loaded, nil, ctx.Err()
	case lack != nil:
		return teams.WithOnCall(h, nil, h.Until), loaded, lack, nil
	}
	return teams.WithOnCall(h, onCall, time.Time{}), loaded, nil, nil
}

// readOnCall returns what on-call took from a team, nil where nobody is on call; lack tells why it cannot be read.
func (o *Instance) readOnCall(ctx context.Context, team agile.Team) (onCall *agile.OnCall, lack error) {
	source := onCallFigures(o)
	if source == nil {
		return nil, nil
	}
	onCall, err := source.OnCall(ctx, team.Name)
	if err != nil {
		return nil, fmt.Errorf("on-call cannot be read, and what was told is without call-outs, owed rest and gaps of "+
			"duty: %w", err)
	}
	return onCall, nil
}

// CheckOnCall returns why what on-call took from teams cannot be read; nil where it can, or where nobody is on call.
func (o *Instance) CheckOnCall(ctx context.Context) error {
	for _, team := range o.Teams {
		if _, lack := o.readOnCall(ctx, team); lack != nil {
			return lack
		}
	}
	return nil
}
