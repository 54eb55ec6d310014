package measure

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure/forecast"
)

// aWeek is how far back a move is told from where nothing is asked.
const aWeek = 7 * 24 * time.Hour

// Moved tells by how many working days the 85 % date moved since a moment, split by replacing one input after the other;
// the parts add up to the whole. Later is positive.
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

// moved compares an outlook with that of an earlier moment; nil where neither tells a date.
func (t *Team) moved(q ForecastQuestion, now *outlook) *Moved {
	since := q.Since
	if since.IsZero() {
		since = now.at.Add(-aWeek)
	}
	m := &Moved{Since: since.UTC(), By: []MovedBy{}}
	before, err := t.outlook(q, since)
	if err != nil || !before.can || !now.can || before.nothingLeft() || now.nothingLeft() || !since.Before(now.at) {
		return m
	}
	old, new := before.shownDays(forecast.Levels[2]), now.shownDays(forecast.Levels[2])
	if old == nil || new == nil {
		return m
	}
	gone := 0
	if before.ahead.first.Before(now.ahead.first) {
		gone = t.h.Team.Calendar.Dates(before.ahead.first, now.ahead.first.Add(-1))
	}
	steps := t.replaced(before, now)
	days := gone + *new - *old
	m.Days = &days
	m.Worked = gone + steps[0] - *old
	m.Scope = steps[1] - steps[0]
	m.Impediments = steps[2] - steps[1]
	m.Pace = *new - steps[2]
	m.By = t.movedBy(m, before, now)
	return m
}

// replaced returns the 85 % days with the old inputs but for: work done, then scope and growth, then impediments.
func (t *Team) replaced(before, now *outlook) [3]int {
	finished := max(0, now.scope.done-before.scope.done)
	work := before.work
	work.Remaining = max(0, before.scope.remaining-finished)
	worked := before.daysFor(work)
	work.Remaining, work.Unestimated = now.scope.remaining, now.scope.unestimated
	if n := len(before.past.days); now.work.Growth != nil && sameDays(before.past.days, now.past.days) {
		work.Growth = now.work.Growth[:n]
	}
	scoped := before.daysFor(work)
	window := func(o *outlook) int { return len(o.past.throughput.Window()) }
	was := t.lostTime(before.past.days, before.at).share(window(before))
	is := t.lostTime(now.past.days, now.at).share(window(now))
	work.Pace = cmp.Or(work.Pace, 1) * (1 - is) / (1 - was)
	return [3]int{worked, scoped, before.daysFor(work)}
}

// sameDays tells whether a past goes on where another one began.
func sameDays(a, b workdays) bool {
	return len(a) > 0 && len(b) >= len(a) && a[0] == b[0] && a[len(a)-1] == b[len(a)-1]
}

// daysFor returns the 85 % days of other work with the record of an outlook.
func (o *outlook) daysFor(work forecast.Work) int {
	if work.Remaining <= 0 && work.Unestimated == 0 {
		return 0
	}
	base := forecast.Simulate(forecast.Question{Teams: []forecast.Work{work}, Trials: forecastTrials})
	return o.corrected.Days(forecast.Levels[2], base.Median())
}

// movedBy names the epics whose scope changed and the days on which most was done or lost, each with its part in
// proportion to what it changed.
func (t *Team) movedBy(m *Moved, before, now *outlook) []MovedBy {
	by := []MovedBy{}
	by = append(by, t.scopeBy(m.Scope, before, now)...)
	by = append(by, daysBy("worked", m.Worked, daily(now, before.at, t.finishedOn))...)
	by = append(by, daysBy("impediments", m.Impediments, daily(now, before.at, t.impededOn))...)
	return by
}

// scopeBy splits the part of scope by the epics whose remaining work changed otherwise than by being done.
func (t *Team) scopeBy(part int, before, now *outlook) []MovedBy {
	changes, whole := map[int64]float64{}, 0.0
	epics := append(slices.Clone(before.scope.epics), now.scope.epics...)
	for _, epic := range epics {
		if _, twice := changes[epic]; twice {
			continue
		}
		total := func(o *outlook) float64 {
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
			key := t.key(epic)
			by = append(by, MovedBy{Part: "scope", Issue: &key, Days: rounded(float64(part) * changes[epic] / whole)})
		}
	}
	slices.SortStableFunc(by, func(a, b MovedBy) int { return cmp.Compare(math.Abs(b.Days), math.Abs(a.Days)) })
	return by
}

// daily collects amounts by date between an earlier moment and that of an outlook.
func daily(now *outlook, since time.Time, add func(o *outlook, since time.Time, byDate map[calendar.Date]float64)) map[calendar.Date]float64 {
	byDate := map[calendar.Date]float64{}
	add(now, since, byDate)
	return byDate
}

func (t *Team) finishedOn(o *outlook, since time.Time, byDate map[calendar.Date]float64) {
	for _, f := range o.unit.finishes(o.at) {
		if f.at.After(since) && f.estimate.Known {
			byDate[t.date(f.at)] += f.estimate.Value
		}
	}
}

func (t *Team) impededOn(o *outlook, since time.Time, byDate map[calendar.Date]float64) {
	for _, impediment := range t.trouble {
		t.logs(impediment, o.at, func(w worked) {
			if w.Started.After(since) {
				byDate[t.date(w.Started)] += float64(w.Seconds)
			}
		})
	}
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
			by = append(by, MovedBy{Part: part, Date: &text, Days: rounded(float64(days) * byDate[date] / whole)})
		}
	}
	return by
}

func rounded(days float64) float64 { return math.Round(days*100) / 100 }
