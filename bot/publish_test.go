package bot

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/jira"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/publish"
	"jerem/publish/warp10"
	"jerem/series"
	warp10sim "jerem/sim/warp10"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// post sets a played platform before a bot; broken answers in place of it while it is set.
func post(t *testing.T, r *rig) (read func() map[string][]string, broken *http.Handler) {
	t.Helper()
	platform := warp10sim.New()
	broken = new(http.Handler)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if *broken != nil {
			(*broken).ServeHTTP(w, req)
			return
		}
		platform.ServeHTTP(w, req)
	}))
	t.Cleanup(server.Close)
	r.bot.Sinks = []publish.Sink{
		&warp10.Sink{URL: server.URL, Token: warp10sim.Write, Pause: time.Nanosecond, Tries: 2}}
	return func() map[string][]string { return standingAt(t, platform) }, broken
}

// standingAt reads all points that stand at a platform, by series.
func standingAt(t *testing.T, platform *warp10sim.Server) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, line := range platform.Points() {
		tick, rest, _ := strings.Cut(line, "// ")
		end := strings.LastIndex(rest, "} ") + 1
		if end == 0 {
			t.Fatal(line)
		}
		out[rest[:end]] = append(out[rest[:end]], tick+rest[end:])
	}
	return out
}

// listed writes points as standingAt does.
func listed(list []series.Series) map[string][]string {
	out := map[string][]string{}
	for i := range list {
		for _, p := range list[i].Points {
			out[list[i].Key()] = append(out[list[i].Key()], fmt.Sprintf("%d %s", p.Tick, p.Value.GTS()))
		}
	}
	return out
}

// TestPostedReadBack: the whole past is posted, and what is read back is what was computed; every
// point of the export is among it.
func TestPostedReadBack(t *testing.T) {
	testrun.SkipInShort(t)
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	team := r.collect(t, conf)
	read, _ := post(t, r)
	n, err := r.bot.Publish(t.Context())
	if err != nil || n == 0 {
		t.Fatalf("%d points, %v", n, err)
	}
	got := read()
	if diff := cmp.Diff(listed(wholePast(team)), got); diff != "" {
		t.Errorf("(−computed +read):\n%s", diff)
	}
	for key, want := range listed(timeseries.Between(team, time.Time{}, team.Now())) {
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

// TestPostedOnce: a second cycle without news posts nothing.
func TestPostedOnce(t *testing.T) {
	testrun.SkipInShort(t)
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.collect(t, conf)
	read, _ := post(t, r)
	all, err := r.bot.Publish(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	before := read()
	again, err := r.bot.Publish(t.Context())
	if err != nil || again > 0 || all == 0 {
		t.Errorf("%d points, then %d again, %v", all, again, err)
	}
	if diff := cmp.Diff(before, read()); diff != "" {
		t.Errorf("(−first +second):\n%s", diff)
	}
}

// TestFailedPush: while the sink fails the cursor stays; afterwards everything is there as if it had
// never failed.
func TestFailedPush(t *testing.T) {
	if testing.Short() {
		t.Skip("TestSinkDown is quicker: a sink that fails for a week")
	}
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	team := r.collect(t, conf)
	read, broken := post(t, r)
	*broken = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
	})
	for range 3 {
		if _, err := r.bot.Publish(t.Context()); err == nil ||
			!strings.Contains(err.Error(), "team K8S: warp10 127.0.0.1") {
			t.Fatalf("a failing sink must be told with its place: %v", err)
		}
	}
	if _, ok, _ := r.bot.Store.Ledger.Cursor(t.Context(), r.bot.Sinks[0].Name(), conf.Name); ok {
		t.Error("the cursor moved although nothing was taken")
	}
	*broken = nil
	if _, err := r.bot.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(listed(wholePast(team)), read()); diff != "" {
		t.Errorf("(−computed +read):\n%s", diff)
	}
}

// wholePast is all that is posted of a team.
func wholePast(team *measure.Team) []series.Series { return wholePastBy(team, 0) }

// wholePastBy is the same by another step of the grid.
func wholePastBy(team *measure.Team, step time.Duration) []series.Series {
	var out []series.Series
	for _, e := range extentsOf(team, step) {
		one := series.Series{Class: e.Pieces[0].Class, Labels: e.Pieces[0].Labels, Points: e.Points(series.First)}
		out = append(out, one)
	}
	return out
}

// later ends a reading a minute after the last one, in which nothing new was found.
func later(t *testing.T, r *rig, team string) {
	t.Helper()
	state, err := r.bot.Store.Teams.State(t.Context(), team)
	if err != nil {
		t.Fatal(err)
	}
	state.Until = state.Until.Add(time.Minute)
	if err := r.bot.Store.Teams.Put(t.Context(), state); err != nil {
		t.Fatal(err)
	}
}

// owedSeries is of how many series the metrics tell that points are to be deleted, for each sink and team.
func owedSeries(r *rig) (values []string) {
	for line := range strings.Lines(told(r.bot.Metrics)) {
		if strings.HasPrefix(line, "jerem_sink_owed_series{") {
			values = append(values, line[strings.LastIndex(line, " ")+1:len(line)-1])
		}
	}
	return values
}

// TestWhatIsNoMore: after a correction of the past the sink holds what is computed now, and nothing of what was; what
// was missed for the first time is deleted by a later reading only.
func TestWhatIsNoMore(t *testing.T) {
	if testing.Short() {
		t.Skip("TestGoneIsDeleted is quicker: what is gone vanishes from the sink")
	}
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.bot.Metrics = NewMetrics(func() time.Duration { return 0 }, func() []jira.LimitedBy { return nil })
	r.collect(t, conf)
	read, _ := post(t, r)
	if _, err := r.bot.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := read()
	if err := withoutWorklogs(t, r); err != nil { // all time logged was a mistake
		t.Fatal(err)
	}
	for range 2 { // the same reading, or one by which Jira's clock did not go on
		if _, err := r.bot.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		now := read()
		for key, list := range before {
			if len(now[key]) < len(list) {
				t.Errorf("%s: points were deleted in the cycle in which they were first missed", key)
			}
		}
	}
	if owed := owedSeries(r); len(owed) != 1 || owed[0] == "0" {
		t.Errorf("of so many series something waits to be deleted: %q", owed)
	}
	later(t, r, conf.Name)
	h, err := r.bot.Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.bot.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if owed := owedSeries(r); !slices.Equal(owed, []string{"0"}) {
		t.Errorf("all was deleted, and of so many series something waits: %q", owed)
	}
	got := read()
	if diff := cmp.Diff(listed(wholePast(measure.Of(h))), got); diff != "" {
		t.Errorf("(−computed +read):\n%s", diff)
	}
	if len(before) <= len(got) {
		t.Errorf("%d series before, %d after: nothing was taken away", len(before), len(got))
	}
}
