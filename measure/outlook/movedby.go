package outlook

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/forecast"
	"jerem/measure/internal/amount"
	"jerem/measure/outlook/inputs"
	"jerem/measure/outlook/workdays"
	"jerem/sorting"
)

// splitMove names what did each part of a move: the days on which work was done and those that only went by, the epics
// (of a sprint the issues) whose scope changed, the days on which impediments took time, the days that were slower or
// faster than the old pace, the days that are off now and were not, or the other way round, and rest that is owed.
func (v *move) splitMove(m *Moved) []MovedBy {
	by := v.splitWorked(m.Worked)
	by = append(by, v.splitScope(m.Scope)...)
	by = append(by, splitByDate("impediments", m.Impediments, v.impededDays())...)
	by = append(by, splitByDate("pace", m.Pace, v.paceOfDays(m.Pace))...)
	by = append(by, splitByDate("calendar", v.daysOff.moved, v.daysOff.changed)...)
	// on which days rest is owed would be one person's load: it has no date
	return append(by, splitByDate("calendar", v.rest, nil)...)
}

// splitWorked splits the part of work done and days gone by: each working day that went by is a day later, and what
// was done on a day is its part of what is left.
func (v *move) splitWorked(part int) []MovedBy {
	byDate := map[calendar.Date]float64{}
	for _, d := range v.gone {
		byDate[d]++
	}
	finished := v.finishedByDate()
	whole := sumDates(finished)
	rest := float64(part - len(v.gone))
	switch {
	case whole == 0 && rest == 0: // what was finished counts for nothing
		return listDates("worked", byDate)
	case whole == 0:
		return append(listDates("worked", byDate), MovedBy{Part: "worked", Days: rest})
	}
	for date, done := range finished {
		byDate[date] += rest * done / whole
	}
	return listDates("worked", byDate)
}

// finishedByDate sums up what was finished of the old scope by the local date since which it is done. An issue without
// an estimate counts as the mean of what the team finishes.
func (v *move) finishedByDate() map[calendar.Date]float64 {
	byDate := map[calendar.Date]float64{}
	for _, id := range v.finished {
		since, _ := v.team.Index.Histories.Of(id).DoneSince(v.now.at)
		byDate[v.team.Index.Date(since)] += v.sizeOf(v.before.scope.Issues[id])
	}
	return byDate
}

// sizeOf returns what an issue of a scope leaves to do, the mean of the team's sizes where it has no estimate.
func (v *move) sizeOf(one inputs.Issue) float64 {
	if !one.Unestimated {
		return one.Estimate
	}
	sum := 0.0
	for _, size := range v.before.past.Sizes {
		sum += size
	}
	return sum / float64(max(1, len(v.before.past.Sizes)))
}

// splitScope splits the part of scope by the epics, or the issues of a sprint, whose remaining work changed in its
// direction otherwise than by being done.
func (v *move) splitScope(part int) []MovedBy {
	if part == 0 {
		return nil
	}
	changes := map[int64]float64{}
	left := func(one inputs.Issue) float64 {
		if one.Done {
			return 0
		}
		return v.sizeOf(one)
	}
	named := func(id int64, one inputs.Issue) int64 {
		if one.Epic != 0 {
			return one.Epic
		}
		return id
	}
	for _, id := range slices.Sorted(maps.Keys(v.now.scope.Issues)) { // sums of fractions hang on their order
		one := v.now.scope.Issues[id]
		changes[named(id, one)] += left(one)
	}
	for _, id := range slices.Sorted(maps.Keys(v.before.scope.Issues)) {
		one := v.before.scope.Issues[id]
		if one.Done || !v.now.scope.Issues[id].Done { // what was done since is no change of scope
			changes[named(id, one)] -= left(one)
		}
	}
	for id, change := range changes {
		changes[id] = amount.Tidy(change) // what came and went alike leaves a rounding, which is no change
	}
	by := splitInDirection(part, changes, func(id int64) MovedBy {
		key := v.team.Index.Key(id)
		return MovedBy{Part: "scope", Issue: &key}
	})
	if len(by) == 0 { // the growth of the days that are drawn has changed
		return []MovedBy{{Part: "scope", Days: float64(part)}}
	}
	sorting.By(by, func(a, b MovedBy) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Days), math.Abs(a.Days)), cmp.Compare(*a.Issue, *b.Issue))
	})
	return by
}

