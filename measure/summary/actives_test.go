package summary

import (
	"strings"
	"testing"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestSeveralActive: of several active sprints the status tells first the one that pages mean, the one that started
// last, then how many others there are, and each of them.
func TestSeveralActive(t *testing.T) {
	team := measure.Of(storytest.Read(t, `until 2026-11-12
sprint 102 S2 active 2026-11-02 2026-11-20
sprint 103 S3 active 2026-11-09 2026-11-20
sprint 104 S2 active 2026-11-04 2026-11-20`, `K-1 2026-10-30 sprint=102 points=5
K-2 2026-10-30 sprint=103 points=3
K-3 2026-10-30 sprint=104 points=8`))
	s, err := StatusAt(team, storytest.ParseTime(t, "2026-11-12"))
	if err != nil {
		t.Fatal(err)
	}
	names := ""
	for _, one := range s.Sprints {
		names += one.Name + "; "
	}
	said := s.Sentences.Sprint
	if names != "S3; S2; S2 #104; " || !strings.HasPrefix(said, "S3, day 4 of 9: ") ||
		!strings.Contains(said, " 2 other sprints are active. S2, day 9 of 14: ") ||
		!strings.Contains(said, " S2 #104, day ") {
		t.Errorf("told are %s\n%s", names, said)
	}
}
