package dutypages

import (
	"errors"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/access/rules"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
	"jerem/problem"
	kept "jerem/store/oncall"
	"jerem/web/frame"
)

var update = flag.Bool("update", false, "write the pages of testdata anew")

// desk is on-call with its pages: ada, ben and cleo take weekly turns in k8s, eve is an operator, pat pays, and the
// rota net is of a team that ada and pat alone may see; paul pays and does not see it. The clock stands at Tuesday 10
// February 2026, 13:00 in Paris.
type desk struct {
	t     *testing.T
	store *kept.Store
	pages *Pages
	now   time.Time
}

func newDesk(t *testing.T, change func(*plan.File)) *desk {
	t.Helper()
	store, err := kept.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.oncall.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	paris := civiltest.ZoneNamed(t, "Europe/Paris")
	file := plan.File{Zone: paris, Rest: 11 * time.Hour, Notice: civil.Period{Number: 15, Unit: civil.Days},
		Teams:  []plan.Team{{Name: "Kubernetes", Zone: paris}, {Name: "Network", Zone: paris}},
		Logins: map[string]string{}}
	for _, handle := range []string{"ada", "ben", "cleo"} {
		file.People = append(file.People, oncalltest.Parisian(t, handle))
		file.Logins[handle] = handle
	}
	network := oncalltest.Weekly(t, "ada")
	network.Team = "Network"
	file.Rotas = []oncall.Rota{{Name: "k8s", Versions: []oncall.Version{oncalltest.Weekly(t, "ada", "ben", "cleo")}},
		{Name: "net", Versions: []oncall.Version{network}}}
	if change != nil {
		change(&file)
	}
	d := &desk{t: t, store: store, now: civiltest.Instant("2026-02-10T12:00Z")}
	d.pages = (&Pages{Roster: &roster.Roster{File: file, Records: store}, Events: store, Calendars: store.Calendars,
		Now: func() time.Time { return d.now }, URL: "https://jerem.example", VisitorOf: d.visitorOf,
		AddressOf: func(r *http.Request) string { return r.RemoteAddr },
		Write: func(w http.ResponseWriter, _ *http.Request, v frame.View, status int) {
			w.WriteHeader(status)
			if err := v.Template.Execute(w, v); err != nil {
				t.Error(err)
			}
		},
		Tell: func(w http.ResponseWriter, _ *http.Request, p *problem.Problem) {
			w.WriteHeader(p.Status)
			_, _ = io.WriteString(w, string(p.Code)+" "+p.Message+" "+p.Hint)
		},
		TellError: func(w http.ResponseWriter, _ *http.Request, err error) {
			status := map[oncall.RefusalKind]int{oncall.Invalid: 400, oncall.Forbidden: 403, oncall.NotFound: 404,
				oncall.Conflict: 409}
			var refusal *oncall.Refusal
			if !errors.As(err, &refusal) {
				t.Error(err)
				return
			}
			w.WriteHeader(status[refusal.Kind])
			_, _ = io.WriteString(w, refusal.Message+" "+refusal.Hint)
		}}).Open()
	if _, err := d.pages.Roster.KeepPast(t.Context(), civiltest.Instant("2026-01-01T00:00Z")); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) visitorOf(_ *http.Request, who rules.Visitor) (roster.Actor, bool) {
	a := roster.Actor{Login: who.Login, Operator: who.May(rules.Operator), Pay: who.May(rules.Pay), Teams: who.Teams}
	if !d.pages.Off {
		a.Handle = d.pages.Roster.File.HandleOf(who.Login)
	}
	return a, who.May(rules.Viewer)
}

// visitorNamed is who visits: nobody is "stranger", who is logged in and may nothing.
func visitorNamed(login string) rules.Visitor {
	v := rules.Visitor{Login: login, Teams: []string{"Kubernetes"}}
	switch login {
	case "ada":
		v.Roles, v.Teams = []rules.Role{rules.Viewer}, []string{"Kubernetes", "Network"}
	case "eve":
		v.Roles = []rules.Role{rules.Viewer, rules.Operator}
	case "pat":
		v.Roles, v.Teams = []rules.Role{rules.Pay}, []string{"Kubernetes", "Network"}
	case "paul":
		v.Roles = []rules.Role{rules.Pay}
	case "vic":
		v.Roles = []rules.Role{rules.Viewer}
	}
	return v
}

// get asks for a page, or for a calendar without a login where who is "".
func (d *desk) get(who, address string) (int, string, http.Header) {
	d.t.Helper()
	return d.send(who, httptest.NewRequestWithContext(d.t.Context(), "GET", address, nil))
}