// impededDays sums up the seconds that impediments took by local date since the move began; where they took none, those
// of the days that are no longer drawn.
func (v *move) impededDays() map[calendar.Date]float64 {
	byDate := map[calendar.Date]float64{}
	list := v.team.Impediments
	eachImpeded := func(take func(at time.Time) bool) {
		for _, one := range list.All {
			list.EachWorklog(one, v.now.at, func(w agile.Worklog) {
				if take(w.Started) {
					byDate[list.Index.Date(w.Started)] += float64(w.Seconds)
				}
			})
		}
	}
	eachImpeded(func(at time.Time) bool { return at.After(v.before.at) && !at.After(v.now.at) })
	if len(byDate) == 0 {
		_, left := v.drawnDays()
		eachImpeded(func(at time.Time) bool { return slices.Contains(left, list.Index.Date(at)) })
	}
	return byDate
}

// drawnDays returns the working days that are drawn now and were not, and those that were and no longer are.
func (v *move) drawnDays() (entered, left workdays.List) {
	drawn := func(o *projection) workdays.List { return o.past.Days[max(0, len(o.past.Days)-forecast.WindowDays):] }
	before, now := drawn(v.before), drawn(v.now)
	entered = slices.DeleteFunc(slices.Clone(now), func(d calendar.Date) bool { return slices.Contains(before, d) })
	left = slices.DeleteFunc(slices.Clone(before), func(d calendar.Date) bool { return slices.Contains(now, d) })
	return entered, left
}

// paceOfDays tells by how much each day that is newly drawn lies off the old pace in the direction of a part: below it
// where the date moved later. A day that is no longer drawn counts the other way.
func (v *move) paceOfDays(part int) map[calendar.Date]float64 {
	byDate := map[calendar.Date]float64{}
	window := v.before.past.Throughput.Window()
	mean := 0.0
	for _, done := range window {
		mean += done / float64(len(window))
	}
	entered, left := v.drawnDays()
	note := func(o *projection, days workdays.List, sign float64) {
		capped := o.past.Throughput.Window()
		first := len(o.past.Days) - len(capped)
		for _, d := range days {
			n, _ := o.past.Days.PlaceOf(d)
			if off := sign * (mean - capped[n-first]) * float64(part); off > 0 {
				byDate[d] = math.Abs(mean - capped[n-first])
			}
		}
	}
	note(v.now, entered, 1)
	if len(byDate) == 0 {
		note(v.before, left, -1)
	}
	return byDate
}

// splitByDate splits a part by dates in proportion to their amounts, oldest first; in one row without a date where
// there are none.
func splitByDate(part string, days int, byDate map[calendar.Date]float64) []MovedBy {
	if days == 0 {
		return nil
	}
	whole := sumDates(byDate)
	if whole == 0 {
		return []MovedBy{{Part: part, Days: float64(days)}}
	}
	shares := map[calendar.Date]float64{}
	for date, size := range byDate {
		shares[date] = float64(days) * size / whole
	}
	return listDates(part, shares)
}

// datesOf returns the dates of some amounts, oldest first.
func datesOf(byDate map[calendar.Date]float64) []calendar.Date {
	dates := slices.Collect(maps.Keys(byDate))
	sorting.By(dates, calendar.Date.Compare)
	return dates
}

// sumDates sums amounts in the order of their dates: sums of fractions hang on it.
func sumDates(byDate map[calendar.Date]float64) (sum float64) {
	for _, date := range datesOf(byDate) {
		sum += byDate[date]
	}
	return sum
}

// listDates lists the days of a part by date, those of 0 left out.
func listDates(part string, byDate map[calendar.Date]float64) []MovedBy {
	var by []MovedBy
	for _, date := range datesOf(byDate) {
		text := date.String()
		by = append(by, MovedBy{Part: part, Date: &text, Days: byDate[date]})
	}
	return inTenths(by)
}

// inTenths rounds what did a part to tenths of a day, as people read it, so that it makes up the part; what did nothing
// is left out.
func inTenths(by []MovedBy) []MovedBy {
	days := make([]float64, len(by))
	for i, one := range by {
		days[i] = one.Days
	}
	out := []MovedBy{}
	for i, days := range amount.Apportion(days, 10) {
		if days != 0 {
			by[i].Days = days
			out = append(out, by[i])
		}
	}
	return out
}

// splitInDirection splits a part by those whose change has its sign, in proportion to their changes.
func splitInDirection(part int, changes map[int64]float64, name func(id int64) MovedBy) []MovedBy {
	whole := 0.0
	ids := slices.Sorted(maps.Keys(changes))
	for _, id := range ids {
		whole += max(0, changes[id]*float64(part))
	}
	var by []MovedBy
	for _, id := range ids {
		weight := changes[id] * float64(part)
		if weight <= 0 {
			continue
		}
		one := name(id)
		one.Days = float64(part) * weight / whole
		by = append(by, one)
	}
	return inTenths(by)
}
