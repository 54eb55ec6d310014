package suite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/agile/query"
	"jerem/calendar"
	"jerem/problem"
	"jerem/store"
	"jerem/store/metadata"
	"jerem/store/storetest"
)

func genTimeline[T any](t *rapid.T, values *rapid.Generator[T]) agile.Timeline[T] {
	tl := agile.Constant(birth, values.Draw(t, "first"))
	for n := range rapid.IntRange(0, 3).Draw(t, "changes") {
		tl = append(
			tl,
			agile.Step[T]{From: agile.MomentOf(birth.Add(time.Duration(n) * time.Hour)), Order: n + 1,
				Value: values.Draw(t, "value")},
		)
	}
	return tl
}

func genIssue(t *rapid.T) *agile.Issue {
	text := rapid.String()
	i := storetest.PlainIssue(rapid.Int64Range(1, 1e9).Draw(t, "id"))
	i.Key, i.Summary, i.Status = genTimeline(t, text), genTimeline(t, text), genTimeline(t, text)
	i.Type, i.Resolution, i.EpicLink = genTimeline(t, text), genTimeline(t, text), genTimeline(t, text)
	i.Sprints = genTimeline(t, rapid.SliceOf(rapid.Int64Range(1, 99)))
	i.Parent = genTimeline(t, rapid.Int64Range(0, 99))
	i.Labels = genTimeline(t, rapid.SliceOf(text))
	i.Flagged = genTimeline(t, rapid.Bool())
	i.FixVersions = genTimeline(t, rapid.SliceOf(text))
	i.Due = genTimeline(t, rapid.Custom(func(t *rapid.T) calendar.Date {
		if !rapid.Bool().Draw(t, "due") {
			return calendar.Date{}
		}
		return calendar.Date{Year: 2026, Month: time.October, Day: 1}.Add(rapid.IntRange(-999, 999).Draw(t, "days"))
	}))
	i.Numbers.Put("customfield_1", genTimeline(t, rapid.Custom(func(t *rapid.T) agile.Number {
		if !rapid.Bool().Draw(t, "known") {
			return agile.Number{}
		}
		return agile.Number{Value: rapid.Float64().Draw(t, "number"), Known: true}
	})))
	i.Options.Put("components", genTimeline(t, rapid.SliceOf(text)))
	i.Relatives.Put(rapid.Int64().Draw(t, "relative"), text.Draw(t, "key"))
	i.Broken = rapid.MapOf(text, rapid.IntRange(1, 9)).Draw(t, "broken")
	if rapid.Bool().Draw(t, "resolved") {
		i.Resolved = agile.MomentOf(birth.Add(time.Hour))
		i.Recategorized = agile.MomentOf(birth.Add(2 * time.Hour))
	}
	return i
}

// checkKeepsAnyIssue: what is put is what is read, whatever the values; putting it again changes
// nothing, and what it was derived from comes back byte for byte.
func checkKeepsAnyIssue(t *testing.T, open Opener) {
	s := openStore(t, open)
	storetest.ReadTeam(t, s, store.TeamState{})
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		i, raw := genIssue(t), rapid.SliceOf(rapid.Byte()).Draw(t, "raw")
		for n := range 2 {
			c, err := s.Issues.Put(ctx, []store.Doc{{Issue: i, Raw: raw, RawVersion: 1}})
			if err != nil {
				t.Fatal(err)
			}
			if n == 1 && c != 0 {
				t.Fatalf("the same issue again changed %d", c)
			}
		}
		h, err := s.Teams.History(ctx, agile.Team{Name: "K"})
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(h.Issues, func(got *agile.Issue) bool { return got.ID == i.ID })
		if at < 0 {
			t.Fatalf("issue %d was put and is not read", i.ID)
		}
		if diff := cmp.Diff(i, h.Issues[at], cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(−put +read):\n%s", diff)
		}
		docs, err := s.Issues.DocumentsOf(ctx, []int64{i.ID})
		if err != nil || len(docs) != 1 || !bytes.Equal(docs[0].Raw, raw) || docs[0].Version != 1 {
			t.Fatalf("%v: %v, put %q", err, docs, raw)
		}
	})
}

