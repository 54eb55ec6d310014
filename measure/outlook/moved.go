package outlook

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/amount"
	"jerem/measure/outlook/inputs"
	"jerem/measure/outlook/workdays"
)

// aWeek is how far back a move is told from where nothing is asked.
const aWeek = 7 * 24 * time.Hour

// Moved tells by how many working days the 85 % date moved since a moment, split by replacing one input after the
// other; the parts add up to the whole. Later is positive.
type Moved struct {
	Since       time.Time
	Days        *int // nil where one of the two dates is not told
	Worked      int  // work done and days gone by
	Scope       int  // every other change of what is left, and growth
	Impediments int
	Pace        int
	Calendar    int       // days off that were configured or taken out since, and rest that is owed
	By          []MovedBy // those of a part add up to it
	Why         string    // why nothing can be told, where Since lies before all that is known; else ""
}

// MarshalJSON writes the parts of a move that is not told as null: what is not known is never 0.
func (m Moved) MarshalJSON() ([]byte, error) {
	answer := movedAnswer{Since: m.Since, By: m.By, Why: m.Why}
	if m.Days != nil {
		answer.Days, answer.Worked, answer.Scope = m.Days, &m.Worked, &m.Scope
		answer.Impediments, answer.Pace, answer.Calendar = &m.Impediments, &m.Pace, &m.Calendar
	}
	return json.Marshal(answer)
}

// movedAnswer is a move as it is answered.
type movedAnswer struct {
	Since       time.Time `json:"since"`
	Days        *int      `json:"days"`
	Worked      *int      `json:"worked"`
	Scope       *int      `json:"scope"`
	Impediments *int      `json:"impediments"`
	Pace        *int      `json:"pace"`
	Calendar    *int      `json:"calendar"`
	By          []MovedBy `json:"by"`
	Why         string    `json:"why,omitempty"`
}

// MovedBy names what did a part of the move: an epic or an issue, or a day; neither where nothing can be named.
type MovedBy struct {
	Part  string  `json:"part"`
	Issue *string `json:"issue"`
	Date  *string `json:"date"`
	Days  float64 `json:"days"`
}

// movedSince compares an outlook with that of an earlier moment; nil where neither tells a date.
func movedSince(inquiry *Inquiry, q Question, now *projection) *Moved {
	since := q.Since
	if since.IsZero() {
		since = now.at.Add(-aWeek)
	}
	m := &Moved{Since: since.UTC(), By: []MovedBy{}}
	if known := inquiry.team.KnownSince(); !q.Since.IsZero() && since.Before(known) {
		m.Why = "nothing is known of the team before " + known.UTC().Format("2006-01-02 15:04 UTC")
		return m
	}
	before, err := inquiry.projectQuestion(q, since)
	if err != nil || !before.can || !now.can || before.nothingLeft() || now.nothingLeft() || since.After(now.at) {
		return m
	}
	old, new := before.shownDays(forecast.Levels[2]), now.shownDays(forecast.Levels[2])
	if old == nil || new == nil {
		return m
	}
	before.scope.ListIssues()
	now.scope.ListIssues()
	v := move{team: inquiry.team, before: before, now: now, finished: finishedBetween(before.scope, now.scope)}
	if before.ahead.First.Before(now.ahead.First) {
		v.gone = workdays.Between(v.team.Index, before.ahead.First, now.ahead.First)
	}
	steps := v.replaceInputs()
	wasUnrested, isUnrested := before.daysWithoutRest(*old), now.daysWithoutRest(*new)
	v.daysOff = daysOffBetween(before, now, *old)
	v.rest = *new - isUnrested - (*old - wasUnrested)
	m.Calendar = v.daysOff.moved + v.rest
	days := len(v.gone) + *new - *old + v.daysOff.moved
	m.Days = &days
	m.Worked = len(v.gone) + steps[0] - wasUnrested
	m.Scope = steps[1] - steps[0]
	m.Impediments = steps[2] - steps[1]
	m.Pace = isUnrested - steps[2]
	m.By = v.splitMove(m)
	return m
}

// move is a move of a date, from one projection to a later one of the same question.
type move struct {
	team        *measure.Team
	before, now *projection
	gone        workdays.List // working days that have gone by
	finished    []int64       // issues of the scope that were open and are done
	daysOff     daysOffMove
	rest        int // working days by which owed rest moved the date
}

