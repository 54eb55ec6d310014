package flowseries

import (
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/internal/byid"
	"jerem/measure/internal/index"
	"jerem/series"
)

// Memory are the series of the flow, with what they are counted by: the next time the counts of issues that differ
// are taken out, and those that are in their place put in. The zero value counts nothing.
type Memory struct {
	contents  index.Contents // of the index whose issues are counted; zero for none
	issues    *byid.Map[*agile.Issue]
	histories *byid.Map[index.StateHistory]
	until     time.Time // as of which they are counted
	ahead     []int64   // of which something was not known then: it comes to be known by time alone

	inProgress series.Series
	count      int           // in progress at the end
	last       time.Time     // when that changed last
	finished   map[int]int   // on each day
	throughput series.Series // of these
	cycles     noonSeries
	ages       noonSeries
}

// GoOn returns the series of the flow of a team as of a moment, and counts them from the beginning where they cannot go
// on from those that were counted.
func (f *Memory) GoOn(team *measure.Team, now time.Time) []series.Series {
	x := team.Index
	changes := newFlowChanges(x, now)
	ids, ok := x.DifferingFrom(f.contents)
	if ok = ok && !now.Before(f.until); ok {
		ids = slices.Concat(ids, f.ahead)
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			changes.addIssue(f.issues.Of(id), f.histories.Of(id), -1, f.until)
			changes.addIssue(x.Issues.Of(id), x.Histories.Of(id), 1, now)
		}
		ok = f.holdsBefore(&changes)
	}
	if !ok {
		*f = newMemory(team)
		changes = newFlowChanges(x, now)
		for _, i := range x.History.Issues {
			changes.addIssue(i, x.Histories.Of(i.ID), 1, now)
		}
		changes.sumUp()
	}
	f.takeChanges(team, &changes)
	f.contents, f.issues, f.histories, f.until, f.ahead = x.Contents(), x.Issues, x.Histories, now, changes.ahead
	list := slices.Concat([]series.Series{f.inProgress, f.throughput}, f.cycles.list, f.ages.list)
	return slices.DeleteFunc(list, func(s series.Series) bool { return len(s.Points) == 0 })
}

func newMemory(team *measure.Team) Memory {
	return Memory{inProgress: beginSeries(team, "wip", series.Step), finished: map[int]int{},
		cycles: newNoonSeries(team, "cycletime.p", func(_, days int) int { return days }),
		ages:   newNoonSeries(team, "age.p", func(day, since int) int { return day + since })}
}

// holdsBefore tells whether changes leave alone what was told of the past. It sums them up.
func (f *Memory) holdsBefore(c *flowChanges) bool {
	c.sumUp()
	return (len(c.inProgress) == 0 || series.Tick(c.inProgress[0].at) > series.Tick(f.last)) &&
		f.cycles.holdBefore(c.cycles) && f.ages.holdBefore(c.ages)
}

// takeChanges brings the series up to date.
func (f *Memory) takeChanges(team *measure.Team, c *flowChanges) {
	f.inProgress.Points = series.WithRoom(f.inProgress.Points, len(c.inProgress))
	for _, one := range c.inProgress {
		f.count, f.last = f.count+one.by, one.at
		value, n := series.Long(int64(f.count)), len(f.inProgress.Points)
		if n == 0 || f.inProgress.Points[n-1].Value != value {
			f.inProgress.Add(one.at, value)
		}
	}
	for day, by := range c.finished {
		f.finished[day] += by
		if f.finished[day] == 0 {
			delete(f.finished, day)
		}
	}
	if len(c.finished) > 0 || f.throughput.Class == "" {
		f.throughput = beginSeries(team, "throughput", series.Events)
		for _, day := range slices.Sorted(maps.Keys(f.finished)) {
			f.throughput.Add(noonOf(team.Index, calendar.DateOfNumber(day)), series.Long(int64(f.finished[day])))
		}
	}
	f.cycles.takeChanges(team.Index, c.cycles, c.now)
	f.ages.takeChanges(team.Index, c.ages, c.now)
}

// flowChanges are changes of what is counted in the flow.
type flowChanges struct {
	x     *index.Index
	now   time.Time
	ahead []int64 // issues of which something is not known yet
	spans []flow.Span

	inProgress   []countedMoment
	finished     map[int]int
	cycles, ages map[countedDay]int
}

func newFlowChanges(x *index.Index, now time.Time) flowChanges {
	return flowChanges{x: x, now: now, finished: map[int]int{}, cycles: map[countedDay]int{},
		ages: map[countedDay]int{}}
}

// countedMoment is how many more there are from a moment on.
type countedMoment struct {
	at time.Time
	by int
}

// countedDay is a value that is counted from the noon of a day on.
type countedDay struct{ day, value int }

// addIssue adds what is counted of an issue as of a moment, or takes it away; nil is none.
func (c *flowChanges) addIssue(i *agile.Issue, history index.StateHistory, by int, asOf time.Time) {
	if i == nil {
		return
	}
	if by > 0 && len(history) > 0 && history[len(history)-1].At().After(asOf) {
		c.ahead = append(c.ahead, i.ID)
	}
	c.spans = flow.AppendSpans(c.spans[:0], c.x, i, history, asOf)
	for _, s := range c.spans {
		if s.InProgress() {
			c.inProgress = append(c.inProgress, countedMoment{s.From, by})
			if !s.To.IsZero() {
				c.inProgress = append(c.inProgress, countedMoment{s.To, -by})
			}
			// the age of a day is the day − the start + 1
			addSpan(c.ages, daysOfSpan(c.x, s.From, s.To, 1-c.x.Date(s.Start).Number()), by)
		}
		if !s.Finish.IsZero() && s.To.IsZero() {
			c.finished[c.x.Date(s.Finish).Number()] += by
		}
		if !s.Start.IsZero() && !s.Finish.IsZero() {
			addSpan(c.cycles, daysOfCycle(c.x, s), by)
		}
	}
}

// addSpan adds a value to those of some days.
func addSpan(days map[countedDay]int, s spanOfDays, by int) {
	if s.from >= s.until {
		return
	}
	days[countedDay{s.from, s.value}] += by
	if s.until != endless {
		days[countedDay{s.until, s.value}] -= by
	}
}

// sumUp puts moments in order, one for each, and leaves out what comes to nothing.
func (c *flowChanges) sumUp() {
	slices.SortFunc(c.inProgress, func(a, b countedMoment) int { return a.at.Compare(b.at) })
	sums := c.inProgress[:0]
	for _, one := range c.inProgress {
		if n := len(sums); n > 0 && sums[n-1].at.Equal(one.at) {
			sums[n-1].by += one.by
			continue
		}
		sums = append(sums, one)
	}
	c.inProgress = slices.DeleteFunc(sums, func(one countedMoment) bool { return one.by == 0 })
	none := func(_ countedDay, by int) bool { return by == 0 }
	maps.DeleteFunc(c.cycles, none)
	maps.DeleteFunc(c.ages, none)
	maps.DeleteFunc(c.finished, func(_, by int) bool { return by == 0 })
}
