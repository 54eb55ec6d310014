package calendar

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// midnightZones change their clocks at or near midnight, each in another way; Lord Howe does so by
// half an hour, St. John's did so at a minute past.
var midnightZones = []string{"UTC", "Europe/Paris", "America/Santiago", "America/Havana", "America/Sao_Paulo",
	"Africa/Cairo",
	"Asia/Amman", "Asia/Beirut", "Asia/Tehran", "Atlantic/Azores", "Australia/Lord_Howe", "America/St_Johns",
	"Asia/Kathmandu"}

func zoneOf(t interface{ Fatal(...any) }, name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// TestMidnightIsFirst: the midnight of a date is of that date, and the moment before is of the
// date before, wherever the clocks change.
func TestMidnightIsFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := zoneOf(t, rapid.SampledFrom(midnightZones).Draw(t, "zone"))
		d := Date{2005, time.January, 1}.Add(rapid.IntRange(0, 9000).Draw(t, "day"))
		m := d.Midnight(zone)
		if DateOf(m, zone) != d {
			t.Fatalf("the midnight of %v is %v", d, m)
		}
		if before := DateOf(m.Add(-time.Microsecond), zone); before != d.Add(-1) {
			t.Fatalf("just before the midnight %v of %v it is %v", m, d, before)
		}
	})
}

func TestMidnights(t *testing.T) {
	f := func(zone string, d Date, want string) {
		t.Helper()
		if got := d.Midnight(zoneOf(t, zone)).Format("01-02 15:04 -07"); got != want {
			t.Errorf("%s in %s begins at %s, want %s", d, zone, got, want)
		}
	}
	f("Europe/Paris", Date{2026, 10, 25}, "10-25 00:00 +02")
	f("Europe/Paris", Date{2026, 3, 29}, "03-29 00:00 +01")
	f("America/Sao_Paulo", Date{2018, 11, 4}, "11-04 01:00 -02") // from 00:00 to 01:00
	f("America/Santiago", Date{2026, 9, 6}, "09-06 01:00 -03")
	f("Africa/Cairo", Date{2026, 4, 24}, "04-24 01:00 +03")
	f("Asia/Amman", Date{2021, 10, 29}, "10-29 00:00 +03") // from 01:00 back to 00:00: the first one
	f("America/Havana", Date{2026, 11, 1}, "11-01 00:00 -04")
}

// TestTimesSkippedAndTwice: a time of day that the clocks skip stands for the moment they skip it, of
// one that comes twice the first counts.
func TestTimesSkippedAndTwice(t *testing.T) {
	zone := zoneOf(t, "Europe/Paris")
	f := func(d Date, since time.Duration, want string) {
		t.Helper()
		if got := d.In(zone, since).Format("01-02 15:04 -07"); got != want {
			t.Errorf("%v into %s: %s, want %s", since, d, got, want)
		}
	}
	spring, autumn := Date{2026, 3, 29}, Date{2026, 10, 25}
	f(spring, 90*time.Minute, "03-29 01:30 +01")
	f(spring, 150*time.Minute, "03-29 03:00 +02")
	f(spring, 9*time.Hour, "03-29 09:00 +02")
	f(spring, 24*time.Hour, "03-30 00:00 +02")
	f(autumn, 150*time.Minute, "10-25 02:30 +02")
	f(autumn, 9*time.Hour, "10-25 09:00 +01")
}

// TestYearEndsBeyondTables: beyond the last change that a zone's table holds, Go tells of 31 December of a leap year
// that its offset ends before that day. A time of such a day is nevertheless the first moment at which the clocks show
// it or a later one, as of any other day.
func TestYearEndsBeyondTables(t *testing.T) {
	clocks := []time.Duration{0, 30 * time.Minute, 150 * time.Minute, 9 * time.Hour, 23*time.Hour + 45*time.Minute,
		24 * time.Hour}
	for _, name := range append(slices.Clone(midnightZones), "Europe/Dublin", "Africa/Casablanca", "America/Nuuk",
		"Pacific/Auckland") {
		zone := zoneOf(t, name)
		for year := 2036; year <= LastYear; year += 4 {
			for offset := range 4 {
				d := Date{year, time.December, 29}.Add(offset)
				for _, clock := range clocks {
					if got, want := d.In(zone, clock), firstShown(d, clock, zone); !got.Equal(want) {
						t.Errorf("%v of %s in %s is %s, want %s", clock, d, name, got, want)
					}
				}
			}
		}
	}
}

// firstShown looks for the first moment, among those of whole quarters of an hour, at which the clocks of a zone show a
// time of a date or a later one.
func firstShown(d Date, clock time.Duration, zone *time.Location) time.Time {
	wanted := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Add(clock)
	for at := wanted.Add(-15 * time.Hour); ; at = at.Add(15 * time.Minute) {
		_, offset := at.In(zone).Zone()
		if !at.Add(time.Duration(offset) * time.Second).Before(wanted) {
			return at
		}
	}
}

