package beside

import (
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/catalogue"
	"jerem/measure/explain/explanation"
	"jerem/web/format"
)

// TestFigures: a figure that differs never reads the same at both moments: more decimals tell the values apart,
// or it is said that it hardly moved; a growth reads as its tile.
func TestFigures(t *testing.T) {
	points := format.Words{Unit: agile.Points, Zone: time.UTC}
	one := func(figure, unit, shown string, value float64) []explanation.Explanation {
		return []explanation.Explanation{{Figure: catalogue.Figure{Name: figure, Title: figure}, Unit: unit,
			Value: &value, Shown: explanation.Shown{Name: figure, Value: shown}}}
	}
	leads := Leads{Issue: func(string) string { return "" }, Before: func(string) string { return "" },
		After: func(string) string { return "" }}
	for _, c := range []struct {
		figure, unit           string
		from, to               float64
		shownFrom, shownTo     string
		wantFrom, wantTo, says string
	}{
		{"velocity.median", "points_per_day", 2.66, 2.74, "2.7", "2.7", "2.66", "2.74", "+0.08"},
		{"velocity.high", "points_per_day", 3.85, 3.75, "3.85", "3.75", "3.85", "3.75", "−0.1"},
		{"impediments.mean", "seconds", 81180, 77580, "22.6", "21.6", "22.6", "21.6", "−1"},
		{"impediments.mean", "seconds", 81120, 77700, "22.5", "21.6", "22.53", "21.58", "−0.95"},
		{"slack_days", "working_days", 28, 20, "28", "20", "28", "20", "−8"},
		{"velocity.median", "points_per_day", 2.712, 2.714, "2.7", "2.7", "2.712", "2.714", "+0.002"},
		{"velocity.median", "points_per_day", 2.7, 2.7000001, "2.7", "2.7", "2.7", "2.7", "hardly moved"},
		{"progression", "share", .7201, .7243, "72 %", "72 %", "72\u202f%", "72.4\u202f%", "+0.4"},
		{"progression", "share", .654, .615, "65 %", "62 %", "65.4\u202f%", "61.5\u202f%", "−3.9"},
		{"progression", "share", .0845, .4685, "8 %", "47 %", "8.5\u202f%", "46.9\u202f%", "+38.4"},
		{"progression", "share", .004, .12, "0.4 %", "12 %", "0.4\u202f%", "12\u202f%", "+11.6"},
		{"completion.mean", "share", 1.0061, 1.0009, "101 %", "100.1 %", "100.6\u202f%", "100.1\u202f%", "−0.5"},
		{"progression", "share", 4. / 15, 13. / 30, "27 %", "43 %", "26.7\u202f%", "43.3\u202f%", "+16.6"},
		{"velocity", "seconds a working day", 60853, 61422, "16.9", "17.1", "16.9", "17.1", "+0.2"},
		{"velocity", "seconds a working day", 60853, 61022, "16.9", "17", "16.9", "16.95", "+0.05"},
		{"progression", "share", .5, .62, "50 %", "62 %", "50 %", "62 %", "+12"},
		{"impediments.seconds", "seconds", 36000, 36060, "10", "10", "10", "10.02", "+0.02"},
		{"remaining", "points", 5, 8.25, "5", "8.25", "5", "8.25", "+3.25"},
		{"growth", "share", 1.19, 1.18, "119 %", "118 %", "+19\u202f%", "+18\u202f%", "−1"},
		{"growth", "share", 1, .9, "100 %", "90 %", "0\u202f%", "−10\u202f%", "−10"},
	} {
		rows := Figures(one(c.figure, c.unit, c.shownFrom, c.from), one(c.figure, c.unit, c.shownTo, c.to), points,
			leads)
		if len(rows) != 1 || rows[0].From != c.wantFrom || rows[0].To != c.wantTo || rows[0].Change != c.says {
			t.Errorf("%s from %v to %v: %+v, want %s, %s, %s", c.figure, c.from, c.to, rows, c.wantFrom, c.wantTo,
				c.says)
		}
	}
}
