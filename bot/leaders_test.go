package bot

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "github.com/jackc/pgx/v5/stdlib"

	"jerem/agile"
	"jerem/measure"
	"jerem/posting"
	"jerem/publish/warp10"
	"jerem/series"
	warp10sim "jerem/sim/warp10"
	"jerem/store"
	"jerem/store/db"
	"jerem/store/db/postgres/pgtest"
	"jerem/store/places"
	"jerem/store/sharing"
	reading "jerem/sync"
	"jerem/sync/synctest"
	"jerem/teams"
)

// lateSink is a sink whose requests a test holds back, until after whatever else it does.
type lateSink struct {
	*warp10.Sink
	hold    bool
	waiting chan struct{} // a request is held
	let     chan struct{} // it is let through
}

func (s *lateSink) wait() {
	if s.hold {
		s.hold = false
		s.waiting <- struct{}{}
		<-s.let
	}
}

func (s *lateSink) PushBody(ctx context.Context, list []series.Series, body []byte) error {
	s.wait()
	return s.Sink.PushBody(context.WithoutCancel(ctx), list, body)
}

func (s *lateSink) Delete(ctx context.Context, ranges []series.Range) error {
	s.wait()
	return s.Sink.Delete(context.WithoutCancel(ctx), ranges)
}

// leader is an instance that posts a team while a test says that it leads it.
type leader struct {
	name   string
	poster *posting.Poster
	sink   *lateSink
	done   chan error // of a posting whose request is held; nil for none
	epoch  int64      // of that posting
}

// leaders are two instances that lead one team in turn, as a test decides.
type leaders struct {
	t        *testing.T
	store    *store.Store
	pool     *sql.DB
	conf     agile.Team
	site     *warp10sim.Server
	both     [2]*leader
	now      int   // which of them leads
	epoch    int64 // of the lease
	random   *rand.Rand
	issues   []int64
	worklogs int64 // ids given so far
	script   []string
}

// step does one of the things that may happen.
func (l *leaders) step() {
	who := l.both[l.now]
	switch n := l.random.IntN(11); {
	case n < 3:
		l.say("correct")
		l.correctPast()
	case n < 4:
		l.say("time passes")
		l.readLater(13 * time.Hour)
	case n < 6 && who.done == nil:
		l.say(who.name + " posts")
		l.post(who)
	case n < 8 && who.done == nil:
		l.say(who.name + " posts, held")
		l.postHeld(who)
	case n < 9:
		l.takeOver()
		l.say("now leads " + l.both[l.now].name)
	case n < 10:
		l.say("what is on its way is old")
		l.ageBatches()
	default:
		for _, one := range l.both {
			if one.done != nil {
				l.say("arrives of " + one.name)
				l.arrive(one)
			}
		}
	}
}

func (l *leaders) say(what string) { l.script = append(l.script, what) }

// reading runs writes under the lease of the reading.
func (l *leaders) reading(do func(ctx context.Context) error) {
	ctx, end, leads := l.store.Sharing.LeadReading(l.t.Context())
	defer end()
	if !leads {
		l.t.Fatal("the only instance does not read")
	}
	if err := do(ctx); err != nil {
		l.t.Fatal(err)
	}
}

// correctPast logs time of long ago, or takes such time out again.
func (l *leaders) correctPast() {
	l.reading(func(ctx context.Context) error {
		if l.random.IntN(3) == 0 && l.worklogs > 0 {
			return l.store.Worklogs.Delete(ctx, []int64{800_000 + 1 + l.random.Int64N(l.worklogs)}, time.Time{})
		}
		state, err := l.store.Teams.State(ctx, l.conf.Name)
		if err != nil {
			return err
		}
		l.worklogs++
		at := state.Until.AddDate(0, 0, -1-l.random.IntN(20))
		issue := l.issues[l.random.IntN(len(l.issues))]
		return l.store.Worklogs.Put(ctx, []agile.Worklog{{ID: 800_000 + l.worklogs, Issue: issue, Created: at,
			Started: at,
			Seconds: 60 * (1 + l.random.Int64N(600))}}, at)
	})
	l.readLater(time.Minute)
}

// readLater ends a reading of the team that much later.
func (l *leaders) readLater(d time.Duration) {
	l.reading(func(ctx context.Context) error {
		state, err := l.store.Teams.State(ctx, l.conf.Name)
		if err != nil {
			return err
		}
		state.Until = state.Until.Add(d)
		return l.store.Teams.Put(ctx, state)
	})
}

// takeOver has the other instance lead the team.
func (l *leaders) takeOver() {
	l.now, l.epoch = 1-l.now, l.epoch+1
	_, err := l.pool.ExecContext(l.t.Context(), `INSERT INTO lease (name, epoch, holder, until)
		VALUES ($1, $2, '', 'infinity') ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch`,
		string(db.TeamPart(l.conf.Name)), l.epoch)
	if err != nil {
		l.t.Fatal(err)
	}
}

// ageBatches has what is on its way be so for longer than any request lasts, by the clock of the database.
func (l *leaders) ageBatches() {
	_, err := l.pool.ExecContext(l.t.Context(), `UPDATE sink_batch SET noted = noted - interval '7 minutes'`)
	if err != nil {
		l.t.Fatal(err)
	}
}

