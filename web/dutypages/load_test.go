package dutypages

import (
	"net/http"
	"strings"
	"testing"

	"jerem/oncall/civil/civiltest"
	"jerem/oncall/intake"
	"jerem/oncall/roster"
)

// TestLoadIsRounded: hours on duty and hours of rest are rounded, as on the pages of teams, and none is cut off.
func TestLoadIsRounded(t *testing.T) {
	d := newDesk(t, nil)
	night := intake.Callout{Person: "ada", Team: "Network", Rota: "net", Level: 1,
		Started: civiltest.Instant("2026-02-10T00:00Z"), Ended: civiltest.Instant("2026-02-10T01:44Z")}
	if err := d.store.Update(t.Context(), func(roster.State) (roster.Writes, error) {
		return roster.Writes{Callouts: []intake.Callout{night}}, nil
	}); err != nil {
		t.Fatal(err)
	}
	for now, want := range map[string]string{ // two weeks of k8s, and net since 5 January 08:00Z; rest from 08:00Z
		"2026-02-10T12:29Z": "1\u202f204 hours on duty, on 5 weekends, with 1 call-out and 4 hours of rest owed",
		"2026-02-10T12:30Z": "1\u202f205 hours on duty, on 5 weekends, with 1 call-out and 5 hours of rest owed",
		"2026-02-10T13:10Z": "1\u202f205 hours on duty, on 5 weekends, with 1 call-out and 5 hours of rest owed",
	} {
		d.now = civiltest.Instant(now)
		status, body, _ := d.get("ada", "/oncall/me")
		_, told, _ := strings.Cut(body, "In the last 12 weeks: ")
		if status != http.StatusOK || !strings.HasPrefix(told, want) {
			t.Errorf("at %s it tells %d %.120s, want %s", now, status, told, want)
		}
	}
}

// TestHoursAreRounded: a time is told to the nearest minute, and no second is cut off.
func TestHoursAreRounded(t *testing.T) {
	for seconds, want := range map[int64]string{0: "0 h", 23: "0 h", 30: "1 min", 59: "1 min", 3570: "1 h",
		3629: "1 h", 36059: "10 h 1 min"} {
		if got := wholeMinutes(seconds); got != want {
			t.Errorf("%d seconds are %s, want %s", seconds, got, want)
		}
	}
}
