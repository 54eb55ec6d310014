package sync

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"jerem/sync/synctest"
	"jerem/testrun"
)

// TestProgressLine: a long reading says how far it is every ten seconds of our clock, a short one nothing.
func TestProgressLine(t *testing.T) {
	testrun.SkipInShort(t)
	for _, c := range []struct {
		name  string
		chunk time.Duration // that reading a chunk takes
		lines int
	}{{"short", time.Millisecond, 0}, {"six seconds a chunk", 6 * time.Second, 3}, {"a minute a chunk", time.Minute,
		6}} {
		r := newRig(t, synctest.DemoSite(t), synctest.Team("K8S", 0))
		var log bytes.Buffer
		now := time.Date(2026, 10, 7, 12, 0, 0, 0, time.UTC)
		r.reader.Log, r.reader.Now = slog.New(slog.NewTextHandler(&log, nil)), func() time.Time { return now }
		r.reader.Chunk = 1
		chunks := 0
		r.reader.Progress = func(p Progress) {
			chunks++
			if chunks < 7 { // the first reading of the demo has more chunks; six pass slowly
				now = now.Add(c.chunk)
			}
		}
		if _, err := r.reader.Collect(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(log.String(), "reading issues"); n != c.lines {
			t.Errorf("%s: %d lines of progress, want %d:\n%s", c.name, n, c.lines, log.String())
		}
	}
}

// TestFirstReadingIsTold: that Jira is being read for the first time is told before the first issue comes; a later
// reading tells nothing until it reads issues.
func TestFirstReadingIsTold(t *testing.T) {
	r := newRig(t, synctest.StorySite(t, synctest.SmallTeam), synctest.Team("K8S", 0))
	var told []Progress
	r.reader.Progress = func(p Progress) { told = append(told, p) }
	if _, err := r.reader.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if len(told) < 2 || told[0] != (Progress{}) || told[len(told)-1].Done == 0 {
		t.Errorf("the first reading tells %v", told)
	}
	told = nil
	if _, err := r.reader.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if len(told) > 0 && told[0].Total == 0 {
		t.Errorf("a later reading tells %v", told)
	}
}
