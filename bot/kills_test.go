package bot

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/publish"
	"jerem/publish/warp10"
	"jerem/series"
	warp10sim "jerem/sim/warp10"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestKilledAgainAndAgain: a process that is killed in one posting after another, each of which is to post something
// else than the one before, leaves nothing at a sink that the last one does not post, and nothing out.
func TestKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	seeds := 40
	if testing.Short() {
		seeds = 4
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { killAgain(t, rand.New(rand.NewPCG(uint64(seed), 0))) })
	}
}

func killAgain(t *testing.T, random *rand.Rand) {
	conf := synctest.Team("K8S", 0)
	r, clock := livingRig(t, synctest.LivingStory, conf)
	platform, left, taken, cancel := warp10sim.New(), 0, false, context.CancelFunc(nil)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		left--
		if left != 0 {
			platform.ServeHTTP(w, req)
			return
		}
		if taken {
			platform.ServeHTTP(httptest.NewRecorder(), req)
		}
		cancel()
		panic(http.ErrAbortHandler)
	}))
	t.Cleanup(server.Close)
	now := time.Date(2026, 10, 7, 12, 0, 0, 0, time.UTC)
	cycle := func(ctx context.Context, step time.Duration, hours int) error {
		now = now.Add(time.Minute)
		clock.Set(now)
		conf.Calendar.Zone = time.FixedZone("", hours*3600)
		r.bot.Teams = []agile.Team{conf}
		r.restart(t)
		r.bot.Sinks = []publish.Sink{&warp10.Sink{URL: server.URL, Token: warp10sim.Write, Pause: time.Nanosecond,
			Tries: 1}}
		r.bot.Interval = step
		return r.bot.Cycle(ctx)
	}
	steps := []time.Duration{2 * time.Hour, 3 * time.Hour, 5 * time.Hour, 12 * time.Hour}
	for range 12 {
		ctx, stop := context.WithCancel(t.Context())
		left, taken, cancel = 2+random.IntN(4), random.IntN(2) == 0, stop
		now = now.Add(time.Duration(random.IntN(20)) * time.Hour)
		_ = cycle(ctx, steps[random.IntN(len(steps))], random.IntN(3)*4)
		stop()
	}
	left = 0
	for range 3 {
		if err := cycle(t.Context(), 4*time.Hour, 2); err != nil {
			t.Fatal(err)
		}
	}
	fresh := listed(wholePastBy(r.kept(t, conf), 4*time.Hour))
	if got := standingAt(t, platform); !cmp.Equal(got, fresh) {
		t.Errorf("(−computed +read):\n%.2000s", cmp.Diff(fresh, got))
	}
}

// dying is a sink at which the process ends at a posting, before or after it was taken.
type dying struct {
	*counted
	cancel context.CancelFunc // nil where it lives on
	after  bool
}

func (d *dying) PushBody(ctx context.Context, list []series.Series, body []byte) error {
	if d.cancel == nil || d.after {
		if err := d.counted.PushBody(ctx, list, body); err != nil || d.cancel == nil {
			return err
		}
	}
	d.cancel()
	return errStopped
}

// TestKilledOnTheWayBack: a past that Jira hid, and shows again, stands as it is, though the process was killed after
// what was hidden was taken, and again before the rest was.
func TestKilledOnTheWayBack(t *testing.T) {
	t.Parallel()
	testrun.SkipInShort(t)
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.collect(t, conf)
	sink := &dying{counted: countedSink(t, r, warp10sim.Write)}
	r.bot.Sinks = []publish.Sink{sink}
	sink.publish(t, r)
	all, err := r.bot.Store.Worklogs.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := withoutWorklogs(t, r); err != nil {
		t.Fatal(err)
	}
	for _, after := range []bool{true, false} {
		ctx, cancel := context.WithCancel(t.Context())
		sink.cancel, sink.after = cancel, after
		if _, err := r.bot.Publish(ctx); err == nil {
			t.Fatal("the posting was not cut short")
		}
		sink.cancel = nil
		if err := r.bot.Store.Worklogs.Put(t.Context(), all, time.Time{}); err != nil {
			t.Fatal(err)
		}
		ended(t, r)
		r.restart(t)
	}
	for range 3 {
		later(t, r, conf.Name)
		sink.publish(t, r)
	}
	sink.holds(t, r, conf, "shown again")
}