// TestWorkingTimeOverClockChanges: a working date counts 1 however long its hours are.
func TestWorkingTimeOverClockChanges(t *testing.T) {
	f := func(zone string, start, end time.Duration, from Date, days int, want float64) {
		t.Helper()
		c := Calendar{Zone: zoneOf(t, zone), Start: start, End: end}
		if got := c.Days(from.Midnight(c.Zone), from.Add(days).Midnight(c.Zone)); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s, %d days from %v: %v, want %v", zone, days, from, got, want)
		}
	}
	day := 24 * time.Hour
	f("Europe/Paris", 9*time.Hour, 18*time.Hour, Date{2026, 10, 19}, 14, 10)
	f("Europe/Paris", 0, day, Date{2026, 3, 23}, 14, 10)
	f("Africa/Cairo", 0, day, Date{2026, 4, 20}, 7, 5) // Friday the 24th has 23 hours
	f("Africa/Cairo", 0, day, Date{2026, 10, 26}, 7, 5)
	f("America/Santiago", 0, day, Date{2026, 8, 31}, 14, 10)
}

// TestWorkingTimeProperties: in any zone and with any hours, time adds up, never counts more than
// its dates and never less than nothing.
func TestWorkingTimeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.IntRange(0, 23*60).Draw(t, "start")
		end := rapid.IntRange(start+1, 24*60).Draw(t, "end")
		off := rapid.IntRange(1, 9).Draw(t, "every which day is off")
		c := Calendar{Zone: zoneOf(t, rapid.SampledFrom(midnightZones).Draw(t, "zone")),
			Start: time.Duration(start) * time.Minute, End: time.Duration(end) * time.Minute,
			Off: func(d Date) bool { return d.Day%off == 1 }}
		base := Date{2026, time.January, 1}.Add(rapid.IntRange(0, 360).Draw(t, "day")).Midnight(c.Zone)
		var at []time.Time
		for range 3 {
			at = append(at, base.Add(time.Duration(rapid.IntRange(0, 30*24*60).Draw(t, "minute"))*time.Minute))
		}
		slices.SortFunc(at, time.Time.Compare)
		whole, parts := c.Days(at[0], at[2]), c.Days(at[0], at[1])+c.Days(at[1], at[2])
		if math.Abs(whole-parts) > 1e-9 {
			t.Fatalf("%v, in parts %v", whole, parts)
		}
		if dates := c.Dates(DateOf(at[0], c.Zone), DateOf(at[2], c.Zone)); whole < 0 || whole > float64(dates)+1e-9 {
			t.Fatalf("%v working days within %d working dates", whole, dates)
		}
	})
}

// TestDateNumbers: numbers of days, dates of numbers and days of the week are those of the standard library, in years
// before Christ too, and around the ends of centuries.
func TestDateNumbers(t *testing.T) {
	begin := time.Date(-801, time.December, 1, 0, 0, 0, 0, time.UTC)
	step := 1
	for n := 0; n < 1_300_000; n += step {
		at := begin.AddDate(0, 0, n)
		d := Date{at.Year(), at.Month(), at.Day()}
		if number := int(at.Unix() / 86_400); d.Number() != number || DateOfNumber(number) != d ||
			d.Weekday() != at.Weekday() {
			t.Fatalf("%v: number %d, date %v, %v; want %d and %v", d, d.Number(), DateOfNumber(number), d.Weekday(),
				number, at.Weekday())
		}
		step = 1
		if at.Year()%100 != 0 && at.Year()%4 != 0 {
			step = 13
		}
	}
}

func TestDates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := Date{2026, time.January, 1}.Add(rapid.IntRange(-4000, 4000).Draw(t, "day")), rapid.IntRange(1,
			40).Draw(t, "n")
		e := d.Add(n)
		if !d.Before(e) || e.Before(d) || d.Before(d) || e.Add(-n) != d {
			t.Fatalf("%v and %v, %d days later", d, e, n)
		}
		if e.Weekday() != (d.Weekday()+time.Weekday(n))%7 ||
			e.Midnight(time.UTC).Sub(d.Midnight(time.UTC)) != time.Duration(n)*24*time.Hour {
			t.Fatalf("%v is not %d days after %v", e, n, d)
		}
	})
	if got := (Date{987, 3, 4}).String(); got != "0987-03-04" {
		t.Errorf("%s", got)
	}
	c := Calendar{Zone: time.UTC}
	if n := c.Dates(Date{2026, 11, 20}, Date{2026, 11, 19}); n != 0 {
		t.Errorf("%d dates backwards", n)
	}
	if n := c.Dates(Date{2026, 11, 20}, Date{2026, 11, 20}); n != 1 {
		t.Errorf("a Friday alone counts %d", n)
	}
}

