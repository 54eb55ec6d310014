package bot

import (
	"testing"
	"time"

	"jerem/agile"
	warp10sim "jerem/sim/warp10"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// postedOfChange posts a team, then time logged on its issues a minute later, and returns how many points that took.
// forget does without what the store knows of the sink.
func postedOfChange(t *testing.T, forget bool) int {
	t.Helper()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	team := r.collect(t, conf)
	c := countedSink(t, r, warp10sim.Write)
	c.publish(t, r)
	ctx, s := t.Context(), r.bot.Store
	if forget {
		if err := s.Ledger.Forget(ctx, c.Name(), conf.Name); err != nil {
			t.Fatal(err)
		}
	}
	for _, i := range team.History().Issues {
		if err := s.Worklogs.Put(ctx, []agile.Worklog{{ID: 900_000 + i.ID, Issue: i.ID, Created: team.Now(),
			Started: team.Now().Add(-time.Minute), Seconds: 3600}}, team.Now()); err != nil {
			t.Fatal(err)
		}
	}
	later(t, r, conf.Name)
	c.count()
	c.publish(t, r)
	return c.posted
}

// TestLivingSeriesAreRemembered: what stands of the series that go on, which change the most, is not read out of the
// ledger by the process that posted it.
func TestLivingSeriesAreRemembered(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	posted := postedOfChange(t, false)
	if again := postedOfChange(t, true); posted == 0 || again > 2*posted {
		t.Errorf("%d points were posted, %d where the store knew nothing of the sink", posted, again)
	}
}
