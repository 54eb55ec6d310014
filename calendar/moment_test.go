package calendar

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/problem"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// TestMoment: a date is a day of the zone, a time without a zone is a time of the zone, one with a zone is the same
// everywhere.
func TestMoment(t *testing.T) {
	for _, c := range []struct{ text, zone, first, last string }{
		{"2026-11-12", "UTC", "2026-11-12T00:00:00Z", "2026-11-12T23:59:59.999999Z"},
		{"2026-11-12", "Europe/Paris", "2026-11-11T23:00:00Z", "2026-11-12T22:59:59.999999Z"},
		{"2026-11-12", "Pacific/Kiritimati", "2026-11-11T10:00:00Z", "2026-11-12T09:59:59.999999Z"},
		{"2026-10-25", "Europe/Paris", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59.999999Z"}, // 25 hours
		// a day that the island left out
		{"2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-30T09:59:59.999999Z"},
		// a midnight that the clocks skip
		{"2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-05T01:59:59.999999Z"},
		{"2026-03-29T02:30", "Europe/Paris", "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"}, // skipped
		{"2026-10-25T02:30", "Europe/Paris", "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z"}, // comes twice
		{"2026-11-12T14:00", "Europe/Paris", "2026-11-12T13:00:00Z", "2026-11-12T13:00:00Z"},
		{"2026-11-12 14:00:05.25", "America/New_York", "2026-11-12T19:00:05.25Z", "2026-11-12T19:00:05.25Z"},
		{"2026-11-12T14:00:00Z", "Europe/Paris", "2026-11-12T14:00:00Z", "2026-11-12T14:00:00Z"},
		{"2026-11-12t14:00:00.5z", "Europe/Paris", "2026-11-12T14:00:00.5Z", "2026-11-12T14:00:00.5Z"},
		{"2026-11-12T14:00+05:30", "Europe/Paris", "2026-11-12T08:30:00Z", "2026-11-12T08:30:00Z"},
		// a plus that an address lost
		{"2026-11-12T14:00:00 05:30", "Europe/Paris", "2026-11-12T08:30:00Z", "2026-11-12T08:30:00Z"},
		{"0001-01-01", "UTC", "0001-01-01T00:00:00Z", "0001-01-01T23:59:59.999999Z"},
		{"2199-12-31", "America/New_York", "2199-12-31T05:00:00Z", "2200-01-01T04:59:59.999999Z"},
	} {
		m, err := ParseMoment(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		z := zone(t, c.zone)
		if first, last := m.First(z).Format(time.RFC3339Nano), m.Last(z).Format(time.RFC3339Nano); first != c.first ||
			last != c.last {
			t.Errorf("%s in %s: %s to %s, want %s to %s", c.text, c.zone, first, last, c.first, c.last)
		}
	}
}

// TestNoMoment: what is no moment is refused with a way to write one.
func TestNoMoment(t *testing.T) {
	for text, why := range map[string]string{
		"": "is not a time", "noon": "is not a time", "2026-13-40": "is not a time", "2026-02-30": "is not a time",
		"2026-11-23T25:00": "is not a time",
		"2026-11-23T14":    "is not a time", "20261123": "is not a time", "1": "is not a time",
		"-2026-11-23": "is not a time", "2026-11-23T23:59:60Z": "is not a time",
		"2026-11-23T14:00:00Europe/Paris": "is not a time", "\x00": "is not a time", "２０２６-11-23": "is not a time",
		"99999-01-01": "is not a time",
		"2200-01-01":  "is too far ahead", "9999-12-31": "is too far ahead",
		"2199-12-31T23:00:00-05:00": "is too far ahead",
		"0000-12-31":                "is too far back", "0001-01-01T00:00:00+14:00": "is too far back",
	} {
		_, err := ParseMoment(text)
		e := problem.Of(err, "calendar")
		if e == nil || e.Code != BadMoment || e.Message != strconv.Quote(text)+" "+why || e.Hint == "" {
			t.Errorf("%q: %v, want one that %s", text, err, why)
		}
	}
}

// TestMomentOrder: whatever the text and the zone, the end is not before the beginning, and what is accepted reads
// the same when it is written back as RFC 3339.
func TestMomentOrder(t *testing.T) {
	zones := []*time.Location{time.UTC, zone(t, "Europe/Paris"), zone(t, "Pacific/Apia"), zone(t, "America/Sao_Paulo"),
		zone(t, "Asia/Kathmandu")}
	rapid.Check(t, func(t *rapid.T) {
		day := Date{rapid.IntRange(1, 2199).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")),
			rapid.IntRange(1, 28).Draw(t, "day")}
		text := day.String() + rapid.SampledFrom([]string{"", "T00:00", "T02:30:15", " 23:59:59.999999", "T12:00:00Z",
			"T12:00:00-11:00"}).Draw(t, "rest")
		z := rapid.SampledFrom(zones).Draw(t, "zone")
		m, err := ParseMoment(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if m.Last(z).Before(m.First(z)) && !(day == Date{2011, time.December, 30}) {
			t.Fatalf("%s in %s: ends at %v before it begins at %v", text, z, m.Last(z), m.First(z))
		}
		if day.Year > 1 && day.Year < 2199 {
			again, err := ParseMoment(m.Last(z).Format(time.RFC3339Nano))
			if err != nil || !again.Last(time.UTC).Equal(m.Last(z)) {
				t.Fatalf("%s: written back %v, %v", text, again, err)
			}
		}
	})
}

// TestDuration: a day is 24 hours, a year 365 days; anything else is refused.
func TestDuration(t *testing.T) {
	day := 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"90s": 90 * time.Second, "10m": 10 * time.Minute, "11h": 11 * time.Hour, "15d": 15 * day, "2w": 14 * day,
		"5y": 5 * 365 * day, "1h30m": 90 * time.Minute,
		"0": 0, "0s": 0, "1.5h": 90 * time.Minute, "-2d": -2 * day, "250ms": 250 * time.Millisecond,
		" 1d12h ": 36 * time.Hour, "292y": 292 * 365 * day,
	} {
		if got, err := ParseDuration(text); err != nil || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "5", "-", "d", "1 d", "5x", "1mo", "d5", "1.2.3h", "300y", "292y292y",
		"9223372036854775807s", "٣d", "1e3s", "--1s", "NaNs", "1D"} {
		if got, err := ParseDuration(text); err == nil {
			t.Errorf("%q: taken as %v", text, got)
		}
	}
}

// FuzzParseMoment: whatever the text, it is a moment within the bounds or an error with a hint that quotes no more than
// a line of it.
func FuzzParseMoment(f *testing.F) {
	for _, text := range []string{"2026-11-23", "2026-11-23T14:00", "2026-11-23 14:00:00.5+05:30",
		"2026-11-23T14:00:00 01:00", "0001-01-01", "2199-12-31", "\x00", "2026-02-30"} {
		f.Add(text)
	}
	west := time.FixedZone("west", -11*3600)
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMoment(text)
		if err != nil {
			wrong := problem.Of(err, "calendar")
			if wrong == nil || wrong.Hint == "" || len(wrong.Message) > 700 || strings.Contains(wrong.Message, "\n") {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		if m.Last(west).Before(m.First(west)) || m.First(time.UTC).Year() < FirstYear ||
			m.First(time.UTC).Year() > LastYear {
			t.Fatalf("%q: from %v to %v", text, m.First(west), m.Last(west))
		}
	})
}

// FuzzParseDuration: whatever the text, it is a duration or an error; nothing overflows into the other sign.
func FuzzParseDuration(f *testing.F) {
	for _, text := range []string{"90s", "1h30m", "2w", "292y", "-5d", "1.5h", "9223372036854775807ns",
		"0.0000000001s"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDuration(text)
		if err == nil && d != 0 && (d < 0) != (text != "" &&
			strings.HasPrefix(strings.TrimPrefix(strings.TrimSpace(text), "+"), "-")) {
			t.Fatalf("%q is %v", text, d)
		}
	})
}
