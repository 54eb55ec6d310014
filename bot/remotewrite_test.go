package bot

import (
	"context"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/posting"
	"jerem/publish"
	"jerem/publish/publishtest"
	"jerem/publish/remotewrite"
	"jerem/series"
	"jerem/sync/synctest"
)

// storing is a sink that ends at one of its calls, as a process does that is killed.
type storing struct {
	*remotewrite.Sink
	calls, last int // the call at which it ends, 0 for never
	drops       int
	cancel      context.CancelFunc
	after       bool // it ends after the call has done its work
}

func (s *storing) stop(call func() error) error {
	s.calls++
	if s.calls != s.last {
		return call()
	}
	if s.after {
		_ = call()
	}
	s.cancel()
	return errStopped
}

func (s *storing) Push(ctx context.Context, list []series.Series) error {
	return s.stop(func() error { return s.Sink.Push(ctx, list) })
}

func (s *storing) PushBody(ctx context.Context, list []series.Series, body []byte) error {
	return s.stop(func() error { return s.Sink.PushBody(ctx, list, body) })
}

func (s *storing) Delete(ctx context.Context, ranges []series.Range) error {
	s.drops++
	return s.stop(func() error { return s.Sink.Delete(ctx, ranges) })
}

// wantedSamples are the samples that a store of a team's past has to have.
func wantedSamples(t *testing.T, r *rig, conf agile.Team) map[string][]series.Point {
	t.Helper()
	return samplesOf(extentsOf(r.kept(t, conf), r.bot.Poster().Interval))
}

// samplesOf are series as a store holds them, by its names.
func samplesOf[Key comparable](extents map[Key]*series.Extent) map[string][]series.Point {
	want := map[string][]series.Point{}
	for _, e := range extents {
		s := series.Series{Class: e.Pieces[0].Class, Labels: e.Pieces[0].Labels}
		labels := map[string]string{}
		for _, l := range remotewrite.MetricOf(&s) {
			labels[l.Name] = l.Value
		}
		var list []series.Point
		for _, p := range e.Points(series.First) {
			if _, text := p.Value.Text(); text {
				continue
			}
			p.Tick, p.Value = p.Tick/1000*1000, series.Double(p.Value.Number())
			if n := len(list); n > 0 && list[n-1].Tick == p.Tick {
				list = list[:n-1]
			}
			list = append(list, p)
		}
		if len(list) > 0 {
			want[publishtest.KeyOf(labels)] = list
		}
	}
	return want
}

func holdsSamples(t *testing.T, address string, r *rig, conf agile.Team, when string) {
	t.Helper()
	got := publishtest.StandingAtVictoria(t, address, `{__name__=~"jerem_.*"}`)
	if want := wantedSamples(t, r, conf); !reflect.DeepEqual(got, want) {
		t.Errorf("%s (−computed +read):\n%.3000s", when, cmp.Diff(want, got,
			cmp.Comparer(func(a, b series.Value) bool { return a == b })))
	}
}

