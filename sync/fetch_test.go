package sync

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jerem/agile"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// between puts a story before the reader, each answer of which a test may change, knowing the question.
func (r *rig) between(
	t *testing.T,
	story string,
	dialect jirasim.Options,
	change func(req *http.Request, question []byte, a *synctest.Answer),
) {
	t.Helper()
	dialect.Email, dialect.Token = synctest.Email, synctest.Token
	r.sim = jirasim.NewServer(synctest.StorySite(t, story), dialect)
	r.address = synctest.ServeChanged(t, r.sim, change)
	r.reader.Jira = synctest.NewClient(t, r.address)
}

// asksFor tells whether a question names an issue by its id.
func asksFor(req *http.Request, question []byte, id string) bool {
	return bytes.Contains(question, []byte(`"`+id+`"`)) ||
		bytes.Contains(question, []byte("id in (")) && bytes.Contains(question, []byte(id)) ||
		strings.HasSuffix(req.URL.Path, "/"+id)
}

func without(t *testing.T, a *synctest.Answer, gone func(id string) bool) {
	t.Helper()
	a.Edit(t, func(body map[string]any) {
		list, _ := body["issues"].([]any)
		body["issues"] = slices.DeleteFunc(list, func(x any) bool { return gone(x.(map[string]any)["id"].(string)) })
		if _, ok := body["total"]; ok {
			body["total"] = json.Number(strconv.Itoa(len(body["issues"].([]any))))
		}
	})
}

// spoiled are the ways in which one issue of a Cloud does not come, with what is done to the answers to questions for
// it.
var spoiled = map[string]func(t *testing.T, req *http.Request, a *synctest.Answer){
	"refused": func(t *testing.T, _ *http.Request, a *synctest.Answer) {
		without(t, a, func(id string) bool { return id == "10003" })
		a.Edit(t, func(body map[string]any) {
			body["issueErrors"] = []any{map[string]any{"id": "10003", "errorMessage": "no"}}
		})
	},
	"left out": func(t *testing.T, _ *http.Request, a *synctest.Answer) {
		without(t, a, func(id string) bool { return id == "10003" })
	},
	"without id": func(t *testing.T, _ *http.Request, a *synctest.Answer) {
		a.Body = bytes.ReplaceAll(a.Body, []byte(`"id":"10003"`), []byte(`"id":"x"`))
	},
	"status 500": func(_ *testing.T, _ *http.Request, a *synctest.Answer) {
		a.Status, a.Body = 500, []byte(`{"errorMessages":["Oops"]}`)
	},
	"status 400": func(_ *testing.T, _ *http.Request, a *synctest.Answer) {
		a.Status, a.Body = 400, []byte(`{"errorMessages":["Oops"]}`)
	},
	"status 413": func(_ *testing.T, _ *http.Request, a *synctest.Answer) {
		a.Status, a.Body = 413,
			[]byte(`too much`)
	},
	"cut":         func(_ *testing.T, _ *http.Request, a *synctest.Answer) { a.Body = a.Body[:len(a.Body)/2] },
	"other shape": func(_ *testing.T, _ *http.Request, a *synctest.Answer) { a.Body = []byte(`{"issues":"none"}`) },
	"another page": func(_ *testing.T, _ *http.Request, a *synctest.Answer) {
		a.Status, a.Body = 200, []byte(`<html>maintenance</html>`)
	},
}

// withAnother is the story of two teams with an issue more of the first one.
var withAnother = strings.Replace(
	twoTeams,
	"-- AA-2",
	"-- AA-3 Story \"Lost\" --\n2026-10-01 10:00 created points=3 sprint=1\n-- AA-2",
	1,
)

// TestOneIssueSpoils: whatever keeps one issue from coming, the others are read, the team is, and the grade tells
// which one is lacking; when it comes again nothing is lacking any more, without a change of its own.
func TestOneIssueSpoils(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("AA", 1)
	whole, _ := livingRig(t, withAnother, conf)
	want := synctest.Export(t, whole.collect(t, conf))
	lost := idOf(t, whole, "AA-3")
	for name, spoil := range synctest.SampleOf(spoiled) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, _ := livingRig(t, withAnother, conf)
			contradictions := false
			r.between(
				t,
				withAnother,
				jirasim.Options{},
				func(req *http.Request, question []byte, a *synctest.Answer) {
					if !contradictions && synctest.AsksForIssues(req) && asksFor(req, question, lost) {
						a.Body = bytes.ReplaceAll(a.Body, []byte(`"id":"`+lost+`"`), []byte(`"id":"10003"`))
						spoil(t, req, a)
						a.Body = bytes.ReplaceAll(a.Body, []byte(`"id":"10003"`), []byte(`"id":"`+lost+`"`))
					}
				},
			)
			r.collect(t, conf)
			gaps := gapsOf(t, r, conf)
			if len(gaps) != 1 || gaps[0].Source != agile.SourceIssues ||
				!slices.Equal(gaps[0].Issues, []string{lost}) {
				t.Errorf("what is lacking is not told: %+v, of issue %s", gaps, lost)
			}
			if got := synctest.Export(t, r.kept(t, conf)); got == want || !strings.Contains(got, "sprint") {
				t.Error("the others are not read, or all are")
			}
			contradictions = true
			if got := synctest.Export(t, r.collect(t, conf)); got != want {
				t.Error(synctest.FirstDifference(got, want))
			}
			if gaps := gapsOf(t, r, conf); len(gaps) > 0 {
				t.Errorf("still lacking: %+v", gaps)
			}
		})
	}
}

