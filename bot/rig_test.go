package bot

import (
	"cmp"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/posting"
	"jerem/series"
	jirasim "jerem/sim/jira"
	"jerem/store"
	"jerem/store/storetest"
	reading "jerem/sync"
	"jerem/sync/synctest"
	"jerem/teams"
)

// rig is a simulated Jira and a bot that reads it.
type rig struct {
	sim  *jirasim.Server
	bot  *Bot
	path string // of the store
}

func newRig(t *testing.T, site *jirasim.Site, teams ...agile.Team) *rig {
	t.Helper()
	r := &rig{path: filepath.Join(synctest.MemoryDir(t), "jerem.db")}
	r.bot = &Bot{Teams: teams, Log: slog.New(slog.DiscardHandler),
		Reader: &reading.Reader{Teams: teams, Now: time.Now, Log: slog.New(slog.DiscardHandler)}}
	r.open(t)
	r.serve(t, site, jirasim.Options{Email: synctest.Email, Token: synctest.Token})
	return r
}

// open opens the store for a bot.
func (r *rig) open(t *testing.T) {
	t.Helper()
	s, err := store.Open(t.Context(), storetest.EmptyFile(t, r.path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	r.bot.Store, r.bot.Reader.Store = s, s
}

// serve puts another server before the bot.
func (r *rig) serve(t *testing.T, site *jirasim.Site, options jirasim.Options) {
	t.Helper()
	r.sim = jirasim.NewServer(site, options)
	server := httptest.NewServer(r.sim)
	t.Cleanup(server.Close)
	r.bot.Reader.Jira = synctest.NewClient(t, server.URL)
}

// between puts a story before the bot, each answer of which a test may change, knowing the question.
func (r *rig) between(t *testing.T, story string, dialect jirasim.Options,
	change func(req *http.Request, question []byte, a *synctest.Answer)) {
	t.Helper()
	dialect.Email, dialect.Token = synctest.Email, synctest.Token
	r.sim = jirasim.NewServer(synctest.StorySite(t, story), dialect)
	r.bot.Reader.Jira = synctest.NewClient(t, synctest.ServeChanged(t, r.sim, change))
}

// restart closes the store, as the end of a process does, and opens it with a new bot.
func (r *rig) restart(t *testing.T) {
	t.Helper()
	r.bot.Store.Close()
	former := r.bot
	reader := &reading.Reader{Jira: former.Reader.Jira, Teams: former.Teams, Chunk: former.Reader.Chunk, Now: time.Now,
		Log: former.Log}
	r.bot = &Bot{Reader: reader, Teams: former.Teams, Sinks: former.Sinks, Log: former.Log}
	r.open(t)
}

// livingRig is a bot that reads a story whose clock a test moves.
func livingRig(t *testing.T, story string, teams ...agile.Team) (*rig, *synctest.Clock) {
	t.Helper()
	site := synctest.StorySite(t, story)
	c := &synctest.Clock{}
	c.Set(site.Clock())
	r := newRig(t, site, teams...)
	r.serve(t, site, jirasim.Options{Email: synctest.Email, Token: synctest.Token, Now: c.Now})
	return r, c
}

// collect reads everything once and returns what is known of a team.
func (r *rig) collect(t *testing.T, team agile.Team) *measure.Team {
	t.Helper()
	if _, err := r.bot.Reader.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return r.kept(t, team)
}

// kept returns what is kept of a team.
func (r *rig) kept(t *testing.T, team agile.Team) *measure.Team {
	t.Helper()
	h, err := r.bot.Store.Teams.History(t.Context(), team)
	if err != nil {
		t.Fatal(err)
	}
	return measure.Of(h)
}

// withFault serves a story as of its clock with trouble on demand.
func withFault(fault func(*http.Request) *jirasim.Fault) jirasim.Options {
	return jirasim.Options{Email: synctest.Email, Token: synctest.Token, Fault: fault}
}

// ended ends a reading of each team at the moment of the last one: what was kept since counts.
func ended(t *testing.T, r *rig) {
	t.Helper()
	for _, team := range r.bot.Reader.Teams {
		state, err := r.bot.Store.Teams.State(t.Context(), team.Name)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.bot.Store.Teams.Put(t.Context(), state); err != nil {
			t.Fatal(err)
		}
	}
}

// withoutWorklogs takes all time logged out of the store, as a reading does that finds none.
func withoutWorklogs(t *testing.T, r *rig) error {
	t.Helper()
	list, err := r.bot.Store.Worklogs.All(t.Context())
	if err != nil {
		return err
	}
	var ids []int64
	for _, l := range list {
		ids = append(ids, l.ID)
	}
	if err := r.bot.Store.Worklogs.Delete(t.Context(), ids, time.Time{}); err != nil {
		return err
	}
	ended(t, r)
	return nil
}

// extentsOf returns the series of a team as they are to stand at a sink, by key; 0 is the usual step of the grid.
func extentsOf(team *measure.Team, step time.Duration) map[string]*series.Extent {
	out := map[string]*series.Extent{}
	for _, line := range teams.LinesOf(timeseries.Pieces(team, team.Now())) {
		out[line.Key] = &series.Extent{Pieces: line.Pieces, Step: cmp.Or(step, posting.DefaultInterval),
			Until: team.Now()}
	}
	return out
}
