package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"jerem/testrun"
	"jerem/web/frame"
	"jerem/web/source"
)

// logged is a log that can be looked into.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// TestTroubleIsShown: what the loop cannot do stands on the pages, in behind, readyz and /metrics, since when, why and
// what next; when it is over it is gone.
func TestTroubleIsShown(t *testing.T) {
	testrun.SkipInShort(t)
	since := time.Date(2026, 11, 23, 12, 30, 0, 0, time.UTC)
	var live source.Live
	_, h := serverOf(t, func(o *Options) { o.Live = func() source.Live { return live } }, team("Kubernetes", "K8S"),
		team("Network", "NET"))
	pages := []string{"/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap", "/teams/Kubernetes/issues/K8S-1424"}
	for _, c := range []struct {
		trouble     source.Trouble
		ready       int
		behind      bool
		onlyOfOther bool
	}{
		{source.Trouble{Part: source.PartStore, Since: since, Why: "store jerem.db: the disk is full",
			Next: "Make room."}, 503, true, false},
		{source.Trouble{Part: source.PartReading, Since: since, Why: "jira.example does not answer",
			Next: "Each cycle tries again."}, 200, true, false},
		{source.Trouble{Team: "Kubernetes", Part: source.PartReading, Since: since, Why: "403: no right",
			Next: "Give it back."}, 200, true, false},
		{source.Trouble{Team: "Kubernetes", Part: source.PartPosting, Since: since, Why: "sink warp10: away",
			Next: "Each cycle tries again."}, 200, false, false},
		{source.Trouble{Team: "Network", Part: source.PartPosting, Since: since, Why: "sink warp10: away",
			Next: "Each cycle tries again."}, 200, false, true},
	} {
		live.Troubles = []source.Trouble{c.trouble}
		for _, address := range pages {
			_, page, _ := get(t, h, address)
			shown := strings.Contains(page, c.trouble.Why) && strings.Contains(page, c.trouble.Next) &&
				strings.Contains(datesJoined(page), "23 Nov 2026, 12:30")
			if want := !c.onlyOfOther || address == "/"; shown != want {
				t.Errorf("%s with %v: shown %v", address, c.trouble, shown)
			}
		}
		_, text, _ := get(t, h, "/metrics")
		if line := `jerem_trouble{part="` + c.trouble.Part + `",team="` + c.trouble.Team +
			`"} 1`; !strings.Contains(text, line) {
			t.Errorf("/metrics has no %s", line)
		}
		if got := strings.Contains(text,
			`jerem_team_behind{team="Kubernetes"} 1`); got != (c.trouble.Part == source.PartReading) {
			t.Errorf("%v: jerem_team_behind %v", c.trouble, got)
		}
		if code, text, _ := get(t, h, "/readyz"); code != c.ready || !strings.Contains(text, c.trouble.Why) {
			t.Errorf("/readyz with %v: %d %s", c.trouble, code, text)
		}
		_, body, _ := get(t, h, "/api/v1/teams")
		var teams []struct{ Behind *source.Trouble }
		if err := json.Unmarshal([]byte(body), &teams); err != nil || (teams[0].Behind != nil) != c.behind ||
			c.behind && teams[0].Behind.Why != c.trouble.Why {
			t.Errorf("%v: behind in %s", c.trouble, body)
		}
	}
	live.Troubles = nil
	for _, address := range append(pages, "/readyz", "/metrics") {
		if _, page, _ := get(t, h, address); strings.Contains(page, "in trouble since") ||
			strings.Contains(page, "jerem_trouble{") {
			t.Errorf("%s: goes on about what is over", address)
		}
	}
}

