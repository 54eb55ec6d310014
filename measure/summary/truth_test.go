package summary

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/forecast"
	"jerem/measure/outlook"
	"jerem/measure/words"
)

// dateFrom draws a date around a moment, or none.
func dateFrom(t *rapid.T, label string, least, most int) *string {
	if rapid.IntRange(0, 4).Draw(t, label+" is told") == 0 {
		return nil
	}
	date := calendar.DateOf(sentenceAt, time.UTC).Add(rapid.IntRange(least, most).Draw(t, label)).String()
	return &date
}

// drawForecast draws a forecast in any state that an outlook may be in.
func drawForecast(t *rapid.T) *outlook.Forecast {
	f := &outlook.Forecast{At: sentenceAt, State: outlook.StateUnknown, Unit: agile.Points}
	f.Deadline = dateFrom(t, "deadline", -30, 60)
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		f.State = outlook.StateDone
		return f
	case 1:
		f.Why = "cannot tell yet: 6 of 10 working days of history"
		return f
	}
	f.Dates.P50 = dateFrom(t, "even odds", 0, 90)
	if f.Dates.P50 != nil && rapid.Bool().Draw(t, "85 is told") {
		p50, _ := calendar.ParseMoment(*f.Dates.P50)
		date := p50.Date().Add(rapid.IntRange(0, 60).Draw(t, "85")).String()
		f.Dates.P85 = &date
	}
	if f.Deadline != nil {
		odds := rapid.Float64Range(0, forecast.OverAll).Draw(t, "odds")
		f.Odds, f.State = &odds, outlook.StateUnlikely
		switch {
		case odds >= 0.85:
			f.State = outlook.StateOnTrack
		case odds >= 0.25:
			f.State = outlook.StateAtRisk
		}
	}
	if rapid.Bool().Draw(t, "moved") {
		m := &outlook.Moved{Since: sentenceAt.AddDate(0, 0, -7)}
		part := func(name string) int { return rapid.IntRange(-5, 5).Draw(t, name) }
		m.Worked, m.Scope, m.Impediments, m.Pace = part("worked"), part("scope"), part("impediments"), part("pace")
		days := m.Worked + m.Scope + m.Impediments + m.Pace
		m.Days, f.Moved = &days, m
	}
	return f
}

var saidLate = regexp.MustCompile(`late by (\d+) working days?`)

// TestVerdictIsTrue: whatever a forecast tells, the verdict says the state that it is in, the dates that it tells and
// no other, how late the first of them is that misses the deadline, and parts of a move that add up to it.
func TestVerdictIsTrue(t *testing.T) {
	c := weekdays()
	rapid.Check(t, func(t *rapid.T) {
		f := drawForecast(t)
		said := Verdict(f, c)
		if f.State == outlook.StateDone || f.Why != "" {
			if regexp.MustCompile(`odds|%|late|20\d\d`).MatchString(said) {
				t.Fatalf("of a future that is not known: %q", said)
			}
			return
		}
		over := f.Deadline != nil && calendar.DateOf(f.At, time.UTC).String() > *f.Deadline
		for state, word := range stateSaid {
			if told := strings.HasPrefix(said, word+": "); told != (f.State == state && !over) {
				t.Fatalf("%s, the deadline is over %v: %q", f.State, over, said)
			}
		}
		if over != strings.HasPrefix(said, "not done by ") {
			t.Fatalf("the deadline is over: %v, %q", over, said)
		}
		for _, date := range []*string{f.Dates.P50, f.Dates.P85} {
			if date != nil && !strings.Contains(said, words.Date(*date)) {
				t.Fatalf("%s is not told: %q", *date, said)
			}
		}
		holdLateness(t, f, said, c)
		holdMove(t, f, said)
	})
}

// holdLateness holds that a verdict calls late what is after the deadline, by so many working days, and nothing else.
func holdLateness(t *rapid.T, f *outlook.Forecast, said string, c calendar.Calendar) {
	want := 0
	for _, date := range []*string{f.Dates.P50, f.Dates.P85} {
		if want == 0 && date != nil && f.Deadline != nil && *date > *f.Deadline {
			due, _ := calendar.ParseMoment(*f.Deadline)
			told, _ := calendar.ParseMoment(*date)
			for d := due.Date().Add(1); !told.Date().Before(d); d = d.Add(1) {
				if c.Working(d) {
					want++
				}
			}
		}
	}
	got := 0
	if m := saidLate.FindStringSubmatch(said); m != nil {
		got, _ = strconv.Atoi(m[1])
	}
	if got != want {
		t.Fatalf("late by %d working days, want %d: %q", got, want, said)
	}
}

// holdMove holds that the parts that a verdict names add up to the move that it names.
func holdMove(t *rapid.T, f *outlook.Forecast, said string) {
	if f.Moved == nil {
		if strings.Contains(said, "85 % date is") {
			t.Fatalf("no move is known: %q", said)
		}
		return
	}
	sum := 0
	for _, m := range regexp.MustCompile(`(?:gone by|scope|impediments|pace) ([+−]\d+)`).FindAllStringSubmatch(said,
		-1) {
		days, _ := strconv.Atoi(strings.Replace(m[1], "−", "-", 1))
		sum += days
	}
	switch days := *f.Moved.Days; {
	case days == 0 && !strings.Contains(said, "has not moved since"):
		t.Fatalf("it has not moved: %q", said)
	case days > 0 && !strings.Contains(said, fmt.Sprintf("%d working day", days)):
		t.Fatalf("it moved by %d: %q", days, said)
	case days != 0 && sum != days:
		t.Fatalf("the parts are %d, the move %d: %q", sum, days, said)
	case days != 0 && strings.Contains(said, " later than") != (days > 0):
		t.Fatalf("it moved by %d: %q", days, said)
	}
}
