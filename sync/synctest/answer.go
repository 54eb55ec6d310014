package synctest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"jerem/agile"
)

// Answer is what a played Jira is about to say; a test may say something else.
type Answer struct {
	Status int
	Body   []byte
}

// Says is an answer of a status and a body.
func Says(status int, body string) Answer { return Answer{Status: status, Body: []byte(body)} }

// Edit reads the answer, lets a test change it, and writes it again.
func (a *Answer) Edit(t *testing.T, change func(map[string]any)) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(a.Body))
	decoder.UseNumber()
	var body map[string]any
	if err := decoder.Decode(&body); err != nil {
		t.Error(err)
		return
	}
	change(body)
	b, err := json.Marshal(body)
	if err != nil {
		t.Error(err)
	}
	a.Body = b
}

// ServeChanged puts a server before a played Jira, each answer of which a test may change, knowing the question. It
// returns its address.
func ServeChanged(
	t *testing.T,
	jira http.Handler,
	change func(req *http.Request, question []byte, a *Answer),
) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		question, _ := io.ReadAll(req.Body)
		req.Body = io.NopCloser(bytes.NewReader(question))
		rec := httptest.NewRecorder()
		jira.ServeHTTP(rec, req)
		a := &Answer{rec.Code, rec.Body.Bytes()}
		change(req, question, a)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(a.Status)
		_, _ = w.Write(a.Body)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// AsksForIssues tells whether a question is one for issues with their histories.
func AsksForIssues(req *http.Request) bool {
	path := req.URL.Path
	return strings.HasSuffix(path, "/issue/bulkfetch") || strings.HasSuffix(path, "/rest/api/2/search") ||
		strings.Contains(path, "/rest/api/2/issue/")
}

// SideList is a list beside the issues, with how it says that there is nothing.
type SideList struct {
	Path   *regexp.Regexp
	Source agile.Source
	Empty  string
}

// SideLists are the lists beside the issues, by name.
var SideLists = map[string]SideList{
	"boards": {regexp.MustCompile(`/board$`), agile.SourceBoard, `{"startAt":0,"values":[],"isLast":true}`},
	"columns": {
		regexp.MustCompile(`/board/\d+/configuration$`),
		agile.SourceBoard,
		`{"id":1,"name":"","type":"scrum","columnConfig":{"columns":[]}}`,
	},
	"sprints": {
		regexp.MustCompile(`/board/\d+/sprint$`),
		agile.SourceSprints,
		`{"startAt":0,"values":[],"isLast":true}`,
	},
	"statuses": {regexp.MustCompile(`/status$`), agile.SourceStatuses, `[]`},
	"types":    {regexp.MustCompile(`/issuetype$`), agile.SourceTypes, `[]`},
	"fields":   {regexp.MustCompile(`/field$`), agile.SourceFields, `[]`},
}
