package bot

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/publish"
	"jerem/publish/warp10"
	warp10sim "jerem/sim/warp10"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestHalfAccepted: a platform that takes a push and then fails holds points that no account of a whole push covers.
// What vanishes before the next push that succeeds, after whatever failures, is taken away from it too.
func TestHalfAccepted(t *testing.T) {
	testrun.SkipInShort(t)
	const story = `-- site --
clock 2026-10-06 12:00
-- board 1 scrum K8S "Kubernetes" --
-- sprints --
21 "Sprint 21" 2026-10-05 09:00 .. 2026-10-23 17:00 board=1
-- K8S-1 Task "Volumes do not detach" --
2026-10-05 10:00 created labels=impediment sprint=21
2026-10-07 11:00 log 2h on 2026-10-07 09:00
2026-10-08 11:00 unlog 1
2026-10-08 12:00 log 1h on 2026-10-08 11:30
`
	const fine, half, away = 0, 1, 2
	run := func(days ...int) map[string][]string {
		conf := synctest.Team("K8S", 0)
		r, c := livingRig(t, story, conf)
		platform, how := warp10sim.New(), fine
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			switch how {
			case half:
				platform.ServeHTTP(httptest.NewRecorder(), req)
				fallthrough
			case away:
				w.WriteHeader(http.StatusServiceUnavailable)
			default:
				platform.ServeHTTP(w, req)
			}
		}))
		t.Cleanup(server.Close)
		r.bot.Sinks = []publish.Sink{
			&warp10.Sink{URL: server.URL, Token: warp10sim.Write, Pause: time.Nanosecond, Tries: 1}}
		for day := range days {
			how = days[day]
			c.Set(time.Date(2026, 10, 6+day, 16, 0, 0, 0, time.UTC))
			if err := r.bot.Cycle(t.Context()); (err != nil) != (how != fine) {
				t.Fatal(day, err)
			}
			r.restart(t)
		}
		out := standingAt(t, platform)
		for key, list := range out { // a series that lost all its points may still be known
			if len(list) == 0 {
				delete(out, key)
			}
		}
		return out
	}
	want := run(fine, fine, fine, fine, fine)
	for name, days := range map[string][]int{"half, then fine": {fine, half, fine, fine, fine},
		"half, away, then fine": {fine, half, away, fine, fine},
		"half from the first":   {half, half, away, fine, fine}} {
		if got := run(days...); !cmp.Equal(want, got) {
			t.Error(name, cmp.Diff(want, got))
		}
	}
}
