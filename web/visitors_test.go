package web

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jerem/access"
	"jerem/access/rules"
	"jerem/agile"
	"jerem/problem"
	"jerem/testrun"
	"jerem/web/source"
	"jerem/web/webtest"
)

// tokens are known by their hash.
type tokens map[string]access.Token

func (l tokens) TokenByHash(_ context.Context, hash string) (access.Token, bool, error) {
	t, found := l[hash]
	return t, found, nil
}

// gated is a server behind a proxy that logs people in, over a company of which ada sees all, bob not the network, and
// eve nothing. A token is for programs that see all, one for those of one team.
type gated struct {
	http.Handler
	tokens map[string]string // texts by name
}

func newGated(t testing.TB, change func(*Options, *access.Options)) gated {
	t.Helper()
	company := []agile.Team{webtest.Team("Kubernetes", "K8S"), webtest.Team("Secret team", "NET"),
		webtest.Team("Observability", "OB")}
	b := webtest.Read(t, webtest.Story(), company...)
	now := time.Now()
	g := gated{tokens: map[string]string{}}
	known := tokens{}
	add := func(name string, role rules.Role, team string, expires time.Time) {
		text, kept := access.NewToken(name, role, team, now, expires)
		g.tokens[name], known[kept.Hash] = text, kept
	}
	add("board", rules.Viewer, "", time.Time{})
	add("one", rules.Viewer, "Kubernetes", time.Time{})
	add("badge", rules.Badge, "Kubernetes", time.Time{})
	add("late", rules.Viewer, "", now.Add(-time.Hour))

	names := make([]string, len(company))
	for i, team := range company {
		names[i] = team.Name
	}
	var minutes atomic.Int64 // the gate looks at the clock beside the answer that it guards
	gate := access.Options{
		Mode:  access.ByProxy,
		Proxy: access.Proxy{Header: "X-Forwarded-User", Trusted: []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32")}},
		Rules: rules.Rules{
			Roles: map[rules.Role][]rules.Matcher{rules.Viewer: {{Login: "ada"}, {Login: "bob"}},
				rules.Operator: {{Login: "eve"}}},
			Teams: map[string][]rules.Matcher{"Secret team": {{Login: "ada"}}},
		},
		Teams: names, Tokens: known, Log: slog.New(slog.DiscardHandler),
		// Attempts that failed are forgotten.
		Now: func() time.Time { return now.Add(time.Duration(minutes.Add(1)) * time.Minute) },
	}
	ended := make(chan struct{})
	close(ended) // so that a stream ends once it has told what is known
	o := Options{Store: b.Store, Teams: company, Log: slog.New(slog.DiscardHandler), AnyHost: true,
		Jira: "https://jira.example", Access: Access{MetricsByToken: true}, Ended: ended}
	if change != nil {
		change(&o, &gate)
	}
	o.Access.Gate = access.New(gate)
	g.Handler = New(o)
	return g
}

// ask asks as somebody: "" for nobody, "token NAME" for a program, else a login that the proxy tells.
func (g gated) ask(t testing.TB, who, address string) (int, string, http.Header) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	if name, isToken := strings.CutPrefix(who, "token "); isToken {
		r.Header.Set("Authorization", "Bearer "+g.tokens[name])
	} else if who != "" {
		r.Header.Set("X-Forwarded-User", who)
	}
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(body), w.Header()
}

// servedPatterns lists the addresses that routes.go names, with a team, a sprint and so on put in.
func servedPatterns(t testing.TB, team string) []string {
	t.Helper()
	text, err := os.ReadFile("routes.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	fill := strings.NewReplacer("{team}", team, "{id}", "1", "{quarter}", "Q4-26", "{key}", "K8S-1", "{$}", "",
		"{name}", "jerem.css", "{file}", "x.csv")
	for _, found := range regexp.MustCompile(`"GET (/[^"]*)"`).FindAllStringSubmatch(string(text), -1) {
		out = append(out, fill.Replace(found[1]))
	}
	if len(out) < 40 {
		t.Fatalf("only %d addresses are found", len(out))
	}
	return out
}

