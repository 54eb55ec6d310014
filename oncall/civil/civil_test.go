package civil_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/calendar"
	"jerem/oncall/civil"
	"jerem/oncall/civil/civiltest"
)

// TestInstants pins civil times whose instants are known: skipped ones, repeated ones, days that begin at
// 01:00, a date that never was, clocks that move by half an hour.
func TestInstants(t *testing.T) {
	for _, c := range []struct{ zone, date, clock, want string }{
		{"Europe/Paris", "2026-03-29", "01:59", "2026-03-29T00:59:00Z"},
		{"Europe/Paris", "2026-03-29", "02:30", "2026-03-29T01:00:00Z"},
		{"Europe/Paris", "2026-03-29", "03:00", "2026-03-29T01:00:00Z"},
		{"Europe/Paris", "2026-10-25", "02:00", "2026-10-25T00:00:00Z"},
		{"Europe/Paris", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"},
		{"Europe/Paris", "2026-10-25", "03:00", "2026-10-25T02:00:00Z"},
		{"Europe/Paris", "2026-10-24", "24:00", "2026-10-24T22:00:00Z"},
		{"America/Santiago", "2026-09-06", "00:00", "2026-09-06T04:00:00Z"},
		{"America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:00:00Z"},
		{"America/Santiago", "2026-09-06", "01:00", "2026-09-06T04:00:00Z"},
		{"America/Santiago", "2026-04-04", "23:30", "2026-04-05T02:30:00Z"},
		{"America/Santiago", "2026-04-05", "00:00", "2026-04-05T04:00:00Z"},
		{"America/Havana", "2026-03-08", "00:00", "2026-03-08T05:00:00Z"},
		{"America/Havana", "2026-11-01", "00:30", "2026-11-01T04:30:00Z"},
		{"Africa/Cairo", "2026-04-24", "00:15", "2026-04-23T22:00:00Z"},
		{"Africa/Cairo", "2026-10-29", "23:30", "2026-10-29T20:30:00Z"},
		{"Africa/Cairo", "2026-10-30", "00:00", "2026-10-29T22:00:00Z"},
		{"Atlantic/Azores", "2026-03-29", "00:00", "2026-03-29T01:00:00Z"},
		{"Atlantic/Azores", "2026-10-25", "00:30", "2026-10-25T00:30:00Z"},
		{"Pacific/Apia", "2011-12-29", "23:59", "2011-12-30T09:59:00Z"},
		{"Pacific/Apia", "2011-12-30", "00:00", "2011-12-30T10:00:00Z"},
		{"Pacific/Apia", "2011-12-30", "18:00", "2011-12-30T10:00:00Z"},
		{"Pacific/Apia", "2011-12-31", "00:00", "2011-12-30T10:00:00Z"},
		{"Pacific/Apia", "2011-12-31", "09:00", "2011-12-30T19:00:00Z"},
		{"Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z"},
		{"Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30:00Z"},
	} {
		got := civil.Instant(civiltest.Date(c.date), civiltest.Clock(c.clock),
			civiltest.ZoneNamed(t, c.zone)).UTC().Format(time.RFC3339)
		if got != c.want {
			t.Errorf("%s %s in %s is %s, want %s", c.date, c.clock, c.zone, got, c.want)
		}
	}
}

// TestInstantIsFirst holds the definition itself: at the instant the clocks show the time or a later one, and at
// no second of the day before it did they.
func TestInstantIsFirst(t *testing.T) {
	shows := func(at time.Time, d calendar.Date, second int, zone *time.Location) bool {
		shown, s := civil.ClockOf(at, zone)
		return d.Before(shown) || d == shown && s >= second
	}
	zones := civiltest.ZoneNames(t)
	rapid.Check(t, func(t *rapid.T) {
		zone := civiltest.ZoneNamed(t, rapid.SampledFrom(zones).Draw(t, "zone"))
		d := civiltest.Date("1995-01-01").Add(rapid.IntRange(0, 40*365).Draw(t, "day"))
		second := 60 * rapid.IntRange(0, 24*60-1).Draw(t, "minute")
		at := civil.Instant(d, second, zone)
		if !shows(at, d, second, zone) {
			t.Fatalf("%s %d in %s is %s, when the clocks do not show it yet", d, second, zone, at)
		}
		for before := 1; before < 25*60; before += 7 {
			if earlier := at.Add(-time.Duration(before) * time.Minute); shows(earlier, d, second, zone) {
				t.Fatalf("%s %d in %s is %s, but the clocks showed it at %s", d, second, zone, at, earlier)
			}
		}
		if shows(at.Add(-time.Second), d, second, zone) {
			t.Fatalf("%s %d in %s is %s, but the clocks showed it a second before", d, second, zone, at)
		}
	})
}

func TestPeriods(t *testing.T) {
	for _, c := range []struct {
		every, anchor string
		k             int
		want          string
	}{
		{"1d", "2026-02-27", 2, "2026-03-01"},
		{"2w", "2026-12-28", 1, "2027-01-11"},
		{"1mo", "2026-01-31", 1, "2026-02-28"},
		{"1mo", "2026-01-31", 2, "2026-03-31"},
		{"1mo", "2026-01-31", 3, "2026-04-30"},
		{"1mo", "2027-12-31", 2, "2028-02-29"},
		{"3mo", "2026-11-30", 1, "2027-02-28"},
		{"3mo", "2026-11-30", 2, "2027-05-30"},
		{"12mo", "2028-02-29", 1, "2029-02-28"},
		{"12mo", "2028-02-29", 4, "2032-02-29"},
	} {
		p, err := civil.ParsePeriod(c.every)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.After(civiltest.Date(c.anchor), c.k); got != civiltest.Date(c.want) {
			t.Errorf("%d × %s after %s is %s, want %s", c.k, c.every, c.anchor, got, c.want)
		}
	}
}

func TestPeriodsRefused(t *testing.T) {
	for _, text := range []string{"", "1", "w", "0w", "-1w", "+1w", "1m", "1wd", "1.5d", "1 w", "1001d", "1dw",
		"99999999999999999999d"} {
		if p, err := civil.ParsePeriod(text); err == nil {
			t.Errorf("%q is read as %v", text, p)
		}
	}
	for _, text := range []string{"", "9:00", "09:0", "24:01", "25:00", "09:60", "-1:00", "09-00", "0x:00", "+9:00"} {
		if s, err := civil.ParseClock(text); err == nil {
			t.Errorf("%q is read as second %d", text, s)
		}
	}
}

func TestMonthSpan(t *testing.T) {
	span := civil.Month{2026, time.March}.Span(civiltest.ZoneNamed(t, "Europe/Paris"))
	if want := int64(31*24-1) * 3600; span.Seconds() != want {
		t.Errorf("March 2026 in Paris has %d s, want %d", span.Seconds(), want)
	}
	if next := (civil.Month{2026, time.December}).Next(); next != (civil.Month{2027, time.January}) {
		t.Errorf("after December comes %s", next)
	}
}
