package access_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"

	"jerem/access"
	"jerem/access/rules"
	"jerem/problem"
)

// site is a server behind a gate, and the identity provider that it sends people to: a real one, in this process. Its
// library keeps clients and addresses in variables of the package, so tests with a site run one after the other.
type site struct {
	gate     *access.Gate
	address  string
	provider *httptest.Server
	down     atomic.Bool // the provider does not answer
	page     atomic.Bool // a page stands in its place, with status 200
	fault    atomic.Pointer[fault]
	forged   atomic.Pointer[forger] // what stands before the provider; nil for nothing
}

// fault is what the provider answers at one of its addresses in place of what it should.
type fault struct {
	path   string
	status int
	text   string
}

// newSite starts a server that tells each visitor who they are. Each site has a client of its own at the provider.
func newSite(t *testing.T, change func(*access.Options)) *site {
	t.Helper()
	s := &site{}
	var handler http.Handler
	s.provider = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.down.Load() {
			panic(http.ErrAbortHandler)
		}
		if s.page.Load() {
			_, _ = io.WriteString(w, "<html>Welcome to the guest network")
			return
		}
		if f := s.fault.Load(); f != nil && r.URL.Path == f.path {
			http.Error(w, f.text, f.status)
			return
		}
		if f := s.forged.Load(); f != nil {
			f.before(t, handler).ServeHTTP(w, r)
			return
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(s.provider.Close)
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	s.address = server.URL

	client := "client-" + strings.ReplaceAll(t.Name(), "/", "-")
	storage.RegisterClients(storage.WebClient(client, "a secret", s.address+"/login/callback"))
	quiet := slog.New(slog.DiscardHandler)
	handler = exampleop.SetupServer(s.provider.URL, storage.NewStorage(storage.NewUserStore(s.provider.URL)), quiet,
		false)

	options := access.Options{Mode: access.ByLogin, Rules: rules.DefaultRules(), Teams: []string{"Kubernetes", "Metal"},
		OIDC: access.OIDC{Issuer: s.provider.URL, ClientID: client, ClientSecret: "a secret", Login: "email",
			URL: s.address}, Log: quiet, Now: time.Now}
	if change != nil {
		change(&options)
	}
	s.gate = access.New(options)
	tell := func(w http.ResponseWriter, _ *http.Request, p *problem.Problem) {
		http.Error(w, string(p.Code)+": "+p.Error(), p.Status)
	}
	s.gate.Routes(mux, tell)
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		v, p := s.gate.Identify(r)
		if p != nil {
			tell(w, r, p)
			return
		}
		_, _ = io.WriteString(w, v.Login+" sees "+strings.Join(v.Teams, " ")+" at "+r.URL.RequestURI())
	})
	return s
}

// browser keeps cookies and follows redirects, as people's browsers do.
func browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

func get(t *testing.T, c *http.Client, address string) (int, string) {
	t.Helper()
	answer, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, answer)
}

func read(t *testing.T, answer *http.Response) (int, string) {
	t.Helper()
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, strings.TrimSpace(string(text))
}

var loginID = regexp.MustCompile(`name="id" value="([^"]+)"`)

// logIn begins at an address of the site, fills the provider's form, and returns what comes at the end.
func (s *site) logIn(t *testing.T, c *http.Client, begin, user string) (int, string) {
	t.Helper()
	status, form := get(t, c, begin)
	found := loginID.FindStringSubmatch(form)
	if status != http.StatusOK || found == nil {
		t.Fatalf("the provider shows no form: %d %s", status, form)
	}
	answer, err := c.PostForm(s.provider.URL+"/login/username",
		url.Values{"username": {user}, "password": {"verysecure"}, "id": {found[1]}})
	if err != nil {
		t.Fatal(err)
	}
	return read(t, answer)
}

const firstUser, secondUser = "test-user@127.0.0.1", "test-user2"