// TestWhoMayLook: every address × everybody. What tells nothing of a team is for all, everything else for viewers: an
// address that nobody thought of is not open.
func TestWhoMayLook(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	g := newGated(t, nil)
	open := []string{"/healthz", "/health", "/readyz", "/favicon.ico", "/assets/jerem.css"}
	for _, address := range servedPatterns(t, "Kubernetes") {
		for who, want := range map[string]int{"": 401, "eve": 403, "mallory": 403, "token badge": 403,
			"token late": 401, "token none": 401, "ada": 0, "bob": 0, "token board": 0, "token one": 0} {
			code, body, _ := g.ask(t, who, address)
			refused := code == 401 || code == 403
			if strings.HasSuffix(address, "/badge.svg") || strings.HasSuffix(address, "/card") {
				if who == "token badge" {
					want = 0 // what it is for
				}
			}
			switch {
			case slices.Contains(open, address):
				if refused {
					t.Errorf("%s for %q: %d, is open", address, who, code)
				}
			case want == 0 && refused, want != 0 && code != want:
				t.Errorf("%s for %q: %d, want %d", address, who, code, want)
			}
			if want != 0 && (strings.Contains(body, "Kubernetes") && !strings.Contains(address, "Kubernetes") ||
				strings.Contains(body, "Secret") || strings.Contains(body, "Observability")) {
				t.Errorf("%s for %q names a team", address, who)
			}
		}
	}
}

// TestTeamThatNobodySees: for who may not see a team it does not exist: not at its own addresses, and in no list, sum
// or stream of others.
func TestTeamThatNobodySees(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	g := newGated(t, nil)
	for _, address := range servedPatterns(t, "Secret%20team") {
		mine := strings.Contains(address, "Secret")
		for _, who := range []string{"bob", "token one"} {
			code, body, _ := g.ask(t, who, address)
			if mine && code != http.StatusNotFound && code != http.StatusPermanentRedirect {
				t.Errorf("%s for %q: %d", address, who, code)
			}
			if !mine && (strings.Contains(body, "Secret") || strings.Contains(body, "NET-")) {
				t.Errorf("%s for %q tells of the team", address, who)
			}
		}
	}
	for _, address := range []string{"/api/v1/series?team=Secret+team",
		"/api/v1/explain?figure=scope&team=Secret+team"} {
		if code, body, _ := g.ask(t, "bob", address); code != http.StatusNotFound {
			t.Errorf("%s: %d %s", address, code, body)
		}
	}
	// the same questions are answered to who may see it, whoever asked before
	for _, c := range []struct {
		who  string
		want int
	}{{"ada", 3}, {"bob", 2}, {"token one", 1}, {"ada", 3}, {"token board", 3}} {
		var list []any
		_, body, _ := g.ask(t, c.who, "/api/v1/teams")
		if err := json.Unmarshal([]byte(body), &list); err != nil || len(list) != c.want {
			t.Errorf("%q sees %d teams, want %d: %v", c.who, len(list), c.want, err)
		}
	}
	if _, page, _ := g.ask(t, "bob", "/"); !strings.Contains(page, "Of the teams that you may see") {
		t.Error("the portfolio does not say of whom it is")
	}
	if _, page, _ := g.ask(t, "ada", "/"); strings.Contains(page, "Of the teams that you may see") {
		t.Error("the portfolio of all says that there is more")
	}
}

// TestViewerOfNoTeam: who may look and see no team is told so, on every page and by every address, and nothing of those
// that there are.
func TestViewerOfNoTeam(t *testing.T) {
	t.Parallel()
	g := newGated(t, func(_ *Options, gate *access.Options) {
		for _, team := range gate.Teams {
			gate.Rules.Teams[team] = []rules.Matcher{{Login: "ada"}}
		}
	})
	addresses := servedPatterns(t, "Kubernetes")
	addresses = append(addresses, "/?quarter=Q3-26", "/?at=2026-10-20", "/?sort=-odds", "/teams/Kubernetes/flow")
	for _, address := range addresses {
		code, body, _ := g.ask(t, "bob", address)
		if code >= 500 {
			t.Errorf("%s: %d %s", address, code, body)
		}
		if !strings.Contains(address, "Kubernetes") && strings.Contains(body, "Kubernetes") {
			t.Errorf("%s tells of a team", address)
		}
	}
	for _, address := range []string{"/", "/wall", "/api/v1/portfolio"} {
		if _, body, _ := g.ask(t, "bob", address); !strings.Contains(strings.ToLower(body),
			"there is no team that you may see") || !strings.Contains(body, "access.teams") {
			t.Errorf("%s does not say that there is no team to see: %s", address, body)
		}
	}
}

// TestTroublesOfOthers: what keeps a team from being new is told to who may see it alone.
func TestTroublesOfOthers(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	g := newGated(t, func(o *Options, _ *access.Options) {
		o.Live = func() source.Live {
			return source.Live{Troubles: []source.Trouble{{Team: "Secret team", Part: source.PartPosting,
				Since: time.Now(), Why: "the sink refuses Secret team", Next: "Nothing."}}}
		}
	})
	for who, told := range map[string]bool{"": false, "bob": false, "eve": false, "token badge": false,
		"token one": false, "ada": true, "token board": true} {
		for _, address := range []string{"/readyz", "/", "/metrics"} {
			if _, body, _ := g.ask(t, who, address); strings.Contains(body, "Secret") != told {
				t.Errorf("%s for %q: told is %v, want %v\n%s", address, who, !told, told, body)
			}
		}
	}
}

