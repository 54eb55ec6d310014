package sync

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// question is a request as Atlassian's documents know it: its path with parameters cut out, and what it says.
type question struct {
	method, path string
	query, body  []string
}

// TestQuestionsAsDocumented: whatever a reading asks of a Cloud stands in Atlassian's own documents: the path, each
// parameter, each property of the body.
func TestQuestionsAsDocumented(t *testing.T) {
	documented := append(
		documentedQuestions(t, "jira-cloud-platform-v3.2026-01-30.json"),
		documentedQuestions(t, "jira-software-cloud.2026-01-31.json")...)
	asked := map[string]bool{}
	conf := synctest.Team("K8S", 0)
	conf.Filter, conf.Impediment.JQL = "labels is EMPTY OR labels = impediment", "type = Bug"
	r, c := livingRig(t, synctest.LivingStory, conf)
	sim := jirasim.NewServer(livingSite(t), jirasim.Options{Email: "bot@example.org", Token: "token", Now: c.Now})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		req.Body = io.NopCloser(bytes.NewReader(body))
		if req.URL.Path != "/rest/api/2/serverInfo" { // asked before it is known what answers
			asked[compare(t, documented, req, body)] = true
		}
		sim.ServeHTTP(w, req)
	}))
	t.Cleanup(server.Close)
	r.reader.Jira = synctest.NewClient(t, server.URL)
	for range 2 {
		r.collect(t, conf)
	}
	if len(asked) < 12 {
		t.Errorf("only %d kinds of questions were asked", len(asked))
	}
}

// compare checks a request and returns the path that it asked.
func compare(t *testing.T, documented []question, req *http.Request, body []byte) string {
	said := map[string]json.RawMessage{}
	if len(body) > 0 {
		if err := json.Unmarshal(body, &said); err != nil {
			t.Errorf("%s: its body is no object: %s", req.URL.Path, body)
		}
	}
	for _, q := range documented {
		if q.method != req.Method || !pathFits(q.path, req.URL.Path) {
			continue
		}
		for name := range req.URL.Query() {
			if !slices.Contains(q.query, name) {
				t.Errorf("%s %s has no parameter %s", q.method, q.path, name)
			}
		}
		for name := range said {
			if !slices.Contains(q.body, name) {
				t.Errorf("%s %s has no property %s", q.method, q.path, name)
			}
		}
		return q.method + " " + q.path
	}
	t.Errorf("%s %s stands in no document", req.Method, req.URL.Path)
	return ""
}

var parameter = regexp.MustCompile(`\\\{\w+\\\}`)

func pathFits(documented, path string) bool {
	pattern := parameter.ReplaceAllString(regexp.QuoteMeta(documented), `[^/]+`)
	return regexp.MustCompile("^" + pattern + "$").MatchString(path)
}

// documentedQuestions reads the requests of one of Atlassian's documents; those without parameters in the path first.
func documentedQuestions(t *testing.T, name string) []question {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(synctest.RecordedFolder(t, "openapi"), name))
	if err != nil {
		t.Fatal(err)
	}
	type schema struct {
		Ref        string                     `json:"$ref"`
		Properties map[string]json.RawMessage `json:"properties"`
	}
	type operation struct {
		Parameters []struct {
			Name string `json:"name"`
		} `json:"parameters"`
		Body struct {
			Content map[string]struct {
				Schema schema `json:"schema"`
			} `json:"content"`
		} `json:"requestBody"`
	}
	var doc struct {
		Paths map[string]struct {
			Get  *operation `json:"get"`
			Post *operation `json:"post"`
		} `json:"paths"`
		Components struct {
			Schemas map[string]schema `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(src, &doc); err != nil {
		t.Fatal(err)
	}
	var plain, others []question
	for path, methods := range doc.Paths {
		for method, m := range map[string]*operation{http.MethodGet: methods.Get, http.MethodPost: methods.Post} {
			if m == nil {
				continue
			}
			q := question{method: method, path: path}
			for _, p := range m.Parameters {
				q.query = append(q.query, p.Name)
			}
			s := m.Body.Content["application/json"].Schema
			if s.Ref != "" {
				s = doc.Components.Schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]]
			}
			for name := range s.Properties {
				q.body = append(q.body, name)
			}
			if strings.Contains(path, "{") {
				others = append(others, q)
			} else {
				plain = append(plain, q)
			}
		}
	}
	return append(plain, others...)
}