// checkSprintsKeepVersions: a version more only where something changed; the first time it was seen is
// kept.
func checkSprintsKeepVersions(t *testing.T, open Opener) {
	s := openStore(t, open)
	v := agile.SprintVersion{Name: "S", State: agile.Active, Start: birth, End: birth.Add(100 * time.Hour)}
	moved := v
	moved.Start = birth.Add(-time.Hour)
	for n, v := range []agile.SprintVersion{v, v, moved} {
		now := store.BoardSprints{
			Team:   "K",
			Board:  1,
			Listed: []int64{7},
			Mine:   []int64{7},
			Seen:   []store.SprintSeen{{ID: 7, OriginBoard: 1, SprintVersion: v}},
		}
		if err := s.Sprints.Put(t.Context(), birth.Add(time.Duration(n+1)*time.Hour), now); err != nil {
			t.Fatal(err)
		}
	}
	storetest.ReadTeam(t, s, store.TeamState{Board: 1})
	got := storetest.History(t, s).Sprints
	if len(got) != 1 || len(got[0].Versions) != 2 || !got[0].Versions[0].Seen.Equal(birth.Add(time.Hour)) {
		t.Errorf("%+v", got)
	}
}

// checkOwnSprints: a team's sprints are those that were kept as its own, whatever else its board lists.
func checkOwnSprints(t *testing.T, open Opener) {
	s := openStore(t, open)
	v := agile.SprintVersion{Name: "S", State: agile.Active, Start: birth}
	for _, mine := range [][]int64{{1}, {2, 3}} {
		now := store.BoardSprints{Team: "K", Board: 1, Listed: []int64{1, 2}, Mine: mine, Seen: []store.SprintSeen{
			{
				ID:            1,
				OriginBoard:   1,
				SprintVersion: v,
			}, {ID: 2, OriginBoard: 5, SprintVersion: v}, {ID: 3, OriginBoard: 6, SprintVersion: v}}}
		if err := s.Sprints.Put(t.Context(), birth, now); err != nil {
			t.Fatal(err)
		}
		storetest.ReadTeam(t, s, store.TeamState{Board: 1})
		var ids []int64
		for _, sp := range storetest.History(t, s).Sprints {
			ids = append(ids, sp.ID)
		}
		if !slices.Equal(ids, mine) {
			t.Errorf("%v, want %v", ids, mine)
		}
		if kept, listed, err := s.Sprints.OfTeam(t.Context(), "K", 1); err != nil || len(kept) != len(mine) ||
			!listed[1] ||
			!listed[2] ||
			listed[3] {
			t.Errorf("%v %v %v", kept, listed, err)
		}
	}
}

