package suite

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/agile/rules"
	"jerem/store"
	"jerem/store/storetest"
)

// namedChanges writes changes of a past as texts: kind, name, and how many hours after Birth it was found.
func namedChanges(h *agile.History) (out []string) {
	for _, c := range h.PastChanges {
		out = append(out, string(c.Kind)+" "+c.Name+" +"+c.Found.Sub(birth).String())
	}
	return out
}

// pastStore is a store that holds the team K with a filter and two issues that matched at the first hour.
func pastStore(t *testing.T, open Opener) (s *store.Store, read func(hour int, filter string, matches ...int64)) {
	t.Helper()
	s = openStore(t, open)
	for id, key := range map[int64]string{10: "K-1", 20: "K-2"} {
		i := storetest.PlainIssue(id)
		i.Key, i.Project = agile.Constant(birth, key), agile.Constant(birth, "10")
		i.Summary, i.Labels = agile.Constant(birth, "Ring Ada"), agile.Constant(birth, []string{"Q1-26"})
		i.Numbers.Put("points", agile.Constant(birth, agile.Number{Value: 5, Known: true}))
		i.Options.Put("customer", agile.Constant(birth, []string{"Ada"}))
		i.Options.Put(agile.FieldTeam, agile.Constant(birth, []string{"Web", "7"}))
		if _, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: i, Read: birth}}); err != nil {
			t.Fatal(err)
		}
	}
	read = func(hour int, filter string, matches ...int64) {
		t.Helper()
		counted := rules.Of(agile.Team{Filter: filter}, rules.Site{Zone: "UTC"})
		state := store.TeamState{Until: birth.Add(time.Duration(hour) * time.Hour), Rules: &counted,
			Matches: map[int64]bool{}}
		for _, id := range matches {
			state.Matches[id] = true
		}
		storetest.ReadTeam(t, s, state)
	}
	read(1, "a", 10, 20)
	return s, read
}

// checkDeletedIssuesAreTold: of an issue that is deleted stays what tells where it had a part, and nothing else; it
// goes when the issue comes back, and with the team.
func checkDeletedIssuesAreTold(t *testing.T, open Opener) {
	s, _ := pastStore(t, open)
	log := agile.Worklog{ID: 5, Issue: 20, Created: birth.Add(time.Hour), Started: birth, Seconds: 60}
	if err := s.Worklogs.Put(t.Context(), []agile.Worklog{log}, birth); err != nil {
		t.Fatal(err)
	}
	was := storetest.Generations(t, s)["K"]
	if err := s.Issues.Delete(t.Context(), []int64{20}, birth.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if now := storetest.Generations(t, s)["K"]; now <= was {
		t.Errorf("generation %d, then %d", was, now)
	}
	kept := storetest.PlainIssue(20)
	kept.Updated, kept.Broken, kept.Summary = agile.MomentOf(birth.Add(2*time.Hour)), nil, nil
	kept.Key, kept.Project = agile.Constant(birth, "K-2"), agile.Constant(birth, "10")
	kept.Labels = agile.Constant(birth, []string{"Q1-26"})
	kept.Options = agile.FieldsOf(map[string]agile.Timeline[[]string]{
		agile.FieldTeam: agile.Constant(birth, []string{"Web", "7"})})
	kept.Flagged, kept.Resolved, kept.Recategorized = nil, 0, 0
	log.Seconds = 0
	want := []agile.PastChange{{Kind: agile.IssueDeleted, ID: 20, Name: "K-2", Found: birth.Add(2 * time.Hour),
		Issue: kept, Worklogs: []agile.Worklog{log}}}
	if diff := cmp.Diff(want, storetest.History(t, s).PastChanges); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	back := storetest.PlainIssue(20)
	back.Project = agile.Constant(birth, "10")
	if _, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: back, Read: birth}}); err != nil {
		t.Fatal(err)
	}
	if got := namedChanges(storetest.History(t, s)); got != nil {
		t.Errorf("an issue that came back is told: %q", got)
	}
}

