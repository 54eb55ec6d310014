package sync

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

// TestQuestionsAsDocumented: whatever a reading asks of a Cloud stands in Atlassian's own documents: the path, each
// parameter and each property of the body, with its type.
func TestQuestionsAsDocumented(t *testing.T) {
	documented := documents{
		readDocument(t, "jira-cloud-platform-v3.2026-01-30.json"),
		readDocument(t, "jira-software-cloud.2026-01-31.json"),
	}
	var mu sync.Mutex // some questions are asked side by side
	asked := map[string]bool{}
	conf := synctest.Team("K8S", 0)
	conf.Filter, conf.Impediment.JQL = "labels is EMPTY OR labels = impediment", "type = Bug"
	story, teams := withBoards(synctest.LivingStory, conf) // many teams ask of a site what few do not
	r, c := livingRig(t, story, teams...)
	sim := jirasim.NewServer(synctest.StorySite(t, story), jirasim.Options{Email: "bot@example.org", Token: "token",
		Now: c.Now})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.URL.Path != "/rest/api/2/serverInfo" { // asked before it is known what answers
			question := documented.holdQuestion(t, req)
			mu.Lock()
			asked[question] = true
			mu.Unlock()
		}
		sim.ServeHTTP(w, req)
	}))
	t.Cleanup(server.Close)
	r.reader.Jira = synctest.NewClient(t, server.URL)
	for range 2 {
		r.collect(t, conf)
	}
	if len(asked) < 14 {
		t.Errorf("only %d kinds of questions were asked", len(asked))
	}
}

// documents are Atlassian's OpenAPI documents, each of which finds the operation that a request asks.
type documents []routers.Router

// holdQuestion compares a request with what the documents say of its path, and returns the method and the path there.
func (d documents) holdQuestion(t *testing.T, req *http.Request) string {
	t.Helper()
	for _, document := range d {
		route, inPath, err := document.FindRoute(req)
		if err != nil {
			continue
		}
		asked := route.Method + " " + route.Path
		for name := range req.URL.Query() {
			if route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name) == nil {
				t.Errorf("%s has no parameter %s", asked, name)
			}
		}
		if err := openapi3filter.ValidateRequest(t.Context(), &openapi3filter.RequestValidationInput{
			Request: req, PathParams: inPath, Route: route, Options: &openapi3filter.Options{
				MultiError: true, SkipSettingDefaults: true, RejectWhenRequestBodyNotSpecified: true,
				AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
		}); err != nil {
			t.Errorf("%s: %v", asked, err)
		}
		return asked
	}
	t.Errorf("%s %s stands in no document", req.Method, req.URL.Path)
	return ""
}

// readDocument reads a document and checks that it is one; its examples and defaults are not all of their own schemas.
// It names https://your-domain.atlassian.net as its server: here any server is one. Paths that only change or delete
// are left out: three of them stand beside another one that differs in the name of a parameter alone, which OpenAPI
// forbids.
func readDocument(t *testing.T, name string) routers.Router {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile(filepath.Join(synctest.RecordedFolder(t, "openapi"), name))
	if err != nil {
		t.Fatal(err)
	}
	doc.Servers = nil
	for path, item := range doc.Paths.Map() {
		if item.Get == nil && item.Post == nil {
			doc.Paths.Delete(path)
		}
	}
	if err := doc.WalkSchemas(closeObject); err != nil {
		t.Fatal(err)
	}
	router, err := legacy.NewRouter(doc, openapi3.DisableExamplesValidation(),
		openapi3.DisableSchemaDefaultsValidation())
	if err != nil {
		t.Fatal(err)
	}
	return router
}

// closeObject refuses properties beside those that an object names, also where the document does not say that it has
// no others.
func closeObject(_ string, schema *openapi3.SchemaRef) error {
	others, none := &schema.Value.AdditionalProperties, false
	if others.Has == nil && others.Schema == nil && len(schema.Value.Properties) > 0 {
		others.Has = &none
	}
	return nil
}
