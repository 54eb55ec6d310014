package sync

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/sim/world"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestRebuild: what is derived again from what is kept, with no Jira at all, is exported to the same bytes; stopped
// and begun again too.
func TestRebuild(t *testing.T) {
	testrun.SkipInShort(t)
	w := world.New(2)
	company, err := w.Site()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		site *jirasim.Site
		team agile.Team
	}{
		"demo":        {synctest.DemoSite(t), synctest.Team("K8S", 0)},
		"world":       {company, synctest.Team("OB", 0)},
		"devlake":     {synctest.RecordedSite(t, "devlake"), synctest.Team("EE", 8)},
		"jirametrics": {synctest.RecordedSite(t, "jirametrics/site"), synctest.Team("SP", 2)},
	} {
		if testing.Short() && name != "demo" { // the others are larger, and are read by other tests too
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, c.site, c.team)
			want := synctest.Export(t, r.collect(t, c.team))
			away := httptest.NewServer(nil)
			away.Close()
			r.reader.Jira = synctest.NewClient(t, away.URL)
			stopped, stop := context.WithCancel(t.Context())
			stop()
			if _, _, err := r.reader.Rebuild(stopped); !errors.Is(err, context.Canceled) {
				t.Errorf("stopped: %v", err)
			}
			n, changed, err := r.reader.Rebuild(t.Context())
			if err != nil || n == 0 || changed != 0 {
				t.Errorf("%d issues, %d changed: %v", n, changed, err)
			}
			if got := known(t, r, c.team); got != want {
				t.Error(synctest.FirstDifference(got, want))
			}
		})
	}
}

// known exports what the store holds, without a reading.
func known(t *testing.T, r *rig, team agile.Team) string {
	t.Helper()
	h, err := r.reader.Store.Teams.History(t.Context(), team)
	if err != nil {
		t.Fatal(err)
	}
	return synctest.Export(t, measure.Of(h))
}

// TestJiraAwayForADay: what happened while no reading succeeded is known after the first one that does.
func TestJiraAwayForADay(t *testing.T) {
	testrun.SkipInShort(t)
	conf := synctest.Team("K8S", 0)
	r, c := livingRig(t, synctest.LivingStory, conf)
	c.Set(time.Date(2026, 10, 7, 12, 0, 0, 0, time.UTC))
	r.collect(t, conf)
	here := r.reader.Jira
	away := httptest.NewServer(nil)
	away.Close()
	r.reader.Jira = synctest.NewClient(t, away.URL)
	for range 24 {
		c.Set(c.Now().Add(time.Hour))
		if _, err := r.reader.Collect(t.Context(), false); err == nil {
			t.Fatal("a Jira that is away was read")
		}
	}
	state, err := r.reader.Store.Teams.State(t.Context(), conf.Name)
	if err != nil || state.Behind.IsZero() || state.Until.After(time.Date(2026, 10, 7, 13, 0, 0, 0, time.UTC)) {
		t.Errorf("behind since %v, known until %v: %v", state.Behind, state.Until, err)
	}
	r.reader.Jira = here
	got := synctest.Export(t, r.collect(t, conf))
	other, clock := livingRig(t, synctest.LivingStory, conf)
	clock.Set(c.Now())
	if want := synctest.Export(t, other.collect(t, conf)); got != want {
		t.Error(synctest.FirstDifference(got, want))
	}
}
