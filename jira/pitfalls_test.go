package jira

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"jerem/agile"
)

// pitfallFields is a site's field list with what must and what must not be read.
const pitfallFields = `[
 {"id":"summary","name":"Summary","schema":{"type":"string","system":"summary"}},
 {"id":"status","name":"Status","schema":{"type":"status","system":"status"}},
 {"id":"issuetype","name":"Issue Type","schema":{"type":"issuetype","system":"issuetype"}},
 {"id":"project","name":"Project","schema":{"type":"project","system":"project"}},
 {"id":"resolution","name":"Resolution","schema":{"type":"resolution","system":"resolution"}},
 {"id":"labels","name":"Labels","schema":{"type":"array","items":"string","system":"labels"}},
 {"id":"parent","name":"Parent","schema":{"type":"issuelink","system":"parent"}},
 {"id":"components","name":"Components","schema":{"type":"array","items":"component","system":"components"}},
 {"id":"fixVersions","name":"Fix versions","schema":{"type":"array","items":"version","system":"fixVersions"}},
 {"id":"timeoriginalestimate","name":"Original estimate","schema":{"type":"number","system":"timeoriginalestimate"}},
 {"id":"assignee","name":"Assignee","schema":{"type":"user","system":"assignee"}},
 {"id":"description","name":"Description","schema":{"type":"string","system":"description"}},
 {"id":"comment","name":"Comment","schema":{"type":"comments-page","system":"comment"}},
 {"id":"worklog","name":"Log Work","schema":{"type":"array","items":"worklog","system":"worklog"}},
 {"id":"customfield_1","name":"Points","custom":true,"schema":{"type":"number","custom":"com.atlassian.jira.plugin.system.customfieldtypes:float"}},
 {"id":"customfield_2","name":"Sprint","custom":true,"schema":{"type":"array","items":"json","custom":"com.pyxis.greenhopper.jira:gh-sprint"}},
 {"id":"customfield_3","name":"Nature","custom":true,"schema":{"type":"array","items":"option","custom":"com.atlassian.jira.plugin.system.customfieldtypes:multiselect"}},
 {"id":"customfield_4","name":"Flagged","custom":true,"schema":{"type":"array","items":"option","custom":"com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes"}},
 {"id":"customfield_5","name":"Epic Link","custom":true,"schema":{"type":"any","custom":"com.pyxis.greenhopper.jira:gh-epic-link"}},
 {"id":"customfield_6","name":"Reviewer","custom":true,"schema":{"type":"user","custom":"com.atlassian.jira.plugin.system.customfieldtypes:userpicker"}},
 {"id":"customfield_7","name":"Reviewers","custom":true,"schema":{"type":"array","items":"user","custom":"com.atlassian.jira.plugin.system.customfieldtypes:multiuserpicker"}},
 {"id":"customfield_8","name":"Notes","custom":true,"schema":{"type":"string","custom":"com.atlassian.jira.plugin.system.customfieldtypes:textarea"}},
 {"id":"customfield_9","name":"Development","custom":true,"schema":{"type":"any","custom":"com.atlassian.jira.plugins.jira-development-integration-plugin:devsummarycf"}}
]`

func pitfallSet(t *testing.T) Fieldset {
	t.Helper()
	var w []wireField
	if err := json.Unmarshal([]byte(pitfallFields), &w); err != nil {
		t.Fatal(err)
	}
	return newFieldset(w)
}

// told cleans and translates an issue given as Jira writes it, its histories as a list.
func told(t *testing.T, fields, histories string) *agile.Issue {
	t.Helper()
	tr, err := Translate(rawOf(t, fields, histories))
	if err != nil {
		t.Fatal(err)
	}
	return tr.Issue
}

