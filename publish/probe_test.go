package publish

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jerem/publish/warp10test"
	"jerem/series"
)

// TestTry: a platform is tried with one point, which does not stay.
func TestTry(t *testing.T) {
	for name, c := range map[string]struct{ write, read, wrong string }{
		"all":            {warp10test.Write, warp10test.Read, ""},
		"no read token":  {warp10test.Write, "", ""},
		"bad write":      {"nonsense", warp10test.Read, "write: "},
		"expired write":  {warp10test.Expired, warp10test.Read, "write: "},
		"bad read":       {warp10test.Write, "nonsense", "read: "},
		"may not delete": {warp10test.NoDelete, warp10test.Read, "delete: "},
	} {
		t.Run(name, func(t *testing.T) {
			platform := warp10test.New()
			server := httptest.NewServer(platform)
			defer server.Close()
			w := &Warp10{URL: server.URL, Token: c.write, Pause: time.Nanosecond}
			found := w.Try(t.Context(), c.read, series.Point{Tick: 1795000000000000, Value: series.Long(1)})
			told := ""
			for what, err := range map[string]error{"write: ": found.Write, "read: ": found.Read, "delete: ": found.Delete} {
				if err != nil {
					told += what + err.Error()
				}
			}
			if (c.wrong == "") != (told == "") || !strings.HasPrefix(told, c.wrong) || strings.Contains(told, "nonsense") {
				t.Errorf("told %q, want %q", told, c.wrong)
			}
			if found.Unit != 1_000_000 {
				t.Errorf("the unit is %d", found.Unit)
			}
			if left := platform.Points(); len(left) > 0 && c.wrong != "delete: " {
				t.Errorf("what was tried stays: %v", left)
			}
		})
	}
}

// TestClear: all series of a project go, in the older bot's spelling too; those of others stay.
func TestClear(t *testing.T) {
	platform := warp10test.New()
	server := httptest.NewServer(platform)
	defer server.Close()
	w := &Warp10{URL: server.URL, Token: warp10test.Write, Pause: time.Nanosecond}
	var list []series.Series
	for _, s := range []series.Series{
		{Class: "jerem.jira.epic.storypoint", Labels: map[string]string{"project": "Private cloud", "key": "A-1"}},
		{Class: "jerem.jira.epic.storypoint", Labels: map[string]string{"project": "Private+cloud", "key": "A-1"}},
		{Class: "jerem.agile.sprint.added", Labels: map[string]string{"project": "Private cloud", "sprint": "1"}},
		{Class: "jerem.jira.epic.storypoint", Labels: map[string]string{"project": "Private clouds", "key": "B-1"}},
		{Class: "other.jira.epic", Labels: map[string]string{"project": "Private cloud"}},
	} {
		s.Points = []series.Point{{Tick: 1795000000000000, Value: series.Long(1)}}
		list = append(list, s)
	}
	if err := w.Push(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	standing, err := w.Standing(t.Context(), "Private cloud")
	if err != nil || len(standing) != 3 {
		t.Fatalf("%d series stand: %v %v", len(standing), standing, err)
	}
	if got := len(platform.Points()); got != 5 {
		t.Fatalf("listing deleted something: %d points", got)
	}
	if err := w.Clear(t.Context(), "Private cloud"); err != nil {
		t.Fatal(err)
	}
	left := strings.Join(platform.Points(), "\n")
	if len(platform.Points()) != 2 || !strings.Contains(left, "clouds") || !strings.Contains(left, "other.jira") {
		t.Errorf("left is\n%s", left)
	}
}