// dropAll takes everything out of a VictoriaMetrics.
func dropAll(t *testing.T, address string) {
	t.Helper()
	publishtest.StandingAtVictoria(t, address, `{__name__=~"jerem_.*"}`) // it finds what it took
	res, err := http.PostForm(address+"/api/v1/admin/tsdb/delete_series",
		url.Values{"match[]": {`{__name__=~"jerem_.*"}`}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
}

// TestVictoriaCorrected: a real VictoriaMetrics has the past, what time adds, and a past that was corrected: nothing of
// what was posted before a correction is left, wherever the process was killed on the way.
func TestVictoriaCorrected(t *testing.T) {
	if testing.Short() {
		t.Skip("posts the past of a team many times")
	}
	address := publishtest.VictoriaMetrics(t)
	last := 1
	for stopped := true; stopped; last++ {
		for _, after := range []bool{false, true} {
			dropAll(t, address)
			sink := &storing{Sink: &remotewrite.Sink{URL: address, Backfill: true, Tries: 1}, after: after}
			stopped = correctPast(t, address, sink, last)
			if t.Failed() {
				t.Fatalf("killed at call %d of the correction, done %v", last, after)
			}
		}
	}
	if last < 4 {
		t.Errorf("a correction takes %d calls", last-2)
	}
}

// correctPast posts a story, corrects its past with a stop at a call, and goes on.
func correctPast(t *testing.T, address string, sink *storing, last int) (stopped bool) {
	t.Helper()
	conf := synctest.Team("K8S", 0)
	r, clock := livingRig(t, synctest.LivingStory, conf)
	r.bot.Sinks = []publish.Sink{sink}
	r.bot.Poster().Interval = 6 * time.Hour
	cycle := func() {
		clock.Set(clock.Now().Add(6 * time.Hour))
		r.collect(t, conf)
		if _, err := r.bot.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	clock.Set(time.Date(2026, 10, 14, 16, 0, 0, 0, time.UTC))
	cycle()
	cycle()
	holdsSamples(t, address, r, conf, "grown")

	if err := withoutWorklogs(t, r); err != nil { // time is logged no more: values of the past change
		t.Fatal(err)
	}
	before := sink.calls
	ctx, cancel := context.WithCancel(t.Context())
	sink.last, sink.cancel = before+last, cancel
	_, err := r.bot.Publish(ctx)
	cancel()
	sink.last = 0
	r.restart(t)
	r.bot.Poster().Interval = 6 * time.Hour
	for range 2 { // what vanished goes by the later reading
		if _, err := r.bot.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		clock.Set(clock.Now().Add(time.Hour))
		r.collect(t, conf)
	}
	if _, err := r.bot.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sink.drops == 0 {
		t.Error("nothing was dropped")
	}
	holdsSamples(t, address, r, conf, "corrected")
	return err != nil
}

// TestPrometheusOnward: a real Prometheus has one point of each living series at the first posting, each further one
// once, and goes on after a correction of the past, an outage, and a restart that forgot what was taken.
func TestPrometheusOnward(t *testing.T) {
	address := publishtest.Prometheus(t)
	conf := synctest.Team("K8S", 0)
	r, clock := livingRig(t, synctest.LivingStory, conf)
	r.bot.Sinks = []publish.Sink{&remotewrite.Sink{Label: "prom", URL: address, Tries: 1}}
	r.bot.Steps = map[string]time.Duration{"prom": time.Minute}
	standing := func() (series, points int, ascending bool) {
		ascending = true
		now := clock.Now()
		for _, list := range publishtest.StandingAtPrometheus(t, address, `{__name__=~"jerem_.*"}`, 90, now) {
			series, points = series+1, points+len(list)
			for i := 1; i < len(list); i++ {
				ascending = ascending && list[i-1].Tick < list[i].Tick
			}
		}
		return series, points, ascending
	}
	post := func(minutes int) error {
		clock.Set(clock.Now().Add(time.Duration(minutes) * time.Minute))
		r.collect(t, conf)
		_, err := r.bot.Publish(t.Context())
		return err
	}
	clock.Set(time.Date(2026, 10, 14, 16, 0, 0, 0, time.UTC))
	if err := post(0); err != nil {
		t.Fatal(err)
	}
	first, points, _ := standing()
	if first < 10 || points > 2*first {
		t.Fatalf("at first %d points of %d series stand", points, first)
	}
	if err := post(2); err != nil {
		t.Fatal(err)
	}
	if _, later, ascending := standing(); later < points+2*first/2 || !ascending {
		t.Errorf("two minutes later %d points stand in place of %d", later, points)
	}
	if err := withoutWorklogs(t, r); err != nil { // a past that was corrected stays as it was told
		t.Fatal(err)
	}
	if err := post(1); err != nil {
		t.Fatal(err)
	}
	if err := r.bot.Store.Ledger.SetCursors(t.Context(), "prom",
		map[string]time.Time{"K8S": clock.Now().Add(-3 * time.Minute)}); err != nil {
		t.Fatal(err)
	}
	r.restart(t)
	r.bot.Steps = map[string]time.Duration{"prom": time.Minute}
	if err := post(1); err == nil {
		t.Error("points that the store refuses for their age are no trouble")
	}
	_, before, _ := standing()
	if err := post(1); err != nil {
		t.Errorf("it does not go on: %v", err)
	}
	if _, now, _ := standing(); now <= before {
		t.Errorf("nothing was posted after a refusal: %d points, then %d", before, now)
	}
	if err := r.bot.Store.Ledger.SetCursors(t.Context(), "prom", map[string]time.Time{"K8S": clock.Now()}); err != nil {
		t.Fatal(err)
	}
	past := posting.Past{History: r.kept(t, conf).History()}
	if _, _, err := r.bot.Poster().Repost(t.Context(), r.bot.Sinks[0], past); err == nil {
		t.Error("the past is posted to a store that takes none")
	}
}

// TestPrometheusKilled: a real Prometheus has all that came since the first posting, wherever the process was killed:
// before a request or after it was taken, with time gone by until the next one or not.
func TestPrometheusKilled(t *testing.T) {
	address := publishtest.Prometheus(t)
	conf := synctest.Team("K8S", 0)
	r, clock := livingRig(t, synctest.LivingStory, conf)
	sink := &storing{Sink: &remotewrite.Sink{Label: "prom", URL: address, Tries: 1}}
	r.bot.Sinks = []publish.Sink{sink}
	clock.Set(time.Date(2026, 10, 14, 16, 0, 0, 0, time.UTC))
	first := series.Tick(clock.Now())
	post := func(ctx context.Context, minutes int) error {
		r.bot.Steps, r.bot.Poster().Interval = map[string]time.Duration{"prom": time.Minute}, time.Minute
		clock.Set(clock.Now().Add(time.Duration(minutes) * time.Minute))
		r.collect(t, conf)
		_, err := r.bot.Publish(ctx)
		return err
	}
	if err := post(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	for _, after := range []bool{false, true} {
		for _, gone := range []int{0, 1, 7} {
			for call := 1; call <= 2; call++ { // the second time while it makes up for the first
				ctx, cancel := context.WithCancel(t.Context())
				sink.last, sink.cancel, sink.after = sink.calls+call, cancel, after
				if err := post(ctx, 3); err == nil {
					t.Fatal("the posting was not cut short")
				}
				sink.last = 0
				r.restart(t)
			}
			for _, minutes := range []int{gone, 2} {
				if err := post(t.Context(), minutes); err != nil {
					t.Errorf("%d minutes after a kill (taken %v): %v", minutes, after, err)
				}
			}
			if noted, err := r.bot.Store.Ledger.Series(t.Context(), "prom", conf.Name); err != nil || len(noted) > 0 {
				t.Errorf("after a posting that ended the ledger has %d entries, %v", len(noted), err)
			}
			want := onwardSamples(t, r, conf, first)
			got := publishtest.StandingAtPrometheus(t, address, `{__name__=~"jerem_.*"}`, 90, clock.Now())
			for key, list := range got { // the first posting brings one point that may lie before it
				got[key] = pointsAfter(list, first)
			}
			if !reflect.DeepEqual(got, want) {
				diff := cmp.Diff(want, got, cmp.Comparer(func(a, b series.Value) bool { return a == b }))
				t.Fatalf("%d minutes after a kill (taken %v) (−computed +read):\n%.3000s", gone, after, diff)
			}
		}
	}
}

// onwardSamples are the samples that a store has to have which takes no old points, since the first posting.
func onwardSamples(t *testing.T, r *rig, conf agile.Team, first int64) map[string][]series.Point {
	t.Helper()
	all := extentsOf(r.kept(t, conf), time.Minute)
	for key, e := range all {
		if e.Pieces[0].Kind == series.Events {
			delete(all, key)
		}
	}
	want := samplesOf(all)
	for key, list := range want {
		if want[key] = pointsAfter(list, first); len(want[key]) == 0 {
			delete(want, key)
		}
	}
	return want
}

// pointsAfter are the points after a tick.
func pointsAfter(list []series.Point, tick int64) []series.Point {
	return slices.DeleteFunc(list, func(p series.Point) bool { return p.Tick <= tick })
}