// run posts as the loop does, under the epoch of the lease at this moment.
func (l *leaders) run(who *leader, epoch int64) error {
	ctx := db.Fenced(l.t.Context(), db.Fence{Part: db.TeamPart(l.conf.Name), Epoch: epoch})
	_, err := who.poster.Post(ctx, who.sink, l.conf)
	if err == nil {
		err = who.poster.WriteCursor(ctx, who.sink, l.conf.Name)
	}
	if sharing.IsSuperseded(err) {
		who.poster.Leave(who.sink, l.conf.Name)
		return l.store.Sharing.TellEnded(l.t.Context(), who.sink.Name(), l.conf.Name, epoch)
	}
	return err
}

func (l *leaders) post(who *leader) {
	if err := l.run(who, l.epoch); err != nil {
		l.t.Fatal(err)
	}
}

// postHeld begins to post, up to the first request, if there is one.
func (l *leaders) postHeld(who *leader) {
	epoch, done := l.epoch, make(chan error, 1)
	who.sink.hold, who.epoch = true, epoch
	go func() { done <- l.run(who, epoch) }()
	select {
	case <-who.sink.waiting:
		who.done = done
	case err := <-done:
		who.sink.hold = false
		if err != nil {
			l.t.Fatal(err)
		}
	}
}

// arrive lets a held request through, and its posting go on.
func (l *leaders) arrive(who *leader) {
	who.sink.let <- struct{}{}
	err := <-who.done
	who.done = nil
	if err != nil {
		l.t.Fatal(err)
	}
}

// settle lets all arrive, and has the leader post until nothing is left to do: what is to be deleted waits for another
// reading.
func (l *leaders) settle() {
	for _, one := range l.both {
		if one.done != nil {
			l.arrive(one)
		}
	}
	for range 4 {
		l.post(l.both[l.now])
		l.readLater(time.Minute)
	}
	l.post(l.both[l.now])
}

// check holds what stands at the platform to what is computed.
func (l *leaders) check() {
	h, err := l.store.Teams.History(l.t.Context(), l.conf)
	if err != nil {
		l.t.Fatal(err)
	}
	want := map[string][]string{}
	for key, e := range extentsOf(measure.Of(h), gridOfLeaders) {
		for _, p := range e.Points(series.First) {
			want[key] = append(want[key], fmt.Sprintf("%d %s", p.Tick, p.Value.GTS()))
		}
	}
	if got := standingAt(l.t, l.site); !reflect.DeepEqual(got, want) {
		l.t.Errorf("after %q another thing stands than is computed (−computed +read):\n%.2000s", l.script,
			cmp.Diff(want, got))
	}
}

const gridOfLeaders = 12 * time.Hour

// anew makes two instances with nothing in memory, before an empty platform.
func (l *leaders) anew(seed uint64) {
	l.random, l.script, l.site = rand.New(rand.NewPCG(seed, 1)), nil, warp10sim.New()
	server := httptest.NewServer(l.site)
	l.t.Cleanup(server.Close)
	for n := range l.both {
		sink := &lateSink{Sink: &warp10.Sink{URL: server.URL, Token: warp10sim.Write, Pause: time.Nanosecond, Tries: 2},
			waiting: make(chan struct{}), let: make(chan struct{})}
		var unobserved *Metrics
		l.both[n] = &leader{name: string(rune('A' + n)), sink: sink, poster: &posting.Poster{Store: l.store,
			Teams: []agile.Team{l.conf}, Interval: gridOfLeaders, Log: slog.New(slog.DiscardHandler), Now: time.Now,
			Observer: unobserved, Load: teams.NewCache(l.store).Team}}
	}
	l.takeOver()
}

// TestLeadersInTurn: whatever two instances do that lead a team in turn, whose requests to the sink arrive after they
// lost the lease, while the past is corrected: in the end the sink holds what is computed. JEREM_LEADERS tells how many
// courses are played.
func TestLeadersInTurn(t *testing.T) {
	t.Parallel()
	courses := 12
	if testing.Short() {
		courses = 3
	}
	if n, err := strconv.Atoi(os.Getenv("JEREM_LEADERS")); err == nil {
		courses = n
	}
	url := pgtest.Database(t)
	s, err := places.OpenShared(t.Context(), url, nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	pool, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	conf := synctest.Team("K8S", 0)
	l := &leaders{t: t, store: s, pool: pool, conf: conf}
	r := newRig(t, synctest.DemoSite(t), conf)
	r.bot.Reader.Store = s
	l.reading(func(ctx context.Context) error {
		_, err := r.bot.Reader.CollectNamed(ctx, reading.Named{})
		return err
	})
	known, _, err := s.Issues.IDs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l.issues = slices.Sorted(maps.Keys(known))
	for seed := range courses {
		l.anew(uint64(seed))
		for range 14 {
			l.step()
		}
		l.settle()
		if l.check(); t.Failed() {
			t.Fatalf("course %d", seed)
		}
	}
}
