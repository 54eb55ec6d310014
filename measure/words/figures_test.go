package words

import (
	"testing"

	"jerem/agile"
)

// TestFigures: what is rounded to nothing has no sign, time is read in hours, and a share that is unknown is a dash.
func TestFigures(t *testing.T) {
	half := 0.5
	for got, want := range map[string]string{
		Figure(-0.04):                     "0",
		Figure(-1.26):                     "−1.3",
		Decimal(-0.004, 2):                "0",
		FourDigits(-12345.6):              "−1.235e+04",
		Hours(5400):                       "1.5",
		Percent(nil):                      "–",
		Percent(&half):                    "50" + Thin + "%",
		Estimate(1.255, agile.Points):     "1.25",
		Estimate(-0.001, agile.Points):    "0",
		Estimate(9000, agile.Seconds):     "2.5",
		Signed(3, agile.Issues):           "+3",
		Signed(-7200, agile.Seconds):      "−2",
		UnitName(agile.Seconds):           "hours",
		UnitName(agile.Points) + " there": "points there",
		UnitName(agile.Issues) + " there": "issues there",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
