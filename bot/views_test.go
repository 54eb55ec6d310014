package bot

import (
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"testing"
	"time"
	"weak"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/timeseries"
	"jerem/sqlviews"
	"jerem/store/viewrows"
	"jerem/sync/synctest"
	"jerem/teams"
	"jerem/testrun"
)

// TestViewsAreKept: what readers in SQL find is written after the first reading; after one without news nothing is
// written, and after a change the rows that differ, alone.
func TestViewsAreKept(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	team := r.collect(t, conf)
	keep := func() (writes int) {
		r.bot.Store.SetFault(func() error { writes++; return nil })
		defer r.bot.Store.SetFault(nil)
		if err := r.bot.KeepViews(t.Context()); err != nil {
			t.Fatal(err)
		}
		return writes
	}
	digests := func() (list map[string]string) {
		all, err := r.bot.Store.ViewRows.Digests(t.Context(), conf.Name)
		if err != nil {
			t.Fatal(err)
		}
		list = map[string]string{}
		for key, digest := range all {
			list[key.Kind+" "+key.Key] = digest
		}
		return list
	}
	if n := keep(); n != 1 || len(digests()) < 20 {
		t.Errorf("the first time: %d writes, %d rows", n, len(digests()))
	}
	later(t, r, conf.Name)
	if n := keep(); n != 0 {
		t.Errorf("a reading without news: %d writes", n)
	}
	before := digests()
	issue, _ := team.Lookup("K8S-1312")
	if issue == nil {
		issue = team.History().Issues[0]
	}
	at := team.Now().Add(-time.Hour)
	err := r.bot.Store.Worklogs.Put(t.Context(), []agile.Worklog{{ID: 900_000, Issue: issue.ID, Created: at,
		Started: at,
		Seconds: 3600}}, at)
	if err != nil {
		t.Fatal(err)
	}
	ended(t, r)
	changed := 0
	if n := keep(); n != 1 {
		t.Errorf("a change: %d writes", n)
	}
	for key, digest := range digests() {
		if before[key] != digest {
			changed++
		}
	}
	if changed == 0 || changed > len(before)/2 {
		t.Errorf("a change of one issue writes %d rows of %d", changed, len(before))
	}
	r.restart(t)
	if n := keep(); n != 0 {
		t.Errorf("after a restart: %d writes", n)
	}
}