func rawOf(t *testing.T, fields, histories string) []byte {
	t.Helper()
	var w wireIssue
	text := fmt.Sprintf(`{"id":"1","key":"K-1","fields":{"created":"2026-01-01T10:00:00.000+0100","updated":"2026-02-01T10:00:00.000+0100",%s}}`, fields)
	if err := json.Unmarshal([]byte(text), &w); err != nil {
		t.Fatal(err, text)
	}
	var hs []wireHistory
	if err := json.Unmarshal([]byte(histories), &hs); err != nil {
		t.Fatal(err, histories)
	}
	d, err := clean(w, hs, pitfallSet(t))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// steps writes a timeline as "HH:MM value" for the January days of these tests.
func steps[T any](tl agile.Timeline[T]) string {
	var out []string
	for _, s := range tl {
		out = append(out, fmt.Sprintf("%s %v", s.From.Format("01-02 15:04"), s.Value))
	}
	return strings.Join(out, "; ")
}

func TestPitfallTimelines(t *testing.T) {
	f := func(name, fields, histories, want string, broken int, got func(*agile.Issue) string) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			i := told(t, fields, histories)
			if text := got(i); text != want {
				t.Errorf("\n got %s\nwant %s", text, want)
			}
			if i.Broken != broken {
				t.Errorf("%d joints do not fit, want %d", i.Broken, broken)
			}
		})
	}
	points := func(i *agile.Issue) string { return steps(i.Numbers["customfield_1"]) }
	sprints := func(i *agile.Issue) string { return steps(i.Sprints) }
	f("numbers stand in the strings", `"customfield_1":8.0`,
		`[{"id":"2","created":1767349800000,"items":[{"field":"Points","fieldId":"customfield_1","from":null,"fromString":"3","to":null,"toString":"8"}]},
		  {"id":"1","created":"2026-01-02T10:00:00.000+0100","items":[{"field":"Points","fieldId":"customfield_1","from":null,"fromString":null,"to":null,"toString":"3"}]}]`,
		"01-01 09:00 {0 false}; 01-02 09:00 {3 true}; 01-02 10:30 {8 true}", 0, points)
	f("0 is an estimate", `"customfield_1":0`, `[]`, "01-01 09:00 {0 true}", 0, points)
	f("an initial value is in no history", `"customfield_2":[{"id":7,"name":"A, B","state":"closed"},{"id":9}]`,
		`[{"id":"1","created":1767344400,"items":[{"field":"Sprint","fieldId":"customfield_2","from":"7","fromString":"A, B","to":"7, 9","toString":"A, B, C"}]}]`,
		"01-01 09:00 [7]; 01-02 09:00 [7 9]", 0, sprints)
	f("sprints leave by an empty text", `"customfield_2":null`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"Sprint","fieldId":"customfield_2","from":"9","fromString":"x","to":"","toString":""}]}]`,
		"01-01 09:00 [9]; 01-02 09:00 []", 0, sprints)
	f("sprints as strings of older servers", `"customfield_2":["com.atlassian.greenhopper.service.sprint.Sprint@1[id=266,rapidViewId=174,state=CLOSED,name=A [x],id=5 goal, B,]"]`, `[]`,
		"01-01 09:00 [266]", 0, sprints)
	f("histories of one second go by their ids", `"status":{"id":"3","name":"C"}`,
		`[{"id":"10","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"2","fromString":"B","to":"3","toString":"C"}]},
		  {"id":"9","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":"B"}]}]`,
		"01-01 09:00 1; 01-02 09:00 2; 01-02 09:00 3", 0, func(i *agile.Issue) string { return steps(i.Status) })
	f("a status without an id goes by its name", `"status":{"id":"2","name":"B"}`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":null,"fromString":"Old","to":null,"toString":"B"}]}]`,
		"01-01 09:00 name:Old; 01-02 09:00 2", 0, func(i *agile.Issue) string { return steps(i.Status) })
	f("a chain that does not join loses nothing", `"status":{"id":"9","name":"Z"}`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","fromString":"A","to":"2","toString":"B"}]},
		  {"id":"2","created":1767348000000,"items":[{"field":"status","fieldId":"status","from":"5","fromString":"E","to":"6","toString":"F"}]}]`,
		"01-01 09:00 1; 01-02 09:00 2; 01-02 10:00 6; 02-01 09:00 9", 2, func(i *agile.Issue) string { return steps(i.Status) })
	f("labels", `"labels":["b","c"]`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"labels","fieldId":"labels","from":null,"fromString":"a b","to":null,"toString":"b c"}]}]`,
		"01-01 09:00 [a b]; 01-02 09:00 [b c]", 0, func(i *agile.Issue) string { return steps(i.Labels) })
	f("versions come and go one by one, twice in one history", `"fixVersions":[{"id":"26","name":"SaaS"}]`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"Fix Version","fieldId":"fixVersions","from":"8","fromString":"v2","to":null,"toString":null},{"field":"Fix Version","fieldId":"fixVersions","from":null,"fromString":null,"to":"26","toString":"SaaS"}]}]`,
		"01-01 09:00 [v2]; 01-02 09:00 []; 01-02 09:00 [SaaS]", 0, func(i *agile.Issue) string { return steps(i.Options["fixVersions"]) })
	f("options whose names hold commas", `"customfield_3":[{"id":"1","value":"Bug, old"},{"id":"2","value":"Support"}]`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"Nature","fieldId":"customfield_3","from":"[1]","fromString":"Bug, old","to":"[1, 2]","toString":"Bug, old, Support"}]}]`,
		"01-01 09:00 [Bug, old]; 01-02 09:00 [Bug, old Support]", 0, func(i *agile.Issue) string { return steps(i.Options["customfield_3"]) })
	f("a flag", `"customfield_4":null`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"Flagged","fieldId":"customfield_4","from":null,"fromString":null,"to":"[10019]","toString":"Impediment"}]},
		  {"id":"2","created":1767348000000,"items":[{"field":"Flagged","fieldId":"customfield_4","from":"[10019]","fromString":"Impediment","to":"","toString":""}]}]`,
		"01-01 09:00 false; 01-02 09:00 true; 01-02 10:00 false", 0, func(i *agile.Issue) string { return steps(i.Flagged) })
	f("an epic is told twice", `"parent":{"id":"77","key":"K-7"},"customfield_5":"K-7"`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"IssueParentAssociation","from":null,"fromString":null,"to":"77","toString":"K-7"}]},
		  {"id":"2","created":1767344400030,"items":[{"field":"Epic Link","fieldId":"customfield_5","from":null,"fromString":null,"to":"77","toString":"K-7"}]}]`,
		"01-01 09:00 0; 01-02 09:00 77 | 01-01 09:00 ; 01-02 09:00 77", 0, func(i *agile.Issue) string { return steps(i.Parent) + " | " + steps(i.EpicLink) })
	f("a move changes key and project", `"project":{"id":"20","key":"OB"}`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"project","fieldId":"project","from":"10","fromString":"K","to":"20","toString":"OB"},{"field":"Key","from":null,"fromString":"K-9","to":null,"toString":"K-1"}]}]`,
		"01-01 09:00 10; 01-02 09:00 20 | 01-01 09:00 K-9; 01-02 09:00 K-1", 0, func(i *agile.Issue) string { return steps(i.Project) + " | " + steps(i.Key) })
	f("time tracking in seconds", `"timeoriginalestimate":14400`,
		`[{"id":"1","created":1767344400000,"items":[{"field":"timeoriginalestimate","fieldId":"timeoriginalestimate","from":null,"fromString":null,"to":"14400","toString":"14400"}]}]`,
		"01-01 09:00 {0 false}; 01-02 09:00 {14400 true}", 0, func(i *agile.Issue) string { return steps(i.Numbers["timeoriginalestimate"]) })
	parent := func(i *agile.Issue) string { return steps(i.Parent) }
	const linked = `{"id":"1","created":1767344400000,"items":[{"field":"Epic Link","fieldId":"customfield_5","to":"6","toString":"K-6"}]}`
	f("a parent made of the older link has its past", `"parent":{"id":"7","key":"K-7"},"customfield_5":"K-7"`,
		`[`+linked+`,{"id":"2","created":1767430800000,"items":[{"field":"Epic Link","fieldId":"customfield_5","from":"6","fromString":"K-6","to":"7","toString":"K-7"}]}]`,
		"01-01 09:00 0; 01-02 09:00 6; 01-03 09:00 7", 0, parent)
	f("a parent made of the older link, changed since", `"parent":{"id":"7","key":"K-7"},"customfield_5":"K-7"`,
		`[`+linked+`,{"id":"2","created":1767430800000,"items":[{"field":"IssueParentAssociation","from":"6","to":"7"}]}]`,
		"01-01 09:00 0; 01-02 09:00 6; 01-03 09:00 7", 1, parent) // the link's own history ends early
	f("a sub-task's parent is no epic of before", `"parent":{"id":"9","key":"K-9"},"customfield_5":null`,
		`[`+linked+`,{"id":"2","created":1767430800000,"items":[{"field":"Epic Link","fieldId":"customfield_5","from":"6","fromString":"K-6"},{"field":"Parent","to":"9"}]}]`,
		"01-01 09:00 0; 01-03 09:00 9", 0, parent)
	f("a parent from the beginning", `"parent":{"id":"9","key":"K-9"}`, `[`+linked+`]`, "01-01 09:00 9", 1, parent)
	f("a history of the year 51502 is left out", `"status":{"id":"1","name":"A"}`, `[{"id":"1","created":"51502-01-01T00:00:00.000+0000","items":[]}]`,
		"01-01 09:00 1", 0, func(i *agile.Issue) string { return steps(i.Status) })
}

// TestPitfallPeople: people and free text stand in every place that can hold them; none leaves.
func TestPitfallPeople(t *testing.T) {
	raw := rawOf(t, `"summary":"The title","assignee":{"displayName":"MARK"},"description":"MARK","comment":{"comments":[{"body":"MARK","author":{"displayName":"MARK"}}]},
		"customfield_6":{"displayName":"MARK","accountId":"MARK"},"customfield_7":[{"displayName":"MARK"}],"customfield_8":"MARK","customfield_9":"MARK","unlisted":"MARK",
		"status":{"id":"1","name":"A","description":"MARK"},"parent":{"id":"3","fields":{"summary":"MARK","assignee":"MARK"}}`,
		`[{"id":"1","author":{"displayName":"MARK"},"created":1767344400000,"historyMetadata":{"actor":"MARK"},"items":[
		 {"field":"assignee","fieldId":"assignee","from":"MARK","fromString":"MARK","to":"MARK","toString":"MARK","tmpFromAccountId":"MARK"},
		 {"field":"Reviewer","fieldId":"customfield_6","to":"MARK"},{"field":"Reviewers","fieldId":"customfield_7","toString":"MARK"},{"field":"description","fieldId":"description","toString":"MARK"},
		 {"field":"Comment","toString":"MARK"},{"field":"Gone","fieldId":"customfield_99","toString":"MARK"},{"field":"status","fieldId":"status","from":"2","fromString":"B","to":"1","toString":"A","tmpToAccountId":"MARK"}]}]`)
	if strings.Contains(string(raw), "MARK") {
		t.Errorf("somebody is kept: %s", raw)
	}
	if !strings.Contains(string(raw), "The title") || !strings.Contains(string(raw), `"toString":"A"`) {
		t.Errorf("the work itself is not kept: %s", raw)
	}
	for _, id := range pitfallSet(t).asked() {
		for _, never := range []string{"assignee", "description", "comment", "worklog", "customfield_6", "customfield_7", "customfield_8", "customfield_9"} {
			if id == never {
				t.Errorf("%s is asked for", id)
			}
		}
	}
}

// TestPitfallRecorded translates real issues: every timeline begins at the creation and ends in the
// present value.
func TestPitfallRecorded(t *testing.T) {
	root := os.Getenv("JEREM_RECORDED")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "jira")
	}
	for site, broken := range map[string]int{"devlake": 14, "jirametrics/site": 0} {
		t.Run(site, func(t *testing.T) {
			var wire []wireField
			var issues []wireIssue
			for file, out := range map[string]any{"fields.json": &wire, "issues.json": &issues} {
				raw, err := os.ReadFile(filepath.Join(root, site, file))
				if err != nil {
					t.Skipf("no recorded Jira data at %s: set JEREM_RECORDED to try them", root)
				}
				if err := json.Unmarshal(raw, out); err != nil {
					t.Fatal(err)
				}
			}
			fs, joints := newFieldset(wire), 0
			for _, w := range issues {
				d, err := clean(w, w.Changelog.Histories, fs)
				if err != nil {
					t.Fatal(err)
				}
				raw, _ := json.Marshal(d)
				tr, err := Translate(raw)
				if err != nil {
					t.Fatal(err)
				}
				i := tr.Issue
				if i.Broken > 0 {
					joints++
				}
				if !i.Status[0].From.Equal(i.Created) || !i.Sprints[0].From.Equal(i.Created) || i.Key.Last() != w.Key {
					t.Errorf("%s: its timelines do not begin at %v", w.Key, i.Created)
				}
				if status := things(w.Fields["status"]); i.Status.Last() != status[0].ID {
					t.Errorf("%s: status ends in %s, is %s", w.Key, i.Status.Last(), status[0].ID)
				}
				if w.Key == "EE-14" {
					at := time.Date(2020, 6, 12, 1, 22, 26, 0, time.UTC)
					if n := i.Numbers["timeoriginalestimate"].At(at); n.Value != 14400 {
						t.Errorf("EE-14 is estimated %v at %v", n, at)
					}
				}
			}
			if joints != broken {
				t.Errorf("%d issues have a history that does not join, measured were %d", joints, broken)
			}
		})
	}
}

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
	f := func(name string, pages []string, want int, code Code) {
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
			if n != want || (code == "") != (failed == nil) || code != "" && !Is(failed, code) {
				t.Errorf("%d ids, want %d; error %v, want %q", n, want, failed, code)
			}
		})
	}
	f("three pages", []string{`{"issues":[{"id":"1"},{"id":"2"}],"nextPageToken":"a"}`, `{"issues":[{"id":"3"}],"nextPageToken":"b","isLast":true}`, `{"issues":[{"id":"4"}]}`}, 4, "")
	f("an empty page in the middle", []string{`{"issues":[],"nextPageToken":"a"}`, `{"issues":[{"id":"3"}]}`}, 1, "")
	f("a token again", []string{`{"issues":[{"id":"1"}],"nextPageToken":"a"}`, `{"issues":[{"id":"2"}],"nextPageToken":"a"}`}, 2, Lying)
	f("no ids", []string{`{"issues":[{"id":"x"}]}`}, 0, Lying)
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
			fmt.Fprint(w, `{"issueChangeLogs":[{"issueId":"1","changeHistories":[{"id":"1","created":1767344400000,"items":[{"field":"status","fieldId":"status","from":"1","to":"2"}]}]}],"nextPageToken":"n"}`)
		case strings.HasSuffix(r.URL.Path, "/changelog/bulkfetch"):
			fmt.Fprint(w, `{"issueChangeLogs":[{"issueId":"1","changeHistories":[{"id":"2","created":1767348000000,"items":[{"field":"status","fieldId":"status","from":"2","to":"3"}]}]}],"nextPageToken":null}`)
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
					issues = append(issues, fmt.Sprintf(`{"id":%q,"key":"K-%s","fields":{"created":"2026-01-01T10:00:00.000+0100","status":{"id":"3"}}}`, id, id))
				}
			}
			fmt.Fprintf(w, `{"issues":[%s],"issueErrors":%s}`, strings.Join(issues, ","), errs)
		}
	})
	docs, outcome, err := c.Documents(t.Context(), ids, pitfallSet(t))
	if err != nil || len(docs) != 249 || fmt.Sprint(outcome.Missing) != "[5]" || fmt.Sprint(sizes) != "[100 100 50 1]" {
		t.Fatalf("%d documents, missing %v, asked %v, %v", len(docs), outcome.Missing, sizes, err)
	}
	if docs[0].Changes != 2 {
		t.Errorf("%d changes of the first issue, want those of both pages", docs[0].Changes)
	}
}

// TestPitfallRefusals: each refusal has its kind, its remedy, and the number of tries that make sense.
func TestPitfallRefusals(t *testing.T) {
	f := func(name string, status int, header, body string, code Code, tries int, hint string) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			asked := 0
			c := ask(t, Config{Username: "me@example.org", Password: "very-secret"}, func(w http.ResponseWriter, r *http.Request) {
				asked++
				if k, v, ok := strings.Cut(header, ": "); ok {
					w.Header().Set(k, v)
				}
				w.WriteHeader(status)
				fmt.Fprint(w, body)
			})
			_, err := c.Myself(t.Context())
			var e *Error
			if !errors.As(err, &e) || e.Code != code || !strings.Contains(e.Hint, hint) || asked != tries {
				t.Errorf("%v (%d tries), want %s with a hint on %q after %d", err, asked, code, hint, tries)
			}
			if err != nil && (strings.Contains(err.Error(), "very-secret") || strings.Contains(err.Error(), "me@example.org")) {
				t.Errorf("credentials are told: %v", err)
			}
		})
	}
	f("wrong credentials", 401, "", `{"message":"Client must be authenticated: me@example.org very-secret"}`, Unauthorized, 1, "jira.password")
	f("captcha", 403, "X-Seraph-LoginReason: AUTHENTICATION_DENIED", `{}`, Unauthorized, 1, "CAPTCHA")
	f("scope", 401, "", `{"message":"Unauthorized; scope does not match"}`, Unauthorized, 1, "scope")
	f("forbidden", 403, "", `{"errorMessages":["no"]}`, Forbidden, 1, "permission")
	f("no context path", 404, "Content-Type: text/html", `<html>`, NotJira, 1, "context path")
	f("removed", 410, "", `{"errorMessages":["The requested API has been removed."]}`, Gone, 1, "newer version")
	f("limited", 429, "Retry-After: 0", `{}`, Limited, 5, "next cycle")
	f("longer than patience", 429, "Retry-After: 86400", `{}`, Limited, 1, "next cycle")
	f("failing", 503, "", `{}`, Failing, 5, "next cycle")
	f("a login page", 200, "Content-Type: text/html", `<html>Log in</html>`, NotJira, 1, "login page")
	f("cut", 200, "", `{"timeZone":"Eur`, Failing, 5, "proxy")
	f("another shape", 200, "", `[1]`, Lying, 1, "jira.url")
}

