package oncall_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jerem/oncall/roster"
	"jerem/store/oncall"
)

// TestForget: of all that is kept nothing but frozen statements, and the list of who was forgotten, holds a handle that
// was forgotten; other words that begin or end like it stay, and the journal is only added to again.
func TestForget(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jerem.oncall.db")
	s := open(t, path)
	all := everything(t)
	all.Frozen = nil
	all.Journal = append(all.Journal, roster.Entry{At: at("2026-01-05T09:00Z"), Who: "ada@example.org",
		What: "change asked", Args: `from "ada" to "adam", cover of ada-2, by ada.`})
	all.Notices = append(all.Notices, roster.Notice{Person: "ada", Kind: roster.NoticeAsked,
		Due: at("2026-01-05T09:00Z")})
	keep(t, s, all)
	for _, body := range []string{`{"person": "ada"}`, `{"person": "adam"}`} {
		if _, err := s.AddEvent(t.Context(), roster.RawEvent{Source: "pager", Received: at("2026-01-05T09:00Z"),
			Body: []byte(body)}); err != nil {
			t.Fatal(err)
		}
	}
	before := stateOf(t, s)
	err := s.Forget(t.Context(), oncall.Forgotten{Handle: "ada", Login: "ada@example.org", Name: "person-1"},
		at("2026-02-05T09:00Z"))
	if err != nil {
		t.Fatal(err)
	}
	after := stateOf(t, s)
	if len(after.Changes) != len(before.Changes) || len(after.Callouts) != len(before.Callouts) ||
		len(after.NotAdjusted) != 2 {
		t.Errorf("%d changes, %d call-outs, not adjusted %v", len(after.Changes), len(after.Callouts),
			after.NotAdjusted)
	}
	journal, err := s.Journal(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, e := range journal {
		if e.What == "change asked" && e.Who == "person-1" {
			found = found || e.Args == `from "person-1" to "adam", cover of ada-2, by person-1.`
		}
	}
	if !found {
		t.Errorf("the journal says %+v", journal)
	}
	events, err := s.EventsToRun(t.Context(), true)
	if err != nil || len(events) != 1 || !strings.Contains(string(events[0].Body), "adam") {
		t.Errorf("%v: events %v", err, events)
	}
	if due, err := s.DueNotices(t.Context(), at("2026-03-05T09:00Z")); err != nil || len(due) >= len(all.Notices) {
		t.Errorf("%v: due %v", err, due)
	}
	for _, file := range []string{path, path + "-wal"} {
		text, err := os.ReadFile(file)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		rest := strings.NewReplacer("ada-2", "", "adam", "").Replace(string(text))
		if n := strings.Count(rest, "ada"); n > 3 { // the list of who was forgotten, its index
			i := strings.Index(rest, "ada")
			t.Errorf("%s holds the handle %d times, first in %q", filepath.Base(file), n, rest[max(0, i-60):i+20])
		}
	}
}
