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

// TestDoneInWords: an initiative whose epics have no issue in the quarter is not told as 0 of 0.
func TestDoneInWords(t *testing.T) {
	for want, got := range map[string]string{"no issue in Q4-26": doneInWords(0, 0, "Q4-26"),
		"0 of 1 issue": doneInWords(0, 1, "Q4-26"), "2 of 3 issues": doneInWords(2, 3, "Q4-26")} {
		if got != want {
			t.Errorf("told %q, want %q", got, want)
		}
	}
}
