package web

import (
	"encoding/json"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/store"
	"jerem/store/storetest"
	"jerem/testrun"
	"jerem/web/source"
)

// TestAddresses: what people write leads to the one address of a thing.
func TestAddresses(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, story(t), append(company(), team("Straße", "STR"))...)
	for address, want := range map[string]string{
		"/teams": "/", "/teams/": "/", "/index.html": "/", "/teams/index.html": "/", "/portfolio": "/",
		"/teams?at=2026-11-20": "/?at=2026-11-20",
		"/teams/Kubernetes/":   "/teams/Kubernetes", "/teams/kubernetes": "/teams/Kubernetes",
		"/teams/KUBERNETES/roadmap/?quarter=Q4-26":       "/teams/Kubernetes/roadmap?quarter=Q4-26",
		"/teams/kubernetes/index.html":                   "/teams/Kubernetes",
		"/teams/kubernetes/sprints/23/burndown.svg":      "/teams/Kubernetes/sprints/23/burndown.svg",
		"/teams/r%C3%A9seau%20%2F%2050%25":               network,
		"/teams/R%C3%89SEAU%20%2f%2050%25/roadmap":       network + "/roadmap",
		"/api/v1/teams/":                                 "/api/v1/teams",
		"/api/v1/teams/kubernetes/sprints?at=2026-11-20": "/api/v1/teams/Kubernetes/sprints?at=2026-11-20",
		"/api/v1/teams/Kubernetes/sprints/":              "/api/v1/teams/Kubernetes/sprints", "/healthz/": "/healthz",
	} {
		code, _, header := get(t, h, address)
		if code != http.StatusPermanentRedirect || header.Get("Location") != want {
			t.Errorf("%s: %d to %q, want %q", address, code, header.Get("Location"), want)
		}
		if code, body, _ := get(t, h, want); code >= 400 {
			t.Errorf("%s leads to %s, which answers %d %.100s", address, want, code, body)
		}
	}
	for _, address := range []string{"//evil.example", "//evil.example/teams/kubernetes/", "/teams//evil.example/",
		"/%2f%2fevil.example/", "/\\evil.example/", "/teams/%0d%0aSet-Cookie:x/"} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path, r.RequestURI = address, address
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if to := rec.Header().Get("Location"); strings.HasPrefix(to, "//") || strings.HasPrefix(to, "/\\") ||
			strings.HasPrefix(to, "http") || strings.ContainsAny(to, "\r\n") {
			t.Errorf("%s leads away, to %s", address, to)
		}
	}
}

// TestNoDeadEnd: an address that is none says so with links to what exists: as a page to people, as JSON to programs.
func TestNoDeadEnd(t *testing.T) {
	h := serve(t, story(t), company()...)
	for _, address := range []string{"/nothing", "/teams/Nobody", "/teams/Nobody/roadmap", "/teams/Kubernetes/sprints",
		"/teams/Kubernetes/nothing", "/teams/Kubernetes/sprints/99", "/teams/Kubernetes/issues/K8S-9",
		"/teams/Kubernetes/roadmap?quarter=x", "/teams/%3Cscript%3E", "/teams/Kubernetes?at=noon", "/apis",
		"/index.php", "/teams/Kubernetes/sprints/23/pie.svg", "/assets"} {
		code, body, header := get(t, h, address)
		if code < 400 || code >= 500 || !strings.HasPrefix(header.Get("Content-Type"), "text/html") ||
			!strings.Contains(body, `href="/teams/Kubernetes"`) {
			t.Errorf("%s: %d %s leads nowhere", address, code, header.Get("Content-Type"))
		}
		if strings.Contains(body, "<script>") {
			t.Errorf("%s: is shown as it came", address)
		}
	}
	for _, address := range []string{"/api", "/api/v1", "/api/v2/teams", "/api/v1/nothing",
		"/api/v1/teams/Nobody/sprints", "/api/v1/teams/Kubernetes", "/api/v1/teams/Kubernetes/nothing"} {
		code, body, _ := get(t, h, address)
		var told struct{ Error toldProblem }
		if err := json.Unmarshal([]byte(body), &told); err != nil || code != http.StatusNotFound ||
			told.Error.Message == "" || told.Error.Hint == "" {
			t.Errorf("%s: %d %.200s", address, code, body)
		}
	}
}

