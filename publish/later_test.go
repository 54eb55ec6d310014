package publish_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"jerem/publish"
	"jerem/publish/remotewrite"
	"jerem/publish/warp10"
	"jerem/series"
)

// TestAskedToComeLater: a sink that takes nothing and names a time further ahead than a posting waits is asked once,
// for points and for deletions; one that names none, a near one or nonsense is asked again, and for less of it.
func TestAskedToComeLater(t *testing.T) {
	far := time.Now().Add(24 * time.Hour).UTC().Format(http.TimeFormat)
	near := time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)
	list := []series.Series{{Class: "a", Points: []series.Point{{Tick: 1, Value: series.Long(1)}}},
		{Class: "b", Points: []series.Point{{Tick: 1, Value: series.Long(1)}}}}
	ranges := []series.Range{{Key: list[0].Key(), Stretch: series.Stretch{First: 1, Last: 2}}}
	for _, c := range []struct {
		status int
		later  string
		once   bool
	}{
		{429, "86400", true}, {503, "86400", true}, {502, "61", true}, {429, far, true},
		{503, "99999999999999999999", true},
		{429, "", false}, {503, "60", false}, {429, "0", false}, {503, "-5", false}, {429, near, false},
		{503, "soon", false}, {503, "1e9", false},
	} {
		asked := map[string]int{} // by path: Warp 10 is asked for its unit too
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked[r.URL.Path]++
			w.Header().Set("Retry-After", c.later)
			w.WriteHeader(c.status)
		}))
		for name, sink := range map[string]publish.Sink{
			"remotewrite": &remotewrite.Sink{URL: server.URL, Backfill: true, Pause: time.Nanosecond, Tries: 2},
			"warp10":      &warp10.Sink{URL: server.URL, Token: "token", Pause: time.Nanosecond, Tries: 2},
		} {
			d := &publish.Delivery{Sink: sink, Pause: time.Nanosecond, Now: time.Now}
			clear(asked)
			if _, err := d.Post(t.Context(), list, func([]series.Series) error { return nil }); err == nil {
				t.Errorf("%s: %d, %q: it is told as taken", name, c.status, c.later)
			}
			if (most(asked) == 1) != c.once {
				t.Errorf("%s: %d, %q: asked %v times for points", name, c.status, c.later, asked)
			}
			clear(asked)
			if err := sink.Delete(t.Context(), ranges); err == nil || (most(asked) == 1) != c.once {
				t.Errorf("%s: %d, %q: asked %v times for a deletion: %v", name, c.status, c.later, asked, err)
			}
		}
		server.Close()
	}
}

// most returns the highest of some counts.
func most(counts map[string]int) int { return slices.Max(slices.Collect(maps.Values(counts))) }
