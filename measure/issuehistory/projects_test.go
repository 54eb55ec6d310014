package issuehistory_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jerem/measure"
	"jerem/measure/issuehistory"
	"jerem/measure/storytest"
)

// TestProjects: an issue tells the projects that it stood in and the keys that it had, and since when, as of a moment:
// a project by its key; by its id where an import left the issue its key in another one.
func TestProjects(t *testing.T) {
	team := measure.Of(storytest.Read(t, "", `K-1 2026-11-10T10:00 project=20 key=REO-1
  2026-11-12T09:00 key=REO-7
  2026-11-13T12:00 project=10 key=K-1
  2026-11-20T12:00 project=30 key=A-B-1
K-2 2026-11-10T10:00 project=20
  2026-11-13T12:00 project=10`))
	type held = issuehistory.Held[string]
	from := func(at, value string) held { return held{From: storytest.ParseTime(t, at), Value: value} }
	for _, c := range []struct {
		key, at        string
		keys, projects []held
	}{
		{"K-1", "2026-11-12", []held{from("2026-11-10T10:00", "REO-1")}, []held{from("2026-11-10T10:00", "REO")}},
		{"K-1", "2026-12-01", []held{from("2026-11-10T10:00", "REO-1"), from("2026-11-12T09:00", "REO-7"),
			from("2026-11-13T12:00", "K-1"), from("2026-11-20T12:00", "A-B-1")},
			[]held{from("2026-11-10T10:00", "REO"), from("2026-11-13T12:00", "K"), from("2026-11-20T12:00", "A-B")}},
		{"K-2", "2026-12-01", []held{from("2026-11-10T10:00", "K-2")},
			[]held{from("2026-11-10T10:00", "20"), from("2026-11-13T12:00", "10")}},
	} {
		l, ok := issuehistory.Of(team, c.key, storytest.ParseTime(t, c.at))
		if !ok {
			t.Fatalf("there is no %s", c.key)
		}
		if diff := cmp.Diff(c.keys, l.Keys) + cmp.Diff(c.projects, l.Project); diff != "" {
			t.Errorf("%s at %s (-want +got):\n%s", c.key, c.at, diff)
		}
	}
}
