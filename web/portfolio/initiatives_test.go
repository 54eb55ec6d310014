package portfolio

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jerem/agile"
	"jerem/measure"
	"jerem/web/format"
)

// TestInitiativeTeams: what two teams do for an initiative is never added, though both count points; of many teams the
// first have a bar and the others are counted.
func TestInitiativeTeams(t *testing.T) {
	var sum initiativeSum
	points := format.Words{Unit: agile.Points}
	for n := range 6 {
		team := fmt.Sprintf("T%d", n)
		sum.addEpic(team, points, measure.QuarterEpic{Done: 1, Total: 4})
		sum.addEpic(team, points, measure.QuarterEpic{Done: 1, Total: 4})
	}
	line := sum.asLine("Cloud", "initiative-0")
	if len(line.Bars) != 6 || line.MoreTeams != "2 more teams" || line.Epics != "12 epics" {
		t.Errorf("%d bars, %q, %q; want six, of which two are folded, of 12 epics", len(line.Bars), line.MoreTeams,
			line.Epics)
	}
	for n, bar := range line.Bars {
		if want := fmt.Sprintf("T%d: 2 of 8 points", n); !strings.HasPrefix(bar.Text, want) {
			t.Errorf("bar %d says %q, want %q", n, bar.Text, want)
		}
	}
}

// TestFolded: of many teams each table shows the first and folds the rest, and none is lost.
func TestFolded(t *testing.T) {
	for count, shown := range map[int]int{1: 1, 25: 25, 26: 20, 100: 20} {
		p := page{Teams: make([]teamRow, count), OnCall: &onCallCard{Rows: make([]onCallRow, count)},
			Odds: &oddsTable{Groups: []oddsGroup{{Name: "Team", Rows: make([]oddsRow, count)}}}}
		p.foldTables()
		g := p.Odds.Groups[0]
		if got := []int{len(p.Teams), len(p.OnCall.Rows), len(g.Rows)}; slices.Max(got) != shown ||
			slices.Min(got) != shown {
			t.Errorf("%d teams: %d are shown, want %d", count, got, shown)
		}
		if got := []int{len(p.MoreTeams), len(p.OnCall.More), len(g.Rest)}; slices.Max(got) != count-shown ||
			slices.Min(got) != count-shown {
			t.Errorf("%d teams: %d are folded, want %d", count, got, count-shown)
		}
		if count == 100 && g.RestName != "80 more teams" {
			t.Errorf("the rest is called %q", g.RestName)
		}
	}
}
