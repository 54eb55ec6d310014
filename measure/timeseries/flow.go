package timeseries

import (
	"math/bits"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/flow"
	"jerem/measure/internal/index"
	"jerem/measure/internal/track"
	"jerem/series"
)

// seriesOfFlow returns the series of how work flows: what is in progress as a step function, what was finished on each
// day, and at the noon of each day cycle times of 90 days and ages of what is in progress, as of that noon.
func seriesOfFlow(team *measure.Team, now time.Time) []series.Series {
	spans := flow.Spans(team, now)
	var cycles, ages []spanOfDays
	for _, s := range spans {
		if s.InProgress() {
			// the age of a day is the day − the start + 1
			ages = append(ages, daysOfSpan(team.Index, s.From, s.To, 1-dayNumber(team.Index.Date(s.Start))))
		}
		if !s.Start.IsZero() && !s.Finish.IsZero() {
			cycles = append(cycles, daysOfCycle(team.Index, s))
		}
	}
	out := []series.Series{seriesInProgress(team, spans), seriesFinished(team, spans, now)}
	out = append(out, seriesOfNoons(team, "cycletime.p", cycles, now, func(_, days int) int { return days })...)
	out = append(out, seriesOfNoons(team, "age.p", ages, now, func(day, since int) int { return day + since })...)
	return slices.DeleteFunc(out, func(s series.Series) bool { return len(s.Points) == 0 })
}

// flowSeries begins a series of the team's flow.
func flowSeries(team *measure.Team, name string, kind series.Kind) series.Series {
	return series.Series{Class: catalogue.ClassAgileFlow + name, Kind: kind,
		Labels: map[string]string{"project": team.History().Team.Name}}
}

// seriesInProgress counts what was begun and is not done.
func seriesInProgress(team *measure.Team, spans []flow.Span) series.Series {
	type change struct {
		at time.Time
		by float64
	}
	var changes []change
	for _, s := range spans {
		if !s.InProgress() {
			continue
		}
		changes = append(changes, change{s.From, 1})
		if !s.To.IsZero() {
			changes = append(changes, change{s.To, -1})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return a.at.Compare(b.at) })
	var tr track.Track
	count := 0.0
	for _, c := range changes {
		count += c.by
		tr.Set(c.at, count)
	}
	out := flowSeries(team, "wip", series.Step)
	for _, p := range tr.Points {
		out.Add(p.At, series.Long(int64(p.Value)))
	}
	return out
}

// seriesFinished counts what was finished on each day, as known at a moment: a point at the noon of each day with a
// finish.
func seriesFinished(team *measure.Team, spans []flow.Span, now time.Time) series.Series {
	byDay := map[calendar.Date]int64{}
	for _, s := range spans {
		if !s.Finish.IsZero() && (s.To.IsZero() || s.To.After(now)) {
			byDay[team.Index.Date(s.Finish)]++
		}
	}
	days := make([]calendar.Date, 0, len(byDay))
	for d := range byDay {
		days = append(days, d)
	}
	slices.SortFunc(days, func(a, b calendar.Date) int { return dayNumber(a) - dayNumber(b) })
	out := flowSeries(team, "throughput", series.Events)
	for _, d := range days {
		out.Add(noonOf(team.Index, d), series.Long(byDay[d]))
	}
	return out
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
	started, finished := dayNumber(x.Date(s.Start)), dayNumber(x.Date(s.Finish))
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
	return dayNumber(d)
}

func noonOf(x *index.Index, d calendar.Date) time.Time {
	return d.In(x.History.Team.Calendar.Zone, noon)
}

// dayNumber counts days since 1970; dateOfNumber is its opposite.
func dayNumber(d calendar.Date) int { return calendar.Date{Year: 1970, Month: 1, Day: 1}.DaysUntil(d) }

func dateOfNumber(n int) calendar.Date { return calendar.Date{Year: 1970, Month: 1, Day: 1}.Add(n) }

// seriesOfNoons returns a series for each level of which a figure is told: at the noon of each day the value of that
// rank, in days, as valueOn makes it of the day and a value of a span.
func seriesOfNoons(
	team *measure.Team, name string, spans []spanOfDays, now time.Time, valueOn func(day, value int) int,
) []series.Series {
	var out []series.Series
	var shares []float64
	for _, level := range flow.Levels {
		one := flowSeries(team, name+level.Name, series.Events)
		if _, told := catalogue.OfClass(one.Class); told {
			out, shares = append(out, one), append(shares, level.Share)
		}
	}
	changes, first, counts := changesOfDays(spans)
	last := dayNumber(team.Index.Date(now))
	if noonOf(team.Index, dateOfNumber(last)).After(now) {
		last--
	}
	for day := first; day <= last; day++ {
		for _, c := range changes[day] {
			counts.addCount(c.value, c.by)
		}
		if counts.total == 0 {
			continue
		}
		at := noonOf(team.Index, dateOfNumber(day))
		for n, share := range shares {
			out[n].Add(at, series.Long(int64(valueOn(day, counts.valueAtRank(flow.Rank(counts.total, share))))))
		}
	}
	return out
}

// countChange is how many more of a value there are from a day on.
type countChange struct{ value, by int }

// changesOfDays returns what begins and ends on each day, the first of these days, and a count that all values fit
// into.
func changesOfDays(spans []spanOfDays) (changes map[int][]countChange, first int, counts *valueCounts) {
	changes, first = map[int][]countChange{}, endless
	least, most := 0, 0
	for _, s := range spans {
		if s.from >= s.until {
			continue
		}
		changes[s.from] = append(changes[s.from], countChange{s.value, 1})
		changes[s.until] = append(changes[s.until], countChange{s.value, -1})
		first, least, most = min(first, s.from), min(least, s.value), max(most, s.value)
	}
	return changes, first, newValueCounts(least, most)
}

// valueCounts counts whole values between two bounds, so that the value of any rank is found in the logarithm of the
// number of values: a Fenwick tree (P. Fenwick, A new data structure for cumulative frequency tables, 1994).
type valueCounts struct {
	least int   // the value of place 1
	tree  []int // of each place, how many there are of it and of the places that it stands for
	total int
}

func newValueCounts(least, most int) *valueCounts {
	return &valueCounts{least: least, tree: make([]int, most-least+2)}
}

// addCount counts so many more of a value.
func (c *valueCounts) addCount(value, by int) {
	c.total += by
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
