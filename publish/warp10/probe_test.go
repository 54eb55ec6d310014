package warp10

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/problem"
	"jerem/publish"
	"jerem/series"
	warp10sim "jerem/sim/warp10"
)

// TestTry: a platform is tried with one point, which does not stay.
func TestTry(t *testing.T) {
	for name, c := range map[string]struct{ write, read, wrong string }{
		"all":            {warp10sim.Write, warp10sim.Read, ""},
		"no read token":  {warp10sim.Write, "", ""},
		"bad write":      {"nonsense", warp10sim.Read, "write: "},
		"expired write":  {warp10sim.Expired, warp10sim.Read, "write: "},
		"bad read":       {warp10sim.Write, "nonsense", "read: "},
		"may not delete": {warp10sim.NoDelete, warp10sim.Read, "delete: "},
	} {
		t.Run(name, func(t *testing.T) {
			platform := warp10sim.New()
			server := httptest.NewServer(platform)
			defer server.Close()
			w := &Sink{URL: server.URL, Token: c.write, Pause: time.Nanosecond}
			found := w.Try(t.Context(), c.read, series.Point{Tick: 1795000000000000, Value: series.Long(1)})
			told := ""
			for what, err := range map[string]error{"write: ": found.Write, "read: ": found.Read,
				"delete: ": found.Delete} {
				if err != nil {
					told += what + err.Error()
				}
			}
			if (c.wrong == "") != (told == "") || !strings.HasPrefix(told, c.wrong) ||
				strings.Contains(told, "nonsense") {
				t.Errorf("told %q, want %q", told, c.wrong)
			}
			if found.Unit != 1_000_000 {
				t.Errorf("the unit is %d", found.Unit)
			}
			if left := platform.Points(); len(left) > 0 && c.wrong != "delete: " {
				t.Errorf("what was tried stays: %v", left)
			}
		})
	}
}

// TestTryInMemory: a platform that says it deletes and does not is found out.
func TestTryInMemory(t *testing.T) {
	platform := warp10sim.New()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/delete") {
			fmt.Fprint(w, "jerem.check{.app=jerem}{}\r\n")
			return
		}
		platform.ServeHTTP(w, r)
	}))
	defer server.Close()
	w := &Sink{URL: server.URL, Token: warp10sim.Write, Pause: time.Nanosecond}
	found := w.Try(t.Context(), warp10sim.Read, series.Point{Tick: 1795000000000000, Value: series.Long(1)})
	if found.Write != nil || found.Read != nil || found.Delete == nil ||
		!strings.Contains(found.Delete.Error(), "in memory") {
		t.Errorf("%+v", found)
	}
}

// TestClear: all series of a project go, in the older bot's spelling too; those of others stay.
func TestClear(t *testing.T) {
	platform := warp10sim.New()
	server := httptest.NewServer(platform)
	defer server.Close()
	w := &Sink{URL: server.URL, Token: warp10sim.Write, Pause: time.Nanosecond}
	var list []series.Series
	for _, s := range []series.Series{
		{Class: "jerem.jira.epic.storypoint", Labels: map[string]string{"project": "Private cloud", "key": "A-1"}},
		{Class: "jerem.jira.epic.storypoint", Labels: map[string]string{"project": "Private+cloud", "key": "A-1"}},
		{Class: "jerem.agile.sprint.added", Labels: map[string]string{"project": "Private cloud", "sprint": "1"}},
		{Class: "jerem.jira.epic.storypoint", Labels: map[string]string{"project": "Private clouds", "key": "B-1"}},
		{Class: "other.jira.epic", Labels: map[string]string{"project": "Private cloud"}},
	} {
		s.Points = []series.Point{{Tick: 1795000000000000, Value: series.Long(1)}}
		list = append(list, s)
	}
	if err := w.Push(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	standing, err := w.Standing(t.Context(), publish.Spellings("Private cloud"))
	if err != nil || standing != 3 {
		t.Fatalf("%d series stand: %v", standing, err)
	}
	if got := len(platform.Points()); got != 5 {
		t.Fatalf("listing deleted something: %d points", got)
	}
	if err := w.Clear(t.Context(), publish.Spellings("Private cloud")); err != nil {
		t.Fatal(err)
	}
	left := strings.Join(platform.Points(), "\n")
	if len(platform.Points()) != 2 || !strings.Contains(left, "clouds") || !strings.Contains(left, "other.jira") {
		t.Errorf("left is\n%s", left)
	}
}

// TestClearRefused: each refusal of a real platform is told with its remedy, at once and without the token.
func TestClearRefused(t *testing.T) {
	f := func(status int, body string, code problem.Code, hint string) {
		t.Helper()
		requests := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests++
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		}))
		defer server.Close()
		w := &Sink{URL: server.URL, Token: "secret", Pause: time.Nanosecond, Tries: 2}
		err := w.Clear(t.Context(), []string{"A"})
		var e *problem.Problem
		if !errors.As(err, &e) || e.Code != code || !strings.Contains(e.Hint, hint) ||
			strings.Contains(err.Error(), "secret") {
			t.Errorf("%d %s: %v", status, body, err)
		}
		if want := map[bool]int{true: 2, false: 1}[code == publish.Failing]; requests != want {
			t.Errorf("%d %s: %d requests, want %d", status, body, requests, want)
		}
	}
	page := func(text string) string {
		return "<html><head><title>Error " + text + "</title></head><body><table><tr><th>MESSAGE:</th><td>" + text +
			"</td></tr></table></body></html>"
	}
	f(500, page("Token cannot be used for deletions."), publish.NoDeletes, "may delete")
	f(500, page("Invalid token. secret"), publish.Token, "may delete")
	f(403, page("deletes are off today"), publish.NoDeletes, "switched them off")
	f(500, page("java.lang.NullPointerException"), publish.Failing, "")
	f(200, page("Welcome"), publish.NotASink, "metrics.url")
}

