package webhooks_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jerem/jira/webhook"
	jirasim "jerem/sim/jira"
	"jerem/sim/jira/webhooks"
)

// livingSite is a site on which all happens that messages tell of.
func livingSite(t *testing.T) *jirasim.Site {
	t.Helper()
	story, err := os.ReadFile("../../../sync/synctest/living.txtar")
	if err != nil {
		t.Fatal(err)
	}
	site, err := jirasim.LoadScenario("living", story)
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// TestMessages: each change of a story is told by its event, once, at its moment and no other.
func TestMessages(t *testing.T) {
	site := livingSite(t)
	var told []string
	at := time.Date(2026, 9, 20, 0, 0, 0, 0, time.UTC)
	for {
		next, ok := site.NextChange(at)
		if !ok {
			break
		}
		for _, m := range webhooks.MessagesBetween(site, at, next) {
			told = append(told, m.Event)
		}
		if again := webhooks.MessagesBetween(site, next, next); len(again) != 0 {
			t.Errorf("%s is told twice: %v", next, again)
		}
		at = next
	}
	for event, want := range map[string]int{"jira:issue_created": 9, "jira:issue_deleted": 1, "sprint_started": 2,
		"sprint_closed": 1, "worklog_created": 4, "worklog_updated": 1, "worklog_deleted": 1} {
		got := 0
		for _, e := range told {
			if e == event {
				got++
			}
		}
		if got != want {
			t.Errorf("%s was told %d times, want %d", event, got, want)
		}
	}
	if !slices.Contains(told, "jira:issue_updated") {
		t.Error("no change of an issue was told")
	}
}

// TestPostedMessages: what is posted is signed as Jira signs, and tells the issue, its project and the board; by
// another secret nothing is taken, which is told.
func TestPostedMessages(t *testing.T) {
	site := livingSite(t)
	var hints []webhook.Hint
	handler := webhook.NewHandler("shared", func(h webhook.Hint) { hints = append(hints, h) },
		slog.New(slog.NewTextHandler(io.Discard, nil)))
	server := httptest.NewServer(handler)
	defer server.Close()
	sender := &webhooks.Sender{Site: site, Address: server.URL, Secret: "shared", Client: server.Client()}
	moment := func(text string) time.Time {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	if err := sender.Post(t.Context(), moment("2026-10-05T07:00:00Z"), moment("2026-10-06T08:00:00Z")); err != nil {
		t.Fatal(err)
	}
	if len(hints) < 2 {
		t.Fatalf("hints are %v", hints)
	}
	if h := hints[0]; len(h.Issues) != 1 || !slices.Contains(h.Projects, "K8S") {
		t.Errorf("of a change of K8S-2: %+v", h)
	}
	if h := hints[len(hints)-1]; !cmp.Equal(h.Boards, []int64{1}) || len(h.Issues) != 0 {
		t.Errorf("of the sprint's start: %+v", h)
	}
	sender.Secret, hints = "guessed", nil
	err := sender.Post(t.Context(), moment("2026-10-05T07:00:00Z"), moment("2026-10-06T08:00:00Z"))
	if err == nil || !strings.Contains(err.Error(), "jira:issue_updated is answered 401") || len(hints) != 0 {
		t.Errorf("signed by another secret: %v, %v", err, hints)
	}
}

// TestFollow: what happens is posted when the site's clock comes to it, in its order, each change once.
func TestFollow(t *testing.T) {
	site := livingSite(t)
	posted := make(chan string, 100)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		posted <- r.Header.Get("X-Atlassian-Webhook-Identifier")
	}))
	defer server.Close()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	const speed = 1e9 // the whole story at once
	began := sync.OnceValue(time.Now)
	now := func() time.Time { return site.Clock().Add(time.Duration(float64(time.Since(began())) * speed)) }
	sender := &webhooks.Sender{Site: site, Address: server.URL, Secret: "s", Client: server.Client()}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		sender.Follow(ctx, now, speed, func(err error) { t.Error(err) })
	}()
	for n := 1; n <= 3; n++ {
		select {
		case got := <-posted:
			if got != fmt.Sprint(n) {
				t.Errorf("message %d has the identifier %s", n, got)
			}
		case <-time.After(time.Minute):
			t.Fatal("nothing is posted")
		}
	}
	stop()
	<-ended
	still := &webhooks.Sender{Site: site, Address: server.URL, Client: server.Client()}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	still.Follow(done, site.Clock, 0, func(err error) { t.Error(err) }) // returns
}
