package bot

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/publish"
	"jerem/publish/warp10"
	warp10sim "jerem/sim/warp10"
	"jerem/sync/synctest"
)

// TestStoppedAtEachPost: a bot that is stopped at any request to a sink, before it was taken or after it, posts in the
// end what an undisturbed one posts; deletions are among the requests.
func TestStoppedAtEachPost(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it posts a story once for each request of a sink")
	}
	conf := synctest.Team("K8S", 0)
	run := func(t *testing.T, stop int, taken bool) (map[string][]string, int) {
		r, c := livingRig(t, synctest.LivingStory, conf)
		platform, asked := warp10sim.New(), 0
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			asked++
			if asked != stop {
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
		sinks := func() []publish.Sink {
			return []publish.Sink{&warp10.Sink{URL: server.URL, Token: warp10sim.Write, Pause: time.Nanosecond,
				Tries: 2}}
		}
		r.bot.Sinks = sinks()
		for n, day := range []int{7, 12, 14, 16, 16, 16} {
			c.Set(time.Date(2026, 10, day, 12, n, 0, 0, time.UTC))
			err := r.bot.Cycle(ctx)
			if ctx.Err() != nil {
				r.restart(t)
				ctx, r.bot.Sinks = t.Context(), sinks()
				err = r.bot.Cycle(ctx)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		return standingAt(t, platform), asked
	}
	want, total := run(t, 0, false)
	synctest.EachStop(t, 2*total, func(t *testing.T, stop int) {
		if got, _ := run(t, (stop+1)/2, stop%2 == 0); !cmp.Equal(got, want) {
			t.Errorf("stopped at request %d: what stands at the sink differs: %s", (stop+1)/2, cmp.Diff(want, got))
		}
	})
}