// TestQuotedToken: a token that a gateway quotes as JSON, for HTML or for an address is told no more than a plain one.
func TestQuotedToken(t *testing.T) {
	const token = `Wtok/+ "x%41<é`
	for _, quoted := range []string{token, `Wtok/+ \"x%41<é`, `Wtok/+ \"x%41\u003cé`, "Wtok%2F%2B+%22x%2541%3C%C3%A9",
		"Wtok%2f%2b%20%22x%2541%3c%c3%a9", "Wtok/+ &#34;x%41&lt;é"} {
		c := client{base: "http://warp10.example", token: token}
		_, err := c.refusalOf(401, c.messageWithoutToken([]byte("<title>Error you sent "+quoted+".</title>")))
		if strings.Contains(err.Error(), "Wtok") || !strings.Contains(err.Error(), "you sent") {
			t.Errorf("%s: %v", quoted, err)
		}
	}
}

// TestClearMany: a long list is counted to its end.
func TestClearMany(t *testing.T) {
	const many = 30_000
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for n := range many {
			fmt.Fprintf(w, "jerem.jira.epic.storypoint{project=A,key=A-%d,summary=%s}{}\r\n", n,
				strings.Repeat("x", 80))
		}
	}))
	defer server.Close()
	w := &Sink{URL: server.URL, Token: "secret", Pause: time.Nanosecond}
	if n, err := w.Standing(t.Context(), []string{"A"}); n != many || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

// TestSpellings: the older bot wrote a plus for a space, and nothing else otherwise.
func TestSpellings(t *testing.T) {
	for name, want := range map[string]string{"K8S": "K8S", "Private cloud EU": "Private cloud EU|Private+cloud+EU",
		"C++": "C++", "Équipe 100%": "Équipe 100%|Équipe+100%"} {
		if got := strings.Join(publish.Spellings(name), "|"); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestTryPast: a platform that takes nothing old is found out, although it takes the present.
func TestTryPast(t *testing.T) {
	platform := warp10sim.New()
	server := httptest.NewServer(platform)
	defer server.Close()
	w := &Sink{URL: server.URL, Token: warp10sim.Write, Pause: time.Nanosecond}
	at := series.Point{Tick: time.Now().UnixMicro(), Value: series.Long(1)}
	if found := w.Try(t.Context(), warp10sim.Read, at); found.Past != nil || len(platform.Points()) > 0 {
		t.Errorf("%+v, %v stays", found, platform.Points())
	}
	platform.MaxPast = 15 * 24 * time.Hour
	found := w.Try(t.Context(), warp10sim.Read, at)
	var far *publish.OutOfRange
	if found.Write != nil || !errors.As(found.Past, &far) || far.Future {
		t.Errorf("%+v", found)
	}
}
