package oncall_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/oncall/roster"
)

// TestNoticesAreSentOnce: a message is due until it is marked, and the same one is kept once.
func TestNoticesAreSentOnce(t *testing.T) { eachPlace(t, noticesAreSentOnce) }

func noticesAreSentOnce(t *testing.T, place string) {
	s := open(t, place)
	notice := roster.Notice{Person: "ben", Kind: roster.NoticeAsked, Change: 7, Due: at("2026-01-05T09:00Z")}
	keep(t, s, roster.Writes{Notices: []roster.Notice{notice, notice}})
	keep(t, s, roster.Writes{Notices: []roster.Notice{notice}})
	if list, err := s.DueNotices(t.Context(), at("2026-01-05T08:59Z")); err != nil || len(list) != 0 {
		t.Errorf("due before its time: %v, %v", list, err)
	}
	notice.ID = 1
	list, err := s.DueNotices(t.Context(), at("2026-01-05T09:00Z"))
	if diff := cmp.Diff([]roster.Notice{notice}, list); diff != "" || err != nil {
		t.Fatalf("due (-want +got), %v:\n%s", err, diff)
	}
	if err := s.MarkSent(t.Context(), 1, at("2026-01-05T09:01Z")); err != nil {
		t.Fatal(err)
	}
	if list, err := s.DueNotices(t.Context(), at("2026-02-05T09:00Z")); err != nil || len(list) != 0 {
		t.Errorf("due after it was sent: %v, %v", list, err)
	}
}

// TestKeysAndSecrets: the key of links stands until it is renewed; of a person's calendar secrets the last one opens.
func TestKeysAndSecrets(t *testing.T) { eachPlace(t, keysAndSecrets) }

func keysAndSecrets(t *testing.T, place string) {
	s := open(t, place)
	for _, fresh := range []string{"first", "second"} {
		if key, err := s.Links.LinkKey(t.Context(), []byte(fresh)); err != nil || string(key) != "first" {
			t.Errorf("the key is %q, %v", key, err)
		}
	}
	if err := s.Links.RenewLinkKey(t.Context(), []byte("second")); err != nil {
		t.Fatal(err)
	}
	if key, err := s.Links.LinkKey(t.Context(), nil); err != nil || string(key) != "second" {
		t.Errorf("the renewed key is %q, %v", key, err)
	}
	for _, hash := range []string{"one", "two"} {
		if err := s.Calendars.KeepCalendarSecret(t.Context(), "ada", hash, at("2026-01-05T09:00Z")); err != nil {
			t.Fatal(err)
		}
	}
	opens := func(hash, want string) {
		t.Helper()
		if got, err := s.Calendars.PersonOfCalendar(t.Context(), hash); err != nil || got != want {
			t.Errorf("%q opens the calendar of %q, %v; want %q", hash, got, err, want)
		}
	}
	opens("one", "")
	opens("two", "ada")
	opens("three", "")
	if err := s.Calendars.RevokeCalendarSecret(t.Context(), "ada", at("2026-01-05T10:00Z")); err != nil {
		t.Fatal(err)
	}
	opens("two", "")
}

// TestJournalIsRead: the newest lines come first.
func TestJournalIsRead(t *testing.T) { eachPlace(t, journalIsRead) }

func journalIsRead(t *testing.T, place string) {
	s := open(t, place)
	first := roster.Entry{At: at("2026-01-05T09:00Z"), Who: "ada", What: "change asked", Source: "::1", Args: "1"}
	second := roster.Entry{At: at("2026-01-05T10:00Z"), Who: "ben", What: "change accept", Args: "1"}
	keep(t, s, roster.Writes{Journal: []roster.Entry{first}})
	keep(t, s, roster.Writes{Journal: []roster.Entry{second}})
	list, err := s.Journal(t.Context(), 9)
	if diff := cmp.Diff([]roster.Entry{second, first}, list); diff != "" || err != nil {
		t.Errorf("journal (-want +got), %v:\n%s", err, diff)
	}
	if list, err := s.Journal(t.Context(), 1); err != nil || len(list) != 1 {
		t.Errorf("one of the journal: %v, %v", list, err)
	}
}
