package measure_test

import (
	"encoding/json"
	"testing"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/internal/roadmap"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
)

// TestMistypedYears: dates of the years 1 and 9999 cost no more than those of the years whose days off are looked up,
// and everything can still be written as JSON.
func TestMistypedYears(t *testing.T) {
	h := storytest.Read(t, `until 2026-11-10
sprint 1 S1 active 2026-11-02T09:00 9999-12-31T23:59
sprint 2 S2 closed 0001-01-02T00:00 9999-12-30T00:00 2026-11-09T00:00
sprint 3 S3 future 9999-12-01T00:00 9999-12-31T00:00`, `E-1 1970-01-01 type=epic labels=Q4-26,Q1-00,Q4-99
K-1 1970-01-01T00:00 epic=1 sprint=1,2 points=3 labels=impediment
  2026-11-05T10:00 log 1h on 9999-12-31T23:59
  2026-11-05T10:00 log 1h on 0001-01-01T00:00
  2026-11-06T10:00 status=done`)
	asked := 0
	h.Team.Calendar.Off = func(calendar.Date) bool { asked++; return false }
	team := measure.Of(h)
	for _, head := range team.Sprints(h.Until) {
		before := asked
		s, err := team.Sprint(head.ID, h.Until)
		if err != nil {
			t.Fatal(err)
		}
		measure.IdealAt(team, s, h.Until)
		if most := 5 * 230 * 262; asked-before > most {
			t.Errorf("sprint %d: days off were looked up %d times, at most %d is wanted", head.ID, asked-before, most)
		}
		if _, err := json.Marshal(s); err != nil {
			t.Error(err)
		}
	}
	before := asked
	for _, q := range team.Quarters(h.Until) {
		name, _ := roadmap.ParseQuarter(q.Quarter)
		if _, err := json.Marshal(team.Quarter(name, h.Until)); err != nil {
			t.Error(err)
		}
		team.Burnup(name, h.Until)
	}
	if most := 10 * 230 * 262; asked-before > most {
		t.Errorf("quarters: days off were looked up %d times, at most %d is wanted", asked-before, most)
	}
	if points := len(timeseries.Pieces(team, h.Until)); points > 100 {
		t.Errorf("%d series", points)
	}
}
