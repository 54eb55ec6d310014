package world

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
)

// QuarterBook is what the epics of a quarter came to, and the pace of the team. What cannot be told is nil. A
// quarter that is over stands as of its end.
type QuarterBook struct {
	Name                                    string
	Total, Done, Doing, ToDo, Remaining     float64
	Baseline, Growth, Progression, Velocity *float64
	DaysLeft                                int
	DaysToComplete, Slack                   *int
	AverageCompletion, AverageImpediment    *float64
	Slowest, Fastest                        float64 // of the sprints that the velocity is the median of
	Epics                                   []EpicBook
	Weeks                                   map[string]WeekBook // those begun, by their ISO names
}

// WeekBook is how far a quarter was at the end of a week, of the quarter or now, whichever is first.
type WeekBook struct{ Total, Done float64 }

// EpicBook is an epic in a quarter.
type EpicBook struct {
	Key                string
	Total, Done, Doing float64
	Unestimated        *int // nil where issues are counted
	Dependency         int
	Initiative         string // of several the last one in alphabetical order
	Carried            bool
}

// Books is what is known of a team at a moment.
type Books struct {
	Sprints  []SprintBook
	Quarters []QuarterBook // those that some epic belongs to, oldest first
}

// Books opens the books of a team at a moment, as somebody knows it who read Jira at another one, not earlier: by
// then deleted issues and worklogs are gone and worklogs are corrected, which Jira keeps no history of.
func (w *World) Books(team string, read, at time.Time) Books {
	k := w.keepBooks(read, at)
	i := slices.IndexFunc(w.teams, func(c *crew) bool { return c.Key == team })
	if i < 0 {
		return Books{}
	}
	c := w.teams[i]
	var b Books
	for _, s := range c.sprints {
		b.Sprints = append(b.Sprints, bookSprint(k, k.accounts[s.id]))
	}
	for q := (quarter{2026, 1}); q.isBefore(quarter{2029, 1}); q = q.nextQuarter() {
		if !slices.ContainsFunc(k.order, func(x *card) bool {
			return x.typ == "Epic" && x.project == c.Key &&
				x.labels[q.String()]
		}) {
			continue
		}
		if f := k.frozen[c.Key+q.String()]; f != nil && !at.Before(c.clockTime(q.nextQuarter().firstMoment(), 0, 0)) {
			b.Quarters = append(b.Quarters, f.asPastQuarter())
		} else {
			b.Quarters = append(b.Quarters, bookQuarter(k, c, q))
		}
	}
	return b
}

// asPastQuarter returns the book of a quarter that is over: no day of it is left.
func (b QuarterBook) asPastQuarter() QuarterBook {
	b.DaysLeft = 0
	if b.DaysToComplete != nil {
		slack := -*b.DaysToComplete
		b.Slack = &slack
	}
	return b
}

// bookQuarter works out what a quarter comes to at this moment.
func bookQuarter(k *bookkeeper, c *crew, q quarter) QuarterBook {
	b := QuarterBook{Name: q.String()}
	for _, e := range k.order {
		if e.typ != "Epic" || e.project != c.Key || !e.labels[q.String()] {
			continue
		}
		x := bookEpic(k, e, c, q)
		b.Epics = append(b.Epics, x)
		b.Total, b.Done, b.Doing = b.Total+x.Total, b.Done+x.Done, b.Doing+x.Doing
	}
	b.ToDo, b.Remaining = b.Total-b.Done-b.Doing, b.Total-b.Done
	b.Weeks = maps.Clone(k.weeks[c.Key+q.String()])
	bookWeek(k, b.Weeks, c, q, b.Total, b.Done)
	b.Progression = ratioOf(b.Done, b.Total)
	if base, ok := k.base[c.Key+q.String()]; ok {
		b.Baseline, b.Growth = &base, ratioOf(b.Total, base)
	}
	bookPace(k, &b, c)
	b.DaysLeft = workingDaysLeft(k, c, q)
	switch {
	case b.Remaining <= 0:
		b.DaysToComplete = new(int)
	case b.Velocity != nil && *b.Velocity > 0:
		n := int(math.Ceil(b.Remaining / *b.Velocity - 1e-9))
		b.DaysToComplete = &n
	}
	if b.DaysToComplete != nil {
		n := b.DaysLeft - *b.DaysToComplete
		b.Slack = &n
	}
	return b
}

func ratioOf(a, b float64) *float64 {
	if b == 0 {
		return nil
	}
	x := a / b
	return &x
}

