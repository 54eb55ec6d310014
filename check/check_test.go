package check

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	jirasim "jerem/sim/jira"
	"jerem/sim/jira/faults"
	"jerem/sync/synctest"
)

// checkOf checks teams of a site and returns the findings by name, the first of each.
func checkOf(t *testing.T, site *jirasim.Site, teams ...agile.Team) map[string]Finding {
	t.Helper()
	sim := jirasim.NewServer(site, jirasim.Options{Email: "bot@example.org", Token: "token"})
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	out := map[string]Finding{}
	for _, f := range Run(t.Context(), synctest.NewClient(t, server.URL), teams, jiraClock) {
		if _, ok := out[f.What]; !ok {
			out[f.What] = f
		}
	}
	return out
}

// TestCheckRecorded: what is told of a recorded site is what a count of its records by hand gives: 18
// of 30 issues are no sub-tasks, 5 of them hold an original estimate, 3 more have a sub-task that does.
func TestCheckRecorded(t *testing.T) {
	found := checkOf(t, synctest.RecordedSite(t, "devlake"), synctest.Team("EE", 8), synctest.Team("K5", 0))
	f := func(what, detail string, want any) {
		t.Helper()
		if got := found[what].Details[detail]; got != want {
			t.Errorf("%s: %s is %v, want %v", what, detail, got, want)
		}
	}
	f("team EE: project", "issues", 30)
	f("team EE: estimate", "of", 18)
	f("team EE: estimate", "held", 8)
	f("team EE: estimate", "unit", agile.Seconds)
	f("team EE: sprints", "active", 0)
	f("team EE: worklogs", "readable", true)
	f("team K5: project", "issues", 3)
	f("team K5: quarters", "epics", 1)
	if board := found["team K5: board"]; !strings.Contains(board.Found, "the project's only board") {
		t.Errorf("%+v", board)
	}
}

var withoutHost = regexp.MustCompile(`127\.0\.0\.1:\d+`)

// faultyJira is a client of the small team's Jira, which plays faults.
func faultyJira(t *testing.T, dialect jirasim.Dialect) (*jira.Client, *faults.List) {
	t.Helper()
	planned := &faults.List{}
	options := jirasim.Options{Email: synctest.Email, Token: synctest.Token, Dialect: dialect, Fault: planned.Next}
	server := httptest.NewServer(jirasim.NewServer(synctest.StorySite(t, synctest.SmallTeam), options))
	t.Cleanup(server.Close)
	return synctest.NewClient(t, server.URL), planned
}

// TestCheckFieldsBeyondHundred: however many fields stand before those that boards and configuration name, a check
// tells of estimates, natures and sprints what it tells without them. So it does where one team's board cannot be
// had.
func TestCheckFieldsBeyondHundred(t *testing.T) {
	synctest.InBothDialects(t, func(t *testing.T, dialect jirasim.Dialect) {
		conf := synctest.Team("K8S", 0)
		conf.Impediment.Nature = "Nature of impediment"
		teams := []agile.Team{synctest.Team("NOPE", 0), conf}
		plain, _ := faultyJira(t, dialect)
		want := Run(t.Context(), plain, teams, jiraClock)
		for _, kind := range []string{"number", "select"} {
			client, planned := faultyJira(t, dialect)
			planned.On("/field", jirasim.Fault{Edit: faults.MoreFields(120, kind)})
			told := 0
			for n, got := range Run(t.Context(), client, teams, jiraClock) {
				if got.Part == "fields" || got.Part == "requests" {
					continue
				}
				told++
				got.Found, want[n].Found = withoutHost.ReplaceAllString(
					got.Found,
					"",
				), withoutHost.ReplaceAllString(
					want[n].Found,
					"",
				)
				if !reflect.DeepEqual(got, want[n]) {
					t.Errorf("%s: %+v\nis told without them: %+v", kind, got, want[n])
				}
			}
			if told < 10 {
				t.Errorf("%s: %d things are told", kind, told)
			}
		}
	})
}

// TestCheckNoRoom: an estimate that no request has room for is told, not counted as missing.
func TestCheckNoRoom(t *testing.T) {
	conf := synctest.Team("K8S", 0)
	client, planned := faultyJira(t, jirasim.Cloud)
	planned.On("/field", jirasim.Fault{Edit: faults.MoreFields(120, "number")})
	teams := []agile.Team{}
	for n := range 110 { // each is read with a field of its own
		one := synctest.Team("K8S", 0)
		one.Name, one.Impediment.Nature = fmt.Sprint("team ", n), fmt.Sprint("Field ", n)
		teams = append(teams, one)
	}
	for _, f := range Run(t.Context(), client, append(teams, conf), jiraClock) {
		if f.Team == conf.Name && f.Part == "estimate" && (f.OK || !strings.Contains(f.Found, "no room")) {
			t.Errorf("%+v", f)
		}
	}
}

// TestCheckOneTeamsTrouble: a team that cannot be checked leaves the others theirs.
func TestCheckOneTeamsTrouble(t *testing.T) {
	found := checkOf(t, synctest.DemoSite(t), synctest.Team("NOPE", 0), synctest.Team("K8S", 0))
	if found["team NOPE: project"].OK || !found["team K8S: board"].OK || !found["team K8S: nature"].OK {
		t.Errorf("%+v", found)
	}
}

