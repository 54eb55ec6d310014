package main

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"jerem/cmd/jerem/serving"
	jirasim "jerem/sim/jira"
	"jerem/sim/jira/webhooks"
	"jerem/sync/synctest"
	"jerem/testrun"
)

// postMessage posts a message as Jira does, signed by a secret, and returns the status of the answer.
func postMessage(t *testing.T, address, secret, body string) int {
	t.Helper()
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, body)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}

// serveLiving serves a story that goes on by a clock, read once and then every hour, until the test ends, and returns
// the address of the pages.
func serveLiving(t *testing.T, clock *synctest.Clock) (pages string) {
	t.Helper()
	jira := serveStory(t, []byte(synctest.LivingStory), jirasim.Options{Now: clock.Now})
	config := writeConfig(t, "jira: {url: '"+jira+"', username: "+serving.SimEmail+", password: "+serving.SimToken+
		", webhook_secret: shared}\nprojects: [{name: K8S}]\nrunner: {period: 1h, refresh: 1h}\nstore: {path: STORE}\n")
	pages = testrun.FreeAddress(t)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- run(ctx, []string{"--config", config, "--log-level", "error", "serve", "--listen", pages},
			func(string) string { return "" }, strings.NewReader(""), io.Discard, io.Discard)
	}()
	t.Cleanup(func() { stop(); <-served })
	await(t, "http://"+pages+"/readyz", "ready")
	return pages
}

// TestPageFollowsMessage: a page shows a change of Jira that a message named, an hour before the next cycle. A message
// that is not signed by the secret is refused.
func TestPageFollowsMessage(t *testing.T) {
	testrun.SkipInShort(t)
	t.Parallel()
	clock := &synctest.Clock{}
	clock.Set(time.Date(2026, 10, 6, 7, 0, 0, 0, time.UTC))
	pages := serveLiving(t, clock)
	issue := "http://" + pages + "/api/v1/teams/K8S/issues/K8S-2"
	if before := await(t, issue, "K8S-2"); strings.Contains(before, "2026-10-06T08:00:00Z") {
		t.Fatalf("the change is known before it is made: %s", before)
	}
	clock.Set(time.Date(2026, 10, 6, 8, 5, 0, 0, time.UTC))
	const message = `{"webhookEvent":"jira:issue_updated","issue":{"id":"1","key":"K8S-2"}}`
	if code := postMessage(t, "http://"+pages+"/hooks/jira", "guessed", message); code != http.StatusUnauthorized {
		t.Errorf("a message that is not signed is answered %d", code)
	}
	if code := postMessage(t, "http://"+pages+"/hooks/jira", "shared", message); code != http.StatusNoContent {
		t.Errorf("a message is answered %d", code)
	}
	await(t, issue, "2026-10-06T08:00:00Z")
}

// liveEvents opens the stream of what is known and returns what yields the data of its events.
func liveEvents(t *testing.T, address string) (next func() string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(stop)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	lines := bufio.NewScanner(answer.Body)
	return func() string {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return data
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
		return ""
	}
}

// TestPageMovesWithJira: the played Jira posts what changes as Jira does; a browser that listens is told, and what it
// asks for then shows the change: nobody waits for the cycle, which is an hour away.
func TestPageMovesWithJira(t *testing.T) {
	testrun.SkipInShort(t)
	before, after := time.Date(2026, 10, 6, 7, 0, 0, 0, time.UTC), time.Date(2026, 10, 6, 8, 0, 0, 0, time.UTC)
	clock := &synctest.Clock{}
	clock.Set(before)
	site := synctest.StorySite(t, synctest.LivingStory)
	pages := serveLiving(t, clock)
	next := liveEvents(t, "http://"+pages+"/live")
	first := next()
	clock.Set(after)
	sender := &webhooks.Sender{Site: site, Address: "http://" + pages + "/hooks/jira", Secret: "shared",
		Client: http.DefaultClient}
	if err := sender.Post(t.Context(), before, after); err != nil {
		t.Fatal(err)
	}
	if known := next(); known == first {
		t.Errorf("the same is known as before: %s", known)
	}
	page := answerOf(t.Context(), "http://"+pages+"/api/v1/teams/K8S/issues/K8S-2")
	if !strings.Contains(page, "2026-10-06T08:00:00Z") {
		t.Errorf("what is asked for after the event does not show the change: %s", page)
	}
}
