package teams

import (
	"context"
	"iter"
	"slices"
	"sync"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/series"
	"jerem/store"
	"jerem/teams/moved"
)

// Cache holds the teams of a store as they were last computed. It is safe for concurrent use.
type Cache struct {
	// OnCall tells what on-call took from teams; nil where nobody is on call. It is set before a team is asked for.
	OnCall OnCall
	// Moved holds, by name, the pasts of teams that moved from another Jira. It is set before a team is asked for.
	Moved map[string]*moved.Joiner
	// GiveWay is called between the parts of what is made beside answers to viewers, and may wait; its error ends the
	// making. Nil waits for nothing. It is set before a team is asked for.
	GiveWay func(context.Context) error
	// Former returns what another process told of the very team at the noons of the past; nothing where it is not known
	// to be the very one. Nil is nothing. It is set before a team is asked for.
	Former func(context.Context, *Team) ([]timeseries.ToldFigures, error)

	store *store.Store

	mu         sync.Mutex
	computed   map[string]*computed
	counts     Counts
	lastOnCall map[string]*agile.OnCall // as it was last told, by team
	told       onCallTold
}

// onCallTold is how far on-call told its generation: one that rises too when it cannot be told, and when it is again.
type onCallTold struct {
	generation int64
	isUnread   bool
	turns      int64
}

// OnCall tells what on-call took from teams, without a person, and when that changed.
type OnCall interface {
	// OnCall returns what it took from a team: the same value until it is another one, nil for nothing.
	OnCall(ctx context.Context, team string) (*agile.OnCall, error)
	// Generation returns a number that rises when it is another one for any team.
	Generation(ctx context.Context) (int64, error)
}

// Counts tell how often teams were computed.
type Counts struct {
	Loads   int // of all their issues
	Updates int // of the issues that changed, alone
}

// NewCache returns a cache of the teams of a store, with nothing in it.
func NewCache(s *store.Store) *Cache {
	return &Cache{store: s, computed: map[string]*computed{}, lastOnCall: map[string]*agile.OnCall{}}
}

// computed is what is kept of one team. Who computes holds the lock: others wait instead of doing the same.
type computed struct {
	mu      sync.Mutex
	loaded  store.Loaded
	onCall  *agile.OnCall // what loaded and team hold of it
	unread  time.Time     // Jira's clock when on-call was first found not to tell it; zero while it does
	raised  int64         // how often it was another one
	team    *measure.Team // of loaded, as of the last reading
	edition int64         // rises when the team is another one than as of another moment
	lines   computedLines
}

// computedLines are the series of a team. Who computes them holds the lock: others who want series wait, who want the
// team do not.
type computedLines struct {
	mu       sync.Mutex
	edition  int64 // of the team they are of
	list     []Line
	names    pieceNames      // of the pieces that they are made of
	from, to time.Time       // they hold as of moments in [from, to)
	told     timeseries.Told // what was told at the noons of the past: of one team from edition to edition

	isRecalled bool // told has what another process told
}

// Team is a team as of its last complete reading.
type Team struct {
	Generation int64     // of what the figures rest on: it rises with the team's in the store and with on-call
	Until      time.Time // Jira's clock at the reading
	Measured   *measure.Team
	kept       int64 // the generation in the store
	isPlain    bool  // it is as the store tells it, whole
	edition    int64
	lines      *computedLines
	giveWay    func(context.Context) error
	former     func(context.Context, *Team) ([]timeseries.ToldFigures, error)
}

// GiveWay waits between two parts of work that nobody waits for. The error is also that of a context that ended.
func (t *Team) GiveWay(ctx context.Context) error {
	if t.giveWay == nil {
		return ctx.Err()
	}
	return t.giveWay(ctx)
}