// checkRestoredIssuesAreTold: an issue that Jira tells of as of before, as after a restored backup, is told as it was
// until then; one that goes on is not, nor what is derived anew of what is kept.
func checkRestoredIssuesAreTold(t *testing.T, open Opener) {
	s, _ := pastStore(t, open)
	put := func(hour int, read time.Time) {
		t.Helper()
		i := storetest.PlainIssue(20)
		i.Key, i.Project = agile.Constant(birth, "K-2"), agile.Constant(birth, "10")
		i.Updated = agile.MomentOf(birth.Add(time.Duration(hour) * time.Hour))
		if hour > 2 {
			i.Sprints = append(i.Sprints, agile.Step[[]int64]{From: i.Updated, Value: []int64{7}})
		}
		if _, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: i, Read: read}}); err != nil {
			t.Fatal(err)
		}
	}
	put(3, birth.Add(3*time.Hour))
	put(2, time.Time{})
	put(3, birth.Add(3*time.Hour))
	if got := namedChanges(storetest.History(t, s)); got != nil {
		t.Errorf("an issue that goes on is told: %q", got)
	}
	put(2, birth.Add(5*time.Hour))
	if got := namedChanges(storetest.History(t, s)); !cmp.Equal(got, []string{"issue_restored K-2 +5h0m0s"}) {
		t.Fatalf("told: %q", got)
	}
	if was := storetest.History(t, s).PastChanges[0].Issue; len(was.Sprints) != 2 {
		t.Errorf("it was in the sprints %v", was.Sprints)
	}
}

// checkMatchesAreTold: what matches an unchanged filter otherwise is told, until it is as before; what a new filter
// matches is none of it, and neither is an issue that was created since the reading before.
func checkMatchesAreTold(t *testing.T, open Opener) {
	s, read := pastStore(t, open)
	young := storetest.PlainIssue(30)
	young.Key, young.Project = agile.Constant(birth, "K-3"), agile.Constant(birth, "10")
	young.Created = birth.Add(90 * time.Minute)
	if _, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: young, Read: birth}}); err != nil {
		t.Fatal(err)
	}
	for hour, c := range []struct {
		filter  string
		matches []int64
		want    []string
	}{
		{"a", []int64{10, 30}, []string{"issue_left K-2 +2h0m0s"}},
		{"a", []int64{10}, []string{"issue_left K-2 +2h0m0s", "issue_left K-3 +3h0m0s"}},
		{"a", []int64{10, 20}, []string{"issue_left K-3 +3h0m0s"}},
		{"b", []int64{20}, []string{"issue_left K-3 +3h0m0s"}},
		{"b", []int64{10, 20}, []string{"issue_came K-1 +6h0m0s", "issue_left K-3 +3h0m0s"}},
		{"b", []int64{20}, []string{"issue_left K-3 +3h0m0s"}},
	} {
		was := storetest.Generations(t, s)["K"]
		read(hour+2, c.filter, c.matches...)
		if diff := cmp.Diff(c.want, namedChanges(storetest.History(t, s))); diff != "" {
			t.Errorf("hour %d: %s", hour+2, diff)
		}
		if now := storetest.Generations(t, s)["K"]; now <= was {
			t.Errorf("hour %d: generation %d, then %d", hour+2, was, now)
		}
	}
	if _, err := s.Teams.Forget(t.Context(), "K"); err != nil {
		t.Fatal(err)
	}
	read(9, "b", 20)
	if got := namedChanges(storetest.History(t, s)); got != nil {
		t.Errorf("a team that was forgotten and is read again: %q", got)
	}
}