// TestPitfallCutSecret: credentials are taken out of a long message before it is cut, else their beginning would be told;
// and it is cut between characters.
func TestPitfallCutSecret(t *testing.T) {
	c := ask(t, Config{Username: "me@example.org", Password: "very-secret"}, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(401)
		fmt.Fprintf(w, `{"message":"%svery-secret"}`, strings.Repeat("é", 247)+"a")
	})
	_, err := c.Myself(t.Context())
	if err == nil || strings.Contains(err.Error(), "very") || !utf8.ValidString(err.Error()) {
		t.Errorf("%v", err)
	}
	c = ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(401)
		fmt.Fprintf(w, `{"message":"a%s"}`, strings.Repeat("é", 400))
	})
	if _, err := c.Myself(t.Context()); err == nil || !utf8.ValidString(err.Error()) || len(err.Error()) > 900 {
		t.Errorf("%v", err)
	}
}

// TestPitfallLists: a list's pages are those asked for, and end; else nothing is told, rather than the same for ever.
func TestPitfallLists(t *testing.T) {
	lists := map[string]func(c *Client) (int, error){
		"boards":  func(c *Client) (int, error) { l, err := c.Boards(t.Context(), "K"); return len(l), err },
		"sprints": func(c *Client) (int, error) { l, err := c.Sprints(t.Context(), 1); return len(l), err },
		"logs": func(c *Client) (n int, err error) {
			for _, failed := range c.IssueWorklogs(t.Context(), 1) {
				if n, err = n+1, failed; err != nil {
					n--
				}
			}
			return n, err
		},
		"projects": func(c *Client) (int, error) { _, err := c.Project(t.Context(), "K"); return 0, err },
	}
	for name, read := range lists {
		f := func(what string, moves bool, last, want int, code Code) {
			t.Helper()
			asked := 0
			c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/project/K") {
					w.WriteHeader(404)
					fmt.Fprint(w, `{}`)
					return
				}
				if asked++; asked > 20 {
					t.Fatal("asked for ever")
				}
				start := r.URL.Query().Get("startAt")
				if !moves {
					start = "0"
				}
				fmt.Fprintf(w, `{"startAt":%s,"isLast":%v,"total":%d,"values":[{"id":%d,"name":"x","key":"X","type":"scrum"}],
					"worklogs":[{"id":"%d","issueId":"1","started":"2026-01-01T10:00:00.000+0100","timeSpentSeconds":60}]}`, start, asked == last, cmp.Or(last, 99), asked, asked)
			})
			n, err := read(c)
			if name == "projects" && code == "" { // all pages were read, and none holds it
				code, n = NotFound, asked
			}
			if name == "logs" && code != "" { // they are told page by page
				want = 1
			}
			if n != want || code == "" && err != nil || code != "" && !Is(err, code) {
				t.Errorf("%s, %s: %d, %v", name, what, n, err)
			}
		}
		f("three pages", true, 3, 3, "")
		f("a server that knows no pages", false, 0, 0, Lying)
	}
}

