package bot

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jerem/agile"
	"jerem/jira/webhook"
	jirasim "jerem/sim/jira"
	"jerem/sync/synctest"
)

const hookSecret = "shared by both sides"

// followed is a bot whose loop runs with an hour between two cycles, and the address that takes Jira's messages.
type followed struct {
	*rig
	clock *synctest.Clock
	conf  agile.Team
	hook  http.Handler
	late  atomic.Bool // the search index of Jira does not know the last changes yet
}

func follow(t *testing.T, at time.Time) *followed {
	t.Helper()
	f := &followed{conf: synctest.Team("K8S", 0), clock: &synctest.Clock{}}
	f.clock.Set(at)
	f.rig = newRig(t, synctest.StorySite(t, synctest.LivingStory), f.conf)
	f.between(t, synctest.LivingStory, jirasim.Options{Now: f.clock.Now},
		func(req *http.Request, question []byte, a *synctest.Answer) {
			if f.late.Load() && strings.HasSuffix(req.URL.Path, "/search/jql") {
				a.Body = []byte(`{"issues":[],"isLast":true}`)
			}
		})
	f.bot.Reader.Refresh = 24 * time.Hour
	f.hook = webhook.NewHandler(hookSecret, f.bot.Hint, f.bot.Log)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = f.bot.Run(ctx, time.Hour)
	}()
	t.Cleanup(func() { stop(); <-ended })
	f.wait(t, "the first reading", func() bool { return f.until(t).Equal(at) })
	return f
}

// until is the moment of the last complete reading.
func (f *followed) until(t *testing.T) time.Time {
	t.Helper()
	state, err := f.bot.Store.Teams.State(t.Context(), f.conf.Name)
	if err != nil {
		return time.Time{}
	}
	return state.Until
}

// wait waits for what the loop does by itself.
func (f *followed) wait(t *testing.T, what string, done func() bool) {
	t.Helper()
	for begun := time.Now(); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Since(begun) > time.Minute {
			t.Fatalf("%s does not come", what)
		}
	}
}

// send posts a message as Jira does.
func (f *followed) send(t *testing.T, body string) {
	t.Helper()
	mac := hmac.New(sha256.New, []byte(hookSecret))
	_, _ = io.WriteString(mac, body)
	req := httptest.NewRequest(http.MethodPost, "/hooks/jira", bytes.NewReader([]byte(body)))
	req.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	answer := httptest.NewRecorder()
	f.hook.ServeHTTP(answer, req)
	if answer.Code != http.StatusNoContent {
		t.Fatal(answer.Code, answer.Body)
	}
}

// issue finds a kept issue of the team by its key.
func (f *followed) issue(t *testing.T, key string) *agile.Issue {
	t.Helper()
	h, err := f.bot.Store.Teams.History(t.Context(), f.conf)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range h.Issues {
		if i.Key.At(h.Until) == key {
			return i
		}
	}
	return nil
}

// TestMessageStartsReading: a message about an issue of a team has it read at once, by its id, although the search does
// not tell of the change yet and the next cycle is an hour away. Messages that come together share a reading; one about
// what is no team's starts none.
func TestMessageStartsReading(t *testing.T) {
	t.Parallel()
	f := follow(t, time.Date(2026, 10, 6, 7, 0, 0, 0, time.UTC))
	id := f.issue(t, "K8S-2").ID
	message := fmt.Sprintf(`{"webhookEvent":"jira:issue_updated","issue":{"id":"%d","key":"K8S-2"}}`, id)
	f.sim.Reset()
	f.late.Store(true)
	changed := time.Date(2026, 10, 6, 8, 5, 0, 0, time.UTC)
	f.clock.Set(changed)
	f.send(t, `{"webhookEvent":"jira:issue_updated","issue":{"id":"999999","key":"OTHER-1"}}`)
	for range 20 {
		f.send(t, message)
	}
	f.wait(t, "the reading of the change", func() bool { return f.until(t).Equal(changed) })
	status := f.issue(t, "K8S-2").Status
	if last := status[len(status)-1].From; len(status) != 2 || changed.Sub(last.Time()) != 5*time.Minute {
		t.Errorf("the change is not known: %v", status)
	}
	f.send(t, `{"webhookEvent":"jira:issue_updated","issue":{"id":"999999","key":"OTHER-1"}}`)
	if n := f.sim.Counts()["GET /rest/api/3/serverInfo"]; n != 1 {
		t.Errorf("twenty messages about one change cost %d readings: %v", n, f.sim.Counts())
	}
	if n := len(f.sim.Requests()); n > 6 {
		t.Errorf("a reading of one change asks %d times: %v", n, f.sim.Counts())
	}
}

// TestMessageOfDeletion: an issue that a message tells deleted, and that Jira does not have any more, is forgotten at
// once; one that Jira still has stays.
func TestMessageOfDeletion(t *testing.T) {
	t.Parallel()
	f := follow(t, time.Date(2026, 10, 8, 8, 0, 0, 0, time.UTC))
	deleted, stays := f.issue(t, "K8S-3").ID, f.issue(t, "K8S-2").ID
	at := time.Date(2026, 10, 8, 9, 5, 0, 0, time.UTC)
	f.clock.Set(at)
	for _, id := range []int64{deleted, stays} {
		f.send(t, fmt.Sprintf(`{"webhookEvent":"jira:issue_deleted","issue":{"id":"%d","key":"K8S-9"}}`, id))
	}
	f.wait(t, "the reading", func() bool { return f.until(t).Equal(at) })
	if f.issue(t, "K8S-3") != nil || f.issue(t, "K8S-2") == nil {
		t.Errorf("deleted: %v, not deleted: %v", f.issue(t, "K8S-3"), f.issue(t, "K8S-2"))
	}
}

// TestMessageOfSprint: the end of a sprint is known by a message about it, although the metadata is young.
func TestMessageOfSprint(t *testing.T) {
	t.Parallel()
	f := follow(t, time.Date(2026, 10, 16, 12, 0, 0, 0, time.UTC))
	at := time.Date(2026, 10, 16, 16, 0, 0, 0, time.UTC) // it is closed at 17:12 in Paris
	f.clock.Set(at)
	f.send(t, `{"webhookEvent":"sprint_closed","sprint":{"id":21,"state":"closed","originBoardId":1}}`)
	f.wait(t, "the reading", func() bool { return f.until(t).Equal(at) })
	h, err := f.bot.Store.Teams.History(t.Context(), f.conf)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range h.Sprints {
		if last := s.Versions[len(s.Versions)-1]; s.ID == 21 && last.State != agile.Closed {
			t.Errorf("the sprint is %s", last.State)
		}
	}
}