// altered checks the demo's team on a Jira whose answers to paths of an ending are changed.
func altered(t *testing.T, ending string, change func(body string) string) map[string]Finding {
	t.Helper()
	sim := jirasim.NewServer(synctest.DemoSite(t), jirasim.Options{Email: "bot@example.org", Token: "token"})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		sim.ServeHTTP(rec, r)
		body := rec.Body.String()
		if strings.HasSuffix(r.URL.Path, ending) {
			body = change(body)
		}
		w.WriteHeader(rec.Code)
		w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	out := map[string]Finding{}
	for _, f := range Run(t.Context(), synctest.NewClient(t, server.URL), []agile.Team{synctest.Team("K8S", 0)},
		jiraClock) {
		out[f.What] = f
	}
	return out
}

// TestCheckMissing: dates that are missing and work that is hidden are told, for without them figures
// are missing too.
func TestCheckMissing(t *testing.T) {
	dates := regexp.MustCompile(`"(startDate|activatedDate)": ?"[^"]*",?`)
	found := altered(t, "/sprint", func(body string) string { return dates.ReplaceAllString(body, "") })
	if f := found["team K8S: sprints"]; !f.OK ||
		!strings.Contains(f.Found, "begun without dates: Sprint 21, Sprint 22, Sprint 23") ||
		!strings.Contains(f.Hint, "set its dates") {
		t.Errorf("%+v", f)
	}
	found = altered(
		t,
		"/worklog",
		func(string) string { return `{"startAt":0,"maxResults":5000,"total":0,"worklogs":[]}` },
	)
	if f := found["team K8S: worklogs"]; f.OK || !strings.Contains(f.Hint, "restricted") ||
		f.Details["readable"] != false {
		t.Errorf("%+v", f)
	}
	found = altered(
		t,
		"/myself",
		func(body string) string { return strings.Replace(body, "Europe/Paris", "Moon/Base", 1) },
	)
	if f := found["team K8S: time zone"]; !strings.Contains(f.Found, "UTC") || len(f.Settings) != 1 {
		t.Errorf("%+v", f)
	}
	found = altered(t, "/status", func(body string) string { return "[" })
	if f := found["jira fields"]; f.OK || found["team K8S: board"].What != "" {
		t.Errorf("%+v", f)
	}
}

// TestTally: words stand in the order of their counts, the rest is counted.
func TestTally(t *testing.T) {
	if got := (tally{"b": 2, "a": 2, "c": 5, "d": 1}).rankedText(3); got != "c (5), a (2), b (2), and 1 more" {
		t.Error(got)
	}
}

// TestWords: what looks like an impediment, a quarter, a person, and what does not.
func TestWords(t *testing.T) {
	for _, word := range []string{"Impediments", "unplanned", "bug", "INCIDENT", "support-l2", "Bugs"} {
		if !impedimentWords.MatchString(word) {
			t.Errorf("%s may be an impediment", word)
		}
	}
	for _, word := range []string{"bugfix-sprint", "running", "backend", "Story", "Task"} {
		if impedimentWords.MatchString(word) {
			t.Errorf("%s is no impediment", word)
		}
	}
	for label, expressed := range map[string]bool{"Q4-26": true, "q4_26": true, "Q4-2026": true, "4Q26": true,
		"2026-Q4": false, "Q5-26": false} {
		found := false
		for _, q := range otherQuarters {
			m := q.FindStringSubmatch(label)
			found = found || m != nil && m[1] == "4" && m[2] == "26"
		}
		if found != expressed {
			t.Errorf("%s: %v", label, found)
		}
	}
	for _, name := range []string{"Owner", "Assigned team member", "Reviewer", "Tech lead"} {
		if !personalFields.MatchString(name) {
			t.Errorf("%s may hold people", name)
		}
	}
	for _, name := range []string{"Nature of impediment", "Cause", "Severity", "component"} {
		if personalFields.MatchString(name) {
			t.Errorf("%s holds no people", name)
		}
	}
}

// TestAnyCase: a label is asked for in its usual spellings, each once.
func TestAnyCase(t *testing.T) {
	if got := strings.Join(anyCase([]string{"impediment", "Été", "x"}), " "); got != "impediment Impediment "+
		"IMPEDIMENT Été été ÉTÉ x X" {
		t.Error(got)
	}
}

// TestWithCodes: what is not well has the code of the error that it tells, else that of its part; what is well has
// none.
func TestWithCodes(t *testing.T) {
	refused := &problem.Problem{Code: "jira.forbidden", Message: "no", Hint: "ask"}
	list := WithCodes([]Finding{
		FailedFinding("jira login", "login", fmt.Errorf("wrapped: %w", refused)),
		FailedFinding("team K: time zone", "time zone", errors.New("odd")),
		{What: "team K: board", Part: "board", OK: true},
	})
	for n, want := range []problem.Code{"jira.forbidden", "check.time_zone", ""} {
		if list[n].Code != want {
			t.Errorf("%s: %q, want %q", list[n].What, list[n].Code, want)
		}
	}
	if list[0].Found != "no" || list[0].Hint != "ask" {
		t.Errorf("%+v", list[0])
	}
}
