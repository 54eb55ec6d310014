package explain

import (
	"slices"
	"testing"
	"time"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestImpedimentsFromElsewhere: time that an impediment brought along from another project is told wherever its time
// opens, also of days that are no sprint's and have no grade; where nothing else is logged, that there is nothing to
// compare with.
func TestImpedimentsFromElsewhere(t *testing.T) {
	team := measure.Of(storytest.Read(t, "", `K-1 2026-11-01 project=20 key=REO-1 labels=impediment
  2026-11-12T12:00 log 3h on 2026-11-12T09:00
  2026-11-13T10:00 project=10 key=K-1
  2026-11-16T12:00 log 2h on 2026-11-16T10:00`))
	const why = "3 h of the time of impediments was logged while 1 issue stood elsewhere, and counts there too: " +
		"K-1 (3 h in project REO)"
	for from, told := range map[string]bool{"2026-11-02": true, "2026-11-14": false} {
		i := team.ImpedimentsIn(storytest.ParseTime(t, from), storytest.ParseTime(t, "2026-11-20"))
		seconds, share := Impediments(team, i, "the last four weeks")
		if slices.Contains(seconds.Notes, why+".") != told || slices.Contains(share.Notes, why+".") != told {
			t.Errorf("from %s: %q, %q", from, seconds.Notes, share.Notes)
		}
		if want := "time is logged on impediments alone: there is nothing to compare with"; share.Numbers != want {
			t.Errorf("from %s: %s, want %s", from, share.Numbers, want)
		}
		if got := i.WhyMoreOn("2026-11-12", time.UTC); (got == why) != told || got != "" && !told {
			t.Errorf("from %s, on 12 November: %q", from, got)
		}
		if got := i.WhyMoreOn("2026-11-16", time.UTC); got != "" {
			t.Errorf("from %s, on 16 November: %q", from, got)
		}
	}
}
