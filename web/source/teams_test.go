package source

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/teams"
	"jerem/web/webtest"
)

// TestWhileReading: while a cycle writes, the figures of the last one stand and no history is read anew;
// when it ends, what it found is shown.
func TestWhileReading(t *testing.T) {
	conf := webtest.Team("Kubernetes", "K8S")
	b := webtest.Read(t, webtest.Story(), conf)
	s := New(teams.NewCache(b.Store), b.Store, []agile.Team{conf}, "", slog.New(slog.DiscardHandler), nil)
	first, err := s.Team(t.Context(), "Kubernetes")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Store.Issues.Delete(t.Context(), []int64{first.History().Issues[0].ID}, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if again, err := s.Team(t.Context(), "Kubernetes"); err != nil || again != first {
		t.Errorf("a write within a cycle makes the history be read anew (%v)", err)
	}
	state, err := b.Store.Teams.State(t.Context(), conf.Name)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Store.Teams.Put(t.Context(), state); err != nil {
		t.Fatal(err)
	}
	b.Store.Sharing.Settle(t.Context())
	second, err := s.Team(t.Context(), "Kubernetes")
	if err != nil || second == first {
		t.Errorf("after the cycle the old history is shown (%v)", err)
	}
	b.Store.Sharing.Settle(t.Context())
	if again, err := s.Team(t.Context(), "Kubernetes"); err != nil || again != second {
		t.Errorf("a cycle that found nothing new makes the history be read anew (%v)", err)
	}
}

// TestTimeLeft: the time that a first reading still takes is told once enough was read to tell it by.
func TestTimeLeft(t *testing.T) {
	begun := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		done, total int
		after, want time.Duration
		told        bool
	}{
		{1000, 5000, time.Minute, 4 * time.Minute, true}, {100, 5000, time.Minute, 0, false},
		{1000, 0, time.Minute, 0, false}, {5000, 5000, time.Minute, 0, false}, {1000, 5000, 0, 0, false},
	} {
		r := Reading{Done: c.done, Total: c.total, Since: begun}
		if got, told := r.timeLeft(begun.Add(c.after)); got != c.want || told != c.told {
			t.Errorf("%d of %d after %v: %v %v, want %v %v", c.done, c.total, c.after, got, told, c.want, c.told)
		}
	}
	text := (&Reading{Done: 1000, Total: 5000, Since: time.Now().Add(-time.Minute)}).Words()
	if !strings.Contains(text, "about 4 minutes left") && !strings.Contains(text, "about 5 minutes left") {
		t.Errorf("the words are %q", text)
	}
}
