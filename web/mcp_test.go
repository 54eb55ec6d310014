package web

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"jerem/testrun"
	"jerem/web/webtest"
)

// withHeader sends a header with each request.
type withHeader struct{ name, value string }

func (h withHeader) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set(h.name, h.value)
	return http.DefaultTransport.RoundTrip(r)
}

// assistant is a client of the protocol, by the protocol's own library.
func assistant(t *testing.T, address string, auth withHeader) (*sdk.ClientSession, error) {
	t.Helper()
	client := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &sdk.StreamableClientTransport{Endpoint: address + "/mcp",
		HTTPClient: &http.Client{Transport: auth}, DisableStandaloneSSE: true}, nil)
	if err == nil {
		t.Cleanup(func() { session.Close() })
	}
	return session, err
}

// call returns what a tool answers, and whether it failed.
func call(t *testing.T, s *sdk.ClientSession, tool string, arguments map[string]any) (string, bool) {
	t.Helper()
	result, err := s.CallTool(context.WithoutCancel(t.Context()), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		return err.Error(), true
	}
	return result.Content[0].(*sdk.TextContent).Text, result.IsError
}

// assistedCompany serves the company of the story, with an assistant that asks it, and the tools it is told of.
func assistedCompany(t *testing.T) (http.Handler, *sdk.ClientSession, []*sdk.Tool) {
	t.Helper()
	b := webtest.Read(t, webtest.Story(), webtest.Company()...)
	h := NewServer(b.Store, b.Teams, "https://jira.example", b.Log)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	s, err := assistant(t, server.URL, withHeader{"X-Any", "1"})
	if err != nil {
		t.Fatal(err)
	}
	listed, err := s.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return h, s, listed.Tools
}

// TestAssistants: each tool answers what the API answers at its address, and what is wrong with a call is told.
func TestAssistants(t *testing.T) {
	t.Parallel()
	h, s, tools := assistedCompany(t)
	asked := map[string]bool{}
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		address   string
	}{
		{"teams", nil, "/api/v1/teams"},
		{"portfolio", map[string]any{"quarter": "Q4-26"}, "/api/v1/portfolio?quarter=Q4-26"},
		{"sprints", map[string]any{"team": "Kubernetes"}, "/api/v1/teams/Kubernetes/sprints"},
		{"sprints", map[string]any{"team": "kubernetes"}, "/api/v1/teams/Kubernetes/sprints"},
		{"sprints", map[string]any{"team": "Réseau / 50%"}, "/api/v1/teams/R%C3%A9seau%20%2F%2050%25/sprints"},
		{"sprint", map[string]any{"team": "Kubernetes", "id": "23"}, "/api/v1/teams/Kubernetes/sprints/23"},
		{"quarters", map[string]any{"team": "Kubernetes"}, "/api/v1/teams/Kubernetes/quarters"},
		{"quarter", map[string]any{"team": "Kubernetes", "quarter": "Q4-26"},
			"/api/v1/teams/Kubernetes/quarters/Q4-26"},
		{"forecast", map[string]any{"team": "Kubernetes", "remaining": "5", "pace": "0.9"},
			"/api/v1/teams/Kubernetes/forecast?remaining=5&pace=0.9"},
		{"flow", map[string]any{"team": "Kubernetes", "at": ""}, "/api/v1/teams/Kubernetes/flow"},
		{"late", map[string]any{"team": "Kubernetes"}, "/api/v1/teams/Kubernetes/late"},
		{"explain", map[string]any{"figure": "progression", "team": "Kubernetes", "quarter": "Q4-26"},
			"/api/v1/explain?figure=progression&team=Kubernetes&quarter=Q4-26"},
	} {
		asked[c.tool] = true
		_, want, _ := get(t, h, c.address)
		if got, bad := call(t, s, c.tool, c.arguments); bad || got != want {
			t.Errorf("%s %v answers\n%.300s\nwant\n%.300s", c.tool, c.arguments, got, want)
		}
	}
	for _, tool := range tools {
		if !asked[tool.Name] || !tool.Annotations.ReadOnlyHint {
			t.Errorf("%s is not tried here, or not told to only read", tool.Name)
		}
	}
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		want      string
	}{
		{"sprint", map[string]any{"team": "None"}, "None"},
		{"sprint", map[string]any{}, "team"},
		{"flow", map[string]any{"team": "Kubernetes", "person": "ada"}, "person"},
		{"forecast", map[string]any{"team": "Kubernetes", "by": "soon"}, "soon"},
		{"teams", map[string]any{"at": 7}, "each argument is a text"},
	} {
		if got, bad := call(t, s, c.tool, c.arguments); !bad || !strings.Contains(got, c.want) {
			t.Errorf("%s %v: failed is %v, %q", c.tool, c.arguments, bad, got)
		}
	}
}

