package words

import "testing"

// TestOddsAreRoundedDown: odds of less than a level never read as that level, in a terminal and on a page alike.
func TestOddsAreRoundedDown(t *testing.T) {
	for odds, want := range map[float64]string{0.849: "84", 0.85: "85", 0.2499: "24", 0.29: "29", 0.948: "94"} {
		if got := Odds(odds); got != want+" %" {
			t.Errorf("%v reads %q", odds, got)
		}
		if got := OddsOnPage(&odds); got != want+Thin+"%" {
			t.Errorf("%v reads %q on a page", odds, got)
		}
	}
}
