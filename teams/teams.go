package teams

import (
	"context"
	"sync"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/series"
	"jerem/store"
)

// Cache holds the teams of a store as they were last computed. It is safe for concurrent use.
type Cache struct {
	store *store.Store

	mu       sync.Mutex
	computed map[string]*computed
	counts   Counts
}

// Counts tell how often teams were computed.
type Counts struct {
	Loads   int // of all their issues
	Updates int // of the issues that changed, alone
}

// NewCache returns a cache of the teams of a store, with nothing in it.
func NewCache(s *store.Store) *Cache {
	return &Cache{store: s, computed: map[string]*computed{}}
}

// computed is what is kept of one team. Who computes holds the lock: others wait instead of doing the same.
type computed struct {
	mu       sync.Mutex
	loaded   store.Loaded
	team     *measure.Team // of loaded, as of the last reading
	lines    []Line
	from, to time.Time       // the lines hold as of moments in [from, to)
	told     timeseries.Told // what was told at the noons of the past: of one team from generation to generation
}

// Team is a team as of its last complete reading.
type Team struct {
	Generation int64     // of what the figures rest on
	Until      time.Time // Jira's clock at the reading
	Measured   *measure.Team
	computed   *computed
}

// Team returns a team; the error is the store's, of code NotRead for one that was never read. While a reading of it
// goes on it is what it was before.
func (c *Cache) Team(ctx context.Context, conf agile.Team) (*Team, error) {
	kept := c.computedOf(conf.Name)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	loaded, err := c.store.Teams.Refresh(ctx, conf, kept.loaded)
	if err != nil {
		return nil, err
	}
	switch {
	case loaded.Anew:
		kept.team, kept.lines = measure.Of(loaded.History), nil
		c.addCounts(Counts{Loads: 1})
	case loaded.Generation != kept.loaded.Generation:
		kept.team, kept.lines = measure.Update(kept.team, loaded.History, loaded.Changed), nil
		c.addCounts(Counts{Updates: 1})
	case !kept.team.Now().Equal(loaded.History.Until):
		kept.team = kept.team.AsOf(loaded.History.Until)
	}
	kept.loaded = loaded
	return &Team{Generation: loaded.Generation, Until: loaded.History.Until, Measured: kept.team, computed: kept}, nil
}

func (c *Cache) computedOf(name string) *computed {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.computed[name] == nil {
		c.computed[name] = &computed{}
	}
	return c.computed[name]
}

func (c *Cache) addCounts(more Counts) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts.Loads += more.Loads
	c.counts.Updates += more.Updates
}

// Counts tells how often a team was computed so far.
func (c *Cache) Counts() Counts {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.counts
}

// Loads tells how often a team was computed of all its issues so far.
func (c *Cache) Loads() int { return c.Counts().Loads }

// Line is a series of a team: its unbroken pieces, in the order of their beginnings, and a digest that tells them apart
// from others of the same key.
type Line struct {
	Key    string
	Pieces []series.Series
	Digest string
}

// Lines returns the series of a team as known at its last complete reading, and the moment from which on they may be
// other ones although nothing new is read.
func (t *Team) Lines() (lines []Line, until time.Time) {
	t.computed.mu.Lock()
	defer t.computed.mu.Unlock()
	k := t.computed
	if k.loaded.Generation != t.Generation { // a newer one was computed meanwhile
		return LinesOf(timeseries.Pieces(t.Measured, t.Until)), NextMoment(t.Measured.History(), t.Until)
	}
	if k.lines == nil || t.Until.Before(k.from) || !t.Until.Before(k.to) {
		k.lines = LinesOf(k.told.Pieces(t.Measured, t.Until))
		k.from, k.to = t.Until, NextMoment(t.Measured.History(), t.Until)
	}
	return k.lines, k.to
}

// LinesOf puts pieces together by series, in the order in which they come. One without points is left out.
func LinesOf(pieces []series.Series) []Line {
	lines, at := []Line{}, map[string]int{}
	for i := range pieces {
		if len(pieces[i].Points) == 0 {
			continue
		}
		key := pieces[i].Key()
		n, known := at[key]
		if !known {
			n, at[key] = len(lines), len(lines)
			lines = append(lines, Line{Key: key})
		}
		lines[n].Pieces = append(lines[n].Pieces, pieces[i])
	}
	for i := range lines {
		lines[i].Digest = (&series.Extent{Pieces: lines[i].Pieces}).Digest()
	}
	return lines
}
