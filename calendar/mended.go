package calendar

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/mx"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/sk"
)

// This file makes the holidays of regions of which the library lacks one that the law sets, or has one that it does not
// set. What is decided year by year, as a bridge or a swap with a Saturday, is in none of them.

// holidaysOfArgentina are those of law 27.399: four of them go to the Monday that is nearest where they fall on a
// Tuesday to Friday, the others stay where they are.
func holidaysOfArgentina() []*cal.Holiday {
	list := withoutHolidays(ar.Holidays, ar.EasternsDay, ar.BelgranoDay)
	for n, h := range list {
		if slices.Contains([]*cal.Holiday{ar.GuemesDay, ar.SanMartinDay, ar.DiversityDay, ar.SovereigntyDay}, h) {
			list[n] = h.Clone(&cal.Holiday{Observed: []cal.AltDay{{Day: time.Tuesday, Offset: -1},
				{Day: time.Wednesday, Offset: -2}, {Day: time.Thursday, Offset: 4}, {Day: time.Friday, Offset: 3}}})
		}
	}
	return withHolidays(list, aa.GoodFriday, fixedHoliday(ar.BelgranoDay.Name, time.June, 20))
}

// holidaysOfGeneva are those of the canton: the Thursday after the first Sunday of September, and the last day of the
// year, are its own; Corpus Christi is none.
func holidaysOfGeneva() []*cal.Holiday {
	return withHolidays(withoutHolidays(ch.HolidaysGE, ch.Fronleichnam), afterSunday("Jeûne genevois", 1, 4),
		fixedHoliday("Restauration de la République", time.December, 31))
}

// holidaysOfMexico are those of the labour law, of which three are Mondays and none is made up for. Every sixth year a
// government takes office.
func holidaysOfMexico() []*cal.Holiday {
	monday := func(name string, month time.Month, n int) *cal.Holiday {
		return &cal.Holiday{Name: name, Month: month, Weekday: time.Monday, Offset: n, Func: cal.CalcWeekdayOffset}
	}
	return []*cal.Holiday{
		aa.NewYear, monday(mx.ConstitutionDay.Name, time.February, 1), monday(mx.BenitoJuarezDay.Name, time.March, 3),
		aa.WorkersDay, fixedHoliday(mx.IndependenceDay.Name, time.September, 16), mx.RevolutionDay,
		aa.ChristmasDay, {Name: "Transmisión del Poder Ejecutivo Federal", StartYear: 2024, Func: calcInauguration},
	}
}

// calcInauguration is 1 October of each sixth year, as in 2024.
func calcInauguration(_ *cal.Holiday, year int) (t time.Time) {
	if (year-2024)%6 == 0 {
		t = time.Date(year, time.October, 1, 0, 0, 0, 0, cal.DefaultLoc)
	}
	return t
}

// holidaysOfRussia are those of the labour code: the first eight days of the year are off.
func holidaysOfRussia() []*cal.Holiday {
	list := withoutHolidays(ru.Holidays, ru.NewYear, ru.OrthodoxChristmas)
	for day := 1; day <= 8; day++ {
		list = append(list, fixedHoliday("Новогодние каникулы", time.January, day))
	}
	return list
}

// holidaysOfSlovakia leave out those on which one works since 2025, and two of 2026.
func holidaysOfSlovakia() []*cal.Holiday {
	not2026 := func(h *cal.Holiday) *cal.Holiday { return h.Clone(&cal.Holiday{Except: []int{2026}}) }
	return withHolidays(withoutHolidays(sk.Holidays, sk.Freedom, sk.Liberation, sk.LadyOfSorrows),
		sk.Freedom.Clone(&cal.Holiday{EndYear: 2024}), not2026(sk.Liberation), not2026(sk.LadyOfSorrows))
}

// calcNaefels is the first Thursday of April, a week later in Holy Week.
func calcNaefels(_ *cal.Holiday, year int) time.Time {
	first := cal.DayStart(cal.WeekdayN(year, time.April, time.Thursday, 1))
	if maundy, _ := aa.MaundyThursday.Calc(year); maundy.YearDay() == first.YearDay() {
		first = first.AddDate(0, 0, 7)
	}
	return first
}

// matariki are the dates that New Zealand's Te Kāhui o Matariki Public Holiday Act 2022 sets, from 2022 on, as month
// and day.
var matariki = []int{624, 714, 628, 620, 710, 625, 714, 706, 621, 711, 702, 624, 707, 629, 718, 710, 625, 715, 706, 719,
	711, 703, 624, 707, 629, 719, 703, 625, 715, 630, 621}

// calcMatariki looks the date up; there is none outside the years of the act.
func calcMatariki(_ *cal.Holiday, year int) (t time.Time) {
	if n := year - 2022; n >= 0 && n < len(matariki) {
		t = time.Date(year, time.Month(matariki[n]/100), matariki[n]%100, 0, 0, 0, 0, cal.DefaultLoc)
	}
	return t
}

// fixedHoliday is a holiday on one date, whatever day of the week that is.
func fixedHoliday(name string, month time.Month, day int) *cal.Holiday {
	return &cal.Holiday{Name: name, Month: month, Day: day, Func: cal.CalcDayOfMonth}
}

// afterSunday is a holiday some days after the n-th Sunday of September.
func afterSunday(name string, n, days int) *cal.Holiday {
	return &cal.Holiday{Name: name, Month: time.September, Weekday: time.Sunday, Offset: n, CalcOffset: days,
		Func: cal.CalcWeekdayOffset}
}

// holidaySince is a holiday from a year on.
func holidaySince(year int, h *cal.Holiday) *cal.Holiday {
	return h.Clone(&cal.Holiday{StartYear: year})
}

func withHolidays(list []*cal.Holiday, more ...*cal.Holiday) []*cal.Holiday {
	return append(slices.Clone(list), more...)
}

func withoutHolidays(list []*cal.Holiday, some ...*cal.Holiday) []*cal.Holiday {
	return slices.DeleteFunc(slices.Clone(list), func(h *cal.Holiday) bool { return slices.Contains(some, h) })
}
