package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// loggedText gathers what a program says, and tells the address of its pages once it said it.
type loggedText struct {
	mu      sync.Mutex
	text    strings.Builder
	address chan string
}

var toldAddress = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)

// Write takes what is said.
func (l *loggedText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(p)
	if found := toldAddress.Find(p); found != nil && strings.Contains(string(p), "pages are open") {
		select {
		case l.address <- strings.TrimSuffix(string(found), "/"):
		default:
		}
	}
	return len(p), nil
}

func (l *loggedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// TestOnCallLogNamesNobody: whatever is asked, refused, posted or set aside, the log of a server holds no handle, no
// login, no contact and no secret, at its most talkative.
func TestOnCallLogNamesNobody(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "jerem.yml")
	if err := os.WriteFile(file, []byte(`jira: {url: 'http://127.0.0.1:1', username: u, password: p}
projects: [{name: K8S, label: Kubernetes}]
store: {path: `+filepath.Join(dir, "jerem.db")+`}
calendar: {time_zone: Europe/Paris}
access: {mode: proxy, trusted: [127.0.0.1], header: X-Forwarded-User, roles: {operator: [olgalogin]}}
log: {level: debug}
oncall:
  people:
    - {handle: quirinus, login: quirinuslogin@example.org, contacts: [{webhook: 'http://127.0.0.1:1/quirinushook'}]}
    - {handle: zenobia, login: zenobialogin@example.org}
  rotas:
    - {name: k8s, team: Kubernetes, versions: [{from: 2026-01-05, handover: "09:00", every: 1w,
        people: [quirinus, zenobia], coverage: always}]}
  sources: [{name: prod, kind: generic, secret: thesecretofthesource, team: Kubernetes}]
`), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	said := &loggedText{address: make(chan string, 1)}
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"--config", file, "serve", "--listen", "127.0.0.1:0", "--clock",
			"2026-02-10T12:00:00Z"}, func(string) string { return "" }, nil, said, said)
	}()
	var address string
	select {
	case address = <-said.address:
	case err := <-ended:
		t.Fatalf("it ended: %v\n%s", err, said)
	case <-time.After(30 * time.Second):
		t.Fatalf("it tells no address:\n%s", said)
	}
	statuses := map[int]int{}
	send := func(as, method, path, body string, headers ...string) {
		r, err := http.NewRequestWithContext(ctx, method, address+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Forwarded-User", as)
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		statuses[res.StatusCode]++
	}
	const ben, olga = "quirinuslogin@example.org", "olgalogin"
	for _, as := range []string{ben, olga, "zenobialogin@example.org", "stranger"} {
		for _, path := range []string{"/oncall", "/oncall/me", "/oncall/k8s", "/oncall/quirinus", "/oncall/callouts",
			"/api/v1/oncall/now", "/api/v1/oncall/warnings", "/api/v1/oncall/rotas/quirinus/segments"} {
			send(as, "GET", path, "")
		}
		for _, path := range []string{"changes", "callouts", "absences", "changes/1/accept",
			"statements/2026-01/freeze"} {
			send(as, "POST", "/api/v1/oncall/"+path, `{"kind": "cover", "rota": "k8s", "start": "2026-02-16T12:00:00Z",
				"end": "2026-02-17", "from": "quirinus", "to": "zenobia", "reason": "agreed"}`)
		}
	}
	form := "application/x-www-form-urlencoded"
	send(ben, "POST", "/oncall/absences", "person=quirinus&from=2026-03-01&to=2026-03-02", "Content-Type", form)
	send(ben, "POST", "/oncall/me/calendar", "act=make", "Content-Type", form)
	send("", "GET", "/oncall/calendar/"+strings.Repeat("a", 32)+".ics", "")
	send("", "GET", "/oncall/answer/quirinus", "")
	for n, person := range []string{"quirinus", "zenobialogin@example.org", "quirinusunknown"} {
		for _, secret := range []string{"thesecretofthesource", "quirinuswrong"} {
			send("", "POST", "/hooks/prod", fmt.Sprintf(`{"id": "%d", "state": "firing", "rule": "DiskFull",
				"at": "2026-02-10T11:00:00Z", "person": %q}`, n, person), "Authorization", "Bearer "+secret)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("stopped: %v", err)
	}
	for _, status := range []int{200, 400, 401, 403, 404} {
		if statuses[status] == 0 {
			t.Errorf("nothing was answered with %d: %v", status, statuses)
		}
	}
	text := said.String()
	if !strings.Contains(text, "set aside") {
		t.Errorf("nothing was set aside, or the log is silent about it:\n%s", text)
	}
	for _, secret := range []string{"quirinus", "zenobia", "olgalogin", "thesecretofthesource",
		strings.Repeat("a", 32)} {
		if i := strings.Index(strings.ToLower(text), secret); i >= 0 {
			t.Errorf("the log tells %q: …%s…", secret, text[max(0, i-150):min(len(text), i+100)])
		}
	}
}