// TestPitfallSimpleBoard: a team-managed board without sprints is a kanban board; one whose sprints cannot be had just
// now is neither.
func TestPitfallSimpleBoard(t *testing.T) {
	f := func(status int, body string, kind agile.BoardKind, code Code) {
		t.Helper()
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/sprint") {
				w.WriteHeader(status)
				fmt.Fprint(w, body)
				return
			}
			fmt.Fprint(w, `{"startAt":0,"isLast":true,"values":[{"id":7,"name":"x","type":"simple"}]}`)
		})
		list, err := c.Boards(t.Context(), "K")
		if code != "" && (!Is(err, code) || !strings.Contains(err.Error(), "board 7")) || code == "" && (err != nil || len(list) != 1 || list[0].Kind != kind) {
			t.Errorf("%d: %+v, %v", status, list, err)
		}
	}
	f(200, `{"startAt":0,"isLast":true,"values":[]}`, agile.Scrum, "")
	f(400, `{"errorMessages":["The board does not support sprints"]}`, agile.Kanban, "")
	f(503, `{}`, "", Failing)
}

// TestPitfallRedirect: credentials never go to another host.
func TestPitfallRedirect(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("asked elsewhere with %q", r.Header.Get("Authorization"))
	}))
	defer elsewhere.Close()
	c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) })
	if _, err := c.Myself(t.Context()); !Is(err, NotJira) || !strings.Contains(err.Error(), "another host") {
		t.Errorf("%v", err)
	}
}

