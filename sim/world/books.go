package world

import (
	"math"
	"slices"
	"time"
)

// Work is an amount of work, in the unit of the team, and in issues.
type Work struct {
	Estimate float64
	Issues   int
}

// SprintBook is what a sprint came to. A closed one stands as of its close, but its impediments are known as of
// the moment asked.
type SprintBook struct {
	ID            int
	Name          string
	Begun, Closed bool
	Start         time.Time

	Commitment, Added, Removed, Reestimated, LedgerCompleted, Reopened, Remaining float64
	Completed, CompletedOutside, Scope, Kept                                      float64
	ToDo, Doing, Done                                                             Work
	Unestimated, Dependency                                                       int
	Trouble                                                                       ImpedimentBook
}

// ImpedimentBook is what impediments took in a sprint.
type ImpedimentBook struct {
	Count, WithoutTime  int
	Seconds, AllSeconds int64 // of impediments, of everything
	ByNature            map[string]NatureBook
	Daily               map[string]int64 // by date in the team's time zone

	// Issues are those that are counted, by their keys, each with the dates on which it has time, in the sprint or not.
	Issues map[string]map[string]bool
}

// NatureBook is what impediments of one nature took.
type NatureBook struct {
	Count   int
	Seconds int64
}

// computeSprint works out what a sprint comes to at this moment.
func computeSprint(k *bookkeeper, a *account) {
	a.ToDo, a.Doing, a.Done = Work{}, Work{}, Work{}
	a.Completed, a.CompletedOutside, a.Kept, a.Unestimated, a.Dependency = 0, 0, 0, 0, 0
	left := 0.0
	for _, x := range a.members {
		e, known := x.estimateIn(a.crew.Unit)
		if !known && !(a.crew.Unit == Seconds &&
			slices.ContainsFunc(x.subs, func(s *card) bool { return s.seconds != nil })) {
			a.Unestimated++
		}
		if x.labels["dependency"] {
			a.Dependency++
		}
		w := &a.Doing
		switch x.state {
		case "open":
			w = &a.ToDo
		case "done":
			w = &a.Done
		}
		w.Estimate, w.Issues = w.Estimate+e, w.Issues+1
		switch {
		case x.state != "done":
			left += e
		case x.doneAt.After(a.start) && x.doneIn[a.id]:
			a.Completed += e
			if c := x.committed[a.id]; c != nil {
				a.Kept += *c
			}
		default:
			a.CompletedOutside += e
		}
	}
	a.Scope = a.Completed + left
	a.Remaining = a.Commitment + a.Added - a.Removed + a.Reestimated - a.LedgerCompleted + a.Reopened
}

// bookSprint returns a sprint's page as of this moment.
func bookSprint(k *bookkeeper, a *account) SprintBook {
	if !a.over {
		computeSprint(k, a)
	}
	b := a.SprintBook
	b.ID, b.Name, b.Closed, b.Start = a.id, a.name, a.over, a.start
	if b.Begun {
		b.Trouble = bookImpediments(k, a)
	}
	return b
}

// bookImpediments sums up the impediments of a sprint's time as known now.
func bookImpediments(k *bookkeeper, a *account) ImpedimentBook {
	b := ImpedimentBook{ByNature: map[string]NatureBook{}, Daily: map[string]int64{},
		Issues: map[string]map[string]bool{}}
	within := func(t time.Time) bool {
		if a.over {
			return !t.Before(a.start) && t.Before(a.closed)
		}
		return !t.Before(a.start) && !t.After(k.at)
	}
	team := a.crew.Key
	for _, x := range k.order {
		for _, l := range x.logs {
			if within(l.on) && !l.written.After(k.at) && x.stateAt(l.on) == team {
				b.AllSeconds += l.seconds
			}
		}
		counted := false
		for _, s := range x.spells[team] {
			counted = counted || within(s.from)
		}
		seconds := int64(0)
		days := map[string]bool{}
		for _, l := range impededLogs(k, x, team) {
			days[l.on.In(a.crew.zone).Format(time.DateOnly)] = true
			if within(l.on) {
				counted = true
				seconds += l.seconds
				b.Daily[l.on.In(a.crew.zone).Format(time.DateOnly)] += l.seconds
			}
		}
		if counted {
			b.addTime(x.natures, seconds)
			b.Issues[x.key] = days
		}
	}
	return b
}

func (b *ImpedimentBook) addTime(natures []string, seconds int64) {
	b.Count++
	b.Seconds += seconds
	if seconds == 0 {
		b.WithoutTime++
	}
	if len(natures) == 0 {
		natures = []string{"unknown"}
	}
	for i, n := range natures {
		part := seconds / int64(len(natures))
		if int64(i) < seconds%int64(len(natures)) {
			part++
		}
		was := b.ByNature[n]
		b.ByNature[n] = NatureBook{was.Count + 1, was.Seconds + part}
	}
}

// stateAt returns the project that a card stood in; before it was made, the first one.
func (x *card) stateAt(at time.Time) string {
	p := x.projects[0].project
	for _, s := range x.projects {
		if !s.from.After(at) {
			p = s.project
		}
	}
	return p
}

// impededLogs lists the work on an impediment of a team: done while it was one, or before it became one. That on its
// sub-tasks counts with it, unless they are impediments of their own.
func impededLogs(k *bookkeeper, x *card, team string) []*logged {
	var out []*logged
	hit := func(y *card, on time.Time) bool {
		for _, s := range y.spells[team] {
			if s.to.IsZero() || s.to.After(on) {
				return true
			}
		}
		return false
	}
	for _, l := range x.logs {
		if !l.written.After(k.at) && hit(x, l.on) {
			out = append(out, l)
		}
	}
	for _, s := range x.subs {
		for _, l := range s.logs {
			if !l.written.After(k.at) && hit(x, l.on) && !hit(s, l.on) {
				out = append(out, l)
			}
		}
	}
	return out
}

// workingDays returns the working time between two moments in days of nine hours.
func (c *crew) workingDays(from, to time.Time) float64 {
	sum := 0.0
	y, m, d := from.In(c.zone).Date()
	for day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC); !c.clockTime(day, 0, 0).After(to); day = day.AddDate(0, 0, 1) {
		if !c.worksOn(day) {
			continue
		}
		a, b := c.clockTime(day, 9, 0), c.clockTime(day, 18, 0)
		if a.Before(from) {
			a = from
		}
		if b.After(to) {
			b = to
		}
		sum += math.Max(0, b.Sub(a).Hours()) / 9
	}
	return sum
}

// Unhistoric returns the moments after one and up to another at which something is deleted or corrected that Jira keeps
// no history of.
func (w *World) Unhistoric(after, until time.Time) []time.Time {
	var out []time.Time
	for _, a := range w.acts {
		if a.at.After(after) && !a.at.After(until) &&
			slices.ContainsFunc(a.ops, func(o op) bool { return o.do == erase || o.do == relog || o.do == unlog }) {
			out = append(out, a.at)
		}
	}
	return out
}
