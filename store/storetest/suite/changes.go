package suite

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/store"
	"jerem/store/storetest"
)

// twoTeams are the teams of the properties below, by name, with their projects.
var twoTeams = map[string]string{"K": "10", "L": "20"}

// readTwoTeams keeps a complete reading of both.
func readTwoTeams(t *testing.T, s *store.Store, others map[int64]bool) {
	t.Helper()
	for team, project := range twoTeams {
		state := store.TeamState{Name: team, ProjectID: project, Until: birth.AddDate(0, 1, 0), Others: others}
		if err := s.Teams.Put(context.Background(), state); err != nil {
			t.Fatal(err)
		}
	}
}

// listDifferences tells in which two histories differ.
func listDifferences(want, got *agile.History) string {
	sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	return cmp.Diff(want, got, sameZone)
}

// loadTeam reads a team whole.
func loadTeam(t *testing.T, s *store.Store, team string) store.Loaded {
	t.Helper()
	loaded, err := s.Teams.Load(context.Background(), agile.Team{Name: team})
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// loadTwoTeams reads both teams whole.
func loadTwoTeams(t *testing.T, s *store.Store) map[string]store.Loaded {
	t.Helper()
	out := map[string]store.Loaded{}
	for team := range twoTeams {
		out[team] = loadTeam(t, s, team)
	}
	return out
}

// deleteSix forgets all issues of the properties below.
func deleteSix(t *testing.T, s *store.Store) {
	t.Helper()
	if err := s.Issues.Delete(context.Background(), []int64{1, 2, 3, 4, 5, 6}, birth); err != nil {
		t.Fatal(err)
	}
}

// writeAnything draws a write: issues come, move between projects, change parents, epics and keys, and go; time is
// logged, gaps noted.
func writeAnything(t *testing.T, rt *rapid.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	ids := rapid.Int64Range(1, 6)
	projects := rapid.SampledFrom([]string{"10", "20", "30", "30", "30"})
	id := ids.Draw(rt, "id")
	var err error
	switch rapid.IntRange(0, 5).Draw(rt, "kind") {
	case 0:
		err = s.Issues.Delete(ctx, []int64{id}, birth)
	case 1:
		log := agile.Worklog{ID: ids.Draw(rt, "log"), Issue: id, Created: birth, Started: birth, Seconds: id}
		err = s.Worklogs.Put(ctx, []agile.Worklog{log}, birth)
	case 2:
		err = s.Gaps.NoteOfIssues(ctx, birth, []store.Gap{{Source: "issues", Code: "cut", Issue: id}}, nil)
	default:
		i := storetest.PlainIssue(id)
		i.Project = agile.Constant(birth, projects.Draw(rt, "project"))
		if before := projects.Draw(rt, "project before"); before != i.Project[0].Value {
			i.Project = append(agile.Constant(birth.AddDate(0, 0, -1), before), i.Project...)
		}
		i.Summary = agile.Constant(birth, rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "summary"))
		i.Parent = agile.Constant(birth, max(0, rapid.Int64Range(-6, 6).Draw(rt, "parent")))
		links := rapid.SampledFrom([]string{"", "", "K-1", "K-2", "k-3", "k-14", "K-15", "6"})
		i.EpicLink = agile.Constant(birth, links.Draw(rt, "epic link"))
		if moved := rapid.Bool().Draw(rt, "moved"); moved {
			i.Key = append(i.Key, agile.Step[string]{From: agile.MomentOf(birth), Order: 1, Value: fmt.Sprint("K-",
				10+id)})
		}
		_, err = s.Issues.Put(ctx, []store.Doc{{Issue: i, Read: birth}})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// checkGenerationTellsEveryChange: whenever what History returns of a team differs after a write, but in Until, its
// generation was raised.
func checkGenerationTellsEveryChange(t *testing.T, open Opener) {
	s := openStore(t, open)
	rapid.Check(t, func(rt *rapid.T) {
		deleteSix(t, s)
		readTwoTeams(t, s, nil)
		before := loadTwoTeams(t, s)
		for range rapid.IntRange(1, 16).Draw(rt, "writes") {
			writeAnything(t, rt, s)
			for team := range twoTeams {
				after := loadTeam(t, s, team)
				if after.Generation <= before[team].Generation &&
					!reflect.DeepEqual(before[team].History, after.History) {
					rt.Fatalf("team %s differs and its generation stays %d: %d issues, then %d", team, after.Generation,
						len(before[team].History.Issues), len(after.History.Issues))
				}
				before[team] = after
			}
		}
	})
}

// checkRefresh: a team that is refreshed is what it is when it is read whole, whatever was written meanwhile; what is
// not told as changed is shared with what it was, and is right; and until a reading is complete it is what it was.
func checkRefresh(t *testing.T, open Opener) {
	s := openStore(t, open)
	ctx := context.Background()
	partial := 0
	rapid.Check(t, func(rt *rapid.T) {
		deleteSix(t, s)
		readTwoTeams(t, s, nil)
		was := loadTwoTeams(t, s)
		for range rapid.IntRange(1, 5).Draw(rt, "readings") {
			for range rapid.IntRange(0, 4).Draw(rt, "writes") {
				writeAnything(t, rt, s)
			}
			for team := range twoTeams {
				now, err := s.Teams.Refresh(ctx, agile.Team{Name: team}, was[team])
				if err != nil || !reflect.DeepEqual(now.History, was[team].History) {
					rt.Fatalf("team %s before its reading is complete: %v\n%s", team, err,
						listDifferences(was[team].History, now.History))
				}
			}
			others := map[int64]bool{}
			for _, id := range rapid.SliceOfN(rapid.Int64Range(1, 6), 0, 2).Draw(rt, "others") {
				others[id] = true
			}
			readTwoTeams(t, s, others)
			for team := range twoTeams {
				whole := loadTeam(t, s, team)
				now, err := s.Teams.Refresh(ctx, agile.Team{Name: team}, was[team])
				if err != nil || now.Generation != whole.Generation {
					rt.Fatalf("team %s: generation %d, not %d: %v", team, now.Generation, whole.Generation, err)
				}
				if diff := listDifferences(whole.History, now.History); diff != "" {
					rt.Fatalf("team %s refreshed (−whole +refreshed):\n%s", team, diff)
				}
				if !now.Anew {
					partial++
					checkShared(rt, was[team], now)
				}
				was[team] = now
			}
		}
	})
	if partial == 0 {
		t.Error("every team was read whole: nothing was refreshed")
	}
}

// checkShared: each issue that is not told as changed is the one that was given.
func checkShared(t interface{ Errorf(string, ...any) }, was, now store.Loaded) {
	changed, before := map[int64]bool{}, map[int64]*agile.Issue{}
	for _, id := range now.Changed {
		changed[id] = true
	}
	for _, i := range was.History.Issues {
		before[i.ID] = i
	}
	for _, i := range now.History.Issues {
		if !changed[i.ID] && before[i.ID] != i {
			t.Errorf("issue %d is another one and not told as changed", i.ID)
		}
	}
}

// checkPartsOfAReading: a team that is first asked for in the middle of a reading is as the last complete reading found
// it, and says so; one that was never read whole is refused.
func checkPartsOfAReading(t *testing.T, open Opener) {
	s := openStore(t, open)
	ctx := t.Context()
	storetest.Fill(t, s)
	want := loadTeam(t, s, "K")
	if want.Partly {
		t.Error("a complete reading is told as one in part")
	}
	later := want.History.Until.AddDate(0, 0, 1)
	i := storetest.PlainIssue(1)
	i.Parent = agile.Constant(birth, int64(0))
	i.Numbers.Put("customfield_1", agile.Constant(birth, agile.Number{Value: 1, Known: true}))
	i.Status = append(i.Status, agile.Step[string]{From: agile.MomentOf(later), Order: 1, Value: "2"})
	i.Updated, i.Resolved = agile.MomentOf(later), agile.MomentOf(later)
	fresh := storetest.PlainIssue(99)
	fresh.Created = later
	if _, err := s.Issues.Put(ctx, []store.Doc{{Issue: i, Read: later}, {Issue: fresh, Read: later}}); err != nil {
		t.Fatal(err)
	}
	got := loadTeam(t, s, "K")
	if !got.Partly {
		t.Error("a reading in part is told as complete")
	}
	want.History.Issues[0].Updated = agile.MomentOf(want.History.Until) // as far as was known then
	if diff := listDifferences(want.History, got.History); diff != "" {
		t.Errorf("in the middle of a reading (−before +then):\n%s", diff)
	}
	state := storetest.ExampleState()
	state.Until = later
	if err := s.Teams.Put(ctx, state); err != nil {
		t.Fatal(err)
	}
	now, err := s.Teams.Refresh(ctx, agile.Team{Name: "K"}, got)
	if err != nil || now.Partly || now.History.Issues[0].Status.Last() != "2" {
		t.Errorf("after the reading was complete: partly %v, %v", now.Partly, err)
	}
}
