package flowseries

import (
	"math/bits"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/flow"
	"jerem/measure/internal/index"
	"jerem/series"
)

// Of returns the series of how work flows: what is in progress as a step function, what was finished on each
// day, and at the noon of each day cycle times of 90 days and ages of what is in progress, as of that noon.
func Of(team *measure.Team, now time.Time) []series.Series {
	return new(Memory).GoOn(team, now)
}

// beginSeries begins a series of the team's flow.
func beginSeries(team *measure.Team, name string, kind series.Kind) series.Series {
	return series.Series{Class: catalogue.ClassAgileFlow + name, Kind: kind,
		Labels: map[string]string{"project": team.History().Team.Name}}
}

// spanOfDays is a stretch of days at whose noons a value is one of those whose quantiles are told. until is its end,
// not included; endless for one that goes on.
type spanOfDays struct{ from, until, value int }

const endless = 1 << 40

// daysOfSpan returns the days whose noons lie in [from, to); a zero to lies beyond all.
func daysOfSpan(x *index.Index, from, to time.Time, value int) spanOfDays {
	s := spanOfDays{from: firstNoonFrom(x, from), until: endless, value: value}
	if !to.IsZero() {
		s.until = firstNoonFrom(x, to)
	}
	return s
}

// daysOfCycle returns the days at whose noons a cycle time is one of those of the last 90 days.
func daysOfCycle(x *index.Index, s flow.Span) spanOfDays {
	started, finished := x.Date(s.Start).Number(), x.Date(s.Finish).Number()
	days := daysOfSpan(x, s.From, s.To, finished-started+1)
	days.until = min(days.until, finished+flow.WindowDays)
	return days
}

// firstNoonFrom returns the number of the first day whose noon is not before a moment.
func firstNoonFrom(x *index.Index, at time.Time) int {
	d := x.Date(at)
	if noonOf(x, d).Before(at) {
		d = d.Add(1)
	}
	return d.Number()
}

func noonOf(x *index.Index, d calendar.Date) time.Time {
	return d.Noon(x.History.Team.Calendar.Zone)
}

// valueCounts counts whole values between two bounds, so that the value of any rank is found in the logarithm of the
// number of values: a Fenwick tree (P. Fenwick, A new data structure for cumulative frequency tables, 1994).
type valueCounts struct {
	least int   // the value of place 1
	tree  []int // of each place, how many there are of it and of the places that it stands for
	each  []int // of each place, how many there are of it
	total int
}

func newValueCounts(least, most int) *valueCounts {
	return &valueCounts{least: least, tree: make([]int, most-least+2), each: make([]int, most-least+2)}
}

// addCount counts so many more of a value.
func (c *valueCounts) addCount(value, by int) {
	c.total += by
	c.each[value-c.least+1] += by
	for place := value - c.least + 1; place < len(c.tree); place += place & -place {
		c.tree[place] += by
	}
}

// valueAtRank returns the n-th smallest value, 1 being the first.
func (c *valueCounts) valueAtRank(n int) int {
	place := 0
	for step := 1 << (bits.Len(uint(len(c.tree))) - 1); step > 0; step >>= 1 {
		if next := place + step; next < len(c.tree) && c.tree[next] < n {
			place = next
			n -= c.tree[next]
		}
	}
	return place + c.least
}
