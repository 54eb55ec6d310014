package format

import "testing"

// TestUnitOf: one is told as one, with what goes on behind the unit; a unit that only begins alike stays.
func TestUnitOf(t *testing.T) {
	for _, one := range [][3]string{
		{"1", "points", "point"}, {"+1", "issues", "issue"}, {"−1", "working days", "working day"},
		{"1", "points a working day", "point a working day"}, {"1", "hours, 2 impediments", "hour, 2 impediments"},
		{"2", "points", "points"}, {"1.5", "hours", "hours"}, {"1", "of 3 teams", "of 3 teams"},
		{"1", "daystar", "daystar"},
	} {
		if got := UnitOf(one[0], one[1]); got != one[2] {
			t.Errorf("%s %s: %q, want %q", one[0], one[1], got, one[2])
		}
	}
}