// TestPitfallLogin: each way to log in has its header, behind a gateway's path too.
func TestPitfallLogin(t *testing.T) {
	f := func(conf Config, want string) {
		t.Helper()
		got := ""
		c := ask(t, conf, func(w http.ResponseWriter, r *http.Request) {
			got = r.Header.Get("Authorization") + " " + r.URL.Path
			fmt.Fprint(w, `{"timeZone":"Europe/Paris"}`)
		})
		if _, err := c.Myself(t.Context()); err != nil || got != want {
			t.Errorf("%q, want %q; %v", got, want, err)
		}
	}
	f(Config{Username: "a", Password: "b"}, "Basic YTpi /rest/api/3/myself")
	f(Config{Token: "x"}, "Bearer x /rest/api/3/myself")
	f(Config{Token: "x", URL: "/ex/jira/1/"}, "Bearer x /ex/jira/1/rest/api/3/myself")
}

// TestPitfallSprints: only the refusal that says a board has no sprints is an answer.
func TestPitfallSprints(t *testing.T) {
	for body, want := range map[string]bool{`{"errorMessages":["The board does not support sprints"]}`: true, `{"errorMessages":["Something else"]}`: false} {
		c := ask(t, Config{Token: "t"}, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(400); fmt.Fprint(w, body) })
		if _, err := c.Sprints(t.Context(), 1); errors.Is(err, ErrNoSprints) != want {
			t.Errorf("%s: %v", body, err)
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
			fmt.Fprint(w, `[{"id":"1","issueId":"10","created":"2026-01-02T10:00:00.000+0100","started":"2026-01-01T10:00:00.000+0100","timeSpentSeconds":60,"author":{"displayName":"MARK"}},
			                {"id":"2","issueId":"99","started":"2026-01-01T10:00:00.000+0100","timeSpentSeconds":60}]`)
		case r.URL.Query().Get("since") == "0" || stuck:
			fmt.Fprint(w, `{"values":[{"worklogId":1},{"worklogId":2}],"until":5,"lastPage":false}`)
		default:
			fmt.Fprint(w, `{"values":[{"worklogId":2}],"until":6,"lastPage":true}`)
		}
	})
	n := 0
	for l, err := range c.Worklogs(t.Context(), time.Time{}, func(issue int64) bool { return issue == 10 }) {
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
	for _, err := range c.Worklogs(t.Context(), time.Time{}, func(int64) bool { return true }) {
		failed = err
	}
	if !Is(failed, Lying) {
		t.Errorf("pages that do not advance: %v", failed)
	}
}