// checkStatusesStay: a status that is no longer listed keeps its category, and every name it had.
func checkStatusesStay(t *testing.T, open Opener) {
	s := openStore(t, open)
	ctx := t.Context()
	for _, list := range [][]agile.Status{{{ID: "1", Name: "Open", Category: "new"},
		{ID: "5", Name: "Resolved", Category: "done"}}, {{ID: "1", Name: "To Do", Category: "new"}}} {
		if err := s.Metadata.PutStatuses(ctx, list); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Metadata.PutStatusNames(ctx, []metadata.StatusName{{ID: "9", Name: "Gone"},
		{ID: "1", Name: "Offen"}}); err != nil {
		t.Fatal(err)
	}
	storetest.ReadTeam(t, s, store.TeamState{})
	got := storetest.History(t, s).Statuses
	if got["5"].Category != agile.CategoryDone || got["1"].Name != "To Do" ||
		fmt.Sprint(got["1"].Names) != "[Offen Open To Do]" ||
		got["9"].Name != "Gone" ||
		got["9"].Category != agile.CategoryUnknown {
		t.Errorf("%+v", got)
	}
}

// checkScope: a team sees what its project ever held, what was noted of others, and what is linked to
// them, wherever it is.
func checkScope(t *testing.T, open Opener) {
	s := openStore(t, open)
	moved, far, other := storetest.PlainIssue(2), storetest.PlainIssue(3), storetest.PlainIssue(4)
	child, epic := storetest.PlainIssue(5), storetest.PlainIssue(6)
	moved.Project = append(moved.Project, agile.Step[string]{From: agile.MomentOf(birth.Add(time.Hour)), Order: 1,
		Value: "20"})
	for _, i := range []*agile.Issue{far, other, child, epic} {
		i.Project = agile.Constant(birth, "20")
	}
	child.Parent = agile.Constant(birth, int64(1))
	one := storetest.PlainIssue(1)
	one.EpicLink = agile.Constant(birth, "6")
	var docs []store.Doc
	for _, i := range []*agile.Issue{one, moved, far, other, child, epic} {
		docs = append(docs, store.Doc{Issue: i})
	}
	if _, err := s.Issues.Put(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
	storetest.ReadTeam(t, s, store.TeamState{Others: map[int64]bool{4: true}, Matches: map[int64]bool{1: true}})
	h := storetest.History(t, s)
	if ids := issueIDs(h); fmt.Sprint(ids) != "[1 2 4 5 6]" || !h.Matches[1] || len(h.Matches) != 1 {
		t.Errorf("issues %v, matches %v", ids, h.Matches)
	}
}

// checkEpicsByKey: an epic that an issue names by its key alone, in any case and also by one that the epic had before
// it moved, is the issue's as one named by its id is: in whatever order they come, for the team of either.
func checkEpicsByKey(t *testing.T, open Opener) {
	epic, namesake := storetest.PlainIssue(6), storetest.PlainIssue(7)
	child, subtask := storetest.PlainIssue(1), storetest.PlainIssue(2)
	epic.Project = agile.Constant(birth, "20")
	epic.Key = agile.Timeline[string]{{From: agile.MomentOf(birth), Value: "OLD-6"},
		{From: agile.MomentOf(birth.Add(time.Hour)), Order: 1, Value: "NEW-6"}}
	child.EpicLink = agile.Constant(birth, "old-6")
	subtask.Project, subtask.Parent = agile.Constant(birth, "30"), agile.Constant(birth, int64(1))
	namesake.Project, namesake.Key = agile.Constant(birth, "20"), agile.Constant(birth, "OLD-61")
	for _, order := range [][]*agile.Issue{{child, subtask, namesake, epic}, {epic, namesake, subtask, child}} {
		s := openStore(t, open)
		readTwoTeams(t, s, nil)
		was := map[string]store.Loaded{"K": loadTeam(t, s, "K"), "L": loadTeam(t, s, "L")}
		for _, i := range order {
			if _, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: i, Read: birth}}); err != nil {
				t.Fatal(err)
			}
		}
		readTwoTeams(t, s, nil)
		for team, want := range map[string]string{"K": "[1 2 6]", "L": "[1 2 6 7]"} {
			now, err := s.Teams.Refresh(t.Context(), agile.Team{Name: team}, was[team])
			if err != nil {
				t.Fatal(err)
			}
			for what, h := range map[string]*agile.History{"read whole": loadTeam(t, s, team).History,
				"refreshed": now.History} {
				if got := fmt.Sprint(issueIDs(h)); got != want {
					t.Errorf("team %s, %s: issues %s, want %s", team, what, got, want)
				}
			}
		}
	}
}

