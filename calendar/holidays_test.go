package calendar

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestHolidays(t *testing.T) {
	for _, test := range []struct {
		region string
		on     []string
		off    []string // working dates
	}{
		{"FR", []string{"2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25",
			"2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25"},
			[]string{"2026-12-24", "2026-12-26", "2026-04-03"}},
		{"fr", []string{"2025-07-14"}, []string{"2025-07-15"}},
		{"DE", []string{"2026-10-03", "2026-12-26", "2026-04-03"}, []string{"2026-03-08", "2026-01-06", "2026-10-31"}},
		{"DE-BE", []string{"2026-03-08", "2026-10-03"}, []string{"2026-01-06"}},
		{"de_by", []string{"2026-01-06"}, []string{"2026-03-08"}},
		{"GB", []string{"2021-12-27", "2021-12-28"}, []string{"2021-12-29"}}, // Saturday and Sunday made up for
		{"UK", []string{"2026-12-25"}, nil},
		// 1 January 2022, made up for the year before
		{"US", []string{"2021-12-31", "2026-11-26", "2026-07-03"}, []string{"2026-12-24"}},
		{"CH", []string{"2026-01-01", "2026-08-01", "2026-12-25"}, []string{"2026-12-08", "2026-03-19"}},
		{"CH-TI", []string{"2026-03-19", "2026-08-01"}, nil},
		{"AU", []string{"2026-12-25"}, nil},
		{"NL", []string{"2026-04-27"}, nil},
		// what the library tells otherwise than the law
		{"NZ", []string{"2022-06-24", "2026-07-10", "2027-06-25", "2052-06-21"}, []string{"2021-06-25", "2053-06-20"}},
		{"AR", []string{"2026-04-03", "2026-06-15", "2026-11-23", "2027-06-21", "2027-08-16", "2027-10-11"},
			[]string{"2027-03-25", "2026-06-17", "2026-06-19", "2026-11-20", "2027-08-17", "2027-10-12", "2027-11-19"}},
		{"CH-GE", []string{"2026-09-10", "2027-09-09", "2026-12-31"}, []string{"2027-05-27", "2026-09-03"}},
		{"CH-GL", []string{"2026-04-09", "2027-04-01"}, []string{"2026-04-02", "2027-04-08"}},
		{"CH-VD", []string{"2026-09-21", "2027-09-20"}, []string{"2026-09-28"}},
		{"CH-BL", nil, []string{"2026-06-04", "2028-08-15", "2027-05-27"}},
		{"CH-JU", []string{"2026-06-23"}, nil},
		{"CH-LU", []string{"2026-01-02", "2026-04-06", "2026-05-25"}, []string{"2026-03-19"}},
		{"CH-NE", []string{"2027-03-01"}, nil},
		{"CH-OW", []string{"2026-09-25"}, nil},
		{"CH-TI", []string{"2026-06-29"}, nil},
		{"CH-ZG", []string{"2026-06-04", "2028-08-15", "2026-12-08"}, nil},
		{"DE-MV", []string{"2023-03-08", "2027-03-08"}, []string{"2022-03-08"}},
		{"HU", []string{"2024-12-24", "2026-12-24"}, []string{"2023-12-24"}},
		{"IT", []string{"2027-10-04"}, []string{"2025-10-04"}},
		{"LU", []string{"2026-06-23", "2025-05-09"}, []string{"2026-07-23", "2018-05-09"}},
		{"MX", []string{"2026-02-02", "2026-03-16", "2026-11-16", "2024-10-01", "2030-10-01"},
			[]string{"2026-02-05", "2026-03-20", "2027-04-30", "2027-12-24", "2026-10-01"}},
		{"RU", []string{"2026-01-02", "2026-01-08", "2026-05-01"}, []string{"2026-01-09"}},
		{"SK", []string{"2025-05-08", "2024-11-17", "2027-05-08", "2027-09-15"},
			[]string{"2025-11-17", "2026-05-08", "2026-09-15"}},
		{"TH", []string{"2026-05-01"}, nil},
	} {
		holiday, err := Holidays(test.region)
		if err != nil {
			t.Errorf("%s: %v", test.region, err)
			continue
		}
		for _, want := range []struct {
			dates []string
			off   bool
		}{{test.on, true}, {test.off, false}} {
			for _, text := range want.dates {
				d, err := time.Parse(time.DateOnly, text)
				if err != nil {
					t.Fatal(err)
				}
				if holiday(d.Date()) != want.off {
					t.Errorf("%s: %s is a holiday: %v", test.region, text, !want.off)
				}
			}
		}
	}
}

func TestRegionsKnown(t *testing.T) {
	if _, err := Holidays("XX"); err == nil || !strings.Contains(err.Error(), "DE-BE") ||
		!strings.Contains(err.Error(), "FR") {
		t.Errorf("unknown region: %v", err)
	}
	if all := Regions(); len(all) < 60 || !slices.IsSorted(all) {
		t.Errorf("%d regions", len(all))
	}
	for _, region := range Regions() {
		holiday, err := Holidays(region)
		if err != nil {
			t.Error(err)
			continue
		}
		n := 0
		for d := (Date{Year: 2026, Month: time.January, Day: 1}); d.Year == 2026; d = d.Add(1) {
			if holiday(d.Year, d.Month, d.Day) {
				n++
			}
		}
		if n < 3 || n > 30 {
			t.Errorf("%s has %d holidays in 2026", region, n)
		}
	}
}

// Several goroutines may ask; the race detector tells when they may not.
func TestHolidaysConcurrently(t *testing.T) {
	holiday, err := Holidays("FR")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for year := range 8 {
		wg.Go(func() {
			if !holiday(2020+year/2, time.December, 25) || holiday(2020+year/2, time.December, 26) {
				t.Error("25 December is not the holiday")
			}
		})
	}
	wg.Wait()
}

// A date is off exactly when it is a holiday of the region or configured, in whatever order asked.
func TestDaysOffProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		date := rapid.Custom(func(t *rapid.T) Date {
			return Date{Year: 2019, Month: time.January, Day: 1}.Add(rapid.IntRange(0, 4000).Draw(t, "day"))
		})
		c := Config{Region: rapid.SampledFrom([]string{"", "FR", "US"}).Draw(t, "region"),
			DaysOff: rapid.SliceOf(date).Draw(t, "off"), Start: 9 * time.Hour, End: 18 * time.Hour}
		days, err := c.Calendar()
		if err != nil {
			t.Fatal(err)
		}
		d := date.Draw(t, "asked")
		if c.DaysOff != nil && rapid.Bool().Draw(t, "one of them") && len(c.DaysOff) > 0 {
			d = c.DaysOff[0]
		}
		want := slices.Contains(c.DaysOff, d)
		if c.Region != "" {
			holiday, err := Holidays(c.Region)
			if err != nil {
				t.Fatal(err)
			}
			want = want || holiday(d.Year, d.Month, d.Day)
		}
		if days.Off(d) != want {
			t.Fatalf("%s off: %v", d, !want)
		}
		if days.Zone != nil {
			t.Fatal("a zone from nowhere")
		}
	})
}
