package oncall_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/oncall/roster"
	"jerem/problem"
)

// fullEvents keep nothing, as the disk is full.
type fullEvents struct{ roster.Events }

func (fullEvents) AddEvent(context.Context, roster.RawEvent) (int64, error) {
	return 0, &problem.Problem{Code: "store.full", Message: "/var/lib/secret/j.oncall.db: the disk is full",
		Hint: "Make room; what was kept before is safe.", Cause: errors.New("database or disk is full (13)")}
}

// TestFullDiskIsTold: a source that cannot be kept is answered 503 with what is the matter and what to do, without the
// folder and without words of the database; the log tells the same reason once a minute, however many sources post.
func TestFullDiskIsTold(t *testing.T) {
	o := officeWithSources(t, "2026-01-06T02:05Z")
	var log bytes.Buffer
	o.api.Log, o.api.Place, o.api.Events = slog.New(slog.NewTextHandler(&log, nil)), "j.oncall.db", fullEvents{o.store}
	for range 40 {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "http://jerem.test/hooks/prod",
			strings.NewReader("{}"))
		r.Header.Set("Authorization", "Bearer "+hookSecret)
		w := httptest.NewRecorder()
		o.api.ServeHook(w, r)
		body := w.Body.String()
		if w.Code != 503 || !strings.Contains(body,
			"on-call cannot be read or kept now, in j.oncall.db: the disk is full") ||
			!strings.Contains(body, "Make room; ") || strings.Contains(body, "secret") || strings.Contains(body, "13") {
			t.Fatalf("%d %s", w.Code, body)
		}
	}
	if lines := strings.Count(log.String(), "\n"); lines != 1 || !strings.Contains(log.String(), "/var/lib/secret") {
		t.Errorf("the log has %d lines:\n%s", lines, log.String())
	}
	o.now = o.now.Add(time.Minute)
	o.post("prod", hookSecret, "{}")
	if lines := strings.Count(log.String(), "\n"); lines != 2 {
		t.Errorf("after a minute the log has %d lines", lines)
	}
}
