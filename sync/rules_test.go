package sync

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/grade"
	jirasim "jerem/sim/jira"
	"jerem/store/db/postgres/pgtest"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// ruledTeam is the story of a team whose board's configuration stands in it.
func ruledTeam(board string) string {
	return `-- site --
clock 2026-10-06 12:00
-- fields --
size customfield_10500 number "Size"
-- board 1 scrum AA "First" --
` + board + `-- sprints --
1 "One" 2026-10-05 09:00 .. 2026-10-16 17:00 board=1
-- AA-1 Story "Work" --
2026-10-01 10:00 created points=3 sprint=1
2026-10-05 12:00 status=doing
-- AA-2 Story "Marked" --
2026-10-01 10:00 created points=2 sprint=1 labels=mobile
`
}

// TestRulesThatChangedAreTold: where a bot that is started again finds another filter, or a Jira whose board has other
// columns, the figures of the time before say so, by the API's grades, and go on to say so after the next start; those
// of the time since do not.
func TestRulesThatChangedAreTold(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for name, c := range synctest.SampleOf(map[string]struct {
		board  string
		change func(*agile.Team)
		want   string
	}{
		"nothing": {"", func(*agile.Team) {}, ""},
		"the filter": {"", func(a *agile.Team) { a.Filter = "labels = mobile" },
			"until 2026-10-07 12:00 UTC jql_filter was another one"},
		"the columns": {"column \"To do\": open\ncolumn \"Done\": doing review done\n", func(*agile.Team) {},
			"until 2026-10-07 12:00 UTC what is to do, doing and done was told otherwise (In Progress, In Review)"},
		"the estimate": {"estimate customfield_10500\n", func(*agile.Team) {},
			"until 2026-10-07 12:00 UTC the field that estimates was Story Points and is Size now"},
		"done statuses": {"", func(a *agile.Team) { a.ClosedStatuses = []string{"in progress"} },
			"until 2026-10-07 12:00 UTC what is to do, doing and done was told otherwise (In Progress)"},
		"the impediment query": {"", func(a *agile.Team) { a.Impediment.JQL = "labels = mobile" },
			"until 2026-10-07 12:00 UTC impediment.jql was another one: "},
		"hours a day": {"", func(a *agile.Team) { a.Calendar.End = 17 * time.Hour },
			"until 2026-10-07 12:00 UTC the working hours were 09:00-18:00 UTC and are 09:00-17:00 UTC now"},
		"the budget": {"", func(a *agile.Team) { a.Sprint.Budget = 20 * time.Hour },
			"until 2026-10-07 12:00 UTC sprint.budget was none and is 20h now"},
		"the nature": {"", func(a *agile.Team) { a.Impediment.Nature = "component" },
			"until 2026-10-07 12:00 UTC the field of natures was customfield_11028 and is component now"},
	}) {
		for _, dialect := range []string{"file", "server"} {
			t.Run(name+" in a "+dialect, func(t *testing.T) {
				t.Parallel()
				if dialect == "server" {
					pgtest.Address(t)
				}
				testChangedRules(t, dialect == "server", c.board, c.change, c.want)
			})
		}
	}
}

func testChangedRules(t *testing.T, onServer bool, board string, change func(*agile.Team), want string) {
	conf := synctest.Team("AA", 1)
	r, clock := livingRig(t, ruledTeam(""), conf)
	if onServer {
		r.useServer(t)
	}
	team := r.collect(t, conf)
	if got := ruleReasons(t, team, 1, clock.Now()); len(got) > 0 {
		t.Fatalf("before anything changed: %q", got)
	}
	clock.Set(time.Date(2026, 10, 7, 12, 0, 0, 0, time.UTC))
	change(&conf)
	r.reader.Teams = []agile.Team{conf}
	site, err := jirasim.LoadScenario("story", []byte(ruledTeam(board)))
	if err != nil {
		t.Fatal(err)
	}
	r.serve(t, site, jirasim.Options{Email: "bot@example.org", Token: "token", Now: clock.Now})
	for range 2 {
		r.restart(t)
		team = r.collect(t, conf)
		got := ruleReasons(t, team, 1, clock.Now())
		if want == "" && len(got) > 0 || want != "" && !slices.ContainsFunc(got, func(reason string) bool {
			return strings.HasPrefix(reason, want)
		}) {
			t.Errorf("the sprint's reasons are %q, want %q", got, want)
		}
		clock.Set(clock.Now().Add(time.Hour))
	}
}

// ruleReasons are the reasons of a sprint that tell of a rule that changed.
func ruleReasons(t *testing.T, team *measure.Team, sprint int64, at time.Time) []string {
	t.Helper()
	s, err := team.Sprint(sprint, at)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Quality.Reasons) > 0 && s.Quality.Grade == grade.Whole {
		t.Errorf("the sprint is complete in spite of %q", s.Quality.Reasons)
	}
	return slices.DeleteFunc(slices.Clone(s.Quality.Reasons), func(reason string) bool {
		return !strings.HasSuffix(reason, ": that time is counted by the present rule")
	})
}

// TestRulesThatWereWrongForAWhile: a filter that was another one for an hour is told of that hour, by the sprint that
// goes on over it, and by none that began since.
func TestRulesThatWereWrongForAWhile(t *testing.T) {
	t.Parallel()
	story := strings.Replace(ruledTeam(""), "-- AA-1", `2 "Two" 2026-10-07 13:00 .. 2026-10-16 17:00 board=1
-- AA-1`, 1)
	conf := synctest.Team("AA", 1)
	r, clock := livingRig(t, story, conf)
	r.collect(t, conf)
	for n, filter := range []string{"labels = mobile", ""} {
		clock.Set(time.Date(2026, 10, 7, 11+n, 0, 0, 0, time.UTC))
		conf.Filter = filter
		r.reader.Teams = []agile.Team{conf}
		r.restart(t)
		r.collect(t, conf)
	}
	clock.Set(time.Date(2026, 10, 7, 14, 0, 0, 0, time.UTC))
	r.restart(t)
	team := r.collect(t, conf)
	const want = "between 2026-10-07 11:00 and 2026-10-07 12:00 UTC jql_filter was another one: " +
		"that time is counted by the present rule"
	if got := ruleReasons(t, team, 1, clock.Now()); !slices.Equal(got, []string{want}) {
		t.Errorf("the sprint's reasons are %q, want %q", got, want)
	}
	for sprint, at := range map[int64]time.Time{
		1: time.Date(2026, 10, 7, 10, 0, 0, 0, time.UTC), // of before
		2: clock.Now(),
	} {
		if got := ruleReasons(t, team, sprint, at); len(got) > 0 {
			t.Errorf("sprint %d as of %v: %q", sprint, at, got)
		}
	}
}