// bookEpic sums up an epic; one carried into the quarter leaves out what was done before it and still is.
func bookEpic(k *bookkeeper, e *card, c *crew, q quarter) EpicBook {
	b := EpicBook{Key: e.key}
	unestimated := 0
	if c.Unit != Issues {
		b.Unestimated = &unestimated
	}
	for l := range e.labels {
		if n, ok := strings.CutPrefix(l, "Project_"); ok && n > b.Initiative {
			b.Initiative = n
		}
		for p := (quarter{2026, 1}); p.isBefore(q); p = p.nextQuarter() {
			b.Carried = b.Carried || l == p.String()
		}
	}
	began := !k.at.Before(c.clockTime(q.firstMoment(), 0, 0))
	for _, x := range k.order {
		mine := x
		if x.parent != nil {
			mine = x.parent
		}
		if mine.epic != e || !countsIn(x, c.Unit) {
			continue
		}
		if b.Carried && (began && x.doneFor[c.Key+q.String()] || !began && x.state == "done") {
			continue
		}
		amount, known := x.estimateIn(c.Unit)
		if !known &&
			!(c.Unit == Seconds && slices.ContainsFunc(x.subs, func(s *card) bool { return s.seconds != nil })) {
			unestimated++
		}
		if x.labels["dependency"] {
			b.Dependency++
		}
		b.Total += amount
		switch x.state {
		case "done":
			b.Done += amount
		case "doing", "review":
			b.Doing += amount
		}
	}
	return b
}

// bookWeek notes how far a quarter is in the week of this moment, where that overlaps the quarter.
func bookWeek(k *bookkeeper, weeks map[string]WeekBook, c *crew, q quarter, total, done float64) {
	y, m, d := k.at.In(c.zone).Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	if monday.AddDate(0, 0, 7).After(q.firstMoment()) && monday.Before(q.nextQuarter().firstMoment()) {
		year, n := day.ISOWeek()
		weeks[fmt.Sprintf("%d-W%02d", year, n)] = WeekBook{total, done}
	}
}

// bookWeekEnds notes how far all quarters are that a week which ends overlaps.
func bookWeekEnds(k *bookkeeper, c *crew) {
	for q := (quarter{2026, 2}); q.isBefore(quarter{2028, 2}); q = q.nextQuarter() {
		if w := k.weeks[c.Key+q.String()]; !k.at.Before(c.clockTime(q.firstMoment(), 0, 0).AddDate(0, 0, -7)) &&
			k.at.Before(c.clockTime(q.nextQuarter().firstMoment(), 0, 0)) {
			var total, done float64
			for _, e := range k.order {
				if e.typ == "Epic" && e.project == c.Key && e.labels[q.String()] {
					x := bookEpic(k, e, c, q)
					total, done = total+x.Total, done+x.Done
				}
			}
			bookWeek(k, w, c, q, total, done)
		}
	}
}

// bookPace looks at the last six sprints that are closed.
func bookPace(k *bookkeeper, b *QuarterBook, c *crew) {
	var closed []*account
	for _, s := range c.sprints {
		if a := k.accounts[s.id]; a.over {
			closed = append(closed, a)
		}
	}
	slices.SortFunc(closed, func(x, y *account) int { return cmp.Or(x.start.Compare(y.start), x.id-y.id) })
	closed = closed[max(0, len(closed)-6):]
	var rates []float64
	var shares, seconds, n float64
	for _, a := range closed {
		if d := c.workingDays(a.start, a.closed); d > 0 {
			rates = append(rates, a.Completed/d)
		}
		if a.Commitment != 0 {
			shares, n = shares+a.Completed/a.Commitment, n+1
		}
		seconds += float64(bookImpediments(k, a).Seconds)
	}
	b.AverageCompletion, b.AverageImpediment = ratioOf(shares, n), ratioOf(seconds, float64(len(closed)))
	if len(rates) > 0 {
		slices.Sort(rates)
		v := (rates[(len(rates)-1)/2] + rates[len(rates)/2]) / 2
		b.Velocity, b.Slowest, b.Fastest = &v, rates[0], rates[len(rates)-1]
	}
}

// workingDaysLeft counts the working dates from today, or the quarter's first, to its last.
func workingDaysLeft(k *bookkeeper, c *crew, q quarter) int {
	y, m, d := k.at.In(c.zone).Date()
	day, n := time.Date(y, m, d, 0, 0, 0, 0, time.UTC), 0
	if day.Before(q.firstMoment()) {
		day = q.firstMoment()
	}
	for ; day.Before(q.nextQuarter().firstMoment()); day = day.AddDate(0, 0, 1) {
		if c.worksOn(day) {
			n++
		}
	}
	return n
}

// outlook is how a team plans a quarter: with what it can do, with somewhat more, or with far more. It shows only after
// weeks, in what remains.
type outlook struct {
	stories int     // more or less than usual, for each epic
	growth  float64 // chance that work which comes up in the first weeks belongs to an epic
	later   float64 // the same after them
	first   bool    // what belongs to the quarter's epics is taken into sprints first, and nobody adds to them
}

// usual is how all teams planned their first quarter.
var usual = outlook{growth: 0.3, later: 0.05}

// outlooks take turns: each quarter one team plans well, one tightly, one too much.
var outlooks = []outlook{
	{stories: -2, first: true},
	{stories: 3, growth: 0.4, later: 0.04},
	{stories: 1, growth: 0.1, later: 0.03},
}

func (c *crew) outlookFor(q quarter) outlook {
	first := quarter{2026, 4}
	if q.isBefore(first) || c.Kanban {
		return usual
	}
	n := (q.year-first.year)*4 + q.number - first.number
	return outlooks[(int(c.Board)-1+n)%len(outlooks)]
}