// TestArgumentsOfTools: a tool takes what its address reads, so that every address under explain can be asked for.
func TestArgumentsOfTools(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	h, s, tools := assistedCompany(t)
	_, body, _ := get(t, h, "/api/v1/openapi.json")
	d := parseDescription(t, body, func(string) bool { return true })
	const ofTeam = "/api/v1/teams/{team}/"
	addresses := map[string]string{"teams": "/api/v1/teams", "portfolio": "/api/v1/portfolio",
		"sprints": ofTeam + "sprints", "sprint": ofTeam + "sprints/{id}", "quarters": ofTeam + "quarters",
		"quarter": ofTeam + "quarters/{quarter}", "forecast": ofTeam + "forecast", "flow": ofTeam + "flow",
		"late": ofTeam + "late", "explain": "/api/v1/explain"}
	for _, tool := range tools {
		schema := tool.InputSchema.(map[string]any)
		takes := slices.Sorted(maps.Keys(schema["properties"].(map[string]any)))
		var reads []string
		item := d.Paths.Value(addresses[tool.Name])
		for _, p := range append(item.Parameters, item.Get.Parameters...) {
			reads = append(reads, p.Value.Name)
		}
		slices.Sort(reads)
		if !slices.Equal(takes, reads) {
			t.Errorf("%s takes %q, its address reads %q", tool.Name, takes, reads)
		}
	}
	explained := map[string]any{"figure": "progression", "initiative": "Network", "quarter": "Q4-26"}
	_, want, _ := get(t, h, "/api/v1/explain?figure=progression&initiative=Network&quarter=Q4-26")
	if got, bad := call(t, s, "explain", explained); bad || got != want {
		t.Errorf("an initiative's progression is explained by %.300s, want %.300s", got, want)
	}
}

// TestPresentSprint: without an id a sprint is the active one.
func TestPresentSprint(t *testing.T) {
	t.Parallel()
	b := webtest.Read(t, webtest.Story(), webtest.Company()...)
	server := httptest.NewServer(NewServer(b.Store, b.Teams, "https://jira.example", b.Log))
	t.Cleanup(server.Close)
	s, err := assistant(t, server.URL, withHeader{"X-Any", "1"})
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		ID    int64
		State string
	}
	text, _ := call(t, s, "sprints", map[string]any{"team": "Kubernetes"})
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatal(err)
	}
	var got struct {
		ID    int64
		State string
	}
	text, _ = call(t, s, "sprint", map[string]any{"team": "Kubernetes"})
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	for _, one := range list {
		if one.State == "active" && one.ID != got.ID {
			t.Errorf("sprint %d is %s, the active one is %d", got.ID, got.State, one.ID)
		}
	}
	if got.State != "active" {
		t.Errorf("the sprint is %s", got.State)
	}
}

// TestAssistantsSeeWhatTheirTokenSees: an assistant is a visitor like others, and a page elsewhere is none.
func TestAssistantsSeeWhatTheirTokenSees(t *testing.T) {
	t.Parallel()
	g := newGated(t, nil)
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	s, err := assistant(t, server.URL, withHeader{"Authorization", "Bearer " + g.tokens["one"]})
	if err != nil {
		t.Fatal(err)
	}
	if text, bad := call(t, s, "teams", nil); bad || strings.Contains(text, "Secret") ||
		!strings.Contains(text, "Kubernetes") {
		t.Errorf("the teams are %s", text)
	}
	if text, bad := call(t, s, "flow", map[string]any{"team": "Secret team"}); !bad {
		t.Errorf("another team is told: %s", text)
	}
	for _, auth := range []withHeader{{"X-Any", "1"}, {"Authorization", "Bearer jerem_none"},
		{"Authorization", "Bearer " + g.tokens["badge"]}} {
		if _, err := assistant(t, server.URL, auth); err == nil {
			t.Errorf("%v is let in", auth)
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/mcp", strings.NewReader(`{}`))
	r.Header.Set("Authorization", "Bearer "+g.tokens["one"])
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden {
		t.Errorf("a page elsewhere is answered %d", w.Code)
	}
	for _, method := range []string{http.MethodPost, http.MethodPut} {
		w = httptest.NewRecorder()
		g.ServeHTTP(w, httptest.NewRequest(method, "/mcp", strings.NewReader(`{}`)))
		if w.Code < 400 || !strings.HasPrefix(w.Body.String(), `{"error":`) {
			t.Errorf("an assistant that is not let in is answered %d %s", w.Code, w.Body)
		}
	}
}
