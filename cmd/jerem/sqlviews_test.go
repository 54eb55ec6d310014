package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"jerem/cmd/jerem/serving"
	"jerem/sim/world"
	"jerem/store/db/postgres/pgtest"
	"jerem/testrun"
)

// serveHere serves a configuration in this process and returns its address once all teams were read.
func serveHere(t *testing.T, config string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	listen, served := testrun.FreeAddress(t), make(chan error, 1)
	go func() {
		served <- run(ctx, []string{"--config", config, "--log-level", "error", "serve", "--listen", listen},
			func(string) string { return "" }, strings.NewReader(""), io.Discard, io.Discard)
	}()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	awaitThat(t, "all teams were read", func() bool {
		res, err := http.Get("http://" + listen + "/readyz")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == http.StatusOK
	})
	return "http://" + listen
}

// servedTwice is the demo's company, served out of a file and out of a server.
type servedTwice struct {
	teams  []string
	at     [2]string
	stores [2]*sql.DB
}

func serveTwice(t *testing.T) servedTwice {
	t.Helper()
	jira, database := playSim(t, "--world", "cloud"), pgtest.Database(t)
	var projects []string
	var s servedTwice
	for _, team := range world.New(world.DefaultSeed).Teams() {
		projects = append(projects, "{name: "+team.Key+", label: "+team.Name+"}")
		s.teams = append(s.teams, team.Name)
	}
	text := "jira: {url: '" + jira + "', username: " + serving.SimEmail + ", password: " + serving.SimToken +
		"}\nprojects: [" + strings.Join(projects, ", ") + "]\n"
	file := writeConfig(t, text+"store: {path: STORE}\n")
	server := writeConfig(t, text+"store: {url: '"+database+"'}\n")
	s.at = [2]string{serveHere(t, file), serveHere(t, server)}
	for n, source := range [][2]string{{"sqlite", filepath.Join(filepath.Dir(file), "jerem.db")}, {"pgx", database}} {
		db, err := sql.Open(source[0], source[1])
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		s.stores[n] = db
		awaitThat(t, "the views hold all teams", func() bool {
			var count int
			err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM jerem_team`).Scan(&count)
			return err == nil && count == len(s.teams)
		})
	}
	return s
}

// answer asks the API of one of them.
func (s servedTwice) answer(t *testing.T, n int, path string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(fetch(t, s.at[n]+path)), into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// ownAddress is what pages say of where they are.
var ownAddress = regexp.MustCompile(`127\.0\.0\.1:[0-9]+|nonce-[^']+|nonce="[^"]+"`)

// checkSameAnswers: pages and API say the same, byte for byte, out of a file and out of a server.
func checkSameAnswers(t *testing.T, s servedTwice) {
	paths := []string{"/", "/api/v1/teams", "/api/v1/portfolio", "/api/v1/series?class=sprint"}
	for _, team := range s.teams {
		page, api := "/teams/"+url.PathEscape(team), "/api/v1/teams/"+url.PathEscape(team)
		paths = append(paths, page, page+"/roadmap", page+"/flow", api+"/sprints", api+"/quarters", api+"/flow",
			api+"/forecast")
		var sprints []struct{ ID int64 }
		s.answer(t, 0, api+"/sprints", &sprints)
		for _, sprint := range sprints[max(0, len(sprints)-3):] {
			paths = append(paths, fmt.Sprint(page, "/sprints/", sprint.ID), fmt.Sprint(api, "/sprints/", sprint.ID))
		}
	}
	for _, path := range paths {
		file := ownAddress.ReplaceAllString(fetch(t, s.at[0]+path), "")
		server := ownAddress.ReplaceAllString(fetch(t, s.at[1]+path), "")
		if file != server {
			t.Errorf("%s differs (-out of a file +out of a server):\n%.2000s", path,
				cmp.Diff(strings.Split(file, "\n"), strings.Split(server, "\n")))
		}
	}
}

// rowsOf asks a store and returns the rows as texts.
func rowsOf(t *testing.T, db *sql.DB, query string) (rows []string) {
	t.Helper()
	list, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	columns, err := list.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for list.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for n := range values {
			into[n] = &values[n]
		}
		if err := list.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var parts []string
		for n, v := range values {
			switch v := v.(type) {
			case nil:
				parts = append(parts, columns[n]+"=unknown")
			case float64:
				parts = append(parts, fmt.Sprintf("%s=%.6g", columns[n], v))
			case int64:
				parts = append(parts, fmt.Sprintf("%s=%.6g", columns[n], float64(v)))
			case time.Time:
				parts = append(parts, columns[n]+"="+v.UTC().Format(time.RFC3339Nano))
			default:
				parts = append(parts, fmt.Sprintf("%s=%s", columns[n], v))
			}
		}
		rows = append(rows, strings.Join(parts, " "))
	}
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

// toldByAPI writes a value of the API as rowsOf does.
func toldByAPI(name string, v any) string {
	switch v := v.(type) {
	case nil:
		return name + "=unknown"
	case float64:
		return fmt.Sprintf("%s=%.6g", name, v)
	}
	return fmt.Sprintf("%s=%v", name, v)
}

// pathOf is a value of an answer of the API by its path.
func pathOf(v any, path string) any {
	for part := range strings.SplitSeq(path, ".") {
		fields, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = fields[part]
	}
	return v
}

// sprintColumns are figures of jerem_sprint, with their paths in the API.
var sprintColumns = [][2]string{{"name", "name"}, {"state", "state"}, {"started", "start"}, {"planned_end", "end"},
	{"completed_at", "complete"}, {"unit", "unit"}, {"commitment", "ledger.commitment"}, {"added", "ledger.added"},
	{"removed", "ledger.removed"}, {"reestimated", "ledger.reestimated"}, {"ledger_completed", "ledger.completed"},
	{"reopened", "ledger.reopened"}, {"remaining", "ledger.remaining"}, {"completed", "completed"},
	{"completed_outside", "completed_outside"}, {"scope", "scope"}, {"kept", "kept"}, {"todo", "todo.estimate"},
	{"doing", "doing.estimate"}, {"done", "done.estimate"}, {"unestimated", "unestimated"},
	{"dependencies", "dependency"}, {"impediments", "impediments.count"},
	{"impediment_seconds", "impediments.seconds"}, {"grade", "quality.grade"}}

// checkViews: the views say what the API says, in both databases.
func checkViews(t *testing.T, s servedTwice) {
	var names []string
	for _, c := range sprintColumns {
		names = append(names, c[0])
	}
	var sprints, events, impediments, epics []string
	for _, team := range s.teams {
		api := "/api/v1/teams/" + url.PathEscape(team)
		var list []struct{ ID int64 }
		s.answer(t, 0, api+"/sprints", &list)
		for _, one := range list {
			var sprint any
			s.answer(t, 0, fmt.Sprint(api, "/sprints/", one.ID), &sprint)
			row := []string{toldByAPI("team", team), toldByAPI("sprint_id", float64(one.ID))}
			for _, c := range sprintColumns {
				row = append(row, toldByAPI(c[0], pathOf(sprint, c[1])))
			}
			sprints = append(sprints, strings.Join(row, " "))
			entries, _ := pathOf(sprint, "ledger.entries").([]any)
			for n, e := range entries {
				events = append(events, strings.Join(
					[]string{toldByAPI("team", team), toldByAPI("sprint_id", float64(one.ID)),
						toldByAPI("number", float64(n+1)), toldByAPI("time", pathOf(e, "time")),
						toldByAPI("issue", pathOf(e, "issue")),
						toldByAPI("kind", pathOf(e, "kind")), toldByAPI("delta", pathOf(e, "delta")),
						toldByAPI("remaining", pathOf(e, "remaining"))}, " "))
			}
			issues, _ := pathOf(sprint, "impediments.issues").([]any)
			for _, i := range issues {
				impediments = append(impediments, strings.Join([]string{toldByAPI("team", team),
					toldByAPI("sprint_id", float64(one.ID)), toldByAPI("issue", pathOf(i, "key")),
					toldByAPI("seconds", pathOf(i, "seconds")), toldByAPI("state", pathOf(i, "state"))}, " "))
			}
		}
		var quarters []struct{ Quarter string }
		s.answer(t, 0, api+"/quarters", &quarters)
		for _, one := range quarters {
			var quarter any
			s.answer(t, 0, api+"/quarters/"+one.Quarter, &quarter)
			list, _ := pathOf(quarter, "epics").([]any)
			for _, e := range list {
				epics = append(epics, strings.Join([]string{toldByAPI("team", team), toldByAPI("quarter", one.Quarter),
					toldByAPI("epic", pathOf(e, "key")), toldByAPI("total", pathOf(e, "total")),
					toldByAPI("done", pathOf(e, "done")),
					toldByAPI("doing", pathOf(e, "doing")), toldByAPI("todo", pathOf(e, "todo")),
					toldByAPI("issues", pathOf(e, "issues")), toldByAPI("unestimated", pathOf(e, "unestimated"))}, " "))
			}
		}
	}
	for query, want := range map[string][]string{
		`SELECT team, sprint_id, ` + strings.Join(names, ", ") + ` FROM jerem_sprint`:                 sprints,
		`SELECT team, sprint_id, number, time, issue, kind, delta, remaining FROM jerem_sprint_event`: events,
		`SELECT team, sprint_id, issue, seconds, state FROM jerem_impediment`:                         impediments,
		`SELECT team, quarter, epic, total, done, doing, todo, issues, unestimated FROM jerem_epic`:   epics,
	} {
		if len(want) < 10 {
			t.Errorf("the API tells %d rows of %s", len(want), query)
		}
		slices.Sort(want)
		for n, db := range s.stores {
			got := rowsOf(t, db, query)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("database %d, %s (-API +view):\n%.3000s", n, query, cmp.Diff(want, got))
			}
		}
	}
}

// checkSeriesView: jerem_series holds the points of change of each series, the same in both databases.
func checkSeriesView(t *testing.T, s servedTwice) {
	query := `SELECT team, class, labels, time_us, value, text FROM jerem_series ORDER BY 1, 2, 3, 4`
	file, server := rowsOf(t, s.stores[0], query), rowsOf(t, s.stores[1], query)
	if len(file) < 1000 {
		t.Fatalf("%d points", len(file))
	}
	slices.Sort(file)
	slices.Sort(server)
	if !slices.Equal(file, server) {
		t.Errorf("the points differ (-file +server):\n%.2000s", cmp.Diff(file, server))
	}
	last := rowsOf(t, s.stores[0], `SELECT value FROM jerem_series WHERE team = 'Kubernetes'
		AND class = 'jerem.jira.sprint.storypoint.total' AND json_extract(labels, '$.sprint') = 'current'
		ORDER BY time_us DESC LIMIT 1`)
	total := rowsOf(t, s.stores[0], `SELECT todo + doing + done AS value FROM jerem_sprint WHERE team = 'Kubernetes'
		AND state = 'active'`)
	if len(last) != 1 || !slices.Equal(last, total) {
		t.Errorf("the last point of the sprint's total is %v, the sprint says %v", last, total)
	}
}

// TestServedFromPostgres: the demo's company, served out of a file and out of a server, is the same on every page, in
// the API, and in the views for readers in SQL, which name nobody.
func TestServedFromPostgres(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	s := serveTwice(t)
	checkSameAnswers(t, s)
	checkViews(t, s)
	checkSeriesView(t, s)
}
