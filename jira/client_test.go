package jira

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/jira/jiratest"
	"jerem/problem"
)

// ask makes a client of a handler, with no pauses.
func ask(t *testing.T, conf Config, h http.HandlerFunc) *Client {
	if conf.Dialect == "" {
		conf.Dialect = Cloud
	}
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	conf.URL = server.URL + conf.URL
	conf.Rate, conf.Pause = 1e6, time.Nanosecond
	c, err := New(conf)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestPitfallPaging: the walk ends where no token is named, goes on after a short page, and refuses a
// token that comes again.
func TestPitfallPaging(t *testing.T) {
	f := func(name string, pages []string, want int, code problem.Code) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			asked := 0
			c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
				fmt.Fprint(w, pages[min(asked, len(pages)-1)])
				asked++
			})
			n := 0
			var failed error
			for _, err := range c.IDs(t.Context(), "project = K") {
				if err != nil {
					failed = err
					break
				}
				n++
			}
			if n != want || (code == "") != (failed == nil) || code != "" && !problem.Is(failed, code) {
				t.Errorf("%d ids, want %d; error %v, want %q", n, want, failed, code)
			}
		})
	}
	f("three pages", []string{`{"issues":[{"id":"1"},{"id":"2"}],"nextPageToken":"a"}`,
		`{"issues":[{"id":"3"}],"nextPageToken":"b","isLast":true}`, `{"issues":[{"id":"4"}]}`}, 4, "")
	f("an empty page in the middle", []string{`{"issues":[],"nextPageToken":"a"}`, `{"issues":[{"id":"3"}]}`}, 1, "")
	f("a token again", []string{`{"issues":[{"id":"1"}],"nextPageToken":"a"}`,
		`{"issues":[{"id":"2"}],"nextPageToken":"a"}`}, 2, InvalidResponse)
	f("more without a token", []string{`{"issues":[{"id":"1"}],"isLast":false}`}, 1, InvalidResponse)
	f("more without a token later", []string{`{"issues":[{"id":"1"}],"nextPageToken":"a","isLast":false}`,
		`{"issues":[{"id":"2"}],"nextPageToken":null,"isLast":false}`}, 2, InvalidResponse)
	f("the last page", []string{`{"issues":[{"id":"1"}],"isLast":true}`}, 1, "")
	f("no ids", []string{`{"issues":[{"id":"x"}]}`}, 0, InvalidResponse)
}

// TestPitfallBulk: a thousand at a time, a hundred where that is refused; what is excused is asked
// again; what is in neither list is missing; histories are joined over pages.
func TestPitfallBulk(t *testing.T) {
	ids := make([]int64, 250)
	for i := range ids {
		ids[i] = int64(i + 1)
	}
	sizes, excused := []int{}, false
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			IDs  []string `json:"issueIdsOrKeys"`
			Next string   `json:"nextPageToken"`
		}
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			t.Error(err)
		}
		switch {
		case strings.HasSuffix(r.URL.Path, "/changelog/bulkfetch") && q.Next == "":
			fmt.Fprint(w, `{"issueChangeLogs":[{"issueId":"1","changeHistories":[{"id":"1","created":1767344400000,`+
				`"items":[{"field":"status","fieldId":"status","from":"1","to":"2"}]}]}],"nextPageToken":"n"}`)
		case strings.HasSuffix(r.URL.Path, "/changelog/bulkfetch"):
			fmt.Fprint(w, `{"issueChangeLogs":[{"issueId":"1","changeHistories":[{"id":"2","created":1767348000000,`+
				`"items":[{"field":"status","fieldId":"status","from":"2","to":"3"}]}]}],"nextPageToken":null}`)
		case len(q.IDs) > 100:
			w.WriteHeader(400)
			fmt.Fprint(w, `{"errorMessages":["at most 100"]}`)
		default:
			sizes = append(sizes, len(q.IDs))
			var issues []string
			errs := `[]`
			for _, id := range q.IDs {
				switch {
				case id == "5":
				case id == "6" && !excused:
					excused, errs = true, `[{"id":"6","errorMessage":"later"}]`
				default:
					issues = append(issues, fmt.Sprintf(`{"id":%q,"key":"K-%s","fields":{`+
						`"created":"2026-01-01T10:00:00.000+0100","status":{"id":"3"}}}`, id, id))
				}
			}
			fmt.Fprintf(w, `{"issues":[%s],"issueErrors":%s}`, strings.Join(issues, ","), errs)
		}
	})
	docs, outcome, err := c.Documents(t.Context(), ids, jiratest.Fieldset(t))
	if err != nil || len(docs) != 249 || fmt.Sprint(outcome.Missing) != "[5]" || fmt.Sprint(sizes) != "[100 100 50 1]" {
		t.Fatalf("%d documents, missing %v, asked %v, %v", len(docs), outcome.Missing, sizes, err)
	}
	if docs[0].Changes != 2 {
		t.Errorf("%d changes of the first issue, want those of both pages", docs[0].Changes)
	}
}

