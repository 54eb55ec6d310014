package jira

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/jira/jiratest"
	"jerem/problem"
)

// answering makes a client of a site that gives one answer to whatever is asked.
func answering(t *testing.T, dialect Dialect, answer string) *Client {
	t.Helper()
	return ask(t, Config{Token: "t", Dialect: dialect}, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, answer)
	})
}

// TestColumnsWithoutStatuses: a column that lacks its list of statuses is refused, one whose list is empty is taken:
// the last column that has statuses is where work is done.
func TestColumnsWithoutStatuses(t *testing.T) {
	for column, isTaken := range map[string]bool{`{"name":"Done","statuses":[]}`: true, `{"name":"Done"}`: false,
		`{"name":"Done","statuses":null}`: false, `{}`: false, `null`: false} {
		_, err := answering(t, Cloud, `{"id":7,"name":"B","type":"scrum","columnConfig":{"columns":[
			{"name":"To Do","statuses":[{"id":"1"}]},`+column+`]}}`).Boards().Board(t.Context(), 7)
		if isTaken != (err == nil) || err != nil && !strings.Contains(err.Error(), "columnConfig.columns.statuses") {
			t.Errorf("%s: %v", column, err)
		}
	}
}

// TestBoard: a board estimates by a field, or counts its issues; its columns map statuses by their ids.
func TestBoard(t *testing.T) {
	f := func(estimation, want string) {
		t.Helper()
		c := answering(t, Cloud, `{"id":7,"name":"B","type":"scrum","estimation":`+estimation+`,"columnConfig":
			{"columns":[{"name":"To Do","statuses":[{"id":"1"},{"id":2}]},{"name":"Done","statuses":[]}]}}`)
		b, err := c.Boards().Board(t.Context(), 7)
		if err != nil || b.Estimate != want || b.ID != 7 || b.Kind != agile.Scrum {
			t.Errorf("%s: %+v, %v", estimation, b, err)
		}
		if got := fmt.Sprint(b.Columns); got != "[{To Do [1 2]} {Done []}]" {
			t.Errorf("columns %s", got)
		}
	}
	f(`{"type":"field","field":{"fieldId":"customfield_1"}}`, "customfield_1")
	f(`{"type":"issueCount"}`, "")
	f(`{"type":"none","field":{"fieldId":"customfield_1"}}`, "")
	f(`null`, "")
}

// TestStatuses: a status has its name, and the one that it had before it was translated; a category that says nothing
// is unknown, and so is that of a status that is told twice, with two.
func TestStatuses(t *testing.T) {
	got, err := answering(t, Cloud, `[
		{"id":"1","name":"Offen","untranslatedName":"Open","statusCategory":{"key":"new"}},
		{"id":2,"name":"Doing","untranslatedName":"Doing","statusCategory":{"key":"indeterminate"}},
		{"id":"3","name":"Done","statusCategory":{"key":"done"}},
		{"id":"4","name":"Odd","statusCategory":{"key":"undefined"}},
		{"id":"3","name":"Done","statusCategory":{"key":"done"}},
		{"id":"5","name":"Two","statusCategory":{"key":"done"}},
		{"id":5,"name":"Two","statusCategory":{"key":"new"}}]`).Statuses(t.Context())
	const want = "[{1 Offen [Offen Open] new} {2 Doing [Doing] indeterminate} {3 Done [Done] done} {4 Odd [Odd] } " +
		"{5 Two [Two] }]"
	if fmt.Sprint(got) != want || err != nil {
		t.Errorf("%v, %v; want %s", got, err, want)
	}
}

// TestTypes: the level of a type is the one that is told; else sub-tasks and epics have theirs, and all others are
// ordinary. A type that is listed twice is one.
func TestTypes(t *testing.T) {
	c := answering(t, Cloud, `[{"id":"1","name":"Story"},{"id":"2","name":"epic"},
		{"id":"3","name":"Task","subtask":true},{"id":"4","name":"Theme","hierarchyLevel":2},
		{"id":"5","name":"Epic","hierarchyLevel":0},{"id":"1","name":"Story"}]`)
	got, _, err := c.Types(t.Context())
	const want = "[{1 Story 0} {2 epic 1} {3 Task -1} {4 Theme 2} {5 Epic 0}]"
	if fmt.Sprint(got) != want || err != nil {
		t.Errorf("%v, %v; want %s", got, err, want)
	}
}

