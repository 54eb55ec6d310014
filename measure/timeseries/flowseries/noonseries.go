package flowseries

import (
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/flow"
	"jerem/measure/internal/index"
	"jerem/series"
)

// noonSeries are a series for each level of which a figure is told: at the noon of each day the value of that rank, in
// days, as valueOn makes it of the day and of a value that is counted.
type noonSeries struct {
	list    []series.Series
	shares  []float64
	valueOn func(day, value int) int

	begun   bool
	next    int                   // the first day whose noon is not told
	counts  map[int]int           // how many there are of each value at the noon before it
	changes map[int][]countChange // by the days from it on
}

// countChange is how many more of a value there are from a day on.
type countChange struct{ value, by int }

func newNoonSeries(team *measure.Team, name string, valueOn func(day, value int) int) noonSeries {
	s := noonSeries{valueOn: valueOn, changes: map[int][]countChange{}}
	for _, level := range flow.Levels {
		one := beginSeries(team, name+level.Name, series.Events)
		if _, told := catalogue.OfClass(one.Class); told {
			s.list, s.shares = append(s.list, one), append(s.shares, level.Share)
		}
	}
	return s
}

// holdBefore tells whether changes leave alone the noons that were told.
func (s *noonSeries) holdBefore(changes map[countedDay]int) bool {
	for at := range changes {
		if s.begun && at.day < s.next {
			return false
		}
	}
	return true
}

// takeChanges enters changes, and tells the noons up to a moment that are not told yet.
func (s *noonSeries) takeChanges(x *index.Index, changes map[countedDay]int, now time.Time) {
	for at, by := range changes {
		s.changes[at.day] = append(s.changes[at.day], countChange{at.value, by})
		if !s.begun {
			s.next = at.day
		}
		s.next, s.begun = min(s.next, at.day), true
	}
	last := x.Date(now).Number()
	if noonOf(x, calendar.DateOfNumber(last)).After(now) {
		last--
	}
	if !s.begun || s.next > last {
		return
	}
	counts := s.countsUpTo(last)
	for ; s.next <= last; s.next++ {
		for _, c := range s.changes[s.next] {
			counts.addCount(c.value, c.by)
		}
		delete(s.changes, s.next)
		s.tellNoon(x, counts)
	}
	s.counts = counts.countByValue()
}

// tellNoon adds the points of the next noon.
func (s *noonSeries) tellNoon(x *index.Index, counts *valueCounts) {
	if counts.total == 0 {
		return
	}
	at := noonOf(x, calendar.DateOfNumber(s.next))
	for n, share := range s.shares {
		value := s.valueOn(s.next, counts.valueAtRank(flow.Rank(counts.total, share)))
		s.list[n].Points = series.WithRoom(s.list[n].Points, 1)
		s.list[n].Add(at, series.Long(int64(value)))
	}
}

// countsUpTo returns the counts of the noon before the next one, which values of changes up to a day fit into.
func (s *noonSeries) countsUpTo(last int) *valueCounts {
	least, most := 0, 0
	for value := range s.counts {
		least, most = min(least, value), max(most, value)
	}
	for day, changes := range s.changes {
		for _, c := range changes {
			if day <= last {
				least, most = min(least, c.value), max(most, c.value)
			}
		}
	}
	counts := newValueCounts(least, most)
	for value, n := range s.counts {
		counts.addCount(value, n)
	}
	return counts
}

// countByValue returns how many there are of each value.
func (c *valueCounts) countByValue() map[int]int {
	values := map[int]int{}
	for place, n := range c.each {
		if n != 0 {
			values[place+c.least-1] = n
		}
	}
	return values
}
