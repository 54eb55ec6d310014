package bot

import (
	"bytes"
	"compress/zlib"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/posting"
	"jerem/publish"
	"jerem/publish/warp10"
	"jerem/series"
	warp10sim "jerem/sim/warp10"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// counted is a played sink that counts what it is asked for.
type counted struct {
	*warp10.Sink
	platform        *warp10sim.Server
	posted, largest int
	pushes          int   // requests to take points
	earliest        int64 // tick of a posted point
	deletes         int   // stretches asked for
}

func (c *counted) Push(ctx context.Context, list []series.Series) error {
	c.countPush(list)
	return c.Sink.Push(ctx, list)
}

func (c *counted) PushBody(ctx context.Context, list []series.Series, body []byte) error {
	c.countPush(list)
	return c.Sink.PushBody(ctx, list, body)
}

func (c *counted) countPush(list []series.Series) {
	c.pushes++
	points := 0
	for i := range list {
		points += len(list[i].Points)
		if p := list[i].Points[0]; c.earliest == 0 || p.Tick < c.earliest {
			c.earliest = p.Tick
		}
	}
	c.posted, c.largest = c.posted+points, max(c.largest, points)
}

func (c *counted) Delete(ctx context.Context, ranges []series.Range) error {
	c.deletes += len(ranges)
	return c.Sink.Delete(ctx, ranges)
}

// count begins to count anew.
func (c *counted) count() { c.posted, c.largest, c.earliest, c.deletes, c.pushes = 0, 0, 0, 0, 0 }

// countedSink sets a counted sink before a bot.
func countedSink(t *testing.T, r *rig, token string) *counted {
	t.Helper()
	platform := warp10sim.New()
	server := httptest.NewServer(platform)
	t.Cleanup(server.Close)
	c := &counted{Sink: &warp10.Sink{URL: server.URL, Token: token, Pause: time.Nanosecond, Tries: 2},
		platform: platform}
	r.bot.Sinks = []publish.Sink{c}
	return c
}

func (c *counted) publish(t *testing.T, r *rig) {
	t.Helper()
	if _, err := r.bot.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// holds fails where another thing stands at the sink than is computed now.
func (c *counted) holds(t *testing.T, r *rig, conf agile.Team, when string) {
	t.Helper()
	h, err := r.bot.Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	team := measure.Of(h)
	want := map[string][]string{}
	for key, e := range extentsOf(team, r.bot.Poster().Interval) {
		for _, p := range e.Points(series.First) {
			want[key] = append(want[key], fmt.Sprintf("%d %s", p.Tick, p.Value.GTS()))
		}
	}
	if got := standingAt(t, c.platform); !reflect.DeepEqual(got, want) { // quick where there is nothing to tell
		t.Errorf("%s (−computed +read):\n%.3000s", when, cmp.Diff(want, got))
	}
}

// TestUnrelatedChanges: what no figure of a team rests on posts nothing; the first time logged on an old issue posts
// from that work's day on.
func TestUnrelatedChanges(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	team := r.collect(t, conf)
	c := countedSink(t, r, warp10sim.Write)
	c.publish(t, r)
	s, ctx := r.bot.Store, t.Context()
	for name, change := range map[string]func() error{
		"status": func() error { return s.Metadata.PutStatuses(ctx, []agile.Status{{ID: "777", Name: "New"}}) },
		"type":   func() error { return s.Metadata.PutTypes(ctx, []agile.Type{{ID: "777", Name: "New"}}) },
		"board":  func() error { return s.Metadata.PutBoard(ctx, agile.Board{ID: 777, Kind: agile.Scrum}) },
		"worklog": func() error {
			err := s.Worklogs.Put(ctx, []agile.Worklog{{ID: 777_777, Issue: 777_777, Created: team.Now(),
				Started: team.Now().AddDate(0, -2, 0), Seconds: 3600}}, team.Now())
			return err
		},
		"issue": func() error { return s.Issues.Delete(ctx, []int64{777_777}, time.Time{}) },
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		c.count()
		if c.publish(t, r); c.posted > 0 {
			t.Errorf("%s: %d points were posted", name, c.posted)
		}
	}
	h, err := s.Teams.History(ctx, conf)
	if err != nil {
		t.Fatal(err)
	}
	day := team.Now().AddDate(0, 0, -3)
	for _, i := range h.Issues { // the first time logged on each
		if err := s.Worklogs.Put(ctx, []agile.Worklog{{ID: 900_000 + i.ID, Issue: i.ID, Created: day, Started: day,
			Seconds: 3600}}, day); err != nil {
			t.Fatal(err)
		}
	}
	ended(t, r)
	c.count()
	c.publish(t, r)
	if first := series.Time(c.earliest); c.posted == 0 || first.Before(day.Add(-24*time.Hour)) {
		t.Errorf("%d points were posted, the first of %v, for work of %v", c.posted, first, day)
	}
}

// TestQuietPost: a cycle without news between two steps of the grid posts and writes nothing; at a step each living
// series gets one point, the cursor alone is written, and no pieces are written anew.
func TestQuietPost(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.collect(t, conf)
	c := countedSink(t, r, warp10sim.Write)
	c.publish(t, r)
	c.holds(t, r, conf, "at first")
	name := c.Name()
	ledger := func() string {
		all, err := r.bot.Store.Ledger.Series(t.Context(), name, conf.Name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	before, loads := ledger(), r.bot.Computed.Loads()
	later(t, r, conf.Name)
	writes := 0
	r.bot.Store.SetFault(func() error { writes++; return nil })
	c.count()
	c.publish(t, r)
	if after := ledger(); writes != 0 || c.pushes > 0 || after != before {
		t.Errorf("a quiet cycle wrote %d times and sent %d requests, want none", writes, c.pushes)
	}
	for range 20 {
		later(t, r, conf.Name)
	}
	writes = 0
	c.count()
	c.publish(t, r)
	c.holds(t, r, conf, "after a step of the grid")
	if series := len(standingAt(t, c.platform)); writes != 1 || c.posted == 0 || c.posted > series {
		t.Errorf("a step of the grid wrote %d times and posted %d points of %d series", writes, c.posted, series)
	}
	if c.pushes != 1 {
		t.Errorf("a step of the grid sent %d requests", c.pushes)
	}
	if more := r.bot.Computed.Loads() - loads; more > 0 {
		t.Errorf("the team was loaded and computed %d times although nothing was read", more)
	}
}

// TestGridBreaksOff: points of a step of the grid whose cursor was not written stand at the sink. Where their series
// changes before the next cycle of a new process, they are replaced or deleted like any other.
func TestGridBreaksOff(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.collect(t, conf)
	c := countedSink(t, r, warp10sim.Write)
	c.publish(t, r)
	for range 20 {
		later(t, r, conf.Name)
	}
	r.bot.Store.SetFault(func() error { return errors.New("the cursor cannot be written") })
	c.count()
	if _, err := r.bot.Publish(t.Context()); err == nil || c.posted == 0 {
		t.Fatalf("%d points were posted, and the cursor written: %v", c.posted, err)
	}
	r.restart(t)
	h, err := r.bot.Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	var half []int64 // an epic's series vanish with it
	for _, issue := range h.Issues {
		if issue.ID%2 == 0 {
			half = append(half, issue.ID)
		}
	}
	if err := r.bot.Store.Issues.Delete(t.Context(), half, time.Time{}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		c.publish(t, r)
		later(t, r, conf.Name)
	}
	c.publish(t, r)
	c.holds(t, r, conf, "after a breach and a change")
}

// TestPointsInMemory: however many points a past has, a push holds a bounded number.
func TestPointsInMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("posts the past of a team several times")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r, clock := livingRig(t, synctest.LivingStory, conf)
	clock.Set(time.Date(2026, 10, 16, 16, 0, 0, 0, time.UTC))
	r.collect(t, conf)
	r.bot.Poster().Interval = time.Minute
	c := countedSink(t, r, warp10sim.Write)
	if c.publish(t, r); c.posted < 4*posting.PerPush || c.largest > posting.PerPush {
		t.Errorf("%d points were posted, %d at a time", c.posted, c.largest)
	}
	c.holds(t, r, conf, "posted in parts")
}

// TestIntervalChanges: another step of the grid, and the points of days where a former version put them, are replaced
// once, by ranges; a correction of one day is one range.
func TestIntervalChanges(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r, clock := livingRig(t, synctest.LivingStory, conf)
	clock.Set(time.Date(2026, 10, 16, 16, 0, 0, 0, time.UTC))
	r.collect(t, conf)
	c := countedSink(t, r, warp10sim.Write)
	steps := []time.Duration{time.Hour, 20 * time.Minute, time.Minute, 30 * time.Minute, 7 * time.Minute}
	if testing.Short() {
		steps = []time.Duration{time.Hour, 20 * time.Minute, 30 * time.Minute}
	}
	for _, step := range steps {
		r.bot.Poster().Interval = step
		c.count()
		c.publish(t, r)
		if c.deletes > 0 {
			t.Errorf("%v: %d stretches were deleted in the cycle in which they were first missed", step, c.deletes)
		}
		later(t, r, conf.Name)
		c.publish(t, r)
		c.holds(t, r, conf, step.String())
		if n := len(standingAt(t, c.platform)); c.deletes > 2*n {
			t.Errorf("%v: %d stretches of %d series were deleted", step, c.deletes, n)
		}
		c.count()
		later(t, r, conf.Name)
		if c.publish(t, r); c.deletes > 0 || c.posted > 100 {
			t.Errorf("%v, again: %d points and %d stretches", step, c.posted, c.deletes)
		}
	}
}

// TestDeletesRefused: where a sink refuses deletions, by its token or its operator, all else goes on and nothing is
// posted twice; what should vanish stays owed, is tried again at a start and once an hour, and goes when it may.
func TestDeletesRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("posts the past of a team several times")
	}
	t.Parallel()
	for name, token := range map[string]string{"token": warp10sim.NoDelete, "operator": warp10sim.Write} {
		conf := synctest.Team("K8S", 0)
		r := newRig(t, synctest.DemoSite(t), conf)
		r.collect(t, conf)
		c := countedSink(t, r, token)
		c.platform.DeletesOff = name == "operator"
		c.publish(t, r)
		all := c.posted
		if err := withoutWorklogs(t, r); err != nil {
			t.Fatal(err)
		}
		c.count()
		for range 4 {
			later(t, r, conf.Name)
			c.publish(t, r)
		}
		at, _, err := r.bot.Store.Ledger.Cursor(t.Context(), c.Name(), conf.Name)
		if state, _ := r.bot.Store.Teams.State(t.Context(), conf.Name); err != nil ||
			state.Until.Sub(at) >= posting.DefaultInterval || c.posted > all/2 { // it is written at steps of the grid
			t.Errorf("%s: the cursor stands at %v; %d points of %d were posted again; %v", name, at, c.posted, all, err)
		}
		tried := func() bool { c.count(); later(t, r, conf.Name); c.publish(t, r); return c.deletes > 0 }
		if tried() {
			t.Errorf("%s: deletions are tried in each cycle", name)
		}
		r.bot.Poster().Now = func() time.Time { return time.Now().Add(time.Hour) }
		if !tried() {
			t.Errorf("%s: deletions are not tried again after an hour", name)
		}
		r.restart(t)
		if !tried() {
			t.Errorf("%s: deletions are not tried again at a start", name)
		}
		c.platform.DeletesOff, c.Token = false, warp10sim.Write
		r.restart(t)
		later(t, r, conf.Name)
		c.publish(t, r)
		c.holds(t, r, conf, name+": once it may")
	}
}

// TestComesBack: what was missed by one reading only is never deleted.
func TestComesBack(t *testing.T) {
	if testing.Short() {
		t.Skip("posts the past of a team several times")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.collect(t, conf)
	h, err := r.bot.Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	c := countedSink(t, r, warp10sim.Write)
	c.publish(t, r)
	if err := withoutWorklogs(t, r); err != nil {
		t.Fatal(err)
	}
	later(t, r, conf.Name)
	c.publish(t, r)
	if err := r.bot.Store.Worklogs.Put(t.Context(), h.Worklogs, time.Time{}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		later(t, r, conf.Name)
		c.publish(t, r)
		c.holds(t, r, conf, "come back")
	}
}

// TestFormerLedger: the account of a former version is taken over: nothing that stands is posted again, and what it put
// elsewhere is replaced.
func TestFormerLedger(t *testing.T) {
	if testing.Short() {
		t.Skip("posts the past of a team several times")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	team := r.collect(t, conf)
	c := countedSink(t, r, warp10sim.Write)
	r.bot.Poster().Interval = time.Hour
	c.publish(t, r)
	pieces := timeseries.Pieces(team, team.Now())
	stray := series.Series{Class: "jerem.jira.sprint.events",
		Labels: map[string]string{"project": conf.Name,
			"sprint": "Gone"}, Points: []series.Point{{Tick: 1_700_000_000_000_000, Value: series.String("start")}}}
	if err := c.Sink.Push(t.Context(), []series.Series{stray}); err != nil {
		t.Fatal(err)
	}
	if err := r.bot.Store.Ledger.Forget(t.Context(), c.Name(), conf.Name); err != nil {
		t.Fatal(err)
	}
	account := map[string]any{"Until": team.Now(), "Step": time.Hour, "Pieces": pieces,
		"Tried": map[string]any{"Until": team.Now(), "Step": time.Hour,
			"Pieces": pieces[:3]}, "Stray": []series.Series{stray}}
	noted, err := json.Marshal(account)
	if err != nil {
		t.Fatal(err)
	}
	notePosted(t, r, c.Name(), conf.Name, noted)
	r.restart(t)
	r.bot.Poster().Interval = time.Hour
	c.count()
	if c.publish(t, r); c.posted > 0 {
		t.Errorf("%d points were posted although they stand", c.posted)
	}
	later(t, r, conf.Name)
	c.publish(t, r)
	c.holds(t, r, conf, "taken over")
	r.bot.Poster().Interval = 0
	later(t, r, conf.Name)
	c.publish(t, r)
	c.holds(t, r, conf, "with a grid of 20 minutes")
}

// notePosted keeps an account as a former version did.
func notePosted(t *testing.T, r *rig, sink, team string, noted []byte) {
	t.Helper()
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, err := z.Write(noted)
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", r.path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`INSERT INTO posted VALUES (?1, ?2, ?3)`, sink, team, packed.Bytes()); err != nil {
		t.Fatal(err)
	}
}

// TestLedgerLost: pieces that were lost from the ledger are posted again, and all is as it was.
func TestLedgerLost(t *testing.T) {
	if testing.Short() {
		t.Skip("posts the past of a team several times")
	}
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.collect(t, conf)
	c := countedSink(t, r, warp10sim.Write)
	c.publish(t, r)
	db, err := sql.Open("sqlite", r.path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`DELETE FROM sink_pieces`); err != nil {
		t.Fatal(err)
	}
	r.bot.Poster().Interval = 30 * time.Minute
	c.publish(t, r)
	later(t, r, conf.Name)
	if c.publish(t, r); c.posted == 0 {
		t.Error("nothing was posted")
	}
}

// stalled is a sink that answers nothing until the end.
type stalled struct{ begun atomic.Int32 }

func (s *stalled) Name() string { return "stalled" }
func (s *stalled) Push(ctx context.Context, _ []series.Series) error {
	s.begun.Add(1)
	<-ctx.Done()
	return ctx.Err()
}
func (s *stalled) Capabilities() publish.Capabilities { return publish.Capabilities{OldPoints: true} }

func (s *stalled) Delete(ctx context.Context, _ []series.Range) error { return s.Push(ctx, nil) }

// TestStalledSink: while one sink stalls, Jira is read and another sink is posted to.
func TestStalledSink(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	c := countedSink(t, r, warp10sim.Write)
	slow := &stalled{}
	r.bot.Sinks = append([]publish.Sink{slow}, r.bot.Sinks...)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	var ended sync.WaitGroup
	ended.Go(func() { _ = r.bot.Run(ctx, time.Millisecond) })
	for first := 0; ; time.Sleep(time.Millisecond) {
		n := len(r.sim.Requests())
		if slow.begun.Load() == 0 || len(c.platform.Points()) == 0 {
			first = n
		}
		if first > 0 && n > first+20 {
			break // readings went on
		}
		if ctx.Err() != nil {
			t.Fatalf("%d requests, %d points", n, len(c.platform.Points()))
		}
	}
	stop()
	ended.Wait()
	if slow.begun.Load() != 1 {
		t.Errorf("the stalled sink was asked %d times at once", slow.begun.Load())
	}
}

// TestPostedUnderQuota: a quota that holds a team's series up keeps what was taken: the tries together post each point
// about once, and all arrives.
func TestPostedUnderQuota(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.collect(t, conf)
	c := countedSink(t, r, warp10sim.Throttled)
	at := time.UnixMicro(1_800_000_000_000_000)
	c.platform.Rate, c.platform.Now = 2000, func() time.Time { return at }
	c.platform.Sleep = func(d time.Duration) { at = at.Add(d) }
	r.bot.Poster().Pause = time.Nanosecond
	tries := 0
	for ; tries < 1000; tries++ {
		_, err := r.bot.Publish(t.Context())
		if err == nil {
			break
		}
		if !posting.Limited(err) {
			t.Fatal(err)
		}
		at = at.Add(time.Second)
	}
	c.holds(t, r, conf, "under a quota")
	if stands := len(c.platform.Points()); c.posted > 3*stands {
		t.Errorf("%d points were sent in %d tries for %d", c.posted, tries, stands)
	}
}

// TestPostedWithinBounds: a platform that takes nothing older than 15 days gets all the rest, once; the cursor moves.
func TestPostedWithinBounds(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	team := r.collect(t, conf)
	c := countedSink(t, r, warp10sim.Write)
	c.platform.MaxPast, c.platform.MaxFuture = 15*24*time.Hour, time.Hour
	c.platform.Now = team.Now
	r.bot.Poster().Now = team.Now
	c.publish(t, r)
	bound := series.Tick(team.Now().Add(-c.platform.MaxPast))
	want := map[string][]string{}
	for key, e := range extentsOf(team, r.bot.Poster().Interval) {
		for _, p := range e.Points(bound + time.Hour.Microseconds()) {
			if p.Tick <= series.Tick(team.Now().Add(time.Hour)) {
				want[key] = append(want[key], fmt.Sprintf("%d %s", p.Tick, p.Value.GTS()))
			}
		}
	}
	got := standingAt(t, c.platform)
	for key, points := range want {
		if !strings.HasSuffix(strings.Join(got[key], "|"), strings.Join(points, "|")) {
			t.Errorf("%s: %d points stand there, wanted are at least %d", key, len(got[key]), len(points))
		}
	}
	later(t, r, conf.Name)
	c.count()
	if c.publish(t, r); c.posted > 50 {
		t.Errorf("%d points were posted again", c.posted)
	}
	if b, err := r.bot.Store.Ledger.Bounds(t.Context(), c.Name()); err != nil || b.Past < 14*24*time.Hour ||
		b.Past > 16*24*time.Hour {
		t.Errorf("the bound is kept as %v %v", b, err)
	}
}