// TestPitfallLists: a list's pages are those asked for, and end; else nothing is told, rather than the same for ever.
func TestPitfallLists(t *testing.T) {
	lists := map[string]func(c *Client) (int, error){
		"boards": func(c *Client) (int, error) {
			l, err := c.Boards().OfProject(t.Context(), "K")
			return len(l), err
		},
		"sprints": func(c *Client) (int, error) { l, err := c.Boards().Sprints(t.Context(), 1); return len(l), err },
		"logs": func(c *Client) (n int, err error) {
			for _, failed := range c.Worklogs().OfIssue(t.Context(), 1) {
				if n, err = n+1, failed; err != nil {
					n--
				}
			}
			return n, err
		},
		"projects": func(c *Client) (int, error) { _, err := c.Project(t.Context(), "K"); return 0, err },
	}
	for name, read := range lists {
		f := func(what string, moves bool, last, want int, code problem.Code) {
			t.Helper()
			asked := 0
			c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/project/K") {
					w.WriteHeader(404)
					fmt.Fprint(w, `{}`)
					return
				}
				asked++
				if asked > 20 {
					t.Fatal("asked for ever")
				}
				start := r.URL.Query().Get("startAt")
				if !moves {
					start = "0"
				}
				fmt.Fprintf(w, `{"startAt":%s,"isLast":%v,"total":%d,"values":[{"id":%d,"name":"x","key":"X",
					"type":"scrum"}],
					"worklogs":[{"id":"%d","issueId":"1","started":"2026-01-01T10:00:00.000+0100",
						"timeSpentSeconds":60}]}`, start, asked == last, cmp.Or(last, 99), asked, asked)
			})
			n, err := read(c)
			if name == "projects" && code == "" { // all pages were read, and none holds it
				code, n = NotFound, asked
			}
			if n != want || code == "" && err != nil || code != "" && !problem.Is(err, code) {
				t.Errorf("%s, %s: %d, %v", name, what, n, err)
			}
		}
		f("three pages", true, 3, 3, "")
		f("a server that knows no pages", false, 0, 0, InvalidResponse)
	}
}

// TestPitfallSimpleBoard: a team-managed board without sprints is a kanban board; one whose sprints cannot be had just
// now is neither.
func TestPitfallSimpleBoard(t *testing.T) {
	f := func(status int, body string, kind agile.BoardKind, code problem.Code) {
		t.Helper()
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/sprint") {
				w.WriteHeader(status)
				fmt.Fprint(w, body)
				return
			}
			fmt.Fprint(w, `{"startAt":0,"isLast":true,"values":[{"id":7,"name":"x","type":"simple"}]}`)
		})
		list, err := c.Boards().OfProject(t.Context(), "K")
		if code != "" && (!problem.Is(err, code) || !strings.Contains(err.Error(), "board 7")) ||
			code == "" && (err != nil || len(list) != 1 || list[0].Kind != kind) {
			t.Errorf("%d: %+v, %v", status, list, err)
		}
	}
	f(200, `{"startAt":0,"isLast":true,"values":[]}`, agile.Scrum, "")
	f(400, `{"errorMessages":["Das Board unterstützt keine Sprints"]}`, agile.Kanban, "")
	f(422, `{}`, agile.Kanban, "")
	f(503, `{}`, "", Failing)
}

// TestPitfallSprints: that a board has no sprints is told by the status, whatever the words and their language.
func TestPitfallSprints(t *testing.T) {
	for status, want := range map[int]bool{400: true, 422: true, 401: false, 403: false, 404: false, 410: false,
		500: false} {
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			fmt.Fprint(w, `{"errorMessages":["Das Board unterstützt keine Sprints"]}`)
		})
		_, err := c.Boards().Sprints(t.Context(), 1)
		var e *problem.Problem
		if errors.Is(err, ErrNoSprints) != want || !errors.As(err, &e) || e.Status != status ||
			want && !strings.Contains(e.Hint, "columns") {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// TestPitfallWorklogs: the last one of a page comes again on the next; a page that does not advance
// is refused; what the account must not see is left out.
func TestPitfallWorklogs(t *testing.T) {
	stuck := false
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/list"):
			fmt.Fprint(w, `[{"id":"1","issueId":"10","created":"2026-01-02T10:00:00.000+0100",
				"started":"2026-01-01T10:00:00.000+0100","timeSpentSeconds":60,"author":{"displayName":"MARK"}},
			                {"id":"2","issueId":"99","started":"2026-01-01T10:00:00.000+0100","timeSpentSeconds":60}]`)
		case r.URL.Query().Get("since") == "0" || stuck:
			fmt.Fprint(w, `{"values":[{"worklogId":1},{"worklogId":2}],"until":5,"lastPage":false}`)
		default:
			fmt.Fprint(w, `{"values":[{"worklogId":2}],"until":6,"lastPage":true}`)
		}
	})
	n := 0
	for l, err := range c.Worklogs().ChangedSince(t.Context(), time.Time{},
		func(issue int64) bool { return issue == 10 }, nil) {
		if err != nil || l.Seconds != 60 || l.Issue != 10 {
			t.Errorf("%+v, %v", l, err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d worklogs, want 1", n)
	}
	stuck = true
	var failed error
	for _, err := range c.Worklogs().ChangedSince(t.Context(), time.Time{}, func(int64) bool { return true }, nil) {
		failed = err
	}
	if !problem.Is(failed, InvalidResponse) {
		t.Errorf("pages that do not advance: %v", failed)
	}
}
