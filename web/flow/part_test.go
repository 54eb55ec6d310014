package flow

import (
	"reflect"
	"testing"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/storytest"
	"jerem/web/source"
)

// TestPartAsOfLater: the flow on the page of a team is made once while nothing is told of its work, and as of each
// later reading it is what is made anew: what nobody touches comes to be late at a time of the day.
func TestPartAsOfLater(t *testing.T) {
	h := storytest.BigHistoryOf(60)
	for n, i := range h.Issues {
		if n%5 == 0 {
			i.Status = i.Status[:min(3, len(i.Status))] // it stays in progress
		}
	}
	touched := time.Date(2025, 12, 3, 11, 10, 0, 0, time.UTC)
	h.Issues[55].Status[2].From = agile.MomentOf(touched)
	h.Until = touched.AddDate(0, 0, 7).Add(-90 * time.Minute)
	pages, team := &Pages{Teams: &source.Teams{}}, measure.Of(h)
	before, err := pages.Part(team, h.Until, "")
	if err != nil || before.HTML == "" {
		t.Fatalf("%q, %v", before.HTML, err)
	}
	made, moved, late := 0, 0, flow.Late(team, h.Until)
	for range 16 {
		later := *h
		later.Until = team.Now().Add(15 * time.Minute)
		team = team.AsOf(later.Until)
		got, err := pages.Part(team, later.Until, "")
		want, _ := pages.Part(measure.Of(&later), later.Until, "")
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("as of %v another flow, %v:\n%s\nwant %s", later.Until, err, got.HTML, want.HTML)
		}
		if &got.Explains[0] != &before.Explains[0] {
			made++
		}
		before = got
		if now := flow.Late(team, later.Until); !reflect.DeepEqual(now, late) {
			moved, late = moved+1, now
		}
	}
	if made != moved || moved == 0 || moved > 3 {
		t.Errorf("made %d times more, want %d: as often as something was untouched for a day more", made, moved)
	}
}

// TestNoteOfCumulative: one issue and one move are told as one, none as none.
func TestNoteOfCumulative(t *testing.T) {
	from := calendar.Date{Year: 2026, Month: 8, Day: 20}
	const first = "Issues that ever reached a column or a later one."
	for want, n := range map[string][2]int{
		first + " None moved back.": {0, 0},
		first + " Left out: 1 issue done by the end of Thu 20 Aug. 1 move back.":    {1, 1},
		first + " Left out: 51 issues done by the end of Thu 20 Aug. 8 moves back.": {51, 8},
	} {
		if told := noteOfCumulative(n[0], n[1], from); told != want {
			t.Errorf("told %q, want %q", told, want)
		}
	}
}