// TestMetricsOfOthers: what the process counts is told of the teams alone that one may see, sums over all to nobody
// else.
func TestMetricsOfOthers(t *testing.T) {
	t.Parallel()
	readings := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "readings_total"}, []string{"team", "result"})
	readings.WithLabelValues("Secret team", "failed").Inc()
	readings.WithLabelValues("Kubernetes", "ok").Inc()
	cycles := prometheus.NewCounter(prometheus.CounterOpts{Name: "cycles_total"})
	g := newGated(t, func(o *Options, _ *access.Options) {
		o.Collectors = []prometheus.Collector{readings, cycles}
	})
	for who, all := range map[string]bool{"bob": false, "token one": false, "ada": true, "token board": true} {
		_, body, _ := g.ask(t, who, "/metrics")
		if !strings.Contains(body, `readings_total{result="ok",team="Kubernetes"} 1`) {
			t.Errorf("%s is not told of a team that they may see:\n%s", who, body)
		}
		for _, hidden := range []string{"Secret", "cycles_total"} {
			if strings.Contains(body, hidden) != all {
				t.Errorf("%s: %s is told: %v, want %v", who, hidden, !all, all)
			}
		}
	}
}

// TestTagsOfOthers: what one visitor has is not what another one asks for, even at the same address.
func TestTagsOfOthers(t *testing.T) {
	t.Parallel()
	g := newGated(t, nil)
	_, _, header := g.ask(t, "ada", "/api/v1/teams")
	r := httptest.NewRequest(http.MethodGet, "/api/v1/teams", nil)
	r.Header.Set("X-Forwarded-User", "bob")
	r.Header.Set("If-None-Match", header.Get("ETag"))
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Errorf("status %d", w.Code)
	}
	if vary := strings.Join(w.Header().Values("Vary"), ", "); !strings.Contains(vary, "Authorization") ||
		!strings.Contains(vary, "X-Forwarded-User") {
		t.Errorf("a cache between is not told who asks: Vary is %q", vary)
	}
}

// TestViewsAreBounded: however many sets of teams are asked for, so many servers are kept.
func TestViewsAreBounded(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	var company []agile.Team
	for _, letter := range "abcdefg" {
		company = append(company, webtest.Team(string(letter), "K8S"))
	}
	b := webtest.Read(t, webtest.Story(), company[0])
	o := Options{Store: b.Store, Teams: company, Log: slog.New(slog.DiscardHandler), AnyHost: true}
	o.Access.Gate = access.New(access.Options{Now: time.Now})
	v := &visitors{options: o, whole: newServer(o), views: map[string]http.Handler{}}
	for mask := range 1 << len(company) {
		var names []string
		for i, team := range company {
			if mask>>i&1 == 1 {
				names = append(names, team.Name)
			}
		}
		v.viewOf(names)
	}
	if len(v.views) > viewsAtMost || len(v.views) != len(v.order) {
		t.Errorf("%d views, %d in order", len(v.views), len(v.order))
	}
}

// TestMetricsByToken: without a login /metrics is open, or for programs with a token.
func TestMetricsByToken(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	for _, byToken := range []bool{false, true} {
		g := newGated(t, func(o *Options, gate *access.Options) {
			gate.Mode, o.Access.MetricsByToken = access.Off, byToken
		})
		want := http.StatusOK
		if byToken {
			want = http.StatusUnauthorized
		}
		if code, body, _ := g.ask(t, "", "/metrics"); code != want {
			t.Errorf("by token %v: %d %s", byToken, code, body)
		}
		if code, body, _ := g.ask(t, "token one", "/metrics"); code != http.StatusOK ||
			byToken == strings.Contains(body, `"Secret team"`) {
			t.Errorf("by token %v: with a token %d", byToken, code)
		}
		if code, _, _ := g.ask(t, "", "/teams/Kubernetes"); code != http.StatusOK {
			t.Errorf("the page: %d", code)
		}
	}
}

// TestFailedLoginLeadsOn: the page of a login that failed leads to another one.
func TestFailedLoginLeadsOn(t *testing.T) {
	s, _ := serverOf(t, nil, team("Kubernetes", "K8S"))
	for _, code := range []problem.Code{access.LoginFailed, access.NoProvider} {
		h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s.tellProblem(w, r, &problem.Problem{Code: code, Status: http.StatusForbidden, Message: "it failed"})
		})
		if status, page, _ := get(t, h, "/login/callback"); status != http.StatusForbidden ||
			!strings.Contains(page, `<a href="/">Log in again</a>`) {
			t.Errorf("%s: %d %s", code, status, page)
		}
	}
}
