package oncall_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jerem/oncall/risk"
	"jerem/oncall/roster"
	"jerem/store/oncall"
)

// TestOpenLater: while the file cannot be opened each use tells why and the next one tries again.
func TestOpenLater(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jerem.oncall.db")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	s := oncall.OpenLater(path)
	defer s.Close()
	for name, use := range map[string]func(context.Context) error{
		"state":   func(ctx context.Context) error { _, err := s.State(ctx); return err },
		"version": func(ctx context.Context) error { _, err := s.Version(ctx); return err },
		"answers": func(ctx context.Context) error { _, err := s.Links.WrongAnswers(ctx, "x"); return err },
		"event":   func(ctx context.Context) error { _, err := s.AddEvent(ctx, roster.RawEvent{}); return err },
	} {
		if err := use(t.Context()); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s of a folder: %v", name, err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	stateOf(t, s)
}

// TestReopen: what was opened anew holds what stands at the place now, not what was read before.
func TestReopen(t *testing.T) {
	folder := t.TempDir()
	path, other := filepath.Join(folder, "jerem.oncall.db"), filepath.Join(folder, "other.oncall.db")
	absent := func(person string) roster.Writes {
		return roster.Writes{Absences: []risk.Absence{{Person: person}}}
	}
	replacing := open(t, other)
	keep(t, replacing, absent("ben"))
	replacing.Close()
	s := open(t, path)
	keep(t, s, absent("ada"))
	stateOf(t, s)
	if err := s.Reopen(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(other, path); err != nil {
		t.Fatal(err)
	}
	if got := stateOf(t, s).Absences; len(got) != 1 || got[0].Person != "ben" {
		t.Errorf("it holds %+v", got)
	}
}

// TestWrongAnswersAreCounted: wrong answers by a link are counted and read back, wherever they are kept.
func TestWrongAnswersAreCounted(t *testing.T) {
	eachPlace(t, func(t *testing.T, place string) {
		s := open(t, place)
		for want := range 3 {
			if got, err := s.Links.WrongAnswers(t.Context(), "token"); err != nil || got != want {
				t.Errorf("after %d it tells %d, %v", want, got, err)
			}
			if _, err := s.Links.CountWrongAnswer(t.Context(), "token"); err != nil {
				t.Fatal(err)
			}
		}
	})
}
