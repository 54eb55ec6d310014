package outlook

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"jerem/measure"
	"jerem/measure/storytest"
)

// TestEstimatedAtNothing: a team that finishes work each day, all of it estimated at 0 or not at all, is told so, and
// not that it has no day with a finish; one that begins is told how many days it has.
func TestEstimatedAtNothing(t *testing.T) {
	for name, c := range map[string]struct {
		points string
		days   int
		want   string
	}{
		"all at 0": {"points=0", 30,
			"cannot tell: work was finished on 22 working days, on none of them any estimated above 0"},
		"no estimate": {"", 30, "cannot tell: work was finished on 22 working days, on none of them any estimated " +
			"above 0"},
		"a few days at 0": {"points=0", 4, "cannot tell yet: 4 of 5 working days with a finish"},
	} {
		var issues strings.Builder
		issues.WriteString("E-1 2026-09-01T00:00 type=epic labels=Q4-26\nK-1 2026-09-01T00:00 epic=1 points=5\n")
		day := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
		for n := range c.days {
			fmt.Fprintf(&issues, "K-%d 2026-09-01T00:00 epic=1 %s\n%s status=done\n", 10+n, c.points,
				day.AddDate(0, 0, n).Format("2006-01-02T15:04"))
		}
		quarter, _ := measure.ParseQuarter("Q4-26")
		f, err := Ask(measure.Of(storytest.Read(t, "until 2026-10-15", issues.String())), Question{Quarter: &quarter},
			storytest.ParseTime(t, "2026-10-15"))
		if err != nil || f.Why != c.want {
			t.Errorf("%s: %q, want %q (%v)", name, f.Why, c.want, err)
		}
	}
}

// TestMovedSinceBeforeTheHistory: what moved since a moment before all that is known is told as unknown, with the
// reason, and nothing of it is 0; since a later moment it has none.
func TestMovedSinceBeforeTheHistory(t *testing.T) {
	team := changedPast(t, "")
	quarter, _ := measure.ParseQuarter("Q4-26")
	for since, want := range map[string]string{
		"2026-08-01": `"why":"nothing is known of the team before 2026-09-01 00:00 UTC"`,
		"2026-10-20": `"days":`,
	} {
		q := Question{Quarter: &quarter, Since: storytest.ParseTime(t, since)}
		f, err := Ask(team, q, storytest.ParseTime(t, "2026-11-02"))
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(f.Moved)
		isUntold := strings.Contains(string(text), `"days":null`) && strings.Contains(string(text), `"worked":null`)
		if err != nil || !strings.Contains(string(text), want) || isUntold != (since == "2026-08-01") {
			t.Errorf("since %s: %s, want %s (%v)", since, text, want, err)
		}
	}
}