// Team returns a team; the error is the store's, of code NotRead for one that was never read. While a reading of it
// goes on it is what it was before. Where on-call cannot be read it is as it was last told, and a gap says so.
func (c *Cache) Team(ctx context.Context, conf agile.Team) (*Team, error) {
	kept := c.computedOf(conf.Name)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	onCall, isRead, err := c.OnCallOf(ctx, conf.Name)
	if err != nil {
		return nil, err
	}
	former := kept.loaded.Generation
	loaded, err := c.refresh(ctx, conf, kept)
	if err != nil {
		return nil, err
	}
	told := loaded // as the store tells it
	if loaded.Anew || loaded.Generation != kept.loaded.Generation {
		loaded = c.withPast(conf.Name, loaded)
	}
	isOther := onCall != kept.onCall || isRead != kept.unread.IsZero()
	kept.noteUnread(isRead, loaded.History.Until)
	loaded.History = WithOnCall(loaded.History, onCall, kept.unread)
	switch {
	case loaded.Anew:
		if kept.edition > 0 && loaded.Generation == former { // what a reading had kept of it counts now
			kept.raised++
		}
		kept.setTeam(measure.Of(loaded.History))
		c.addCounts(Counts{Loads: 1})
	case loaded.Generation != kept.loaded.Generation:
		kept.setTeam(measure.Update(kept.team, loaded.History, loaded.Changed))
		c.addCounts(Counts{Updates: 1})
	case !kept.team.Now().Equal(loaded.History.Until):
		kept.team = kept.team.AsOf(loaded.History.Until)
	}
	if isOther {
		kept.setTeam(measure.TakeOnCall(kept.team, loaded.History))
		kept.onCall = onCall
		kept.raised++
	}
	kept.loaded = told
	return &Team{Generation: kept.generation(), Until: loaded.History.Until, Measured: kept.team,
		kept: told.Generation, isPlain: !told.Partly && c.Moved[conf.Name] == nil && isRead, former: c.Former,
		edition: kept.edition, lines: &kept.lines, giveWay: c.GiveWay}, nil
}

// refresh reads what changed of a team. Where all is to be read anew, what it was goes first: nobody else is given it
// meanwhile, and a large team would stand in memory twice.
func (c *Cache) refresh(ctx context.Context, conf agile.Team, kept *computed) (store.Loaded, error) {
	loaded, goesOn, err := c.store.Teams.GoOn(ctx, conf, kept.loaded)
	if err != nil || goesOn {
		return loaded, err
	}
	kept.loaded.History, kept.team = nil, nil
	return c.store.Teams.LoadAnew(ctx, conf)
}

// setTeam sets a team whose figures may be others.
func (k *computed) setTeam(team *measure.Team) { k.team, k.edition = team, k.edition+1 }

// generation is that of what the figures rest on.
func (k *computed) generation() int64 { return k.loaded.Generation + k.raised }

// noteUnread notes since when on-call does not tell what it took; until is Jira's clock at the last reading.
func (k *computed) noteUnread(isRead bool, until time.Time) {
	switch {
	case isRead:
		k.unread = time.Time{}
	case k.unread.IsZero():
		k.unread = until
	}
}

// OnCallOf returns what on-call took from a team, nil for nothing. It is the same value until it is another one. Where
// it cannot be read, it is what was last told, and isRead is false; the error is of a context that ended.
func (c *Cache) OnCallOf(ctx context.Context, team string) (rows *agile.OnCall, isRead bool, err error) {
	if c.OnCall == nil {
		return nil, true, nil
	}
	rows, err = c.OnCall.OnCall(ctx, team)
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return nil, false, ctx.Err()
	case err != nil:
		return c.lastOnCall[team], false, nil
	}
	c.lastOnCall[team] = rows
	return rows, true, nil
}

// OnCallGeneration returns a number that rises when on-call took something else from any team, when that cannot be
// read, and when it can again; 0 where nobody is on call.
func (c *Cache) OnCallGeneration(ctx context.Context) (int64, error) {
	if c.OnCall == nil {
		return 0, nil
	}
	generation, err := c.OnCall.Generation(ctx)
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if isUnread := err != nil; isUnread != c.told.isUnread {
		c.told.isUnread = isUnread
		c.told.turns++
	}
	if err == nil {
		c.told.generation = generation
	}
	return c.told.generation + c.told.turns, nil
}

// withPast returns what was loaded of a team with the past that another Jira told of it.
func (c *Cache) withPast(team string, loaded store.Loaded) store.Loaded {
	joiner := c.Moved[team]
	if joiner == nil {
		return loaded
	}
	var whole bool
	loaded.History, whole = joiner.Join(loaded.History)
	loaded.Anew = loaded.Anew || whole
	return loaded
}

