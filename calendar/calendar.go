package calendar

import "time"

// Calendar says when a team works: dates that are neither weekend nor day off, between two times
// of day, in a time zone.
type Calendar struct {
	Zone       *time.Location
	Start, End time.Duration   // the working hours, since midnight; 09:00 to 18:00 by default
	Off        func(Date) bool // days off besides weekends; may be nil
	DaysOff    string          // what Off was made from, as [Config.DaysOffText] writes it
}

// Working tells whether a date is a working date.
func (c Calendar) Working(d Date) bool {
	if isWeekend(d) {
		return false
	}
	return c.Off == nil || d.Year < firstYearOff || d.Year > lastYearOff || !c.Off(d)
}

// Hours returns the first and the last moment of the working hours of a date.
func (c Calendar) Hours(d Date) (from, to time.Time) {
	return d.In(c.Zone, c.Start), d.In(c.Zone, c.End)
}

// Days returns the working time between two moments in working days: a working date counts 1, a
// partOfDate of one by the share of its working hours. It is 0 when b is not after a.
func (c Calendar) Days(a, b time.Time) float64 {
	if !b.After(a) {
		return 0
	}
	first, last := DateOf(a, c.Zone), DateOf(b, c.Zone)
	if first == last {
		return c.partOfDate(first, a, b)
	}
	return c.partOfDate(first, a, b) + float64(c.Dates(first.Add(1), last.Add(-1))) + c.partOfDate(last, a, b)
}

// DateEnd returns the midnight that ends the date of a moment.
func (c Calendar) DateEnd(t time.Time) time.Time { return DateOf(t, c.Zone).Add(1).Midnight(c.Zone) }

// partOfDate returns the share of a date's working hours that lies between two moments, 0 for a date that is none
// to work. Hours that the clocks skip altogether count as a whole at the moment of the skip.
func (c Calendar) partOfDate(d Date, a, b time.Time) float64 {
	if !c.Working(d) {
		return 0
	}
	from, to := c.Hours(d)
	whole := to.Sub(from)
	if whole <= 0 {
		if from.Before(a) || !from.Before(b) {
			return 0
		}
		return 1
	}
	if from.Before(a) {
		from = a
	}
	if to.After(b) {
		to = b
	}
	if !to.After(from) {
		return 0
	}
	return float64(to.Sub(from)) / float64(whole)
}

// The years whose days off are looked up. Beyond them only weekends are taken off, so that a date that was
// mistyped costs no more than these years do.
const (
	firstYearOff = 1970
	lastYearOff  = LastYear
)

// WorkingDaysAfter returns the working day that lies so many after a date, before it where the number is negative. A
// calendar with hardly any working day is searched for ten years at most.
func (c Calendar) WorkingDaysAfter(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for tries := 0; n > 0 && tries < 3660; tries++ {
		if d = d.Add(step); c.Working(d) {
			n--
		}
	}
	return d
}

// Between counts the working days from one date to another, negative where the second one is earlier.
func (c Calendar) Between(from, to Date) int {
	if to.Before(from) {
		return -c.Dates(to.Add(1), from)
	}
	return c.Dates(from.Add(1), to)
}

// Dates counts the working dates from one date to another, both included.
func (c Calendar) Dates(from, to Date) int {
	if to.Before(from) {
		return 0
	}
	n := countWeekdays(from, to)
	if c.Off == nil {
		return n
	}
	if first := (Date{firstYearOff, time.January, 1}); from.Before(first) {
		from = first
	}
	if last := (Date{lastYearOff, time.December, 31}); last.Before(to) {
		to = last
	}
	for d := from; !to.Before(d); d = d.Add(1) {
		if !isWeekend(d) && c.Off(d) {
			n--
		}
	}
	return n
}

// countWeekdays counts the dates that are no weekend, from one date to another, both included.
func countWeekdays(from, to Date) int {
	const week, worked = 7, 5
	days := from.DaysUntil(to) + 1
	n := days / week * worked
	for d := to.Add(1 - days%week); !to.Before(d); d = d.Add(1) {
		if !isWeekend(d) {
			n++
		}
	}
	return n
}

func isWeekend(d Date) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}
