package explain

import (
	"strings"
	"testing"

	"jerem/measure/outlook"
)

// TestRecordSaysWhichWay: that a record widens is said where it does, and the other way where it brings dates forward;
// where no date is told, neither. While
// the team has none of its own, it is called that of other projects.
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
		for _, own := range []int{0, 1} {
			f.Calibration.Own = own
			got := strings.Join(forecastWords{figures: f}.describeDrawing(), " ")
			if !strings.Contains(got, c.want) || strings.Contains(got, "of other projects") != (own == 0) {
				t.Errorf("alone %q, shown %q, %d outcomes of its own: %s", c.alone, c.shown, own, got)
			}
		}
	}
}

// TestPaceAndRecord: a date is told with the team's record only where it has one.
func TestPaceAndRecord(t *testing.T) {
	for own, want := range map[int]string{0: "1 Dec at the team's pace alone, 5 Dec with the record of other projects",
		1: "1 Dec at the team's pace alone, 5 Dec with its record"} {
		f := &outlook.Forecast{Calibration: outlook.Calibration{Own: own}}
		if got := PaceAndRecord(f, "1 Dec", "5 Dec"); got != want {
			t.Errorf("%d of its own: %s", own, got)
		}
	}
}

// TestRecordTellsYears: the days of a record, which goes back over several years, are told with their year.
func TestRecordTellsYears(t *testing.T) {
	c := outlook.Calibration{At: make([]outlook.CalibrationAt, 4),
		Dots: []outlook.CalibrationDot{{Date: "2025-07-02", P85: 92, Took: 81, Held: true}}}
	e := forecastWords{figures: &outlook.Forecast{Calibration: c}}.explainRecord()
	if len(e.Inputs) != 1 || e.Inputs[0].When != "Wed 2 Jul 2025" {
		t.Errorf("told %+v", e.Inputs)
	}
}
