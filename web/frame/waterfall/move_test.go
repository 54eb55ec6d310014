package waterfall

import (
	"strings"
	"testing"

	"jerem/measure/outlook"
)

// TestGreatestMoversAreNamed: beside a move stand the days and issues that did most of it, in their order, whichever
// way, and not those that come first.
func TestGreatestMoversAreNamed(t *testing.T) {
	dates := []string{"2026-11-10", "2026-11-12", "2026-11-13", "2026-11-16"}
	m := &outlook.Moved{By: []outlook.MovedBy{
		{Part: "worked", Date: &dates[0], Days: 1}, {Part: "worked", Date: &dates[1], Days: -8.9},
		{Part: "worked", Date: &dates[2], Days: 1}, {Part: "worked", Date: &dates[3], Days: -10.1},
		{Part: "pace", Date: &dates[3], Days: 2.1},
	}}
	got := movedNames(m)
	if !strings.HasSuffix(got, "What did most: work of Thu 12 Nov −8.9, work of Mon 16 Nov −10.1, "+
		"pace of Mon 16 Nov +2.1.") {
		t.Error(got)
	}
	m.By = m.By[:1]
	if got := movedNames(m); !strings.HasSuffix(got, "What did most: work of Tue 10 Nov +1.") {
		t.Error(got)
	}
}
