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
		Rate(2.04):                        "2",
		Rate(0.14):                        "0.1",
		Rate(0.06):                        "0.06",
		Rate(0.0036):                      "0.004",
		Rate(-0.02):                       "−0.02",
		Rate(0):                           "0",
		Rate(1e-9):                        "0",
		Decimal(999.5, 1):                 "999.5",
		Decimal(1208.25, 1):               "1" + Thin + "208.3",
		Decimal(-1234567, 0):              "−1" + Thin + "234" + Thin + "567",
		Fixed(6, 1):                       "6.0",
		Fixed(-0.04, 1):                   "0.0",
		Fixed(1033.25, 1):                 "1" + Thin + "033.3",
		FourDigits(-12345.6):              "−1.235e+04",
		Hours(5400):                       "1.5",
		Duration(43_500):                  "12 h 5 min",
		Duration(-3_601):                  "−1 h 1 s",
		Duration(45):                      "45 s",
		Duration(0):                       "0 h",
		Duration(-0.2):                    "0 h",
		Duration(3_599.6):                 "1 h",
		Duration(4_348_800):               "1" + Thin + "208 h",
		ExactAmount(9060, agile.Seconds):  "2 h 31 min",
		ExactAmount(1.5, agile.Points):    "1.5",
		Percent(nil):                      "–",
		Percent(&half):                    "50" + Thin + "%",
		percent(0):                        "0" + Thin + "%",
		percent(0.004):                    "0.4" + Thin + "%",
		percent(0.0099):                   "1" + Thin + "%",
		percent(-0.0004):                  "−0.04" + Thin + "%",
		percent(0.996):                    "99.6" + Thin + "%",
		percent(0.9996):                   "99.96" + Thin + "%",
		percent(1 - 1e-12):                "100" + Thin + "%",
		percent(1):                        "100" + Thin + "%",
		percent(1.004):                    "100.4" + Thin + "%",
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

func percent(share float64) string { return Percent(&share) }
