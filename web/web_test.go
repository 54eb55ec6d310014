package web

import (
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/agile"
	"jerem/sync"
	"jerem/web/webtest"
)

var update = flag.Bool("update", false, "write the goldens anew")

// serve serves a story that was read. All tests that ask for the same one share its handler: none of them has a way to
// change what is kept, and what one of them asked is computed for the others too.
func serve(t testing.TB, story []byte, teams ...agile.Team) http.Handler {
	t.Helper()
	return sharedHandler(fmt.Sprintf("%s%+v", story, teams), func() http.Handler {
		h, _ := serveBot(lasting{t}, story, teams...)
		return h
	})
}

// serveBot is serve with a handler and a store of its own, and the bot that has read the story once.
func serveBot(t testing.TB, story []byte, teams ...agile.Team) (http.Handler, *sync.Reader) {
	t.Helper()
	b := webtest.Read(t, story, teams...)
	return NewServer(b.Store, teams, "https://jira.example", b.Log), b
}

func company() []agile.Team                { return webtest.Company() }
func story(testing.TB) []byte              { return webtest.Story() }
func team(name, project string) agile.Team { return webtest.Team(name, project) }

func get(t testing.TB, h http.Handler, address string) (int, string, http.Header) {
	t.Helper()
	return webtest.Get(t, h, address)
}

// TestAPI holds the answers of the story's first team to what is kept in testdata. They were compared with
// the story when they were written; run with -update after a wanted change, and read the difference.
func TestAPI(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	for name, address := range map[string]string{
		"teams":      "/api/v1/teams",
		"sprints":    "/api/v1/teams/Kubernetes/sprints",
		"sprint":     "/api/v1/teams/Kubernetes/sprints/23",
		"past":       "/api/v1/teams/Kubernetes/sprints/23?at=2026-11-18T12:00:00Z",
		"closed":     "/api/v1/teams/Kubernetes/sprints/21",
		"future":     "/api/v1/teams/Kubernetes/sprints/23?at=2026-11-10",
		"quarter":    "/api/v1/teams/Kubernetes/quarters/Q4-26",
		"quarters":   "/api/v1/teams/Kubernetes/quarters",
		"no-quarter": "/api/v1/teams/Kubernetes/quarters/Q5-26",
		"issue":      "/api/v1/teams/Kubernetes/issues/k8s-1424",
		"series":     "/api/v1/series?class=storypoint&team=Kubernetes&from=2026-11-19&to=2026-11-20",
		"no-team":    "/api/v1/teams/Nobody/sprints",
		"no-time":    "/api/v1/teams/Kubernetes/sprints?at=noon",
		"no-class":   "/api/v1/series?class=(",
		"no-page":    "/api/v1/nothing",
	} {
		t.Run(name, func(t *testing.T) {
			_, body, header := get(t, h, address)
			if header.Get("Content-Type") != "application/json; charset=utf-8" {
				t.Errorf("content type %q", header.Get("Content-Type"))
			}
			golden(t, "testdata/"+name+".json", indent(t, body))
		})
	}
}

func indent(t *testing.T, body string) string {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(body), &value); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	text, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (−want +got):\n%s", file, diff)
	}
}

// TestStatus: each address answers with the status that fits.
func TestStatus(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"), team("Lost", "NOPE"))
	for address, want := range map[string]int{
		"/": 200, "/teams/Kubernetes": 200, "/teams/Kubernetes/sprints/21": 200, "/teams/Kubernetes?at=2026-10-01": 200,
		"/teams/Kubernetes/issues/K8S-1424": 200,
		"/teams/Kubernetes/sprints/99":      404, "/teams/Kubernetes/sprints/x": 404,
		"/teams/Kubernetes/issues/K8S-9": 404, "/teams/Nobody": 404, "/nothing": 404,
		"/teams/Kubernetes?at=noon": 400, "/teams/Lost": 503, "/api/v1/teams/Lost/sprints": 503, "/healthz": 200,
		"/health": 200, "/api/v1/openapi.json": 200,
		"/teams/Kubernetes/sprints/23/ledger.csv": 200, "/teams/Kubernetes/roadmap": 200,
		"/teams/Kubernetes/roadmap?quarter=Q1-27": 200, "/teams/Kubernetes/roadmap?quarter=x": 400,
		"/teams/Kubernetes/quarters/Q4-26/epics.csv": 200, "/teams/Kubernetes/quarters/Q4-26/weekly.csv": 200,
		"/?quarter=Q3-26": 200, "/?quarter=x": 400, "/?at=2026-10-01": 200,
		"/metrics": 200, "/readyz": 503, "/assets/jerem.css": 404,
	} {
		if code, body, _ := get(t, h, address); code != want {
			t.Errorf("%s: %d, want %d: %.200s", address, code, want, body)
		}
	}
}