// WithOnCall returns a history with what on-call took from its team, and with a gap where that cannot be read since a
// moment; the one given stays as it is.
func WithOnCall(h *agile.History, o *agile.OnCall, unread time.Time) *agile.History {
	if h.OnCall == o && unread.IsZero() {
		return h
	}
	out := *h
	out.OnCall = o
	if !unread.IsZero() {
		at := slices.IndexFunc(h.Gaps, func(g agile.Gap) bool { return g.Source > agile.SourceOnCall })
		if at < 0 {
			at = len(h.Gaps)
		}
		out.Gaps = slices.Insert(slices.Clone(h.Gaps), at,
			agile.Gap{Source: agile.SourceOnCall, Code: agile.GapUnreadable, Since: unread})
	}
	return &out
}

// Forget lets go of what is held of a team. Who was given it goes on with it.
func (c *Cache) Forget(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.computed, name)
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
	tally  series.Tally // by which the digest of more points is told
}

// Lines returns the series of a team as known at its last complete reading, and the moment from which on they may be
// other ones although nothing new is read. The error is that of a context that ended meanwhile.
func (t *Team) Lines(ctx context.Context) (lines []Line, until time.Time, err error) {
	k := t.lines
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.edition > t.edition { // those of a newer one were computed meanwhile
		pieces, err := timeseries.PiecesUntilDone(ctx, t.Measured, t.Until)
		return LinesOf(pieces), NextMoment(t.Measured, t.Until), err
	}
	if k.edition != t.edition || t.Until.Before(k.from) || !t.Until.Before(k.to) {
		if err := t.recallTold(ctx); err != nil {
			return nil, time.Time{}, err
		}
		k.told.GiveWay = t.giveWay
		pieces, err := k.told.Pieces(ctx, t.Measured, t.Until)
		if err != nil {
			return nil, time.Time{}, err
		}
		k.list = linesLike(k.list, &k.names, pieces)
		k.edition, k.from, k.to = t.edition, t.Until, NextMoment(t.Measured, t.Until)
	}
	return k.list, k.to, nil
}

// LinesOnce is [Team.Lines] for who asks once, with what is told at the noons of the past: no more of the series is
// held than one of them and all of them packed, and nothing for the next time. They hold nothing of the team. An error
// among them is that of a context that ended.
func (t *Team) LinesOnce(ctx context.Context) (
	lines iter.Seq2[Line, error], told []timeseries.ToldFigures, until time.Time, err error,
) {
	former, err := t.ToldAtHand(ctx)
	if err != nil {
		return nil, nil, time.Time{}, err
	}
	pack, told, err := timeseries.PackPieces(ctx, t.Measured, t.Until, former)
	if err != nil {
		return nil, nil, time.Time{}, err
	}
	lines = func(yield func(Line, error) bool) {
		for pieces := range pack.EachUnjoined() {
			if !yield(LinesOf(pieces)[0], ctx.Err()) {
				return
			}
		}
	}
	return lines, told, NextMoment(t.Measured, t.Until), nil
}

// LinesOf puts pieces together by series, in the order in which they come. One without points is left out.
func LinesOf(pieces []series.Series) []Line { return linesLike(nil, &pieceNames{}, pieces) }

// linesLike is [LinesOf]; a line that is among the former ones is the former one, with its digest. names are those of
// the pieces of the former ones, and then of these.
func linesLike(former []Line, names *pieceNames, pieces []series.Series) []Line {
	lines, at := make([]Line, 0, len(former)), make(map[string]int, len(former))
	names.begin(len(pieces))
	lists := newPieceLists(pieces, len(former))
	for i := range pieces {
		if len(pieces[i].Points) == 0 {
			continue
		}
		key := names.keyOf(&pieces[i])
		n, known := at[key]
		if !known {
			n, at[key] = len(lines), len(lines)
			lines = append(lines, Line{Key: key})
		}
		lists.enter(i, n)
	}
	for _, old := range former {
		n, stays := at[old.Key]
		switch {
		case !stays:
		case lists.isLike(n, old.Pieces):
			lines[n] = old
		default:
			lines[n].Pieces = lists.take(n)
			lines[n].tally = old.tally.GoOn(old.Pieces, lines[n].Pieces)
			lines[n].Digest = lines[n].tally.Digest()
		}
	}
	for i := range lines {
		if lines[i].Digest == "" {
			lines[i].Pieces = lists.take(i)
			lines[i].tally = series.Tally{}.GoOn(nil, lines[i].Pieces)
			lines[i].Digest = lines[i].tally.Digest()
		}
	}
	return lines
}