// TestTroubleOfEachTeam: each team's trouble is told of it, though another one has the same, or itself a second one; a
// list of lines tells what several share in one.
func TestTroubleOfEachTeam(t *testing.T) {
	since := time.Date(2026, 11, 23, 12, 30, 0, 0, time.UTC)
	of := func(team, part, why string, hours int) source.Trouble {
		return source.Trouble{Team: team, Part: part, Since: since.Add(time.Duration(hours) * time.Hour), Why: why,
			Next: "Each cycle tries again."}
	}
	live := source.Live{Troubles: []source.Trouble{
		of("Kubernetes", source.PartPosting, "sink a: away", 1), of("Network", source.PartPosting, "sink a: away", 0),
		of("Network", source.PartPosting, "sink b: full", 2),
	}}
	_, h := serverOf(t, func(o *Options) { o.Live = func() source.Live { return live } }, team("Kubernetes", "K8S"),
		team("Network", "NET"))
	for address, want := range map[string][]string{
		"/teams/Kubernetes": {"Posting of Kubernetes: in trouble since Mon 23 Nov 2026, 13:30 UTC. sink a: away."},
		"/teams/Network": {"Posting of Network: in trouble since Mon 23 Nov 2026, 12:30 UTC. sink a: away.",
			"Posting of Network: in trouble since Mon 23 Nov 2026, 14:30 UTC. sink b: full."},
		"/readyz": {"Posting of Kubernetes, Network: in trouble since Mon 23 Nov 2026, 12:30 UTC. sink a: away.",
			"Posting of Network: in trouble since Mon 23 Nov 2026, 14:30 UTC. sink b: full."},
		"/metrics": {`jerem_trouble{part="posting",team="Kubernetes"} 1`,
			`jerem_trouble{part="posting",team="Network"} 1`},
	} {
		_, text, _ := get(t, h, address)
		for _, line := range want {
			if !strings.Contains(datesJoined(text), line) {
				t.Errorf("%s lacks %s", address, line)
			}
		}
		if told := strings.Count(text, "in trouble since"); strings.HasPrefix(address, "/teams") && told != len(want) {
			t.Errorf("%s tells %d troubles, want %d", address, told, len(want))
		}
	}
	live.Troubles = []source.Trouble{of("Kubernetes", source.PartStore, "the disk is full", 1),
		of("Network", source.PartStore, "the disk is full", 0)}
	if _, text, _ := get(t, h, "/readyz"); strings.Count(text, "the disk is full") != 1 {
		t.Errorf("/readyz tells of one store %s", text)
	}
	const line = "The store: in trouble since Mon 23 Nov 2026, 12:30 UTC. the disk is full."
	for _, address := range []string{"/teams/Kubernetes", "/teams/Network"} {
		if _, page, _ := get(t, h, address); !strings.Contains(datesJoined(page), line) {
			t.Errorf("%s does not tell of the store", address)
		}
	}
}

// TestFaultIsTold: an answer that cannot be made says what to do, readyz and pages tell it, and it is over with the
// next one that can.
func TestFaultIsTold(t *testing.T) {
	var log logged
	s, h := serverOf(t, func(o *Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) },
		team("Kubernetes", "K8S"))
	bad := math.Inf(1)
	fault := func() (any, error) { panic("index out of range \x1b[31m") }
	broken := true
	odd := s.guard.Handler(s.jsonHandler(func(*http.Request) (any, error) {
		if broken {
			return fault()
		}
		return 1, nil
	}, readsNothing))
	for _, make := range []func() (any, error){fault, func() (any, error) { return bad, nil }} {
		fault = make
		broken = true
		code, body, _ := get(t, odd, "/api/v1/odd")
		if code != 500 || !strings.Contains(body, "jerem rebuild") || !json.Valid([]byte(body)) {
			t.Errorf("%d %s", code, body)
		}
		if code, text, _ := get(t, h, "/readyz"); code != 503 || !strings.Contains(text, "/api/v1/odd") {
			t.Errorf("readyz: %d %s", code, text)
		}
		if _, page, _ := get(t, h, "/"); !strings.Contains(page, "jerem rebuild") {
			t.Error("no page tells it")
		}
		broken = false
		if code, _, _ := get(t, odd, "/api/v1/odd"); code != 200 {
			t.Errorf("%d", code)
		}
		if code, text, _ := get(t, h, "/readyz"); code != 200 {
			t.Errorf("readyz goes on: %d %s", code, text)
		}
	}
	if text := log.String(); !strings.Contains(text, "index out of range") || strings.Contains(text, "\x1b") {
		t.Errorf("the log: %s", text)
	}
}