// TestPages: every page is well-formed where it draws, loads nothing from elsewhere and has no style
// or script of its own.
func TestPages(t *testing.T) {
	h := serve(t, story(t), team("Kubernetes", "K8S"))
	for _, address := range []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/sprints/21",
		"/teams/Kubernetes?at=2026-11-10", "/teams/Kubernetes/issues/K8S-1424",
		"/teams/Kubernetes/roadmap", "/teams/Kubernetes/roadmap?at=2026-10-01",
		"/teams/Kubernetes/roadmap?quarter=Q1-27", "/?quarter=Q3-26"} {
		_, body, header := get(t, h, address)
		if !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: no policy", address)
		}
		for _, bad := range []string{" style=", "<style", "onclick=", "NaN", "Inf ", "Inf\"", "%!", "<no value>",
			"ZgotmplZ"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s: holds %q", address, bad)
			}
		}
		for _, drawing := range regexp.MustCompile(`(?s)<svg `+
			`class="chart".*?</svg>\s*(?:</article>|<p|<details)`).FindAllString(body,
			-1) {
			drawing = drawing[:strings.LastIndex(drawing, "</svg>")+len("</svg>")]
			if err := wellFormed(drawing); err != nil {
				t.Errorf("%s: %v in %.300s", address, err, drawing)
			}
		}
	}
}

func wellFormed(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// TestNoPersonServed: nothing of the people of a story is on a page or in an answer.
func TestNoPersonServed(t *testing.T) {
	people, err := os.ReadFile("../sync/testdata/people.txtar")
	if err != nil {
		t.Fatal(err)
	}
	h := serve(t, people, team("Kubernetes", "K8S"))
	served := ""
	for _, address := range []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/issues/K8S-1",
		"/teams/Kubernetes/issues/K8S-2", "/teams/Kubernetes/sprints/21/ledger.csv",
		"/teams/Kubernetes/roadmap", "/teams/Kubernetes/quarters/Q4-26/epics.csv", "/metrics",
		"/api/v1/teams/Kubernetes/quarters/Q4-26",
		"/api/v1/teams", "/api/v1/teams/Kubernetes/sprints", "/api/v1/teams/Kubernetes/sprints/21",
		"/api/v1/teams/Kubernetes/issues/K8S-1", "/api/v1/series"} {
		code, body, _ := get(t, h, address)
		if code != http.StatusOK {
			t.Errorf("%s: %d", address, code)
		}
		served += body
	}
	if !strings.Contains(served, "An impediment") {
		t.Fatal("the pages show no titles: there would be nothing to find")
	}
	for _, mark := range []string{"arkerperson", "arkertext", "5b10ac8d82e05b22cc7d", "example.com",
		"Telemetry Reader"} {
		if strings.Contains(served, mark) {
			t.Errorf("%q is shown", mark)
		}
	}
}

// TestKanban: a board without sprints has its page, and nothing fails.
func TestKanban(t *testing.T) {
	kanban := "A Kanban team.\n-- site --\nurl https://jira.example\nzone UTC\nclock 2026-11-23 14:00\n-- board 1 " +
		"kanban OB \"Observability\" --\ncolumn \"To Do\": open\ncolumn \"Done\": done\n" +
		"-- OB-1 Story \"A story\" --\n2026-11-12 10:00 created labels=impediment\n2026-11-13 10:00 status=done\n"
	h := serve(t, []byte(kanban), team("OB", "OB"))
	code, body, _ := get(t, h, "/teams/OB")
	if code != 200 || !strings.Contains(body, "A Kanban board has no sprints") {
		t.Errorf("%d: %.300s", code, body)
	}
	if code, body, _ := get(t, h, "/api/v1/teams/OB/sprints"); code != 200 || strings.TrimSpace(body) != "[]" {
		t.Errorf("%d: %s", code, body)
	}
}