// TestLogin: who is not logged in is kept out; who logs in comes to what they asked for, as who the provider says,
// until they log out.
func TestLogin(t *testing.T) {
	s, c := newSite(t, nil), browser(t)
	if status, text := get(t, c, s.address+"/teams"); status != 401 || !strings.Contains(text, "/login") {
		t.Fatalf("before the login: %d %s", status, text)
	}
	status, text := s.logIn(t, c, s.address+"/login?to=%2Fteams%3Fat%3D2026-11-02", firstUser)
	if want := "test-user@zitadel.ch sees Kubernetes Metal at /teams?at=2026-11-02"; status != 200 || text != want {
		t.Fatalf("after the login: %d %s, want %s", status, text, want)
	}
	if status, text = get(t, c, s.address+"/other"); !strings.HasPrefix(text, "test-user@zitadel.ch") {
		t.Fatalf("the next page: %d %s", status, text)
	}
	answer, err := c.Post(s.address+"/logout", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = read(t, answer)
	if status, text = get(t, c, s.address+"/other"); status != 401 {
		t.Fatalf("after the logout: %d %s", status, text)
	}
}

// TestLogoutOfOthers: a page of another site cannot log somebody out.
func TestLogoutOfOthers(t *testing.T) {
	s, c := newSite(t, nil), browser(t)
	s.logIn(t, c, s.address+"/login", firstUser)
	r, _ := http.NewRequest(http.MethodPost, s.address+"/logout", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if status, text := read(t, answer); status != 403 || !strings.HasPrefix(text, "access.other_origin") {
		t.Errorf("the other site's request: %d %s", status, text)
	}
	if status, _ := get(t, c, s.address+"/"); status != 200 {
		t.Errorf("the session ended: %d", status)
	}
}

// TestTwoWindows: two logins that began in one browser both come to their end.
func TestTwoWindows(t *testing.T) {
	s, c := newSite(t, nil), browser(t)
	_, first := get(t, c, s.address+"/login?to=/first")
	_, second := get(t, c, s.address+"/login?to=/second")
	for form, want := range map[string]string{first: "/first", second: "/second"} {
		answer, err := c.PostForm(s.provider.URL+"/login/username", url.Values{"username": {firstUser},
			"password": {"verysecure"}, "id": {loginID.FindStringSubmatch(form)[1]}})
		if err != nil {
			t.Fatal(err)
		}
		if status, text := read(t, answer); status != 200 || !strings.HasSuffix(text, " at "+want) {
			t.Errorf("%s: %d %s", want, status, text)
		}
	}
}

// TestForgedLogins: what was not begun in this browser, comes twice, or belongs to another login, lets nobody in.
func TestForgedLogins(t *testing.T) {
	s, mine, other := newSite(t, nil), browser(t), browser(t)

	var callback string // the address that the provider sends the other browser to, caught
	other.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if r.URL.Path == "/login/callback" {
			callback = r.URL.String()
			return http.ErrUseLastResponse
		}
		return nil
	}
	s.logIn(t, other, s.address+"/login", secondUser)
	if callback == "" {
		t.Fatal("the provider sent nobody back")
	}
	if status, text := get(t, mine, callback); status != 403 || !strings.Contains(text, "not begun in this browser") {
		t.Errorf("another's login in my browser: %d %s", status, text)
	}
	other.CheckRedirect = nil
	if status, text := get(t, other, callback); status != 200 {
		t.Fatalf("the login itself: %d %s", status, text)
	}
	if status, text := get(t, other, callback); status != 403 {
		t.Errorf("the same login once more: %d %s", status, text)
	}
	for name, query := range map[string]string{"no state": "code=1", "no code": "state=ABCDEFGH",
		"an error": "error=access_denied&state=ABCDEFGH"} {
		if status, text := get(t, browser(t), s.address+"/login/callback?"+query); status != 403 {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
}

// TestLoginLeadsNowhereElse: nobody is led to another server after a login.
func TestLoginLeadsNowhereElse(t *testing.T) {
	s := newSite(t, nil)
	for _, to := range []string{"//evil.example/", "https://evil.example/", `/\evil.example`, "evil", "/a\r\nb", ""} {
		status, text := s.logIn(t, browser(t), s.address+"/login?to="+url.QueryEscape(to), firstUser)
		if status != 200 || !strings.HasSuffix(text, " at /") {
			t.Errorf("to=%q: %d %s", to, status, text)
		}
	}
}

// TestLoginStaysBelowItsBase: below a path of a name that others share, a login leads to this server's pages alone.
func TestLoginStaysBelowItsBase(t *testing.T) {
	for to, want := range map[string]bool{
		"/jerem": true, "/jerem/": true, "/jerem/teams/K8S?at=2026-11-02": true, "/jerem/a/../b": true,
		"/jerem/../x": false, "/jeremevil": false, "/jerem/%2e%2e/x": false, "/jerem/..%2fx": false, "/": false,
		"jerem": false, "//jerem/": false, "https://jerem/jerem/": false,
	} {
		if got := access.LocalPath(to, "/jerem"); got != want {
			t.Errorf("%q: %v", to, got)
		}
	}
}

// TestNoProvider: a provider that does not answer, or in whose place a page answers 200, keeps no server from starting,
// and is asked again.
func TestNoProvider(t *testing.T) {
	for name, flag := range map[string]func(*site) *atomic.Bool{
		"it is down":          func(s *site) *atomic.Bool { return &s.down },
		"a page stands there": func(s *site) *atomic.Bool { return &s.page },
	} {
		s, c := newSite(t, nil), browser(t)
		flag(s).Store(true)
		status, text := get(t, c, s.address+"/login")
		if status != 502 || !strings.HasPrefix(text, "access.no_provider") {
			t.Errorf("while %s: %d %s", name, status, text)
		}
		flag(s).Store(false)
		if status, text := s.logIn(t, c, s.address+"/login", firstUser); status != 200 {
			t.Errorf("after %s: %d %s", name, status, text)
		}
	}
}

// TestRulesOfLogins: what one may see follows from the login and from claims that the provider tells.
func TestRulesOfLogins(t *testing.T) {
	matcher := func(text string) []rules.Matcher {
		m, err := rules.ParseMatcher(text)
		if err != nil {
			t.Fatal(err)
		}
		return []rules.Matcher{m}
	}
	s := newSite(t, func(o *access.Options) {
		o.Rules.Teams = map[string][]rules.Matcher{"Metal": matcher("given_name=Nobody"),
			"Kubernetes": matcher("family_name=User2")}
		o.Teams = append(o.Teams, "Storage")
	})
	for user, want := range map[string]string{firstUser: "test-user@zitadel.ch sees Storage at /",
		secondUser: "test-user2@zitadel.ch sees Kubernetes Storage at /"} {
		if status, text := s.logIn(t, browser(t), s.address+"/login", user); status != 200 || text != want {
			t.Errorf("%s: %d %s, want %s", user, status, text, want)
		}
	}
}

// TestFailedAttempts: an address that fails too often waits; another does not.
func TestFailedAttempts(t *testing.T) {
	now := time.Now()
	s := newSite(t, func(o *access.Options) { o.Now = func() time.Time { return now } })
	var statuses []int
	for range 12 {
		status, _ := get(t, browser(t), s.address+"/login/callback?state=ABCDEFGH&code=1")
		statuses = append(statuses, status)
	}
	if want := append(slices.Repeat([]int{403}, 10), 429, 429); !slices.Equal(statuses, want) {
		t.Errorf("statuses are %v, want %v", statuses, want)
	}
	now = now.Add(6 * time.Second)
	if status, text := s.logIn(t, browser(t), s.address+"/login", firstUser); status != 200 {
		t.Errorf("after a while: %d %s", status, text)
	}
}
