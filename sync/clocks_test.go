package sync

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"jerem/problem"
	"jerem/store"
	"jerem/sync/clocks"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestWrongClock: a clock of Jira that stands decades ahead of ours, or years with nothing changed since, is refused
// after the one question that tells it: the team is behind with the remedy, and stands where it stood. With the clock
// right again the next reading goes on.
func TestWrongClock(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r, clock := livingRig(t, synctest.LivingStory, conf)
	right := clock.Now().AddDate(0, 6, 0) // the story is told by then
	clock.Set(right)
	r.reader.Now = func() time.Time { return right }
	before := r.collect(t, conf).Now()
	for _, wrong := range []time.Time{right.AddDate(80, 0, 0), right.AddDate(2, 0, 0)} {
		clock.Set(wrong)
		asked := len(r.sim.Requests())
		_, err := r.reader.Collect(t.Context(), false)
		if !problem.Is(err, clocks.Wrong) || !strings.Contains(err.Error(), "ahead of the clock of this machine") {
			t.Fatalf("with Jira at %v: %v", wrong, err)
		}
		if n := len(r.sim.Requests()) - asked; n > 2 {
			t.Errorf("with Jira at %v it is asked %d times", wrong, n)
		}
		state, err := r.reader.Store.Teams.State(t.Context(), conf.Name)
		if err != nil || !state.Until.Equal(before) || !strings.Contains(state.Why, string(clocks.Wrong)) {
			t.Errorf("the team stands at %v, behind by %q: %v", state.Until, state.Why, err)
		}
	}
	clock.Set(right.Add(time.Hour))
	if now := r.collect(t, conf).Now(); !now.Equal(right.Add(time.Hour)) {
		t.Errorf("with the clock right again the team stands at %v", now)
	}
}

// TestClockFallsBack: a clock of Jira that falls years behind what was read, while it agreed with ours, is refused by
// this reader and by one that begins then, days later too: what is known stays and is behind. A full reading takes it
// as it is, and with the clock right again readings go on.
func TestClockFallsBack(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r, clock := livingRig(t, synctest.LivingStory, conf)
	right := clock.Now().AddDate(0, 6, 0) // the story is told by then
	ours := right
	clock.Set(right)
	r.reader.Now = func() time.Time { return ours }
	before := r.collect(t, conf).Now()
	clock.Set(right.AddDate(-6, 0, 0))
	for _, later := range []time.Duration{time.Minute, 72 * time.Hour} {
		ours = right.Add(later)
		for _, reader := range []*Reader{r.reader, {Jira: r.reader.Jira, Store: r.reader.Store, Teams: r.reader.Teams,
			Log: r.reader.Log, Now: r.reader.Now, Refresh: r.reader.Refresh}} {
			_, err := reader.Collect(t.Context(), false)
			if !problem.Is(err, clocks.FellBack) ||
				!strings.Contains(err.Error(), "days behind the last complete reading") {
				t.Fatalf("%v later: %v", later, err)
			}
			state, err := r.reader.Store.Teams.State(t.Context(), conf.Name)
			if err != nil || !state.Until.Equal(before) || !strings.Contains(state.Why, string(clocks.FellBack)) {
				t.Errorf("%v later the team stands at %v, behind by %q: %v", later, state.Until, state.Why, err)
			}
		}
	}
	clock.Set(right.Add(time.Hour))
	if now := r.collect(t, conf).Now(); !now.Equal(right.Add(time.Hour)) {
		t.Errorf("with the clock right again the team stands at %v", now)
	}
	clock.Set(right.AddDate(0, -1, 0))
	if _, err := r.reader.Collect(t.Context(), true); err != nil {
		t.Errorf("a full reading: %v", err)
	}
}

// TestWrongClockAtFirst: a first reading refuses it too, and nothing is kept as of it.
func TestWrongClockAtFirst(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r, clock := livingRig(t, synctest.LivingStory, conf)
	right := clock.Now()
	r.reader.Now = func() time.Time { return right }
	clock.Set(right.AddDate(80, 0, 0))
	if _, err := r.reader.Collect(t.Context(), false); !problem.Is(err, clocks.Wrong) {
		t.Fatal(err)
	}
	if _, err := r.reader.Store.Teams.State(t.Context(), conf.Name); !problem.Is(err, store.NotRead) {
		t.Errorf("the team was read: %v", err)
	}
}

// TestOurClockIsWrong: where Jira was changed since, it is ours that stands still: what Jira says holds, and the
// difference is told once.
func TestOurClockIsWrong(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r, clock := livingRig(t, synctest.LivingStory, conf)
	var told bytes.Buffer
	r.reader.Log = slog.New(slog.NewTextHandler(&told, nil))
	r.reader.Now = func() time.Time { return clock.Now().AddDate(-3, 0, 0) }
	for range 2 {
		if now := r.collect(t, conf).Now(); !now.Equal(clock.Now()) {
			t.Errorf("the team stands at %v, Jira at %v", now, clock.Now())
		}
	}
	if n := strings.Count(told.String(), "ahead of the clock of this machine"); n != 1 {
		t.Errorf("the difference is told %d times:\n%s", n, told.String())
	}
}
