package teams_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/teams"
)

// TestUpdatedAsLoaded: whatever a reading changes of a team, the cache that takes it in tells what one tells that loads
// the team for the first time, and loads nothing itself.
func TestUpdatedAsLoaded(t *testing.T) {
	ctx := t.Context()
	s, err := store.Open(ctx, storetest.EmptyFile(t, filepath.Join(t.TempDir(), "jerem.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := storytest.NewHistory()
	conf := h.Team
	state := store.TeamState{Name: conf.Name, Project: "K", ProjectID: h.ProjectID, Until: storytest.GeneratedStart}
	random := rand.New(rand.NewPCG(1, 2))
	complete := func() {
		t.Helper()
		state.Until = state.Until.Add(time.Hour)
		if err := s.Teams.Put(ctx, state); err != nil {
			t.Fatal(err)
		}
	}
	put := func(ids ...int64) {
		t.Helper()
		var docs []store.Doc
		for _, id := range ids {
			docs = append(docs, store.Doc{Issue: randomIssue(random, id, state.Until)})
		}
		if _, err := s.Issues.Put(ctx, docs); err != nil {
			t.Fatal(err)
		}
	}
	put(1, 2, 3, 4, 5, 6, 7, 8)
	complete()
	cache := teams.NewCache(s)
	if _, err := cache.Team(ctx, conf); err != nil {
		t.Fatal(err)
	}
	for cycle := range 40 {
		before, err := cache.Team(ctx, conf)
		if err != nil {
			t.Fatal(err)
		}
		told := fmt.Sprint(timeseries.Pieces(before.Measured, before.Until))
		switch id := random.Int64N(12) + 1; cycle % 4 {
		case 0:
			put(id)
		case 1:
			put(id, id%12+1, (id+4)%12+1)
		case 2:
			if err := s.Issues.Delete(ctx, []int64{id}, time.Time{}); err != nil {
				t.Fatal(err)
			}
			put(id%12 + 1)
		} // and a reading that found nothing
		complete()
		team, err := cache.Team(ctx, conf)
		if err != nil {
			t.Fatal(err)
		}
		fresh, err := teams.NewCache(s).Team(ctx, conf)
		if err != nil {
			t.Fatal(err)
		}
		sameFigures(t, fmt.Sprintf("cycle %d", cycle), fresh.Measured, team.Measured)
		if again := fmt.Sprint(timeseries.Pieces(before.Measured, before.Until)); again != told {
			t.Fatalf("cycle %d: the team of before tells something else now", cycle)
		}
	}
	if got := cache.Counts(); got.Updates < 20 || got.Loads > 11 {
		t.Errorf("%+v: changed issues are taken in alone, but where one was deleted", got)
	}
}

// randomIssue makes an issue that was changed a few times before a moment; its parent is always the same.
func randomIssue(random *rand.Rand, id int64, until time.Time) *agile.Issue {
	created := until.Add(-time.Duration(random.IntN(200)+10) * time.Hour)
	one := func(of ...string) string { return of[random.IntN(len(of))] }
	i := &agile.Issue{ID: id, Created: created, Updated: agile.MomentOf(until),
		Key:     agile.Constant(created, fmt.Sprint("K-", id)),
		Summary: agile.Constant(created, "work"), Project: agile.Constant(created, "10"),
		Type: agile.Constant(created, one("story", "story", "sub", "epic")), Status: agile.Constant(created, "1"),
		Labels:   agile.Constant(created, []string{one("Q4-26", "impediment", "x")}),
		Parent:   agile.Constant(created, id*7%12), // a history only grows: no link of it goes
		EpicLink: agile.Constant(created, one("", "K-1", "K-2", "K-9"))}
	points := agile.Constant(created, agile.Number{Value: float64(random.IntN(8)), Known: true})
	for n := range random.IntN(4) {
		at := created.Add(time.Duration(n+1) * time.Hour)
		i.Status = append(i.Status, agile.Step[string]{From: agile.MomentOf(at), Order: 2 * n, Value: one("1", "3",
			"6")})
		points = append(points, agile.Step[agile.Number]{From: agile.MomentOf(at), Order: 2*n + 1,
			Value: agile.Number{Value: float64(random.IntN(8)), Known: true}})
	}
	i.Numbers = agile.FieldsOf(map[string]agile.Timeline[agile.Number]{storytest.EstimateField: points})
	return i
}

// sameFigures compares what two teams tell.
func sameFigures(t *testing.T, what string, want, got *measure.Team) {
	t.Helper()
	at := want.Now()
	for name, tell := range map[string]func(*measure.Team) any{
		"series":    func(team *measure.Team) any { return timeseries.Pieces(team, at) },
		"quarter":   func(team *measure.Team) any { return team.Quarter(team.QuarterAt(at), at) },
		"quarters":  func(team *measure.Team) any { return team.Quarters(at) },
		"histories": func(team *measure.Team) any { return maps.Collect(team.Index.Histories.All()) },
		"issues":    func(team *measure.Team) any { return maps.Collect(team.Index.Issues.All()) },
		"epics":     func(team *measure.Team) any { return slices.Concat(team.Roadmap.Epics) },
		"moment":    func(team *measure.Team) any { return teams.NextMoment(team, at) },
	} {
		if a, b := tell(want), tell(got); !reflect.DeepEqual(a, b) {
			t.Errorf("%s: %s: %v, loaded anew %v", what, name, b, a)
		}
	}
}
