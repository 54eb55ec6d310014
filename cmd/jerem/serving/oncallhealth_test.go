package serving

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/oncall/plan"
	"jerem/oncall/roster"
	kept "jerem/store/oncall"
	"jerem/web/source"
)

// TestOnCallHealth: what cannot be read is a trouble since the first try, with the name of the file but not its folder;
// it ends with the first try that is well, by whatever file stands there then.
func TestOnCallHealth(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jerem.oncall.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	records := kept.OpenLater(path)
	defer records.Close()
	k := &keeper{roster: &roster.Roster{File: plan.File{Zone: time.UTC}, Records: records}, records: records,
		now: time.Now, log: slog.New(slog.NewTextHandler(&log, nil)), health: &onCallHealth{}}
	k.keepOnce(t.Context())
	first := k.health.troubles()
	if len(first) != 1 || first[0].Part != source.PartOnCall || first[0].Team != "" || first[0].Since.IsZero() ||
		!strings.Contains(first[0].Why, "jerem.oncall.db") || strings.Contains(first[0].Why, filepath.Dir(path)) {
		t.Fatalf("it tells %+v", first)
	}
	if !strings.HasSuffix(first[0].Why, "in jerem.oncall.db: is no database") ||
		!strings.Contains(first[0].Next, "put back what stood there. It is tried again every minute") {
		t.Errorf("why and what next: %+v", first[0])
	}
	k.keepOnce(t.Context())
	if again := k.health.troubles(); len(again) != 1 || again[0] != first[0] {
		t.Errorf("the second try tells %+v, the first one %+v", again, first)
	}
	if !strings.Contains(log.String(), path) {
		t.Errorf("the log does not name the file: %s", log.String())
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	k.keepOnce(t.Context())
	if left := k.health.troubles(); len(left) != 0 {
		t.Errorf("after the file is back it tells %+v", left)
	}
	if !strings.Contains(log.String(), "can be read and written again") {
		t.Errorf("the log does not tell the end: %s", log.String())
	}
}

// TestDoubtedClock: a clock that jumped is told in the log and as a trouble, once; and so is that it is right again.
func TestDoubtedClock(t *testing.T) {
	var log bytes.Buffer
	records := kept.OpenLater(filepath.Join(t.TempDir(), "jerem.oncall.db"))
	defer records.Close()
	now := time.Date(2026, 2, 3, 12, 0, 0, 0, time.UTC)
	k := &keeper{roster: &roster.Roster{File: plan.File{Zone: time.UTC}, Records: records}, records: records,
		now: func() time.Time { return now }, log: slog.New(slog.NewTextHandler(&log, nil)), health: &onCallHealth{}}
	k.keepOnce(t.Context())
	if got := k.health.troubles(); len(got) != 0 {
		t.Fatalf("a clock that is right: %+v", got)
	}
	for range 2 {
		now = now.AddDate(10, 0, 0)
		k.keepOnce(t.Context())
	}
	if got := k.health.troubles(); len(got) != 1 || got[0].Part != source.PartOnCall ||
		!strings.Contains(got[0].Why, "2036-02-03T12:00:00Z") || !strings.Contains(got[0].Why, "2026-02-03") {
		t.Errorf("it tells %+v", got)
	}
	now = now.AddDate(-20, 0, 0)
	k.keepOnce(t.Context())
	if got := k.health.troubles(); len(got) != 0 {
		t.Errorf("a clock that is right again: %+v", got)
	}
	for _, line := range []string{"is doubted", "is believed again"} {
		if got := strings.Count(log.String(), line); got != 1 {
			t.Errorf("%q is told %d times:\n%s", line, got, log.String())
		}
	}
}
