package bot

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/store/db/postgres/pgtest"
	"jerem/store/places"
	reading "jerem/sync"
	"jerem/sync/synctest"
)

// takeover is two instances on one database. The one that reads dies when it asks for issues: its lease lapses, its
// connections end, and no answer comes.
type takeover struct {
	t         *testing.T
	conf      agile.Team
	url       string // of the database
	jira      *jirasim.Server
	instances []*Bot

	mu       sync.Mutex
	dies     int            // at which of the next questions for issues the instance that reads dies; 0 for none
	die      func()         // ends it
	answered map[string]int // how often each issue was answered
	asked    int            // questions for issues
}

// chunkOfTakeovers is how many issues an instance keeps in one go.
const chunkOfTakeovers = 3

func newTakeover(t *testing.T, jira *jirasim.Server) *takeover {
	t.Helper()
	o := &takeover{t: t, conf: synctest.Team("K8S", 0), url: pgtest.Database(t), jira: jira, answered: map[string]int{}}
	server := httptest.NewServer(o)
	t.Cleanup(server.Close)
	for range 2 {
		s, err := places.OpenShared(t.Context(), o.url, []string{o.conf.Name}, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		log := slog.New(slog.DiscardHandler)
		o.instances = append(o.instances, &Bot{Teams: []agile.Team{o.conf}, Store: s, Log: log,
			Reader: &reading.Reader{Teams: []agile.Team{o.conf}, Now: time.Now, Log: log, Store: s,
				Chunk: chunkOfTakeovers, Jira: synctest.NewClient(t, server.URL)}})
	}
	return o
}

// ServeHTTP answers as the Jira does, counts the issues that it answers, and has the instance that reads die.
func (o *takeover) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/issue/bulkfetch") {
		o.jira.ServeHTTP(w, r)
		return
	}
	body, _ := io.ReadAll(r.Body) // of a test's own client
	var question struct{ IssueIdsOrKeys []string }
	_ = json.Unmarshal(body, &question) // the same
	o.mu.Lock()
	o.asked++
	dies := false
	if o.dies > 0 {
		o.dies--
		dies = o.dies == 0
	}
	for _, id := range question.IssueIdsOrKeys {
		if !dies {
			o.answered[id]++
		}
	}
	die := o.die
	o.mu.Unlock()
	if dies {
		die()
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	o.jira.ServeHTTP(w, r)
}

// leader waits until an instance leads the reading.
func (o *takeover) leader() *Bot {
	o.t.Helper()
	for range 600 {
		for _, b := range o.instances {
			_, end, leads := b.Store.Sharing.LeadReading(o.t.Context())
			end()
			if leads {
				return b
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	o.t.Fatal("after half a minute still nobody reads")
	return nil
}

// readAndDie has the instance that reads die at one of its questions for issues, and the other one read to the end. It
// tells whether it came to die.
func (o *takeover) readAndDie(stop int) bool {
	o.t.Helper()
	var died atomic.Bool
	dying := o.leader()
	ctx, cancel := context.WithCancel(o.t.Context())
	defer cancel()
	o.mu.Lock()
	clear(o.answered)
	o.dies = stop
	o.die = func() {
		died.Store(true)
		changeDatabase(o.t, o.url, `UPDATE lease SET instance = '', epoch = epoch + 1, until = '-infinity'`)
		cancel()
	}
	o.mu.Unlock()
	dying.readLed(ctx)
	if !died.Load() {
		return false
	}
	if err := dying.Store.Close(); err != nil {
		o.t.Fatal(err)
	}
	for n, b := range o.instances {
		if b == dying {
			o.instances = append(o.instances[:n:n], o.instances[n+1:]...)
			break
		}
	}
	if !o.leader().readLed(o.t.Context()) {
		o.t.Fatal("the other instance does not read")
	}
	return true
}

// again counts the issues that were answered more than once.
func (o *takeover) again() (count int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, times := range o.answered {
		count += max(0, times-1)
	}
	return count
}

func (o *takeover) export() string {
	o.t.Helper()
	h, err := o.instances[0].Store.Teams.History(o.t.Context(), o.conf)
	if err != nil {
		o.t.Fatal(err)
	}
	return synctest.Export(o.t, measure.Of(h))
}

// TestTakeoverInAFirstReading: an instance dies at any of its questions for issues in a first reading. The other one
// goes on from what was kept: it ends with what an unbroken reading ends with, and asks again for one chunk at most of
// what had been answered.
func TestTakeoverInAFirstReading(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	whole := newRig(t, synctest.DemoSite(t), conf)
	whole.bot.Reader.Chunk = chunkOfTakeovers
	want := synctest.Export(t, whole.collect(t, conf))
	chunks := whole.sim.Counts()[issueRequests]
	if chunks < 4 {
		t.Fatalf("%d chunks are too few to die between", chunks)
	}
	for _, stop := range []int{1, 2, chunks / 2, chunks} {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			o := newTakeover(t, jirasim.NewServer(synctest.DemoSite(t),
				jirasim.Options{Email: synctest.Email, Token: synctest.Token}))
			if !o.readAndDie(stop) {
				t.Fatalf("nobody died at question %d", stop)
			}
			if again := o.again(); again > chunkOfTakeovers || o.asked > chunks+2 || len(o.answered) == 0 {
				t.Errorf("dead at question %d of %d: %d issues were answered twice, %d questions in all", stop, chunks,
					again, o.asked)
			}
			if got := o.export(); got != want {
				t.Errorf("dead at question %d: %s", stop, synctest.FirstDifference(got, want))
			}
		})
	}
}

// TestTakeoverInACycleWithChanges: an instance dies at any of its questions for issues that changed. The other one
// reads what is left of them, and answers twice are one chunk's at most.
func TestTakeoverInACycleWithChanges(t *testing.T) {
	t.Parallel()
	from, to := time.Date(2026, 10, 6, 7, 0, 0, 0, time.UTC), time.Date(2026, 10, 16, 7, 0, 0, 0, time.UTC)
	conf := synctest.Team("K8S", 0)
	clock := &synctest.Clock{}
	clock.Set(to)
	whole := newRig(t, synctest.StorySite(t, synctest.LivingStory), conf)
	whole.serve(t, synctest.StorySite(t, synctest.LivingStory),
		jirasim.Options{Email: synctest.Email, Token: synctest.Token, Now: clock.Now})
	want := synctest.Export(t, whole.collect(t, conf))
	for _, stop := range []int{1, 2} {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			clock := &synctest.Clock{}
			clock.Set(from)
			options := jirasim.Options{Email: synctest.Email, Token: synctest.Token, Now: clock.Now}
			o := newTakeover(t, jirasim.NewServer(synctest.StorySite(t, synctest.LivingStory), options))
			if !o.leader().readLed(t.Context()) {
				t.Fatal("the first reading did not go well")
			}
			clock.Set(to)
			if !o.readAndDie(stop) {
				t.Fatalf("nobody died at question %d: too little changed", stop)
			}
			if again := o.again(); again > chunkOfTakeovers || len(o.answered) == 0 {
				t.Errorf("dead at question %d: of %d issues %d were answered twice", stop, len(o.answered), again)
			}
			if got := o.export(); got != want {
				t.Errorf("dead at question %d: %s", stop, synctest.FirstDifference(got, want))
			}
		})
	}
}

// changeDatabase executes a statement in a database beside everybody.
func changeDatabase(t *testing.T, url, statement string) {
	pool, err := sql.Open("pgx", url)
	if err == nil {
		_, err = pool.Exec(statement)
		pool.Close()
	}
	if err != nil {
		t.Errorf("%s: %v", statement, err)
	}
}