func gapsOf(t *testing.T, r *rig, conf agile.Team) []agile.Gap {
	t.Helper()
	h, err := r.reader.Store.Teams.History(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	return h.Gaps
}

// idOf tells the id of an issue by its key.
func idOf(t *testing.T, r *rig, key string) string {
	t.Helper()
	h, err := r.reader.Store.Teams.History(t.Context(), r.reader.Teams[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range h.Issues {
		if i.Key.Last() == key {
			return strconv.FormatInt(i.ID, 10)
		}
	}
	t.Fatalf("no issue %s", key)
	return ""
}

// TestOneIssueSpoilsDataCenter: the same of a Data Center, whose search and whose address of the issue fail.
func TestOneIssueSpoilsDataCenter(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	conf := synctest.Team("AA", 1)
	whole, _ := livingRig(t, withAnother, conf)
	want := synctest.Export(t, whole.collect(t, conf))
	lost := idOf(t, whole, "AA-3")
	for name, spoil := range map[string]func(req *http.Request, a *synctest.Answer){
		"hidden": func(req *http.Request, a *synctest.Answer) {
			if req.Method == http.MethodGet {
				a.Status, a.Body = 404, []byte(`{"errorMessages":["Issue does not exist"]}`)
				return
			}
			without(t, a, func(id string) bool { return id == lost })
		},
		"status 500": func(_ *http.Request, a *synctest.Answer) { a.Status, a.Body = 500, []byte(`{}`) },
		"cut":        func(_ *http.Request, a *synctest.Answer) { a.Body = a.Body[:len(a.Body)-9] },
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := livingRig(t, withAnother, conf)
			contradictions := false
			r.between(
				t,
				withAnother,
				jirasim.Options{Dialect: jirasim.DataCenter},
				func(req *http.Request, question []byte, a *synctest.Answer) {
					if !contradictions && synctest.AsksForIssues(req) && asksFor(req, question, lost) {
						spoil(req, a)
					}
				},
			)
			r.collect(t, conf)
			if gaps := gapsOf(t, r, conf); len(gaps) != 1 || gaps[0].Code != agile.GapMissing ||
				!slices.Equal(gaps[0].Issues, []string{lost}) {
				t.Errorf("what is lacking is not told: %+v", gaps)
			}
			contradictions = true
			if got := synctest.Export(t, r.collect(t, conf)); got != want {
				t.Error(synctest.FirstDifference(got, want))
			}
			if gaps := gapsOf(t, r, conf); len(gaps) > 0 {
				t.Errorf("still lacking: %+v", gaps)
			}
		})
	}
}

// TestNoneComes: a team none of whose issues comes is not read, and says why; another team beside it is.
func TestNoneComes(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	a, b := synctest.Team("AA", 1), synctest.Team("BB", 2)
	for name, teams := range map[string][]agile.Team{"alone": {a}, "beside another": {a, b}} {
		for how, answers := range map[string]string{"left out": "", "refused": "refused"} {
			r, _ := livingRig(t, twoTeams, teams...)
			r.between(t, twoTeams, jirasim.Options{}, func(req *http.Request, _ []byte, ans *synctest.Answer) {
				if !strings.HasSuffix(req.URL.Path, "/issue/bulkfetch") {
					return
				}
				ans.Edit(t, func(body map[string]any) {
					var sent, errors []any
					for _, x := range body["issues"].([]any) {
						if issue := x.(map[string]any); strings.HasPrefix(issue["key"].(string), "BB-2") {
							sent = append(sent, x)
						} else {
							errors = append(errors, map[string]any{"id": issue["id"]})
						}
					}
					body["issues"] = append([]any{}, sent...)
					if answers == "refused" {
						body["issueErrors"] = errors
					}
				})
			})
			_, err := r.reader.Collect(t.Context(), false)
			if err == nil || !strings.Contains(err.Error(), "team AA: Jira lists") {
				t.Errorf("%s, %s: %v", name, how, err)
			}
			if _, err := r.reader.Store.Teams.History(t.Context(), a); err == nil {
				t.Errorf("%s, %s: the team counts as read", name, how)
			}
			if len(teams) == 2 {
				r.kept(t, b)
			}
		}
	}
}
