package onpage

import (
	"testing"
	"time"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestImpededDays: the days of a week's impediments say of time that was logged elsewhere where it was, and others
// nothing.
func TestImpededDays(t *testing.T) {
	team := measure.Of(storytest.Read(t, "", `K-1 2026-11-01 project=20 key=REO-1 labels=impediment
  2026-11-12T12:00 log 3h on 2026-11-12T09:00
  2026-11-13T10:00 project=10 key=K-1
  2026-11-13T12:00 log 2h on 2026-11-13T11:00`))
	spent := team.ImpedimentsIn(storytest.ParseTime(t, "2026-10-01"), storytest.ParseTime(t, "2026-11-20"))
	week := impededDays(spent, time.UTC)["W46"]
	const why = "3 h of the time of impediments was logged while 1 issue stood elsewhere, and counts there too: " +
		"K-1 (3 h in project REO)"
	if len(week) != 2 || week[0].Note != why || week[0].Seconds != 10_800 || week[1].Note != "" {
		t.Errorf("%+v", week)
	}
}