// finishedBetween lists the issues that an earlier scope held open and that a later one holds done.
func finishedBetween(before, now inputs.Scope) []int64 {
	var out []int64
	for id, one := range before.Issues {
		if !one.Done && now.Issues[id].Done {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// replaceInputs returns the 85 % days with the old inputs but for: work done, then scope and growth, then impediments.
func (v *move) replaceInputs() [3]int {
	before, now := v.before, v.now
	work := before.work
	work.Availability = nil // owed rest is working time, which is replaced last
	for _, id := range v.finished {
		one := before.scope.Issues[id]
		work.Remaining -= one.Estimate
		if one.Unestimated {
			work.Unestimated--
		}
	}
	work.Remaining = amount.Tidy(max(0, work.Remaining))
	worked := daysForWork(before, work)
	work.Remaining, work.Unestimated = now.scope.Remaining, now.scope.Unestimated
	if now.work.Growth != nil && sameDays(before.past.Days, now.past.Days) {
		work.Growth = growthSince(now.work.Growth, len(before.past.Days))
	}
	scoped := daysForWork(before, work)
	window := func(o *projection) int { return o.past.Throughput.WindowLength() }
	was := sumLostTime(before).shareOfWindow(window(before))
	is := sumLostTime(now).shareOfWindow(window(now))
	work.Pace = cmp.Or(work.Pace, 1) * (1 - is) / (1 - was)
	return [3]int{worked, scoped, daysForWork(before, work)}
}

// growthSince returns the growth that is drawn now beside what was finished on the first n days, which were drawn from
// then. Blocks go round, so each day that came since stands in the place of the one that is drawn from no more, and all
// others in theirs; while fewer days are known than the window holds none goes, and none that came has a place.
func growthSince(growth []float64, n int) []float64 {
	const window = forecast.WindowDays
	out := slices.Clone(growth[:n])
	for day := max(n, len(growth)-window); day < len(growth); day++ {
		if place := n - 1 - (n-1+(window-day%window))%window; place >= 0 {
			out[place] = growth[day]
		}
	}
	return out
}

// sameDays tells whether a past goes on where another one began.
func sameDays(a, b workdays.List) bool {
	return len(a) > 0 && len(b) >= len(a) && a[0] == b[0] && a[len(a)-1] == b[len(a)-1]
}

// daysWithoutRest returns the 85 % days as if no rest were owed; shown are those with it.
func (o *projection) daysWithoutRest(shown int) int {
	if o.work.Availability == nil {
		return shown
	}
	work := o.work
	work.Availability = nil
	return daysForWork(o, work)
}

// daysForWork returns the 85 % days of other work with the record of an outlook.
func daysForWork(o *projection, work forecast.Work) int {
	if work.Remaining <= 0 && work.Unestimated == 0 {
		return 0
	}
	base := forecast.Simulate(forecast.Question{Teams: []forecast.Work{work}, Trials: forecastTrials})
	return o.corrected.Days(forecast.Levels[2], base.Median())
}

// daysOffMove is how far a date moved because other days off are configured than when it was told.
type daysOffMove struct {
	moved   int                       // working days by the present calendar; later is positive
	changed map[calendar.Date]float64 // 1 for each working date that went that way
}

// daysOffBetween tells how far the date of a projection moved by the days off that changed between it and a later one:
// the same working days end on another date. Days off that were seen only after the later one are known to both.
func daysOffBetween(before, now *projection, days int) daysOffMove {
	h := before.team.Index.History
	changed := daysOffChanged(h, before, now)
	present, known := before.ahead.DateOf(days)
	if changed == nil || !known {
		return daysOffMove{}
	}
	former := &workdays.Ahead{Calendar: h.Team.Calendar, First: before.ahead.First}
	former.Calendar.Off = func(d calendar.Date) bool {
		off := h.Team.Calendar.Off != nil && h.Team.Calendar.Off(d)
		return off != changed(d)
	}
	told, known := former.DateOf(days)
	if !known {
		return daysOffMove{}
	}
	m := daysOffMove{moved: h.Team.Calendar.Between(told, present), changed: map[calendar.Date]float64{}}
	last := present
	if present.Before(told) {
		last = told
	}
	for d := before.ahead.First; !last.Before(d); d = d.Add(1) {
		if became := h.Team.Calendar.Working(d); became != former.Calendar.Working(d) && became == (m.moved < 0) {
			m.changed[d] = 1
		}
	}
	return m
}

// daysOffChanged tells which dates the days off of two moments differ by; nil where they are the same.
func daysOffChanged(h *agile.History, before, now *projection) func(calendar.Date) bool {
	was, is := h.DaysOffAt(before.at), h.DaysOffAt(now.at)
	if was == is {
		return nil
	}
	offThen, err := calendar.OffOf(was)
	if err != nil { // of a region that this program does not know
		return nil
	}
	offNow, err := calendar.OffOf(is)
	if err != nil {
		return nil
	}
	return func(d calendar.Date) bool { return offThen(d) != offNow(d) }
}
