package transport

import (
	"jerem/problem"
	"log/slog"
	"net/http"
	"strings"
	"testing"
)

// TestLongWalks: a walk has a last page, and tells how far it is while it takes long.
func TestLongWalks(t *testing.T) {
	var log strings.Builder
	c := ask(t, Config{Token: "t", Log: slog.New(slog.NewTextHandler(&log, nil))}, http.NotFound)
	w := NewPages(c, "/rest/list")
	for range maxPages {
		if err := w.Took(3); err != nil {
			t.Fatal(err)
		}
	}
	if log.Len() > 0 {
		t.Errorf("it tells more often than each ten seconds: %s", &log)
	}
	if err := w.Took(3); !problem.Is(err, InvalidResponse) || !strings.Contains(err.Error(), "no end of its pages") {
		t.Error(err)
	}
	w = NewPages(c, "/rest/list")
	w.told = w.told.Add(-tellEvery)
	if err := w.Took(3); err != nil || !strings.Contains(log.String(), "place=/rest/list pages=1 things=3") {
		t.Errorf("%v: %s", err, &log)
	}
	told := log.Len()
	if err := w.Took(3); err != nil || log.Len() != told {
		t.Errorf("%v: told twice: %s", err, &log)
	}
	for range maxIdle {
		if err := w.Took(0); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Took(0); !problem.Is(err, InvalidResponse) {
		t.Errorf("pages without anything new: %v", err)
	}
}