// TestDaysAreCountedOneByOne: counting by weeks gives what counting each date gives.
func TestDaysAreCountedOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		off := rapid.IntRange(1, 40).Draw(t, "every which day is off")
		c := Calendar{Zone: time.UTC, Start: 9 * time.Hour, End: 18 * time.Hour,
			Off: func(d Date) bool { return d.Number()%off == 0 }}
		from := Date{1969, time.December, 1}.Add(rapid.IntRange(0, 60).Draw(t, "from"))
		if rapid.Bool().Draw(t, "at the other end") {
			from = Date{2199, time.November, 15}.Add(rapid.IntRange(0, 60).Draw(t, "from"))
		}
		to := from.Add(rapid.IntRange(-3, 90).Draw(t, "days"))
		want := 0
		for d := from; !to.Before(d); d = d.Add(1) {
			if c.Working(d) {
				want++
			}
		}
		if got := c.Dates(from, to); got != want {
			t.Fatalf("%v to %v: %d dates, one by one %d", from, to, got, want)
		}
		a, b := from.In(time.UTC, 12*time.Hour), to.In(time.UTC, 15*time.Hour)
		if got := c.Days(from.Midnight(time.UTC), to.Add(1).Midnight(time.UTC)); got != float64(want) {
			t.Fatalf("%v to %v: %v days, %d dates", from, to, got, want)
		}
		if whole := c.Days(from.Midnight(time.UTC), a) + c.Days(a, b) +
			c.Days(b, to.Add(1).Midnight(time.UTC)); b.After(a) && math.Abs(whole-float64(want)) > 1e-9 {
			t.Fatalf("%v to %v in parts: %v days, %d dates", a, b, whole, want)
		}
	})
}

// TestFarDatesCostLittle: however far a date lies ahead or back, days off are looked up for the years 1970 to 2199
// at most, and the rest is counted by weeks.
func TestFarDatesCostLittle(t *testing.T) {
	asked := 0
	c := Calendar{Zone: time.UTC, Start: 9 * time.Hour, End: 18 * time.Hour,
		Off: func(d Date) bool { asked++; return d.Month == time.May && d.Day == 1 }}
	from, to := Date{1, time.January, 1}, Date{9999, time.December, 31}
	days := c.Days(from.Midnight(time.UTC), to.Midnight(time.UTC))
	if most := 230*262 + 10; asked > most {
		t.Errorf("days off were looked up %d times, at most %d is wanted", asked, most)
	}
	// 9999 years have 3,652,059 days; it is a Monday with which they begin, and a Friday with which they end, which is
	// not over at its midnight
	if want := float64(3652059/7*5 + 5 - 1 - labourDays()); days != want {
		t.Errorf("%v working days, want %v", days, want)
	}
	if n := from.DaysUntil(to); n != 3652058 {
		t.Errorf("%d days from the year 1 to 9999", n)
	}
	if c.Working(Date{2200, time.May, 1}) != true || c.Working(Date{2199, time.May, 1}) {
		t.Error("days off end with the year 2199")
	}
}

// labourDays counts the first days of May from 1970 to 2199 that are no weekend.
func labourDays() int {
	n := 0
	for year := 1970; year <= 2199; year++ {
		if w := time.Date(year, time.May, 1, 0, 0, 0, 0, time.UTC).Weekday(); w != time.Saturday && w != time.Sunday {
			n++
		}
	}
	return n
}

// TestDaysOffText: days off that are written and read again are the same days, whatever their order was.
func TestDaysOffText(t *testing.T) {
	eve, bridge := Date{2026, time.December, 24}, Date{2026, time.May, 15}
	for text, config := range map[string]Config{
		"":                         {},
		"FR":                       {Region: "FR"},
		"2026-05-15 2026-12-24":    {DaysOff: []Date{eve, bridge, eve}},
		"FR 2026-05-15 2026-12-24": {Region: "FR", DaysOff: []Date{bridge, eve}},
	} {
		made, err := config.Calendar()
		if err != nil || made.DaysOff != text {
			t.Errorf("%+v is written %q, want %q: %v", config, made.DaysOff, text, err)
		}
		off, err := OffOf(text)
		if err != nil {
			t.Fatal(err)
		}
		for d := (Date{2026, time.January, 1}); d.Year == 2026; d = d.Add(1) {
			holiday := config.Region == "FR" && slices.Contains([]string{"2026-01-01", "2026-04-06", "2026-05-01",
				"2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11",
				"2026-12-25"}, d.String())
			if want := slices.Contains(config.DaysOff, d) || holiday; off(d) != want || made.Off(d) != want {
				t.Errorf("%q: %v is off: %v", text, d, off(d))
			}
		}
	}
	if _, err := OffOf("FR NOWHERE"); err == nil {
		t.Error("days off of an unknown region were read")
	}
}
