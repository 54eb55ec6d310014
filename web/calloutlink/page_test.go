package calloutlink

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/link"
	"jerem/oncall/message"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
	"jerem/problem"
	kept "jerem/store/oncall"
	"jerem/web/frame"
)

// inbox is on-call with a call-out of ada, and the message that asks her about it.
type inbox struct {
	t       *testing.T
	now     time.Time
	store   *kept.Store
	page    *Page
	login   string // the handle of who is logged in
	address string
	digits  string
}

func newInbox(t *testing.T) *inbox {
	store, err := kept.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.oncall.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	b := &inbox{t: t, now: civiltest.Instant("2026-01-06T10:00Z"), store: store}
	f := plan.File{Zone: time.UTC, People: []oncall.Person{oncalltest.Parisian(t, "ada"),
		oncalltest.Parisian(t, "ben")},
		Rotas: []oncall.Rota{{Name: "k8s", Versions: []oncall.Version{oncalltest.Weekly(t, "ada", "ben")}}}}
	b.page = &Page{Roster: &roster.Roster{File: f, Records: store}, Records: store.Links,
		Now:       func() time.Time { return b.now },
		HandleOf:  func(*http.Request) string { return b.login },
		AddressOf: func(*http.Request) string { return "192.0.2.1" },
		Write: func(w http.ResponseWriter, _ *http.Request, v frame.View, status int) {
			w.WriteHeader(status)
			if err := v.Template.Execute(w, v); err != nil {
				t.Error(err)
			}
		},
		Tell: func(w http.ResponseWriter, _ *http.Request, p *problem.Problem) {
			w.WriteHeader(p.Status)
			_, _ = io.WriteString(w, string(p.Code)+" "+p.Message)
		}}
	called := intake.Callout{ID: 1, Team: "Kubernetes", Rota: "k8s", Level: 1, Person: "ada",
		Started: civiltest.Instant("2026-01-06T02:00Z"), Origin: interruption.Presumed}
	b.decide(roster.Writes{Callouts: []intake.Callout{called}})
	key, err := store.Links.LinkKey(t.Context(), link.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	l := link.Link{Callout: 1, Person: "ada", Expires: called.Started.Add(link.Lifetime)}
	b.address, b.digits = Prefix+link.Sign(key, l), link.Digits(key, l)
	return b
}

func (b *inbox) decide(w roster.Writes) {
	b.t.Helper()
	if err := b.page.Roster.Decide(b.t.Context(), b.now, func(*roster.View) (roster.Writes, error) {
		return w, nil
	}); err != nil {
		b.t.Fatal(err)
	}
}

func (b *inbox) get(address string) (int, string) {
	b.t.Helper()
	w := httptest.NewRecorder()
	b.page.ServeHTTP(w, httptest.NewRequestWithContext(b.t.Context(), "GET", address, nil))
	return w.Code, w.Body.String()
}

func (b *inbox) post(values url.Values) (int, string) {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), "POST", b.address, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	b.page.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func (b *inbox) callout() intake.Callout {
	b.t.Helper()
	state, err := b.store.State(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return state.Callouts[0]
}

func (b *inbox) answer(value, digits string) int {
	b.t.Helper()
	status, _ := b.post(url.Values{"answer": {value}, "digits": {digits}})
	return status
}

// wrongDigits are two digits that are not those of the message.
func (b *inbox) wrongDigits() string {
	if b.digits == "00" {
		return "01"
	}
	return "00"
}

// TestRobot: whoever opens the link, submits its form and presses each button, as scanners of mail do, changes nothing
// and closes nothing, however often.
func TestRobot(t *testing.T) {
	b := newInbox(t)
	for range 10 {
		status, text := b.get(b.address)
		if status != http.StatusOK || strings.Contains(text, "<script") || strings.Contains(text, "checked") {
			t.Fatalf("%d\n%s", status, text)
		}
		for _, m := range regexp.MustCompile(`<button name="answer" value="([^"]*)"`).FindAllStringSubmatch(text, -1) {
			for _, digits := range []string{"", "test", "0", "1234", "４２", "<b>"} {
				if status := b.answer(m[1], digits); status != http.StatusUnprocessableEntity {
					t.Errorf("%s with %q: %d", m[1], digits, status)
				}
			}
		}
		if status, _ := b.post(url.Values{}); status != http.StatusUnprocessableEntity {
			t.Errorf("an empty form: %d", status)
		}
	}
	if c := b.callout(); c.Verdict != "" || c.Confirmed || !c.Acknowledged.IsZero() || len(c.Touches) != 0 {
		t.Errorf("a robot changed %+v", c)
	}
	if status := b.answer("useful", b.digits); status != http.StatusOK || b.callout().Verdict != interruption.Useful {
		t.Errorf("after the robot ada's answer is %d: %+v", status, b.callout())
	}
}

// TestAnswers: each button keeps what it says, the last answer counts, and a presumed call-out is confirmed.
func TestAnswers(t *testing.T) {
	b := newInbox(t)
	if status := b.answer("acknowledge", b.digits); status != http.StatusOK || b.callout().Acknowledged.IsZero() ||
		!b.callout().Confirmed {
		t.Errorf("acknowledged: %d, %+v", status, b.callout())
	}
	for _, button := range buttons[1:] {
		if status := b.answer(button.Value, b.digits); status != http.StatusOK {
			t.Errorf("%s: %d", button.Value, status)
		}
		if c := b.callout(); c.Verdict != button.verdict || c.Reason != button.reason {
			t.Errorf("%s is kept as %s %s", button.Value, c.Verdict, c.Reason)
		}
	}
	journal, err := b.store.Journal(t.Context(), 1)
	if err != nil || journal[0].Source != "192.0.2.1" || journal[0].What != "call-out verdict" {
		t.Errorf("%v: %+v", err, journal)
	}
}

// TestWrongDigits: three wrong answers close the link, for the right digits too, and its person is told once.
func TestWrongDigits(t *testing.T) {
	b := newInbox(t)
	for i, want := range []int{http.StatusForbidden, http.StatusForbidden, http.StatusGone, http.StatusGone} {
		if status := b.answer("useful", b.wrongDigits()); status != want {
			t.Errorf("wrong answer %d: %d, want %d", i+1, status, want)
		}
	}
	if status := b.answer("useful", b.digits); status != http.StatusGone {
		t.Errorf("a closed link takes an answer: %d", status)
	}
	if status, text := b.get(b.address); status != http.StatusGone || !strings.HasPrefix(text, "oncall.link_closed") {
		t.Errorf("a closed link opens: %d %s", status, text)
	}
	due, err := b.store.DueNotices(t.Context(), b.now)
	if err != nil || len(due) != 1 || due[0].Kind != message.NoticeLinkClosed || due[0].Person != "ada" {
		t.Errorf("%v: told is %+v", err, due)
	}
	if b.callout().Verdict != "" {
		t.Errorf("kept: %+v", b.callout())
	}
}

// TestLoggedIn: its person needs no digits where they are logged in; somebody else does.
func TestLoggedIn(t *testing.T) {
	b := newInbox(t)
	b.login = "ben"
	if status := b.answer("useful", ""); status != http.StatusUnprocessableEntity {
		t.Errorf("ben answers for ada: %d", status)
	}
	b.login = "ada"
	if _, text := b.get(b.address); strings.Contains(text, `name="digits"`) {
		t.Error("ada is asked for digits")
	}
	r := httptest.NewRequestWithContext(t.Context(), "POST", b.address, strings.NewReader("answer=useful"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	if b.page.ServeHTTP(w, r); w.Code != http.StatusForbidden {
		t.Errorf("a page of another server answers for ada: %d", w.Code)
	}
	if status := b.answer("useful", ""); status != http.StatusOK {
		t.Errorf("ada answers where she is logged in: %d", status)
	}
}

// TestClosedLinks: a link that expired or was never sent opens nothing, a renewed key closes all, and a frozen month
// takes no answer any more.
func TestClosedLinks(t *testing.T) {
	b := newInbox(t)
	for _, other := range []string{Prefix, Prefix + "x", b.address + "A", b.address + "/../../api"} {
		if status, _ := b.get(other); status != http.StatusNotFound {
			t.Errorf("%s: %d", other, status)
		}
	}
	b.now = civiltest.Instant("2026-01-13T02:00Z")
	if status := b.answer("useful", b.digits); status != http.StatusGone {
		t.Errorf("an expired link takes an answer: %d", status)
	}
	b.now = civiltest.Instant("2026-01-06T10:00Z")
	b.decide(roster.Writes{Frozen: &roster.FrozenMonth{Month: civil.Month{Year: 2026, Month: time.January}, At: b.now}})
	if status := b.answer("useful", b.digits); status != http.StatusConflict {
		t.Errorf("a frozen month takes an answer: %d", status)
	}
	if err := b.store.Links.RenewLinkKey(t.Context(), link.NewKey()); err != nil {
		t.Fatal(err)
	}
	if status, _ := b.get(b.address); status != http.StatusNotFound {
		t.Errorf("a link of a key that was renewed opens: %d", status)
	}
}

// TestGuesses: an address that tries links that are none waits after ten; another address does not.
func TestGuesses(t *testing.T) {
	b := newInbox(t)
	from := "192.0.2.1"
	b.page.AddressOf = func(*http.Request) string { return from + ":4711" }
	var statuses []int
	for range 12 {
		status, _ := b.get(Prefix + "QUJD")
		statuses = append(statuses, status)
	}
	if statuses[9] != 404 || statuses[10] != 429 || statuses[11] != 429 {
		t.Errorf("guesses are answered with %v", statuses)
	}
	if status, _ := b.get(b.address); status != 429 {
		t.Errorf("a right link from that address: %d", status)
	}
	from = "192.0.2.2"
	if status, _ := b.get(b.address); status != 200 {
		t.Errorf("from another address: %d", status)
	}
	from, b.now = "192.0.2.1", b.now.Add(time.Minute)
	if status, _ := b.get(b.address); status != 200 {
		t.Errorf("after a minute: %d", status)
	}
}
