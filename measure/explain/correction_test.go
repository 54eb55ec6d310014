package explain

import (
	"strings"
	"testing"

	"jerem/measure/outlook"
)

// TestRecordSaysWhichWay: that a record widens is said where it does, and the other way where it brings dates forward;
// where no date is told, neither.
func TestRecordSaysWhichWay(t *testing.T) {
	date := func(text string) *string {
		if text == "" {
			return nil
		}
		return &text
	}
	for _, c := range []struct{ alone, shown, want string }{
		{"2027-01-20", "2027-02-22", "Widened"}, {"2027-02-22", "2027-01-20", "Brought forward"},
		{"2027-01-20", "2027-01-20", "by nothing"}, {"2027-01-20", "", "Widened"},
		{"", "2027-01-20", "Brought forward"}, {"", "", "Moved by the record"},
	} {
		f := &outlook.Forecast{PaceAlone: outlook.LevelDates{P85: date(c.alone)},
			Dates: outlook.LevelDates{P85: date(c.shown)}}
		got := strings.Join(forecastWords{figures: f}.describeDrawing(), " ")
		if !strings.Contains(got, c.want) {
			t.Errorf("alone %q, shown %q: %s", c.alone, c.shown, got)
		}
	}
}
