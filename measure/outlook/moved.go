package outlook

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/impediment"
)

// aWeek is how far back a move is told from where nothing is asked.
const aWeek = 7 * 24 * time.Hour

// Moved tells by how many working days the 85 % date moved since a moment, split by replacing one input after the
// other; the parts add up to the whole. Later is positive.
type Moved struct {
	Since       time.Time `json:"since"`
	Days        *int      `json:"days"` // nil where one of the two dates is not told
	Worked      int       `json:"worked"`
	Scope       int       `json:"scope"`
	Impediments int       `json:"impediments"`
	Pace        int       `json:"pace"`
	Calendar    int       `json:"calendar"`
	By          []MovedBy `json:"by"`
}

// MovedBy names what did a part of the move: an epic or an issue, or a day.
type MovedBy struct {
	Part  string  `json:"part"`
	Issue *string `json:"issue"`
	Date  *string `json:"date"`
	Days  float64 `json:"days"`
}

// movedSince compares an outlook with that of an earlier moment; nil where neither tells a date.
func movedSince(inquiry *Inquiry, q Question, now *projection) *Moved {
	team := inquiry.team
	since := q.Since
	if since.IsZero() {
		since = now.at.Add(-aWeek)
	}
	m := &Moved{Since: since.UTC(), By: []MovedBy{}}
	before, err := inquiry.project(q, since)
	if err != nil || !before.can || !now.can || before.nothingLeft() || now.nothingLeft() || !since.Before(now.at) {
		return m
	}
	old, new := before.shownDays(forecast.Levels[2]), now.shownDays(forecast.Levels[2])
	if old == nil || new == nil {
		return m
	}
	gone := 0
	if before.ahead.first.Before(now.ahead.first) {
		gone = team.Index.History.Team.Calendar.Dates(before.ahead.first, now.ahead.first.Add(-1))
	}
	steps := replaceInputs(team, before, now)
	days := gone + *new - *old
	m.Days = &days
	m.Worked = gone + steps[0] - *old
	m.Scope = steps[1] - steps[0]
	m.Impediments = steps[2] - steps[1]
	m.Pace = *new - steps[2]
	m.By = splitMove(team, m, before, now)
	return m
}

// replaceInputs returns the 85 % days with the old inputs but for: work done, then scope and growth, then impediments.
func replaceInputs(team *measure.Team, before, now *projection) [3]int {
	finished := max(0, now.scope.done-before.scope.done)
	work := before.work
	work.Remaining = max(0, before.scope.remaining-finished)
	worked := before.daysFor(work)
	work.Remaining, work.Unestimated = now.scope.remaining, now.scope.unestimated
	if n := len(before.past.days); now.work.Growth != nil && sameDays(before.past.days, now.past.days) {
		work.Growth = now.work.Growth[:n]
	}
	scoped := before.daysFor(work)
	window := func(o *projection) int { return len(o.past.throughput.Window()) }
	was := gatherLostTime(team.Impediments, before.past.days, before.at).shareOfWindow(window(before))
	is := gatherLostTime(team.Impediments, now.past.days, now.at).shareOfWindow(window(now))
	work.Pace = cmp.Or(work.Pace, 1) * (1 - is) / (1 - was)
	return [3]int{worked, scoped, before.daysFor(work)}
}

// sameDays tells whether a past goes on where another one began.
func sameDays(a, b workdays) bool {
	return len(a) > 0 && len(b) >= len(a) && a[0] == b[0] && a[len(a)-1] == b[len(a)-1]
}

// daysFor returns the 85 % days of other work with the record of an outlook.
func (o *projection) daysFor(work forecast.Work) int {
	if work.Remaining <= 0 && work.Unestimated == 0 {
		return 0
	}
	base := forecast.Simulate(forecast.Question{Teams: []forecast.Work{work}, Trials: forecastTrials})
	return o.corrected.Days(forecast.Levels[2], base.Median())
}

// splitMove names the epics whose scope changed and the days on which most was done or lost, each with its part in
// proportion to what it changed.
func splitMove(team *measure.Team, m *Moved, before, now *projection) []MovedBy {
	by := []MovedBy{}
	by = append(by, splitScope(team, m.Scope, before, now)...)
	by = append(by, daysBy("worked", m.Worked, finishedByDate(now, before.at))...)
	by = append(by, daysBy("impediments", m.Impediments, impededByDate(team.Impediments, now.at, before.at))...)
	return by
}

// splitScope splits the part of scope by the epics whose remaining work changed otherwise than by being done.
func splitScope(team *measure.Team, part int, before, now *projection) []MovedBy {
	changes, whole := map[int64]float64{}, 0.0
	epics := append(slices.Clone(before.scope.epics), now.scope.epics...)
	for _, epic := range epics {
		if _, twice := changes[epic]; twice {
			continue
		}
		total := func(o *projection) float64 {
			if !slices.Contains(o.scope.epics, epic) {
				return 0
			}
			s := o.unit.epicScope([]int64{epic}, o.at, func(int64, int64) bool { return true })
			return s.done + s.remaining
		}
		changes[epic] = total(now) - total(before)
		whole += changes[epic]
	}
	var by []MovedBy
	for _, epic := range slices.Sorted(maps.Keys(changes)) {
		if changes[epic] != 0 && whole != 0 && part != 0 {
			key := team.Index.Key(epic)
			by = append(by, MovedBy{Part: "scope", Issue: &key,
				Days: roundToHundredths(float64(part) * changes[epic] / whole)})
		}
	}
	slices.SortStableFunc(by, func(a, b MovedBy) int { return cmp.Compare(math.Abs(b.Days), math.Abs(a.Days)) })
	return by
}

// finishedByDate sums up what was finished by local date, after a moment and up to that of an outlook.
func finishedByDate(now *projection, since time.Time) map[calendar.Date]float64 {
	byDate := map[calendar.Date]float64{}
	for _, f := range now.unit.team.Index.Finishes(now.unit.unit, now.at) {
		if f.At.After(since) && f.Estimate.Known {
			byDate[now.team.Index.Date(f.At)] += f.Estimate.Value
		}
	}
	return byDate
}

// impededByDate sums up the seconds that impediments took by local date, after a moment and as known at another.
func impededByDate(list *impediment.List, known, since time.Time) map[calendar.Date]float64 {
	byDate := map[calendar.Date]float64{}
	for _, impediment := range list.All {
		list.EachWorklog(impediment, known, func(w agile.Worklog) {
			if w.Started.After(since) {
				byDate[list.Index.Date(w.Started)] += float64(w.Seconds)
			}
		})
	}
	return byDate
}

// daysBy splits a part by days, in proportion to their amounts, oldest first.
func daysBy(part string, days int, byDate map[calendar.Date]float64) []MovedBy {
	whole := 0.0
	var dates []calendar.Date
	for date, amount := range byDate {
		if amount > 0 {
			dates, whole = append(dates, date), whole+amount
		}
	}
	slices.SortFunc(dates, compareDates)
	var by []MovedBy
	for _, date := range dates {
		if days != 0 {
			text := date.String()
			by = append(by, MovedBy{Part: part, Date: &text,
				Days: roundToHundredths(float64(days) * byDate[date] / whole)})
		}
	}
	return by
}

func roundToHundredths(days float64) float64 { return math.Round(days*100) / 100 }
