package waterfall

import (
	"testing"

	"jerem/measure/outlook"
)

// TestPriceOfNothing: what costs nothing has no sign.
func TestPriceOfNothing(t *testing.T) {
	for days, want := range map[int]string{0: "0", 4: "+4"} {
		with := 20
		f := &outlook.Forecast{Price: &outlook.Price{Days: &days}}
		f.WorkingDays.P85 = &with
		if got := sumOfPrice(f).Rows[1].Value; got != want {
			t.Errorf("%d days are %q, want %q", days, got, want)
		}
	}
}