// TestTwoTeamsOfOneName: where names differ in case alone, neither is led to the other.
func TestTwoTeamsOfOneName(t *testing.T) {
	testrun.SkipInShort(t)
	h := serve(t, story(t), team("core", "K8S"), team("Core", "NET"))
	for address, want := range map[string]int{"/teams/core": 200, "/teams/Core": 200, "/teams/CORE": 404} {
		if code, _, _ := get(t, h, address); code != want {
			t.Errorf("%s: %d, want %d", address, code, want)
		}
	}
}

// TestFirstRun: while nothing was read yet pages say how far it is and come again by themselves; they say nothing of
// quarters. Where readings fail they say by what, and that asking again alone may not help.
func TestFirstRun(t *testing.T) {
	kept, err := store.Open(t.Context(), storetest.EmptyFile(t, t.TempDir()+"/jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	company := []agile.Team{team("Kubernetes", "K8S"), team("Network", "NET")}
	live, begun := source.Live{}, time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	s := newServer(Options{Store: kept, Teams: company, Log: slog.New(slog.DiscardHandler), AnyHost: true,
		Live: func() source.Live { return live }})
	h := s.guardedRoutes(nil)
	show := func(say string, not ...string) {
		t.Helper()
		for _, address := range []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap"} {
			_, page, header := get(t, h, address)
			if !strings.Contains(page, say) || header.Get("Refresh") == "" {
				t.Errorf("%s: does not say %q, or does not come again", address, say)
			}
			for _, text := range append(not, "no epic belongs", "0 points", "no sprint is active") {
				if strings.Contains(page, text) {
					t.Errorf("%s: says %q", address, text)
				}
			}
		}
	}
	show("irst", "of 5000")
	live.Reading = &source.Reading{What: "fields, boards and sprints", Since: begun}
	if _, page, _ := get(t, h, "/"); strings.Count(mainOf(t, page), "fields, boards and sprints") != 1 ||
		!strings.Contains(page, `class="f-exp waits"`) || !strings.Contains(page, source.UntilRead) {
		t.Errorf("what is read at first is not told once, or no bar moves: %s", mainOf(t, page))
	}
	live.Reading = &source.Reading{What: "issues", Done: 1200, Total: 5000, Since: begun}
	show("issues 1200 of 5000", "of 6000")
	live.Reading.Total = 6000
	show("1200 of 6000", "of 5000") // not the remembered one
	if _, page, _ := get(t, h, "/"); !strings.Contains(page, `<rect width="20%" class="f-exp"`) {
		t.Error("how far the reading is, is not drawn")
	}
	live.Reading = nil
	for _, one := range company {
		if err := kept.Teams.SetBehind(t.Context(), one.Name, begun,
			"401: the credentials are wrong (Set jira.token.)"); err != nil {
			t.Fatal(err)
		}
	}
	live.Troubles = []source.Trouble{
		{Part: source.PartReading, Since: begun, Why: "401 (Set jira.token.)", Next: "Set it."}}
	show("Set jira.token)", "by itself", "on its way", "jira.token.)")
	if _, page, _ := get(t, h, "/"); strings.Count(page, "Set jira.token") != 1 {
		t.Error("what keeps both teams from being read is not told once")
	}
	if _, page, _ := get(t, h, "/wall"); !strings.Contains(page, ">Kubernetes was not read yet</h1>") ||
		!strings.Contains(page, ">401: the credentials are wrong (Set jira.token)</p>") {
		t.Errorf("the wall does not tell what, and why, as a page does: %s", page)
	}
}

// TestMeant: an address that is none leads to the one that it was likely meant to be: a page, a team, a sprint by its
// name or number, a quarter, an issue; nothing is made up where none is near.
func TestMeant(t *testing.T) {
	testrun.SkipInShort(t)
	first := team("Epicless", "K8S")
	first.Filter = "labels = impediment"
	h := serve(t, story(t), append([]agile.Team{first}, company()...)...)
	for address, want := range map[string]string{
		"/wal":                                            "/wall",
		"/styelguide":                                     "/styleguide",
		"/teams/Kubernets":                                "/teams/Kubernetes",
		"/teams/Kubernets/roadmap":                        "/teams/Kubernetes/roadmap",
		"/teams/Kubernetes/roadmp":                        "/teams/Kubernetes/roadmap",
		"/teams/Kubernetes/flows":                         "/teams/Kubernetes/flow",
		"/teams/Kubernetes/sprint":                        "/teams/Kubernetes",
		"/teams/Kubernetes/sprints/sprint%2022":           "/teams/Kubernetes/sprints/22",
		"/teams/Kubernetes/issues/K8S-14241":              "/teams/Kubernetes/issues/K8S-1424",
		"/teams/Kubernetes/issues/K8S-9424":               "/teams/Kubernetes/issues/K8S-1424",
		"/teams/Kubernetes/issues/K8S-9924":               "",
		"/teams/Kubernetes/issues/K8S-14":                 "",
		"/teams/Kubernetes/issues/KS8-1424":               "/teams/Kubernetes/issues/K8S-1424",
		"/teams/Kubernetes/roadmap?quarter=Q426":          "/teams/Kubernetes/roadmap?quarter=Q4-26",
		"/?quarter=Q4-2026":                               "/?quarter=Q4-26",
		"/teams/Kubernetes/issues/K8S-1424?at=2020-01-01": "", // it is there, and was not then
		"/teams/Kubernetes/sprint/22":                     "/teams/Kubernetes/sprints/22",
		"/teams/Kubernetes/issue/K8S-1424":                "/teams/Kubernetes/issues/K8S-1424",
		"/teams/Kubernetes/quarters/Q426/epics.csv":       "/teams/Kubernetes/quarters/Q4-26/epics.csv",
		"/teams/Kubernetes/quarters/Q426/told.svg?at=2026-11-20": "/teams/Kubernetes/quarters/Q4-26/" +
			"told.svg?at=2026-11-20",
		"/teams/Kubernetes/quarter/Q4-26/weekly.csv":       "/teams/Kubernetes/quarters/Q4-26/weekly.csv",
		"/teams/Kubernetes/quarters/Q4-26":                 "/teams/Kubernetes/roadmap?quarter=Q4-26",
		"/teams/Kubernetes/sprints/sprint%2022/ledger.csv": "/teams/Kubernetes/sprints/22/ledger.csv",
		"/teams/Kubernetes/issues/K8S-14241/history.csv":   "/teams/Kubernetes/issues/K8S-1424/history.csv",
		"/teams/Kubernetes/sprints/22/nothing":             "",
		"/explain?figure=remaining&quarter=Q4-26&team=Kubernets": "/explain?figure=remaining&quarter=Q4-26&" +
			"team=Kubernetes",
		"/explain?figure=remaining&quarter=Q426&team=Kubernetes": "/explain?figure=remaining&quarter=Q4-26&" +
			"team=Kubernetes",
		"/something/else/altogether":             "",
		"/teams/Nobody":                          "",
		"/teams/Nobody/roadmp":                   "",
		"/teams/Kubernetes/issues/SOMETHING-1":   "",
		"/teams/Kubernetes/sprints/something":    "",
		"/teams/Kubernetes/roadmap?quarter=soon": "",
	} {
		code, page, _ := get(t, h, address)
		got := ""
		if m := regexp.MustCompile(`Did you mean <a href="([^"]+)"`).FindStringSubmatch(page); m != nil {
			got = html.UnescapeString(m[1])
		}
		if code < 400 || got != want {
			t.Errorf("%s: %d, leads to %q, want %q", address, code, got, want)
		}
		if want == "" {
			continue
		}
		if code, _, _ := get(t, h, want); code != http.StatusOK {
			t.Errorf("%s leads to %s, which answers %d", address, want, code)
		}
	}
}
