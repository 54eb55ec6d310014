package delivery_test

import (
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/messaging/mailtest"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
	"jerem/oncall/delivery"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
	"jerem/oncall/link"
	"jerem/oncall/message"
	"jerem/oncall/oncalltest"
	"jerem/oncall/plan"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
)

// world is on-call with a store, and who sends its messages.
type world struct {
	t       *testing.T
	store   *kept.Store
	postman *delivery.Postman
}

func newWorld(t *testing.T, sender *delivery.Sender, contacts map[string]delivery.Contact) *world {
	t.Helper()
	store, err := kept.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.oncall.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	f := plan.File{Zone: time.UTC, People: []oncall.Person{oncalltest.Parisian(t, "ada"),
		oncalltest.Parisian(t, "ben")},
		Rotas: []oncall.Rota{{Name: "k8s", Versions: []oncall.Version{oncalltest.Weekly(t, "ada", "ben")}}}}
	r := &roster.Roster{File: f, Records: store}
	return &world{t, store, &delivery.Postman{Roster: r, Notices: store, Sender: sender, Contacts: contacts}}
}

// ask has ada ask ben to cover her, so that he is to be told.
func (w *world) ask(now string, start, end string) {
	w.t.Helper()
	ada := roster.Actor{Handle: "ada", Login: "ada", Teams: []string{"Kubernetes"}}
	err := w.postman.Roster.Decide(w.t.Context(), civiltest.Instant(now), func(v *roster.View) (roster.Writes, error) {
		_, writes, err := roster.AskChange(v, ada, oncall.Request{Kind: oncall.Cover, Rota: "k8s", To: "ben",
			Span: civil.Span{Start: civiltest.Instant(start), End: civiltest.Instant(end)}})
		return writes, err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) run(now string) (int, error) {
	w.t.Helper()
	return w.postman.Run(w.t.Context(), civiltest.Instant(now))
}

var toBen = map[string]delivery.Contact{"ben": {Channel: delivery.Mail, Address: "ben@example.org"}}

// TestMailOnce: what is due is sent once; a mail that the server does not take now is sent later, with the same ID.
func TestMailOnce(t *testing.T) {
	backend, server := mailtest.Serve(t, "jerem:p%40ss@")
	w := newWorld(t, &delivery.Sender{Mail: server}, toBen)
	w.ask("2026-01-06T10:00Z", "2026-01-08T09:00+01:00", "2026-01-09T09:00+01:00")
	backend.Refuses = 1
	if sent, err := w.run("2026-01-06T10:00Z"); sent != 0 || err == nil ||
		err.Error() != "the mail server did not take a mail (451)" {
		t.Errorf("refused, and sent %d: %v", sent, err)
	}
	for i, want := range []int{1, 0, 0} {
		if sent, err := w.run("2026-01-06T10:05Z"); sent != want || err != nil {
			t.Errorf("run %d: sent %d, %v", i, sent, err)
		}
	}
	if len(backend.Letters) != 1 || backend.Login != "jerem p@ss" {
		t.Fatalf("%d mails, login %q", len(backend.Letters), backend.Login)
	}
	l := backend.Letters[0]
	subject, err := new(mime.WordDecoder).DecodeHeader(l.Head.Get("Subject"))
	if err != nil || l.To != "ben@example.org" ||
		!strings.HasPrefix(subject, "ada asks you to cover k8s, Thu 2026-01-08") ||
		l.Head.Get("Message-Id") != "<oncall-1-1767693600@example.org>" ||
		l.Head.Get("Auto-Submitted") != "auto-generated" ||
		l.Head.Get("From") != `"Jerem" <jerem@example.org>` || !strings.Contains(l.Body, "Accept or decline it") {
		t.Errorf("%v: to %s, %v\n%s", err, l.To, l.Head, l.Body)
	}
}

// brokenNotices cannot note what was sent, as if the program ended in between.
type brokenNotices struct{ delivery.Notices }

func (brokenNotices) MarkSent(context.Context, int64, time.Time) error {
	return errors.New("ended")
}

// TestCrashAfterSending: a message that was sent and not noted goes again, as a twin that its ID tells.
func TestCrashAfterSending(t *testing.T) {
	backend, server := mailtest.Serve(t, "")
	w := newWorld(t, &delivery.Sender{Mail: server}, toBen)
	w.ask("2026-01-06T10:00Z", "2026-01-08T09:00+01:00", "2026-01-09T09:00+01:00")
	w.postman.Notices = brokenNotices{w.store}
	if _, err := w.run("2026-01-06T10:00Z"); err == nil {
		t.Error("what could not be noted is no error")
	}
	w.postman.Notices = w.store
	if sent, err := w.run("2026-01-06T10:01Z"); sent != 1 || err != nil {
		t.Errorf("sent %d: %v", sent, err)
	}
	if l := backend.Letters; len(l) != 2 || l[0].Head.Get("Message-Id") != l[1].Head.Get("Message-Id") {
		t.Errorf("%d mails: %v", len(l), l)
	}
}

// TestReminderOnce: a reminder goes out at 18:00 of the day before, once, however often the program looks.
func TestReminderOnce(t *testing.T) {
	backend, server := mailtest.Serve(t, "")
	w := newWorld(t, &delivery.Sender{Mail: server}, toBen)
	total := 0
	for _, now := range []string{"2026-01-11T17:59+01:00", "2026-01-11T18:00+01:00", "2026-01-11T18:01+01:00",
		"2026-01-12T08:00+01:00"} {
		sent, err := w.run(now)
		if err != nil {
			t.Error(err)
		}
		total += sent
	}
	if total != 1 || len(backend.Letters) != 1 || !strings.Contains(backend.Letters[0].Body, "ada hands over") {
		t.Errorf("sent %d: %v", total, backend.Letters)
	}
}

// TestNoContact: who cannot be reached is told nothing, then or later; what nobody took for three days is given up.
func TestNoContact(t *testing.T) {
	backend, server := mailtest.Serve(t, "")
	w := newWorld(t, &delivery.Sender{Mail: server}, nil)
	w.ask("2026-01-06T10:00Z", "2026-01-18T09:00+01:00", "2026-01-19T09:00+01:00")
	if sent, err := w.run("2026-01-06T10:00Z"); sent != 0 || err != nil {
		t.Errorf("sent %d: %v", sent, err)
	}
	w.postman.Contacts = toBen
	if sent, err := w.run("2026-01-06T10:01Z"); sent != 0 || err != nil {
		t.Errorf("told later: sent %d: %v", sent, err)
	}
	w.ask("2026-01-06T11:00Z", "2026-01-19T09:00+01:00", "2026-01-20T09:00+01:00")
	if sent, err := w.run("2026-01-09T11:00Z"); sent != 1 || err != nil {
		t.Errorf("within three days: sent %d: %v", sent, err)
	}
	backend.Letters = nil
	w.ask("2026-01-06T12:00Z", "2026-01-20T09:00+01:00", "2026-01-21T09:00+01:00")
	if sent, err := w.run("2026-01-09T12:01Z"); sent != 0 || err != nil || len(backend.Letters) != 0 {
		t.Errorf("told three days late: sent %d: %v", sent, err)
	}
}

// TestAllAreAsked: a request to all of the rota is told to everybody of it but who asks.
func TestAllAreAsked(t *testing.T) {
	backend, server := mailtest.Serve(t, "")
	contacts := map[string]delivery.Contact{"ben": toBen["ben"], "ada": {Channel: delivery.Mail,
		Address: "ada@example.org"}}
	w := newWorld(t, &delivery.Sender{Mail: server}, contacts)
	ada := roster.Actor{Handle: "ada", Login: "ada", Teams: []string{"Kubernetes"}}
	now := civiltest.Instant("2026-01-06T10:00Z")
	err := w.postman.Roster.Decide(t.Context(), now, func(v *roster.View) (roster.Writes, error) {
		_, writes, err := roster.AskChange(v, ada, oncall.Request{Kind: oncall.Cover, Rota: "k8s",
			Span: civiltest.Span("2026-01-08T09:00+01:00", "2026-01-09T09:00+01:00")})
		return writes, err
	})
	if err != nil {
		t.Fatal(err)
	}
	if sent, err := w.run("2026-01-06T10:00Z"); sent != 1 || err != nil || backend.Letters[0].To != "ben@example.org" {
		t.Errorf("sent %d: %v", sent, err)
	}
}

// TestAskedAboutCallout: once a call-out is over its person is asked about it, once, with a link and digits; one that
// is judged, entered by hand or long over is not asked about, and none where links lead nowhere.
func TestAskedAboutCallout(t *testing.T) {
	backend, server := mailtest.Serve(t, "")
	w := newWorld(t, &delivery.Sender{Mail: server}, map[string]delivery.Contact{"ada": {Channel: delivery.Mail,
		Address: "ada@example.org"}})
	var asked link.Link
	w.postman.Answer = func(l link.Link) (address, digits string, err error) {
		asked = l
		return "https://jerem.example/oncall/answer/TOKEN", "42", nil
	}
	callout := func(id int64, start string, origin interruption.Origin, verdict interruption.Verdict) intake.Callout {
		return intake.Callout{ID: id, Team: "Kubernetes", Person: "ada", Started: civiltest.Instant(start),
			Origin: origin, Verdict: verdict}
	}
	list := []intake.Callout{callout(1, "2026-01-06T02:00Z", interruption.Presumed, ""),
		callout(2, "2026-01-06T04:00Z", interruption.FromSource, interruption.Useful),
		callout(3, "2026-01-06T05:00Z", interruption.ByHand, ""),
		callout(4, "2026-01-05T01:00Z", interruption.FromSource, "")}
	err := w.postman.Roster.Decide(t.Context(), civiltest.Instant("2026-01-06T06:00Z"),
		func(*roster.View) (roster.Writes, error) { return roster.Writes{Callouts: list}, nil })
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, now := range []string{"2026-01-06T02:59Z", "2026-01-06T07:00Z", "2026-01-06T07:01Z", "2026-01-06T12:00Z"} {
		sent, err := w.run(now)
		if err != nil {
			t.Error(err)
		}
		total += sent
	}
	if total != 1 || len(backend.Letters) != 1 {
		t.Fatalf("sent %d: %v", total, backend.Letters)
	}
	l := backend.Letters[0]
	if l.Head.Get("Subject") != "Was your call-out of Tue 2026-01-06 03:00 (Europe/Paris) useful?" ||
		!strings.Contains(l.Body, "https://jerem.example/oncall/answer/TOKEN") ||
		!strings.Contains(l.Body, "type 42.") ||
		!strings.Contains(l.Body, "It bears no fee") {
		t.Errorf("%v\n%s", l.Head, l.Body)
	}
	want := link.Link{Callout: 1, Person: "ada", Expires: civiltest.Instant("2026-01-13T02:00Z").UTC()}
	if asked != want {
		t.Errorf("the link is of %+v", asked)
	}
	quiet := newWorld(t, &delivery.Sender{Mail: server}, w.postman.Contacts)
	err = quiet.postman.Roster.Decide(t.Context(), civiltest.Instant("2026-01-06T06:00Z"),
		func(*roster.View) (roster.Writes, error) { return roster.Writes{Callouts: list[:1]}, nil })
	if sent, runErr := quiet.run("2026-01-06T07:00Z"); err != nil || sent != 0 || runErr != nil {
		t.Errorf("without links: sent %d, %v, %v", sent, err, runErr)
	}
}

// TestWebhook: a webhook gets JSON with the ID twice; what is no 2xx is due again, a redirect is not followed, and no
// error shows the address.
func TestWebhook(t *testing.T) {
	var posted []map[string]any
	status := http.StatusInternalServerError
	followed := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/elsewhere" {
			followed = true
			return
		}
		var m map[string]any
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil || m["id"] != r.Header.Get("Idempotency-Key") {
			t.Errorf("%v: %v", err, m)
		}
		posted = append(posted, m)
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	w := newWorld(t, &delivery.Sender{HTTP: server.Client()},
		map[string]delivery.Contact{"ben": {Channel: delivery.Webhook, Address: server.URL + "/secret"}})
	w.ask("2026-01-06T10:00Z", "2026-01-08T09:00+01:00", "2026-01-09T09:00+01:00")
	for _, status = range []int{http.StatusInternalServerError, http.StatusTemporaryRedirect} {
		if sent, err := w.run("2026-01-06T10:00Z"); sent != 0 || err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%d: sent %d, %v", status, sent, err)
		}
	}
	status = http.StatusAccepted
	if sent, err := w.run("2026-01-06T10:02Z"); sent != 1 || err != nil || followed {
		t.Errorf("sent %d, %v, followed %v", sent, err, followed)
	}
	if len(posted) != 3 || posted[0]["id"] != posted[2]["id"] || posted[2]["person"] != "ben" ||
		posted[2]["kind"] != "asked" || posted[2]["change"] != 1.0 || posted[2]["callout"] != nil {
		t.Errorf("%v", posted)
	}
	server.Close()
	err := w.postman.Sender.Send(t.Context(), w.postman.Contacts["ben"], message.Message{ID: "x"})
	if err == nil || strings.Contains(err.Error(), "/secret") {
		t.Errorf("the error shows the address: %v", err)
	}
}

// TestHostileWords: no word of a message adds a header or a recipient.
func TestHostileWords(t *testing.T) {
	backend, server := mailtest.Serve(t, "")
	s := &delivery.Sender{Mail: server}
	m := message.Message{ID: "oncall-1-1", Subject: "x\r\nBcc: eve@example.org",
		Text: "a\r\n.\r\nMAIL FROM:<eve@example.org>\r\n"}
	if err := s.Send(t.Context(), toBen["ben"], m); err != nil {
		t.Fatal(err)
	}
	if l := backend.Letters; len(l) != 1 || l[0].Head.Get("Bcc") != "" || l[0].To != "ben@example.org" {
		t.Errorf("%v", l)
	}
	for _, to := range []string{"ben@example.org\r\nRCPT TO:<eve@example.org>", "nobody", ""} {
		if err := s.Send(t.Context(), delivery.Contact{Channel: delivery.Mail, Address: to}, m); err == nil {
			t.Errorf("%q is an address", to)
		}
	}
	if err := (&delivery.Sender{}).Send(t.Context(), toBen["ben"], m); !errors.Is(err, delivery.ErrNoMail) {
		t.Error(err)
	}
}
