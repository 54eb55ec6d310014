package bot

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/measure"
	"jerem/publish"
	"jerem/publish/warp10test"
	"jerem/series"
)

// post sets a played platform before a bot; broken answers in place of it while it is set.
func post(t *testing.T, r *rig) (read func() map[string][]string, broken *http.Handler) {
	t.Helper()
	platform := warp10test.New()
	broken = new(http.Handler)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if *broken != nil {
			(*broken).ServeHTTP(w, req)
			return
		}
		platform.ServeHTTP(w, req)
	}))
	t.Cleanup(server.Close)
	r.bot.Sinks = []publish.Sink{&publish.Warp10{URL: server.URL, Token: warp10test.Write, Pause: time.Nanosecond, Tries: 2}}
	return func() map[string][]string { return standingAt(t, platform) }, broken
}

// standingAt reads all points that stand at a platform.
func standingAt(t *testing.T, platform http.Handler) map[string][]string {
	t.Helper()
	rec := httptest.NewRecorder()
	platform.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/api/v0/fetch?token=READ&format=json&start=0&stop=9000000000000000&selector="+url.QueryEscape("~.*{}"), nil))
	return readPoints(t, rec.Body.String())
}

func readPoints(t *testing.T, body string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	var list []struct {
		C string
		L map[string]string
		V [][2]json.RawMessage
	}
	if body == "" {
		return out
	}
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		t.Fatal(err)
	}
	for _, one := range list {
		delete(one.L, ".app")
		s := series.Series{Class: one.C, Labels: one.L}
		for i := len(one.V) - 1; i >= 0; i-- {
			out[s.Key()] = append(out[s.Key()], fmt.Sprintf("%s %s", one.V[i][0], one.V[i][1]))
		}
	}
	return out
}

func listed(t *testing.T, list []series.Series) map[string][]string {
	t.Helper()
	var b strings.Builder
	if err := series.WriteJSON(&b, list); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for i, line := range strings.Split(strings.TrimSpace(b.String()), "\n") {
		var one struct{ Points [][2]json.RawMessage }
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatal(err)
		}
		for _, p := range one.Points {
			out[list[i].Key()] = append(out[list[i].Key()], fmt.Sprintf("%s %s", p[0], p[1]))
		}
	}
	return out
}

// TestPostedReadBack: the whole past is posted, and what is read back is what was computed; every
// point of the export is among it.
func TestPostedReadBack(t *testing.T) {
	conf := newTeam("K8S", 0)
	r := newRig(t, demoSite(t), conf)
	team := r.collect(t, conf)
	read, _ := post(t, r)
	n, err := r.bot.Publish(t.Context())
	if err != nil || n == 0 {
		t.Fatalf("%d points, %v", n, err)
	}
	got := read()
	if diff := cmp.Diff(listed(t, wholePast(team)), got); diff != "" {
		t.Errorf("(−computed +read):\n%s", diff)
	}
	for key, want := range listed(t, team.Series(time.Time{}, team.Now())) {
		there := map[string]bool{}
		for _, p := range got[key] {
			there[p] = true
		}
		for _, p := range want {
			if !there[p] {
				t.Errorf("%s: the point %s of the export was not posted", key, p)
			}
		}
	}
}

// TestPostedOnce: a second cycle without news posts only what stands at the cursor itself, and
// changes nothing.
func TestPostedOnce(t *testing.T) {
	conf := newTeam("K8S", 0)
	r := newRig(t, demoSite(t), conf)
	r.collect(t, conf)
	read, _ := post(t, r)
	all, err := r.bot.Publish(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	before := read()
	again, err := r.bot.Publish(t.Context())
	if err != nil || again > all/50 {
		t.Errorf("%d points, then %d again, %v", all, again, err)
	}
	if diff := cmp.Diff(before, read()); diff != "" {
		t.Errorf("(−first +second):\n%s", diff)
	}
}

// TestFailedPush: while the sink fails the cursor stays; afterwards everything is there as if it had
// never failed.
func TestFailedPush(t *testing.T) {
	conf := newTeam("K8S", 0)
	r := newRig(t, demoSite(t), conf)
	team := r.collect(t, conf)
	read, broken := post(t, r)
	*broken = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	for range 3 {
		if _, err := r.bot.Publish(t.Context()); err == nil || !strings.Contains(err.Error(), "team K8S: warp10 127.0.0.1") {
			t.Fatalf("a failing sink must be told with its place: %v", err)
		}
	}
	if _, ok, _ := r.bot.Store.Cursor(t.Context(), r.bot.Sinks[0].Name(), conf.Name); ok {
		t.Error("the cursor moved although nothing was taken")
	}
	*broken = nil
	if _, err := r.bot.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(listed(t, wholePast(team)), read()); diff != "" {
		t.Errorf("(−computed +read):\n%s", diff)
	}
}

// wholePast is all that is posted of a team.
func wholePast(team *measure.Team) []series.Series {
	return points(team.Pieces(team.Now()), time.Hour, time.Time{}, team.Now())
}

// TestWhatIsNoMore: after a correction of the past the sink holds what is computed now, and nothing
// of what was.
func TestWhatIsNoMore(t *testing.T) {
	conf := newTeam("K8S", 0)
	r := newRig(t, demoSite(t), conf)
	r.collect(t, conf)
	read, _ := post(t, r)
	if _, err := r.bot.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := read()
	earliest, err := r.bot.Store.ReplaceWorklogs(t.Context(), nil) // all time logged was a mistake
	if err != nil || earliest.IsZero() {
		t.Fatal(earliest, err)
	}
	if err := r.bot.Store.PullCursor(t.Context(), conf.Name, earliest); err != nil {
		t.Fatal(err)
	}
	h, err := r.bot.Store.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.bot.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := read()
	for key, list := range got { // a series that lost all its points may still be known
		if len(list) == 0 {
			delete(got, key)
		}
	}
	if diff := cmp.Diff(listed(t, wholePast(measure.Of(h))), got); diff != "" {
		t.Errorf("(−computed +read):\n%s", diff)
	}
	if len(before) <= len(got) {
		t.Errorf("%d series before, %d after: nothing was taken away", len(before), len(got))
	}
}
