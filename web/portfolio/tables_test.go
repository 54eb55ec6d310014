package portfolio

import (
	"slices"
	"testing"

	"jerem/measure/outlook"
)

// TestOddsCells: whether the date that was told held stands in the table too; while it cannot be told, nothing does.
func TestOddsCells(t *testing.T) {
	date, odds, held, missed := "2026-12-14", 0.94, true, false
	for want, is := range map[string]*bool{"": nil, "true": &held, "false": &missed} {
		cells := oddsCells(outlook.Row{Kind: outlook.KindTeam, Name: "T", State: outlook.StateDone,
			Told: &outlook.Told{P85: &date, Odds: &odds, Held: is}, Came: &date})
		if !slices.Equal(cells[10:13], []string{date, "0.94", date}) || cells[16] != want || len(cells) != 17 {
			t.Errorf("%q", cells)
		}
	}
	if cells := oddsCells(outlook.Row{Why: "why"}); cells[15] != "why" || cells[16] != "" {
		t.Errorf("nothing was told: %q", cells)
	}
}
