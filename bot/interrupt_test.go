package bot

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestStoppedWhileFollowing: a bot that is stopped at any request of a first or later reading
// posts in the end what an undisturbed one posts.
func TestStoppedWhileFollowing(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it follows a story once for each request that it may be stopped at")
	}
	conf := synctest.Team("K8S", 0)
	// what the last reading missed is deleted by the ones after it
	last := time.Date(2026, 10, 16, 16, 0, 0, 0, time.UTC)
	moments := []time.Time{time.Date(2026, 10, 7, 12, 0, 0, 0, time.UTC),
		time.Date(2026, 10, 12, 13, 0, 0, 0, time.UTC), last, last.Add(time.Minute), last.Add(2 * time.Minute)}
	run := func(t *testing.T, stop int) (map[string][]string, int) {
		r, c := livingRig(t, synctest.LivingStory, conf)
		read, _ := post(t, r)
		asked := 0
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		site, err := jirasim.LoadScenario("story", []byte(synctest.LivingStory))
		if err != nil {
			t.Fatal(err)
		}
		sinks := r.bot.Sinks
		count := func() {
			asked++
			if asked == stop {
				cancel()
			}
		}
		o := withFault(func(*http.Request) *jirasim.Fault { count(); return nil })
		o.Now = c.Now
		r.serve(t, site, o)
		for _, at := range moments {
			c.Set(at)
			if err := r.bot.Cycle(ctx); ctx.Err() != nil {
				r.restart(t)
				r.bot.Sinks, ctx = sinks, t.Context()
				if err := r.bot.Cycle(ctx); err != nil {
					t.Fatal(err)
				}
			} else if err != nil {
				t.Fatal(err)
			}
		}
		return read(), asked
	}
	want, total := run(t, 0)
	synctest.EachStop(t, total, func(t *testing.T, stop int) {
		if got, _ := run(t, stop); !cmp.Equal(got, want) {
			t.Errorf("stopped at request %d: what stands at the sink differs: %s", stop, cmp.Diff(want, got))
		}
	})
}

// TestSinkDown: what could not be posted for a week is posted when the sink is back, once.
func TestSinkDown(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	run := func(down bool) map[string][]string {
		r, c := livingRig(t, synctest.LivingStory, conf)
		read, broken := post(t, r)
		for day := range 10 {
			c.Set(time.Date(2026, 10, 6+day, 16, 0, 0, 0, time.UTC))
			*broken = nil
			if down && day > 1 && day < 9 {
				*broken = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					w.WriteHeader(http.StatusServiceUnavailable)
				})
			}
			if err := r.bot.Cycle(t.Context()); (err != nil) != (*broken != nil) {
				t.Fatal(day, err)
			}
		}
		return read()
	}
	if want, got := run(false), run(true); !cmp.Equal(want, got) {
		t.Error(cmp.Diff(want, got))
	}
}

// errStopped is the end of a process in the midst of its writes.
var errStopped = errors.New("stopped")

// TestStoppedAtEachWrite: a bot that is stopped before any write of a first or later cycle posts in the end
// what an undisturbed one posts.
func TestStoppedAtEachWrite(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it follows a story once for each write of the store")
	}
	conf := synctest.Team("K8S", 0)
	run := func(t *testing.T, stop int) (map[string][]string, int) {
		r, c := livingRig(t, synctest.LivingStory, conf)
		r.bot.Reader.Chunk = 4
		read, _ := post(t, r)
		writes, sinks := 0, r.bot.Sinks
		r.bot.Store.SetFault(func() error {
			writes++
			if stop > 0 && writes >= stop {
				return errStopped // and so is every later one
			}
			return nil
		})
		for n, day := range []int{7, 12, 16, 16, 16} { // what the last reading missed is deleted by the ones after it
			c.Set(time.Date(2026, 10, day, 12, n, 0, 0, time.UTC))
			err := r.bot.Cycle(t.Context())
			if errors.Is(err, errStopped) {
				r.restart(t)
				r.bot.Sinks = sinks
				err = r.bot.Cycle(t.Context())
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		return read(), writes
	}
	want, total := run(t, 0)
	synctest.EachStop(t, total, func(t *testing.T, stop int) {
		if got, _ := run(t, stop); !cmp.Equal(got, want) {
			t.Errorf("stopped at write %d: what stands at the sink differs: %s", stop, cmp.Diff(want, got))
		}
	})
}