// checkCorrectedTimeIsTold: time logged that is corrected or deleted is told, as it was and as it is; what is logged
// for the first time is not, and neither is what comes again as it was.
func checkCorrectedTimeIsTold(t *testing.T, open Opener) {
	s, _ := pastStore(t, open)
	at := func(hour int) time.Time { return birth.Add(time.Duration(hour) * time.Hour) }
	log := func(started, seconds int) []agile.Worklog {
		return []agile.Worklog{{ID: 5, Issue: 20, Created: at(3), Started: at(started), Seconds: int64(seconds)}}
	}
	for n, err := range []error{
		s.Worklogs.Put(t.Context(), log(3, 60), at(3)), s.Worklogs.Put(t.Context(), log(3, 60), at(4)),
		s.Worklogs.Put(t.Context(), log(3, 90), at(5)), s.Worklogs.Put(t.Context(), log(2, 90), at(6)),
		s.Worklogs.Delete(t.Context(), []int64{5, 6}, at(7)),
	} {
		if err != nil {
			t.Fatal(n, err)
		}
	}
	logged := func(started ...int) (logs []agile.Worklog) {
		for _, hour := range started {
			logs = append(logs, agile.Worklog{ID: 5, Issue: 20, Created: at(3), Started: at(hour)})
		}
		return logs
	}
	change := func(found int, logs []agile.Worklog) agile.PastChange {
		return agile.PastChange{Kind: agile.TimeCorrected, ID: 20, Name: "K-2", Found: at(found), Worklogs: logs}
	}
	want := []agile.PastChange{change(5, logged(3)), change(6, logged(3, 2)), change(7, logged(2))}
	if diff := cmp.Diff(want, storetest.History(t, s).PastChanges); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// checkForgottenChangesAreTold: a team that knows of an issue only by time of it that was corrected, as of the parent
// of an issue that is gone, is another one when that issue goes too.
func checkForgottenChangesAreTold(t *testing.T, open Opener) {
	s := openStore(t, open)
	readTwoTeams(t, s, nil)
	child, parent := storetest.PlainIssue(4), storetest.PlainIssue(5)
	child.Project, child.Parent = agile.Constant(birth, "10"), agile.Constant(birth, int64(5))
	parent.Project = agile.Constant(birth, "30")
	log := func(seconds int64) []agile.Worklog {
		return []agile.Worklog{{ID: 6, Issue: 5, Created: birth, Started: birth, Seconds: seconds}}
	}
	_, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: parent, Read: birth}, {Issue: child, Read: birth}})
	for _, err := range []error{err, s.Worklogs.Put(t.Context(), log(60), birth),
		s.Worklogs.Put(t.Context(), log(90), birth), s.Issues.Delete(t.Context(), []int64{4}, birth)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	before := loadTeam(t, s, "K")
	if err := s.Issues.Delete(t.Context(), []int64{5}, birth); err != nil {
		t.Fatal(err)
	}
	after := loadTeam(t, s, "K")
	if len(before.History.PastChanges) != 2 || len(after.History.PastChanges) != 1 {
		t.Fatalf("%d changes of the past, then %d, want 2 and 1", len(before.History.PastChanges),
			len(after.History.PastChanges))
	}
	if after.Generation <= before.Generation {
		t.Errorf("generation %d stays %d", before.Generation, after.Generation)
	}
}

// checkSprintsThatLeftAreTold: a sprint that began and is the team's no more is told with its dates, until it is again.
func checkSprintsThatLeftAreTold(t *testing.T, open Opener) {
	s, _ := pastStore(t, open)
	put := func(hour int, mine ...int64) {
		t.Helper()
		now := store.BoardSprints{Team: "K", Board: 3, Listed: mine, Mine: mine}
		for id, v := range map[int64]agile.SprintVersion{
			5: {Name: "Sprint 5", State: agile.Closed, Start: birth, End: birth, Complete: birth.Add(time.Hour)},
			6: {Name: "Sprint 6", State: agile.Future},
		} {
			now.Seen = append(now.Seen, store.SprintSeen{ID: id, OriginBoard: 3, SprintVersion: v})
		}
		if err := s.Sprints.Put(t.Context(), birth.Add(time.Duration(hour)*time.Hour), now); err != nil {
			t.Fatal(err)
		}
	}
	put(1, 5, 6)
	put(2)
	put(3)
	left := storetest.History(t, s).PastChanges
	if got := namedChanges(storetest.History(t, s)); !cmp.Equal(got, []string{"sprint_left Sprint 5 +2h0m0s"}) {
		t.Errorf("told: %q", got)
	} else if v := left[0].Sprint; v.State != agile.Closed || !v.Complete.Equal(birth.Add(time.Hour)) {
		t.Errorf("told as %+v", v)
	}
	put(4, 5)
	if got := namedChanges(storetest.History(t, s)); got != nil {
		t.Errorf("a sprint that came back is told: %q", got)
	}
}