// TestRenamedEpics: on a Data Center whose type of epics has another name, it is the type of what carries an epic's
// name; where a type is an epic already, or nothing carries such a name, nothing more is found.
func TestRenamedEpics(t *testing.T) {
	f := func(types, found, want string, searches int) {
		t.Helper()
		asked := 0
		c := ask(t, Config{Token: "t", Dialect: DataCenter}, func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "/issuetype"):
				fmt.Fprint(w, types)
			case strings.HasSuffix(r.URL.Path, "/field"):
				fmt.Fprint(w, `[{"id":"customfield_6","name":"x","custom":true},{"id":"customfield_7","name":"Epos",
					"custom":true,"schema":{"type":"string","custom":"com.pyxis.greenhopper.jira:gh-epic-label"}}]`)
			default:
				asked++
				fmt.Fprintf(w, `{"startAt":0,"total":9,"issues":[%s]}`, found)
			}
		})
		got, _, err := c.Types(t.Context())
		if fmt.Sprint(got) != want || err != nil || asked != searches {
			t.Errorf("%s: %v, %v after %d searches; want %s after %d", found, got, err, asked, want, searches)
		}
	}
	const renamed = `[{"id":"1","name":"Story"},{"id":"2","name":"Chantier"}]`
	f(renamed, `{"id":"5","fields":{"issuetype":{"id":"2","name":"Chantier"}}}`, "[{1 Story 0} {2 Chantier 1}]", 1)
	f(renamed, ``, "[{1 Story 0} {2 Chantier 0}]", 1)
	f(`[{"id":"1","name":"Epic"}]`, ``, "[{1 Epic 1}]", 0)
}

// TestProjectByName: a project is found by its key or by its name in any case; of one that is not there, those that are
// seen are named, twenty at most.
func TestProjectByName(t *testing.T) {
	f := func(dialect Dialect, projects int, name, want string) {
		t.Helper()
		var list []string
		for n := range projects {
			list = append(list, fmt.Sprintf(`{"id":"%d","key":"K%02d","name":"Team %d"}`, n+1, n+1, n+1))
		}
		c := ask(t, Config{Token: "t", Dialect: dialect}, func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "/project/search"):
				fmt.Fprintf(w, `{"startAt":0,"isLast":true,"values":[%s]}`, strings.Join(list, ","))
			case strings.HasSuffix(r.URL.Path, "/project"):
				fmt.Fprintf(w, `[%s]`, strings.Join(list, ","))
			default:
				w.WriteHeader(http.StatusNotFound)
				fmt.Fprint(w, `{}`)
			}
		})
		p, err := c.Project(t.Context(), name)
		if err == nil && fmt.Sprint(p) != want || err != nil && (!problem.Is(err, NotFound) ||
			!strings.Contains(err.Error(), want)) {
			t.Errorf("%s, %s among %d: %v, %v; want %s", dialect, name, projects, p, err, want)
		}
	}
	for _, dialect := range []Dialect{Cloud, DataCenter} {
		f(dialect, 3, "team 2", "{2 K02 Team 2}")
		f(dialect, 3, "k03", "{3 K03 Team 3}")
		f(dialect, 3, "Other", "The account sees these: K01, K02, K03.")
		f(dialect, 20, "Other", "K19, K20.")
		f(dialect, 21, "Other", "K19, K20 and 1 more.")
		f(dialect, 0, "Other", "sees no project at all")
	}
}

// TestShrinkPages: pages that go beyond the window become half as large, down to pages of one.
func TestShrinkPages(t *testing.T) {
	for size, want := range map[int]struct {
		smaller bool
		page    int
	}{1000: {true, 500}, 3: {true, 1}, 2: {true, 1}, 1: {false, 1000}} {
		d := &dataCenterIssues{}
		if smaller := d.shrinkPages(size); smaller != want.smaller || d.pageSize(1000) != want.page {
			t.Errorf("pages of %d: smaller %v, then %d; want %v", size, smaller, d.pageSize(1000), want)
		}
	}
}

// TestFieldLimit: one request of a Cloud takes a hundred fields, one of a Data Center all.
func TestFieldLimit(t *testing.T) {
	if cloud, dataCenter := fieldLimit(Cloud), fieldLimit(DataCenter); cloud != 100 || dataCenter != 0 {
		t.Errorf("Cloud %d, Data Center %d", cloud, dataCenter)
	}
}

// TestCloudWithoutEpics: a Cloud tells the levels of its types; where none is an epic, nothing more is asked.
func TestCloudWithoutEpics(t *testing.T) {
	asked := 0
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		asked++
		fmt.Fprint(w, `[{"id":"1","name":"Story","hierarchyLevel":0}]`)
	})
	if got, _, err := c.Types(t.Context()); fmt.Sprint(got) != "[{1 Story 0}]" || err != nil || asked != 1 {
		t.Errorf("%v, %v after %d requests", got, err, asked)
	}
}

// TestEpicsInQueries: a Cloud finds the issues of epics by their parent, a Data Center by the link to the epic.
func TestEpicsInQueries(t *testing.T) {
	for dialect, want := range map[Dialect]string{Cloud: "parent in (K-1, K-2)", DataCenter: "cf[5] in (K-1, K-2)"} {
		c := answering(t, dialect, `{}`)
		if got := c.InEpics(jiratest.Fieldset(t), []string{"K-1", "K-2"}); got != want {
			t.Errorf("%s: %s, want %s", dialect, got, want)
		}
	}
	c := answering(t, DataCenter, `{}`)
	if got := c.InEpics(jiratest.FieldsetOf(t, 0, "[]"), []string{"K-1"}); got != "parent in (K-1)" {
		t.Errorf("without a link: %s", got)
	}
}