// TestPageThatCannotBeWritten: where the template of a page fails, a person gets the page of the problem, whole, and
// nothing of the page that failed; where that page fails too, the problem stands as text.
func TestPageThatCannotBeWritten(t *testing.T) {
	s, _ := serverOf(t, nil, team("Kubernetes", "K8S"))
	failing := frame.ParseBare(fstest.MapFS{
		"half.html": {Data: []byte(`{{define "main"}}<p>half a page {{.Body.Missing}}{{end}}`)}}, "half.html")
	page := s.pageHandler(func(*http.Request) (frame.View, error) {
		return frame.View{Template: failing, Title: "Half", Team: "Kubernetes"}, nil
	}, readsNothing)
	code, body, header := get(t, page, "/teams/Kubernetes/half")
	if code != 500 || strings.Contains(body, "half a page") || !strings.Contains(body, "</html>") ||
		!strings.Contains(body, "<b>500</b>") || !strings.Contains(body, "jerem rebuild") ||
		!strings.HasPrefix(header.Get("Content-Type"), "text/html") {
		t.Errorf("%d %s %s", code, header.Get("Content-Type"), body)
	}
	problem := s.pageHandler(func(*http.Request) (frame.View, error) {
		return frame.View{Template: frame.ProblemTemplate, Body: 1}, nil
	}, readsNothing)
	if code, body, _ := get(t, problem, "/half"); code != 500 || !strings.HasPrefix(body, "This cannot be answered") {
		t.Errorf("%d %s", code, body)
	}
}

// TestStoreLost: where the store cannot be read any more, pages, readyz and /metrics say so, with the remedy.
func TestStoreLost(t *testing.T) {
	s, h := serverOf(t, nil, team("Kubernetes", "K8S"))
	if err := s.teams.Store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/", "/teams/Kubernetes", "/api/v1/teams", "/readyz"} {
		code, body, _ := get(t, h, address)
		if code < 500 && !strings.Contains(body, "in trouble") {
			t.Errorf("%s: %d and no word of it: %.200s", address, code, body)
		}
		if strings.Contains(body, "cannot be computed") {
			t.Errorf("%s: a fault of the program is told, and not that the store is lost", address)
		}
	}
	if code, _, _ := get(t, h, "/healthz"); code != 200 {
		t.Errorf("healthz: %d", code)
	}
	if _, home, _ := get(t, h, "/"); !strings.Contains(home, "No team can be told of now") {
		t.Errorf("the portfolio of teams that were read once:\n%s", home)
	}
}

// TestPlaceOfTheStore: where the store is, its host, role and name too, is nothing to who looks at pages.
func TestPlaceOfTheStore(t *testing.T) {
	var place string
	s, h := serverOf(t, func(o *Options) {
		place = o.Store.Place()
		o.Live = func() source.Live {
			return source.Live{Troubles: []source.Trouble{{Part: source.PartStore, Since: time.Now(),
				Why: "store " + place + ": its disk is full", Next: "Make room."}}}
		}
	}, team("Kubernetes", "K8S"))
	if _, body, _ := get(t, h, "/"); !strings.Contains(body, "he store: its disk is full") {
		t.Errorf("the trouble itself is not told:\n%s", body)
	}
	for _, isClosed := range []bool{false, true} {
		if isClosed {
			if err := s.teams.Store.Close(); err != nil {
				t.Fatal(err)
			}
		}
		for _, address := range []string{"/", "/teams/Kubernetes", "/api/v1/teams", "/api/v1/teams/Kubernetes/flow",
			"/readyz", "/wall", "/teams/Kubernetes/badge.svg", "/metrics"} {
			if _, body, _ := get(t, h, address); strings.Contains(body, place) {
				t.Errorf("closed %v: %s names %s", isClosed, address, place)
			}
		}
	}
}

// TestGoneViewer: a viewer who goes away is no error of the log.
func TestGoneViewer(t *testing.T) {
	var log logged
	_, h := serverOf(t, func(o *Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) },
		team("Kubernetes", "K8S"))
	server := httptest.NewServer(h)
	defer server.Close()
	for _, address := range []string{"/api/v1/series", "/teams/Kubernetes", "/teams.csv", "/metrics", "/readyz"} {
		res, err := http.Get(server.URL + address)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close() // without reading it
		r := httptest.NewRequest(http.MethodGet, address, nil)
		ctx, leave := context.WithCancel(r.Context())
		leave()
		h.ServeHTTP(httptest.NewRecorder(), r.WithContext(ctx))
	}
	if text := log.String(); text != "" {
		t.Errorf("the log says %s", text)
	}
}
