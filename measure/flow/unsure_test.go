package flow_test

import (
	"slices"
	"testing"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/storytest"
)

// TestUnsureImpediments: that labels of what was finished do not join is told of impediments closed without time, in
// the windows that hold the finish, and of no other rule.
func TestUnsureImpediments(t *testing.T) {
	team := measure.Of(storytest.Read(t, "until 2026-12-20", `K-1 2026-10-01T10:00 status=doing broken=labels:1
  2026-11-10T10:00 status=done
K-2 2026-10-01T10:00 status=doing broken=labels:1
K-3 2026-10-01T10:00 status=doing broken=epiclink:1
  2026-11-10T10:00 status=done`))
	const reason = "the labels of 1 issue finished in the window do not join"
	at := storytest.ParseTime(t, "2026-12-20T12:00")
	for _, c := range []struct {
		from, figure string
		told         bool
	}{
		{"2026-11-01", "lifecycle." + flow.RuleImpedimentWithoutTime, true}, {"2026-11-01", "kept", true},
		{"2026-11-01", "lifecycle." + flow.RuleDoneWithoutProgress, false}, {"2026-11-01", "cycle_time.p50", false},
		{"2026-12-01", "lifecycle." + flow.RuleImpedimentWithoutTime, false},
	} {
		zone := team.History().Team.Calendar.Zone
		from, to := calendar.DateOf(storytest.ParseTime(t, c.from), zone), calendar.DateOf(at, zone)
		if q := flow.Measure(team, at, from, to).QualityOf(c.figure); slices.Contains(q.Reasons, reason) != c.told {
			t.Errorf("%s from %s: %s %q", c.figure, c.from, q.Grade, q.Reasons)
		}
	}
}
