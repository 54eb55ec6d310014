package dutyplayer

import (
	"context"
	"slices"
	"time"

	"jerem/oncall/roster"
)

// PlayPast plays the acts up to a moment without keeping them one by one, and keeps what has come of them at once: a
// demo begins in a second with months behind it. Raw events and messages of that time are not kept. Rotas and people
// are kept as of the moment at which the configuration was first read.
func (p *Player) PlayPast(ctx context.Context, first, at time.Time) (refused []error, err error) {
	kept, events := p.roster, p.events
	past := &memory{}
	p.roster, p.events = &roster.Roster{File: kept.File, Records: past, TrustsClock: true}, past
	defer func() { p.roster, p.events = kept, events }()
	if _, err := p.roster.KeepPast(ctx, first.UTC()); err != nil {
		return nil, err
	}
	if refused, err = p.PlayUntil(ctx, at); err != nil {
		return refused, err
	}
	return refused, past.keepIn(ctx, kept.Records)
}

// memory keeps on-call in memory.
type memory struct {
	state   roster.State
	journal []roster.Entry
}

// State returns all that is kept.
func (m *memory) State(context.Context) (roster.State, error) { return m.state, nil }

// Update keeps what a decision returns.
func (m *memory) Update(_ context.Context, decide func(roster.State) (roster.Writes, error)) error {
	w, err := decide(m.state)
	if err != nil {
		return err
	}
	if w.Kept != nil {
		m.state.Kept, w.Kept = *w.Kept, nil
	}
	if w.Frozen != nil {
		m.state.Frozen, w.Frozen = append(slices.Clone(m.state.Frozen), *w.Frozen), nil
	}
	m.state, _ = m.state.After(w)
	m.journal = append(m.journal, w.Journal...)
	return nil
}

// AddEvent takes a raw event, which is not kept.
func (m *memory) AddEvent(context.Context, roster.RawEvent) (int64, error) { return 0, nil }

// EventsToRun returns none.
func (m *memory) EventsToRun(context.Context, bool) ([]roster.RawEvent, error) { return nil, nil }

// EventsSetAside returns none.
func (m *memory) EventsSetAside(context.Context) ([]roster.SetAside, error) { return nil, nil }

// EventsAhead returns none.
func (m *memory) EventsAhead(context.Context, time.Time) ([]roster.RawEvent, error) { return nil, nil }

// keepIn keeps all of it elsewhere. A transaction takes one frozen month.
func (m *memory) keepIn(ctx context.Context, records roster.Records) error {
	s := m.state
	all := []roster.Writes{{Kept: &s.Kept, Changes: s.Changes, Absences: s.Absences, Alerts: s.Alerts,
		Callouts: s.Callouts, Decisions: s.Decisions, Journal: m.journal}}
	for i := range s.Frozen {
		all = append(all, roster.Writes{Frozen: &s.Frozen[i]})
	}
	for _, w := range all {
		if err := records.Update(ctx, func(roster.State) (roster.Writes, error) { return w, nil }); err != nil {
			return err
		}
	}
	return nil
}