func (d *desk) post(who, address string, form url.Values) (int, string, http.Header) {
	d.t.Helper()
	r := httptest.NewRequestWithContext(d.t.Context(), "POST", address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return d.send(who, r)
}

func (d *desk) send(who string, r *http.Request) (int, string, http.Header) {
	d.t.Helper()
	w := httptest.NewRecorder()
	if who == "" {
		d.pages.ServeCalendar(w, r)
	} else {
		d.pages.ServeVisitor(w, r, visitorNamed(who))
	}
	return w.Code, w.Body.String(), w.Header()
}

// decide keeps rows as they are.
func (d *desk) decide(w roster.Writes) {
	d.t.Helper()
	if err := d.pages.Roster.Decide(d.t.Context(), d.now, func(*roster.View) (roster.Writes, error) {
		return w, nil
	}); err != nil {
		d.t.Fatal(err)
	}
}

// mainOf is the main part of a page.
func mainOf(page string) string {
	_, rest, _ := strings.Cut(page, "<main")
	body, _, _ := strings.Cut(rest, "</main>")
	return body
}

// isGolden compares the main part of a page with a file of testdata, white space aside: an element a line.
func isGolden(t *testing.T, name, page string) {
	t.Helper()
	got := strings.Join(strings.Fields(mainOf(page)), " ")
	got = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(got, " <", "<"), "<", "\n<")) + "\n"
	path := filepath.Join("testdata", name+".html")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s is another page (%v):\n%s", path, err, got)
	}
}

// withChanges is a cover of the middle of ben's turn by cleo, and a gap after cleo left.
func (d *desk) withChanges() *desk {
	d.t.Helper()
	span := civil.Span{Start: civiltest.Instant("2026-02-18T17:00Z"), End: civiltest.Instant("2026-02-19T08:00Z")}
	c := oncalltest.CoverOf(1, "ada", "ben", span)
	c.Asked, c.Answered = d.now.Add(-time.Hour), d.now
	d.decide(roster.Writes{Changes: []oncall.Change{c}})
	return d
}

// TestPages reads the pages as they are written.
func TestPages(t *testing.T) {
	leaves := func(f *plan.File) {
		f.People[2].Leaves = civiltest.Instant("2026-02-27T12:00Z")
	}
	d := newDesk(t, leaves).withChanges()
	for name, page := range map[string]struct{ who, address string }{
		"overview": {"ada", "/oncall"}, "overview-viewer": {"vic", "/oncall"}, "rota": {"ben", "/oncall/k8s"},
		"me": {"ben", "/oncall/me"}, "overview-pay": {"pat", "/oncall"},
	} {
		status, body, header := d.get(page.who, page.address)
		if status != 200 || header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, %v", page.address, status, header)
		}
		isGolden(t, name, body)
	}
}

// TestWhoMaySee: every page × everybody.
func TestWhoMaySee(t *testing.T) {
	d := newDesk(t, nil)
	for address, want := range map[string]map[string]int{
		"/oncall":           {"ada": 200, "ben": 200, "eve": 200, "pat": 200, "vic": 200, "stranger": 403},
		"/oncall/k8s":       {"ada": 200, "ben": 200, "eve": 200, "pat": 200, "vic": 200, "stranger": 403},
		"/oncall/net":       {"ada": 200, "ben": 404, "eve": 404, "pat": 200, "paul": 404, "vic": 404, "stranger": 403},
		"/oncall/none":      {"ada": 404, "stranger": 403},
		"/oncall/me":        {"ada": 200, "ben": 200, "eve": 403, "pat": 403, "vic": 403, "stranger": 403},
		"/oncall?x=1":       {"ada": 400},
		"/oncall/k8s/turns": {"ada": 404},
	} {
		for who, status := range want {
			if got, body, _ := d.get(who, address); got != status {
				t.Errorf("%s by %s: %d, not %d: %s", address, who, got, status, body)
			}
		}
	}
	if _, body, _ := d.get("ben", "/oncall"); strings.Contains(body, "/oncall/net") {
		t.Error("ben sees a rota of a team that he may not see")
	}
}

// TestNobodyIsKnown: where nobody logs in, who is on call is shown and nothing personal is.
func TestNobodyIsKnown(t *testing.T) {
	d := newDesk(t, nil)
	d.pages.Off = true
	for address, want := range map[string]int{"/oncall": 200, "/oncall/k8s": 200, "/oncall/me": 403} {
		if got, body, _ := d.get("ada", address); got != want {
			t.Errorf("%s: %d, not %d: %s", address, got, want, body)
		}
	}
	if got, _, _ := d.post("ada", "/oncall/me/calendar", url.Values{"act": {"make"}}); got != 403 {
		t.Errorf("a calendar is made for nobody: %d", got)
	}
}