// TestViewsKeptOnce: a process that ends keeps the rows that one which goes on would keep, and holds nothing of a team
// then: the next time it is loaded again, and made of nothing but what differs from what is kept.
func TestViewsKeptOnce(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	r.collect(t, conf)
	use := func() {
		r.bot.Build = func() string { return "this one" }
		r.bot.Computed = teams.NewCache(r.bot.Store)
		r.bot.Computed.Former = sqlviews.Sources{Rows: r.bot.Store.ViewRows, Build: r.bot.Build}.Former
	}
	rows := func() map[string]string {
		t.Helper()
		digests, err := r.bot.Store.ViewRows.Digests(t.Context(), conf.Name)
		if err != nil {
			t.Fatal(err)
		}
		list := map[string]string{}
		for key, digest := range digests {
			kept, err := r.bot.Store.ViewRows.OfKind(t.Context(), conf.Name, key.Kind)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range kept {
				list[key.Kind+" "+row.Key.Key] = row.Digest + " " + row.Body
			}
			if list[key.Kind+" "+key.Key] == "" || digest == "" {
				t.Errorf("%v has no row", key)
			}
		}
		return list
	}
	use()
	if err := r.bot.KeepViews(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := rows()
	if err := r.bot.Store.ViewRows.Put(t.Context(), conf.Name, nil, keysOf(t, r, conf)); err != nil {
		t.Fatal(err)
	}
	if left := rows(); len(left) > 0 {
		t.Fatalf("%d rows are left", len(left))
	}
	use()
	var made weak.Pointer[measure.Team]
	r.bot.Computed.Former = func(_ context.Context, team *teams.Team) ([]timeseries.ToldFigures, error) {
		made = weak.Make(team.Measured)
		return nil, nil
	}
	for turn, wantWrites := range []int{1, 0} {
		writes := 0
		r.bot.Store.SetFault(func() error {
			runtime.GC()
			writes++
			if made.Value() != nil {
				t.Error("the team is held while its rows are written")
			}
			return nil
		})
		err := KeepViewsOnce(t.Context(), r.bot)
		r.bot.Store.SetFault(nil)
		if err != nil || writes != wantWrites || r.bot.Computed.Loads() != turn+1 {
			t.Errorf("time %d: %d writes, %d loads, want %d and %d: %v", turn, writes, r.bot.Computed.Loads(),
				wantWrites, turn+1, err)
		}
	}
	if diff := cmp.Diff(want, rows()); diff != "" || len(want) < 20 {
		t.Errorf("%d rows (-by one that goes on +by one that ends):\n%s", len(want), diff)
	}
}

// keysOf are the keys of all rows that are kept of a team.
func keysOf(t *testing.T, r *rig, conf agile.Team) []viewrows.Key {
	t.Helper()
	digests, err := r.bot.Store.ViewRows.Digests(t.Context(), conf.Name)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Collect(maps.Keys(digests))
}

// TestViewsGiveWay: what readers in SQL find is made in parts, between which answers to viewers come first, and who is
// told to end by that ends.
func TestViewsGiveWay(t *testing.T) {
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	team := r.collect(t, conf)
	asked, refused := 0, errors.New("ended")
	r.bot.Computed = teams.NewCache(r.bot.Store)
	r.bot.Computed.GiveWay = func(context.Context) error {
		asked++
		return refused
	}
	if err := r.bot.KeepViews(t.Context()); !errors.Is(err, refused) || asked != 1 {
		t.Errorf("the first part: %v, asked %d times", err, asked)
	}
	refused = nil
	if err := r.bot.KeepViews(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows, err := r.bot.Store.ViewRows.Digests(t.Context(), conf.Name)
	if err != nil {
		t.Fatal(err)
	}
	noons, sprints, quarters := 1, len(team.Sprints(team.Now())), len(team.Quarters(team.Now()))
	lines := 0
	for key := range rows {
		if key.Kind == "series" {
			lines++
		}
	}
	parts := sprints + len(team.Roadmap.Epics) + quarters + noons // of series
	if least := parts + sprints + quarters + lines; asked < least {
		t.Errorf("%d times, want %d at least", asked, least)
	}
}

// TestViewsStandAtStart: a start over a store in which nothing changed makes nothing of what readers in SQL find, and
// what changed since the end of the process before is found then.
func TestViewsStandAtStart(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("K8S", 0)
	r := newRig(t, synctest.DemoSite(t), conf)
	team := r.collect(t, conf)
	start := func() (parts, writes int) {
		r.bot.Build = func() string { return "this one" }
		r.bot.Computed = teams.NewCache(r.bot.Store)
		r.bot.Computed.Former = sqlviews.Sources{Rows: r.bot.Store.ViewRows, Build: r.bot.Build}.Former
		r.bot.Computed.GiveWay = func(context.Context) error { parts++; return nil }
		r.bot.Store.SetFault(func() error { writes++; return nil })
		defer r.bot.Store.SetFault(nil)
		if err := r.bot.KeepViews(t.Context()); err != nil {
			t.Fatal(err)
		}
		return parts, writes
	}
	if parts, writes := start(); parts == 0 || writes != 1 {
		t.Errorf("the first time %d parts are made with %d writes", parts, writes)
	}
	r.restart(t)
	if parts, writes := start(); parts != 0 || writes != 0 {
		t.Errorf("over an unchanged store %d parts are made with %d writes", parts, writes)
	}
	before := checkKeptTold(t, r, conf, "")
	at := team.Now().Add(-time.Hour)
	logged := agile.Worklog{ID: 900_000, Issue: team.History().Issues[0].ID, Created: at, Started: at, Seconds: 3600}
	if err := r.bot.Store.Worklogs.Put(t.Context(), []agile.Worklog{logged}, at); err != nil {
		t.Fatal(err)
	}
	ended(t, r)
	r.restart(t)
	if parts, writes := start(); parts == 0 || writes != 1 {
		t.Errorf("after a change %d parts are made with %d writes", parts, writes)
	}
	r.restart(t)
	if parts, writes := start(); parts != 0 || writes != 0 {
		t.Errorf("after the start with the change %d parts are made with %d writes", parts, writes)
	}
	checkKeptTold(t, r, conf, before)
	logged.ID, logged.Issue = logged.ID+1, team.History().Issues[1].ID
	if err := r.bot.Store.Worklogs.Put(t.Context(), []agile.Worklog{logged}, at); err != nil {
		t.Fatal(err)
	}
	ended(t, r)
	checkRowsAfterChange(t, r, conf)
}

// checkRowsAfterChange has the rows kept of a change that comes after a start over what is kept, and wants them to be
// those that a program makes to which nothing is known.
func checkRowsAfterChange(t *testing.T, r *rig, conf agile.Team) {
	t.Helper()
	digests := func() map[viewrows.Key]string {
		t.Helper()
		if err := r.bot.KeepViews(t.Context()); err != nil {
			t.Fatal(err)
		}
		kept, err := r.bot.Store.ViewRows.Digests(t.Context(), conf.Name)
		if err != nil {
			t.Fatal(err)
		}
		delete(kept, viewrows.Key{Kind: "made from"})
		return kept
	}
	after := digests()
	r.restart(t)
	r.bot.Build = func() string { return "another one" }
	if diff := cmp.Diff(digests(), after); diff != "" {
		t.Errorf("rows that went on (+) are not those made anew (-):\n%s", diff)
	}
}

// checkKeptTold wants what is kept of the noons of the past to be what is worked out anew, and to be told to nobody who
// has another basis. It returns the present one.
func checkKeptTold(t *testing.T, r *rig, conf agile.Team, former string) (basis string) {
	t.Helper()
	anew, err := teams.NewCache(r.bot.Store).Team(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := anew.Lines(t.Context()); err != nil {
		t.Fatal(err)
	}
	sources := sqlviews.Sources{Rows: r.bot.Store.ViewRows, Build: r.bot.Build}
	kept, err := sources.Former(t.Context(), anew)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(anew.Told(), kept); diff != "" || len(kept) == 0 {
		t.Errorf("%d figures are kept (-anew +kept):\n%s", len(kept), diff)
	}
	other := sqlviews.Sources{Rows: r.bot.Store.ViewRows, Build: func() string { return "another one" }}
	for _, none := range []func() ([]timeseries.ToldFigures, error){
		func() ([]timeseries.ToldFigures, error) { return other.Former(t.Context(), anew) },
		func() ([]timeseries.ToldFigures, error) { return sources.Told(t.Context(), conf.Name, former) },
	} {
		if list, err := none(); err != nil || len(list) > 0 {
			t.Errorf("%d figures are told of another basis: %v", len(list), err)
		}
	}
	return anew.Basis()
}