func FuzzPitfallTranslate(f *testing.F) {
	f.Add([]byte(`{"id":1,"created":1,"fields":{"status":{"kind":"one","options":[{"id":"1"}]}},"histories":[{"id":"1","at":2,"items":[{"field":"status","kind":"one","from":"2","to":"1"}]}]}`))
	f.Add([]byte(`{"histories":[{"items":[{"field":"customfield_1","kind":"parts","from":"1"},{"field":"customfield_1","kind":"options","to":"[1, 2]","toString":"a, b"}]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		tr, err := Translate(raw)
		if err == nil && len(tr.Issue.Status) == 0 {
			t.Error("an issue without a status timeline")
		}
	})
}

func FuzzPitfallClean(f *testing.F) {
	f.Add([]byte(`{"id":"1","fields":{"created":1767344400000,"customfield_2":["[id=5,name=x]"],"customfield_3":{"value":"a","child":{"value":"b"}}}}`), []byte(`[{"id":1,"created":"2026-01-01","items":[{"field":"Sprint","from":7}]}]`))
	f.Fuzz(func(t *testing.T, issue, histories []byte) {
		var w wireIssue
		var hs []wireHistory
		if json.Unmarshal(issue, &w) != nil || json.Unmarshal(histories, &hs) != nil {
			return
		}
		d, err := clean(w, hs, pitfallSet(t))
		if err != nil {
			return
		}
		raw, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Translate(raw); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
	})
}