// checkReadBefore: what was read at a moment, or later, can be made to count as read before it, and nothing else.
func checkReadBefore(t *testing.T, open Opener) {
	s := openStore(t, open)
	for id, read := range map[int64]time.Time{1: birth, 2: birth.Add(time.Hour), 3: birth.Add(2 * time.Hour)} {
		if _, err := s.Issues.Put(t.Context(), []store.Doc{{Issue: storetest.PlainIssue(id), Read: read}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Issues.CountReadBefore(t.Context(), birth.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		since time.Time
		want  string
	}{{birth, "map[1:true 2:true 3:true]"}, {birth.Add(time.Minute), "map[2:true 3:true]"},
		{birth.Add(time.Hour), "map[]"}} {
		if got, err := s.Issues.ReadSince(t.Context(), c.since); err != nil || fmt.Sprint(got) != c.want {
			t.Errorf("read since %v: %v %v, want %s", c.since, got, err, c.want)
		}
	}
}

func issueIDs(h *agile.History) (ids []int64) {
	for _, i := range h.Issues {
		ids = append(ids, i.ID)
	}
	return ids
}

// checkMembershipByReading: what matches an impediment query is known as of each reading.
func checkMembershipByReading(t *testing.T, open Opener) {
	s := openStore(t, open)
	at := func(n int) time.Time { return birth.Add(time.Duration(n) * time.Hour) }
	for n, set := range []map[int64]bool{{1: true}, {1: true}, {}, {1: true}} {
		storetest.ReadTeam(t, s, store.TeamState{Until: at(n + 1), Impeded: set})
	}
	want := agile.Timeline[bool]{{From: agile.MomentOf(at(1)), Value: true}, {From: agile.MomentOf(at(3)),
		Value: false}, {From: agile.MomentOf(at(4)), Value: true}}
	if diff := cmp.Diff(want, storetest.History(t, s).Impeded[1]); diff != "" {
		t.Error(diff)
	}
}

// checkDaysOff: days off are kept as they were first read, whenever they change, each with its reading; what was read
// before somebody noted them is none of theirs.
func checkDaysOff(t *testing.T, open Opener) {
	s := openStore(t, open)
	at := func(n int) time.Time { return birth.Add(time.Duration(n) * time.Hour) }
	was := storetest.Generations(t, s)["K"]
	for n, off := range []string{"", "", "FR", "FR", "FR 2026-12-24", ""} {
		storetest.ReadTeam(t, s, store.TeamState{Until: at(n + 1), DaysOff: off})
		now := storetest.Generations(t, s)["K"]
		if raised := now > was; raised != (n == 0 || n == 2 || n > 3) {
			t.Errorf("reading %d with days off %q: generation %d, then %d", n, off, was, now)
		}
		was = now
	}
	want := []agile.DaysOffVersion{{Seen: at(1), Text: ""}, {Seen: at(3), Text: "FR"},
		{Seen: at(5), Text: "FR 2026-12-24"}, {Seen: at(6), Text: ""}}
	h := storetest.History(t, s)
	if diff := cmp.Diff(want, h.DaysOff); diff != "" {
		t.Error(diff)
	}
	for n, text := range []string{"", "", "", "FR", "FR", "FR 2026-12-24", ""} {
		if got := h.DaysOffAt(at(n)); got != text {
			t.Errorf("after %d hours %q are off, want %q", n, got, text)
		}
	}
}

// checkBehind: since when a team is behind is kept from the first failure on, and forgotten by the
// next complete read.
func checkBehind(t *testing.T, open Opener) {
	s := openStore(t, open)
	ctx := t.Context()
	if _, err := s.Teams.History(ctx, agile.Team{Name: "K"}); !problem.Is(err, store.NotRead) {
		t.Errorf("never read: %v", err)
	}
	for n, why := range []string{"first", "second"} {
		if err := s.Teams.SetBehind(ctx, "K", birth.Add(time.Duration(n)*time.Hour), why); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Teams.History(ctx, agile.Team{Name: "K"}); !problem.Is(err, store.NotRead) ||
		!strings.Contains(err.Error(), "second") {
		t.Errorf("never read, and why: %v", err)
	}
	told := problem.List{{Code: "jira.status", Message: "the board is gone", Args: map[string]string{"team": "K"}}}
	if err := s.Teams.SetBehind(ctx, "K", birth.Add(2*time.Hour), told.Encode()); err != nil {
		t.Fatal(err)
	}
	var kept *problem.Problem
	if _, err := s.Teams.History(ctx, agile.Team{Name: "K"}); !errors.As(err, &kept) ||
		kept.Message != "team K: was not read yet: the board is gone" || strings.Contains(kept.Hint, "wait") {
		t.Errorf("what the reading failed by is told once, with what helps: %v", err)
	}
	storetest.ReadTeam(t, s, store.TeamState{})
	if state, err := s.Teams.State(ctx, "K"); err != nil || !state.Behind.IsZero() || state.Why != "" {
		t.Errorf("%+v, %v", state, err)
	}
	checkWithheld(t, s)
}

// checkWithheld: a team that was refused for its query is not told, whatever trouble comes besides, until it is read.
func checkWithheld(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := t.Context()
	for _, why := range []*problem.Problem{{Code: query.Refused, Message: "one person"}, {Message: "away"}} {
		if err := s.Teams.SetBehind(ctx, "K", birth, problem.List{why}.Encode()); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Teams.History(ctx, agile.Team{Name: "K"}); !problem.Is(err, store.NotRead) ||
			!strings.Contains(err.Error(), "one person") {
			t.Errorf("after %s it is told: %v", why, err)
		}
	}
	storetest.ReadTeam(t, s, store.TeamState{})
	if _, err := s.Teams.History(ctx, agile.Team{Name: "K"}); err != nil {
		t.Errorf("it was read: %v", err)
	}
}

func checkEpicKeys(t *testing.T, open Opener) {
	s := openStore(t, open)
	if err := s.Metadata.PutTypes(t.Context(), []agile.Type{{ID: "1", Name: "Story"},
		{ID: "2", Name: "Epic", Level: 1}}); err != nil {
		t.Fatal(err)
	}
	later := func(values ...string) agile.Timeline[[]string] { // none since an hour
		return agile.Timeline[[]string]{{From: agile.MomentOf(birth), Value: values},
			{From: agile.MomentOf(birth.Add(time.Hour)), Order: 1}}
	}
	var docs []store.Doc
	for id, change := range map[int64]func(*agile.Issue){
		1: func(i *agile.Issue) {
			i.Type, i.Labels, i.FixVersions = agile.Constant(birth, "1"), later("Q4-26"), later("7")
			i.Due = agile.Constant(birth, calendar.Date{Year: 2026, Month: 10, Day: 1})
		},
		2: func(i *agile.Issue) { i.Labels = later("Q4-26") },
		3: func(*agile.Issue) {},
		4: func(i *agile.Issue) { i.FixVersions = later("7") },
		5: func(i *agile.Issue) { i.FixVersions = later("8") }, // of another name
		6: func(i *agile.Issue) {
			due := agile.Step[calendar.Date]{From: agile.MomentOf(birth), Value: calendar.Date{Year: 2026, Month: 10,
				Day: 1}}
			i.Due = agile.Timeline[calendar.Date]{due, {From: agile.MomentOf(birth.Add(time.Hour)), Order: 1}}
		},
		7: func(i *agile.Issue) { i.Due = agile.Constant(birth, calendar.Date{}) },
	} {
		i := storetest.PlainIssue(id)
		i.Type = agile.Constant(birth, "2")
		change(i)
		docs = append(docs, store.Doc{Issue: i})
	}
	if _, err := s.Issues.Put(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
	if err := s.Metadata.PutVersions(t.Context(), map[string]string{"7": "Q4-26", "8": "4.2"}); err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^Q\d-\d\d$`)
	for _, c := range []struct {
		rule agile.QuarterRule
		want string
	}{
		{agile.QuarterRule{Label: form}, "[K-2]"},
		{agile.QuarterRule{By: agile.ByLabel, Label: form}, "[K-2]"},
		{agile.QuarterRule{By: agile.ByFixVersion, Label: form}, "[K-4]"},
		{agile.QuarterRule{By: agile.ByDueDate, Label: form}, "[K-6]"},
		{agile.QuarterRule{By: agile.ByDueDate}, "[K-6]"},
		{agile.QuarterRule{By: agile.ByFixVersion}, "[]"},
		{agile.QuarterRule{}, "[]"},
	} {
		keys, err := s.Issues.EpicKeys(t.Context(), "10", c.rule)
		if err != nil || fmt.Sprint(keys) != c.want {
			t.Errorf("%+v: %v, %v; want %s", c.rule, keys, err, c.want)
		}
	}
}

func checkVersions(t *testing.T, open Opener) {
	s := openStore(t, open)
	storetest.ReadTeam(t, s, store.TeamState{})
	generation := func() int64 {
		t.Helper()
		n, err := s.Teams.Generation(t.Context(), "K")
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	type names = map[string]string
	for _, c := range []struct {
		what  string
		put   func(context.Context, names) error
		names names
		want  names
		rises bool
	}{
		{"an issue tells two", s.Metadata.PutVersionNames, names{"7": "Q3-26", "8": "4.2"},
			names{"7": "Q3-26", "8": "4.2"}, true},
		{"an issue tells a name that one had before", s.Metadata.PutVersionNames, names{"7": "Q2-26"},
			names{"7": "Q3-26", "8": "4.2"}, false},
		{"the list tells another name, and one that is new", s.Metadata.PutVersions, names{"7": "Q4-26", "9": "5.0"},
			names{"7": "Q4-26", "8": "4.2", "9": "5.0"}, true},
		{"the list tells the same", s.Metadata.PutVersions, names{"7": "Q4-26"},
			names{"7": "Q4-26", "8": "4.2", "9": "5.0"}, false},
		{"nothing is told", s.Metadata.PutVersionNames, nil, names{"7": "Q4-26", "8": "4.2", "9": "5.0"}, false},
	} {
		before := generation()
		if err := c.put(t.Context(), c.names); err != nil {
			t.Fatal(err)
		}
		if rises := generation() > before; rises != c.rises {
			t.Errorf("%s: the generation rises: %v, want %v", c.what, rises, c.rises)
		}
		got, err := s.Metadata.Versions(t.Context())
		h, errHistory := s.Teams.History(t.Context(), agile.Team{Name: "K"})
		if err != nil || errHistory != nil {
			t.Fatal(err, errHistory)
		}
		if !maps.Equal(got, c.want) || !maps.Equal(h.Versions, c.want) {
			t.Errorf("%s: %v, in the history %v; want %v", c.what, got, h.Versions, c.want)
		}
	}
}
