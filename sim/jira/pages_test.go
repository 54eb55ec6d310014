package jirasim

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

const hostile = `-- site --
title "Example <b>Jira</b>"
people "Ada Example"
-- fields --
nature customfield_11028 multiselect "Nature" Support Incident
-- board 1 scrum P "Product" --
-- sprints --
7 "Sprint <7>" 2026-01-19 09:00 .. 2026-01-30 17:00 goal="Ready & done" board=1
-- P-1 Epic "Clusters" --
2026-01-02 10:00 created labels=Q1-26
-- P-2 Story "<script>alert(1)</script>" --
2026-01-03 10:00 created epic=P-1 points=5
2026-01-20 10:00 sprint=7 status=doing nature=Support,Incident +impediment
2026-01-21 10:00 log 90m on 2026-01-20 15:00 assign="Ada Example" comment="for Ada Example"
`

// reader opens pages as a browser does.
func reader(t *testing.T, dialect Dialect, opts Options) func(address string) (int, http.Header, string) {
	t.Helper()
	opts.Dialect = dialect
	server := NewServer(story0(t, hostile), opts)
	return func(address string) (int, http.Header, string) {
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.Header.Set("Accept", "text/html,application/xhtml+xml")
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		return w.Code, w.Result().Header, w.Body.String()
	}
}

// TestPages: the addresses that lead into Jira open pages that tell an issue, a search, a board and a sprint, in both
// dialects, with everything escaped, with headers that forbid the rest, and without a person.
func TestPages(t *testing.T) {
	for _, dialect := range []Dialect{Cloud, DataCenter} {
		open := reader(t, dialect, Options{OpenPages: true})
		for address, wants := range map[string][]string{
			"/": {"simulated Jira", "Product board"},
			"/browse/P-2": {"P-1 Clusters", "In Progress", "&lt;script&gt;alert(1)", "Sprint &lt;7&gt;", "Support",
				"Incident", "impediment", "1h 30m", "Tue 20 Jan 2026, 15:00",
				"Wed 21 Jan 2026, 10:00", "<td>Status</td>", "<td>To Do</td>"},
			"/browse/p-1": {"Issues of this epic", "&lt;script&gt;", "Q1-26"},
			"/browse/P":   {"2 issues", "P-1", "P-2"},
			"/issues/?jql=" + "key%20in%20(P-2,%20P-1)":    {"2 issues", "P-1", "P-2"},
			"/issues?jql=status%20=":                       {"error"},
			"/issues/?filter=10001":                        {"project = P", "2 issues"},
			"/issues/":                                     {"Write a query"},
			"/secure/RapidBoard.jspa?rapidView=1":          {"In Progress", "Ready &amp; done", "alert(1)"},
			"/jira/software/c/projects/P/boards/1":         {"In Progress", "Ready &amp; done"},
			"/secure/RapidBoard.jspa?rapidView=1&sprint=7": {"Ready &amp; done", "active", "P-2"},
			"/jira/software/c/projects/P/boards/1/reports/sprint-retrospective?sprint=7": {"Ready &amp; done", "P-2"},
		} {
			status, header, body := open(address)
			if status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "text/html") {
				t.Errorf("%s, %s: %d %s", dialect, address, status, header)
			}
			for _, want := range append(wants, "Example &lt;b&gt;Jira&lt;/b&gt;") {
				if !strings.Contains(body, want) {
					t.Errorf("%s, %s does not say %q: %s", dialect, address, want, body)
				}
			}
			for _, never := range []string{"<script", "<b>Jira", "Ada", "Telemetry Reader", "example.com"} {
				if strings.Contains(body, never) {
					t.Errorf("%s, %s says %q", dialect, address, never)
				}
			}
			if csp := header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") ||
				strings.Contains(csp, "unsafe") ||
				header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Referrer-Policy") != "no-referrer" {
				t.Errorf("%s: headers %v", address, header)
			}
		}
	}
}

// TestPagesLeadOn: every link of every page leads to a page that is there, behind a prefix too.
func TestPagesLeadOn(t *testing.T) {
	for _, dialect := range []Dialect{Cloud, DataCenter} {
		open := reader(t, dialect, Options{OpenPages: true, PathPrefix: "/tracker"})
		seen, ahead := map[string]bool{}, []string{"/tracker/"}
		for len(ahead) > 0 {
			address := ahead[0]
			ahead = ahead[1:]
			status, _, body := open(strings.ReplaceAll(address, "&amp;", "&"))
			if status != http.StatusOK {
				t.Errorf("%s: %s is %d", dialect, address, status)
			}
			for _, part := range strings.Split(body, `href="`)[1:] {
				to, _, _ := strings.Cut(part, `"`)
				if !seen[to] {
					seen[to] = true
					ahead = append(ahead, to)
				}
			}
		}
		if len(seen) < 6 {
			t.Errorf("%s: only %v", dialect, seen)
		}
	}
}

// TestPagesRefuse: what is not there is a page that says so; without the right to look a page asks for the credentials;
// programs are answered as before.
func TestPagesRefuse(t *testing.T) {
	open := reader(t, Cloud, Options{OpenPages: true, Now: func() time.Time { return at0("UTC", "2026-01-02 12:00") }})
	for _, address := range []string{"/browse/P-2", "/browse/%3Cb%3E", "/plugins/servlet/x",
		"/secure/RapidBoard.jspa?rapidView=9", "/browse/P-2/x"} {
		status, header, body := open(address)
		if status != http.StatusNotFound || !strings.HasPrefix(header.Get("Content-Type"), "text/html") ||
			strings.Contains(body, "issue <b>") {
			t.Errorf("%s: %d %s", address, status, body)
		}
	}
	closed := reader(t, Cloud, Options{Email: testEmail, Token: testToken})
	if status, header, body := closed("/browse/P-2"); status != http.StatusUnauthorized ||
		strings.Contains(body, "Clusters") || header.Get("WWW-Authenticate") == "" {
		t.Errorf("without a login: %d %s", status, body)
	}
	if _, _, body := closed("/rest/api/3/nothing"); !strings.HasPrefix(body, "{") {
		t.Errorf("below /rest/ even a browser gets JSON: %s", body)
	}
	c := newClient(t, story0(t, hostile), Options{})
	c.refused(http.StatusNotFound, "null for uri", "/anything")
}

// TestPagesOfRecordedData: real issues are shown without those who worked on them.
func TestPagesOfRecordedData(t *testing.T) {
	site, err := sitedata.LoadData(recorded(t, "devlake"))
	if err != nil {
		t.Fatal(err)
	}
	server := NewServer(site, Options{OpenPages: true})
	for _, i := range site.ViewAt(site.Clock()).Issues {
		w := httptest.NewRecorder()
		server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/browse/"+i.Key, nil))
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<td>Created</td>") {
			t.Fatalf("%s: %d %s", i.Key, w.Code, w.Body)
		}
		for _, person := range site.People() {
			if len(person) > 3 && strings.Contains(w.Body.String(), person) &&
				!strings.Contains(wire.Text(i.Fields["summary"]), person) {
				t.Errorf("the page of %s names %s", i.Key, person)
			}
		}
	}
}
