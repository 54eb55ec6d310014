package explain_test

import (
	"strings"
	"testing"

	"jerem/calendar"
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/outlook"
)

// TestDrawingSaysWhetherTheScopeGrows: a quarter grows in the trials as it did; a number that is asked does not, and
// neither does what is done by a date.
func TestDrawingSaysWhetherTheScopeGrows(t *testing.T) {
	old, _ := teamsOfCloud()
	name, many := old.Team.QuarterAt(old.At), 30.0
	by := calendar.DateOf(old.At, old.Team.History().Team.Calendar.Zone).Add(30)
	for _, c := range []struct {
		question     outlook.Question
		figure, want string
	}{
		{outlook.Question{Quarter: &name, By: &by}, "dates.p85", "the scope grows as it did."},
		{outlook.Question{Remaining: &many}, "dates.p85", "the scope does not grow."},
		{outlook.Question{Quarter: &name, By: &by}, "amounts.p85", "the scope does not grow."},
	} {
		f, err := outlook.Ask(old.Team, c.question, old.At)
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, e := range explain.Forecast(old.Team, f) {
			if e.Figure.Of != catalogue.OfForecast || e.Figure.Name != c.figure {
				continue
			}
			told++
			if !strings.Contains(strings.Join(e.Notes, " "), c.want) {
				t.Errorf("%s: %q", c.figure, e.Notes)
			}
		}
		if told != 1 {
			t.Errorf("%s is told %d times", c.figure, told)
		}
	}
}
