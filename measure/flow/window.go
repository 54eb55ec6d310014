package flow

import (
	"cmp"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/sorting"
)

// window are the passages of a team's work as of a moment, and the window asked.
type window struct {
	team     *measure.Team
	at       time.Time
	from, to calendar.Date
	days     windowDays
	columns  columns
	passages []*passage  // by id of the issue
	lately   []*passage  // those of them with a step on the days that are looked at
	before   []int       // of the others, how many came as far as each column and no further
	started  []*passage  // those started in the window
	finished []*passage  // those finished in the window, in order of finish, then of key
	begun    []*passage  // those that have begun and are not done, in order of start, then of key
	touched  []time.Time // when the issues of begun that stand in doing last changed or had work logged
	doing    []int       // places of those of begun that stand in doing
	unclear  int         // how many stand in a status of unknown category
	broken   int         // how many have a history that does not join
	doubted  []*passage  // those that may have stood in such a status, but for what was finished before the window
	pace     []ColumnPace
}

// windowDays are the numbers of the first and the last day of a window, and of that of its moment.
type windowDays struct{ from, to, today int }

// DefaultDates returns the window of a question without one: today and the 89 days before.
func DefaultDates(team *measure.Team, at time.Time) (from, to calendar.Date) {
	today := calendar.DateOf(at, team.Index.History.Team.Calendar.Zone)
	return today.Add(1 - WindowDays), today
}

// windowKey names the window of two dates.
type windowKey struct{ from, to calendar.Date }

// windowOf returns the passages of a team as of a moment: throughout a step the same ones.
func windowOf(team *measure.Team, at time.Time, from, to calendar.Date) *window {
	w := *index.InStep(team.Index, at, windowKey{from, to}, func() *window {
		kept := newWindow(team, at, from, to)
		kept.team = nil // what is kept goes from one generation of the team to the next
		return kept
	})
	w.team, w.at = team, at
	return &w
}

func newWindow(team *measure.Team, at time.Time, from, to calendar.Date) *window {
	x := team.Index
	w := &window{team: team, at: at, from: from, to: to, columns: columnsOf(x),
		days: windowDays{from.Number(), to.Number(), x.Date(at).Number()}}
	w.before = make([]int, len(w.columns.names))
	all, moment := followedIssues(x, w.columns), agile.MomentOf(at)
	lately, going := countUsual(all, int32(w.firstDay()))
	w.passages, w.lately = make([]*passage, 0, len(all)), make([]*passage, 0, lately)
	begun := make([]begunWork, 0, going)
	for _, one := range all {
		if one.ending.since > moment {
			one = followedUpTo(x, one.passage, at)
		}
		if !one.ending.has(counting) {
			continue
		}
		w.addPassage(one.passage, &one.ending)
		if one.ending.has(hasStarted) && !one.ending.has(standsDone) {
			begun = append(begun, begunWork{one.passage, agile.MomentOf(one.passage.started()), one.ending.touched})
		}
	}
	sorting.By(w.finished, byMoment(func(p *passage) time.Time { return p.finished() }))
	addBegun(w, begun)
	w.pace = w.columnPace()
	return w
}

// followedUpTo returns the passage of an issue up to a moment, and what it comes to; before the issue it counts
// nowhere.
func followedUpTo(x *index.Index, whole *passage, at time.Time) followedIssue {
	now := whole.history.PlaceAt(at)
	if now < 0 {
		return followedIssue{}
	}
	p := whole.upTo(now, at)
	return followedIssue{p, endingOf(x, p, now, at)}
}

// addPassage adds a passage, and sorts it into the lists that need no order of their own.
func (w *window) addPassage(p *passage, e *ending) {
	w.passages = append(w.passages, p)
	if int(e.lastDay) >= w.firstDay() {
		w.lately = append(w.lately, p)
	} else if e.furthest >= 0 {
		w.before[e.furthest]++
	}
	if e.has(hasStarted) && w.containsDay(int(e.startDay)) {
		w.started = append(w.started, p)
	}
	if e.has(isFinished) && w.containsDay(int(e.finishDay)) {
		w.finished = append(w.finished, p)
	}
	if e.has(isUnclear) {
		w.unclear++
	}
	if e.has(isBroken) {
		w.broken++
	}
	if e.has(wasUnclear) && !(e.has(isFinished) && int(e.finishDay) < w.days.from) {
		w.doubted = append(w.doubted, p)
	}
}

// firstDay returns the number of the first day of which steps are looked at: of the window, and of the pace of columns.
func (w *window) firstDay() int { return min(w.days.from, w.days.today+1-WindowDays) }

// countUsual tells how many issues moved on a day or later, and how many have begun and are not done: so much room
// their lists take.
func countUsual(all []followedIssue, first int32) (lately, begun int) {
	for n := range all {
		e := &all[n].ending
		if e.lastDay >= first {
			lately++
		}
		if e.has(hasStarted) && !e.has(standsDone) {
			begun++
		}
	}
	return lately, begun
}

// begunWork is a passage that has begun and is not done; touched is the zero moment of what does not stand in doing.
type begunWork struct {
	passage        *passage
	start, touched agile.Moment
}

// addBegun adds the passages that have begun and are not done, in order of start, then of key.
func addBegun(w *window, begun []begunWork) {
	sorting.By(begun, func(a, b begunWork) int {
		if c := cmp.Compare(a.start, b.start); c != 0 {
			return c
		}
		return naming.CompareKeys(a.passage.issue.Key.Last(), b.passage.issue.Key.Last())
	})
	w.begun, w.touched = make([]*passage, len(begun)), make([]time.Time, len(begun))
	w.doing = make([]int, 0, len(begun))
	for n, one := range begun {
		w.begun[n] = one.passage
		if one.touched == 0 {
			continue
		}
		w.doing, w.touched[n] = append(w.doing, n), one.touched.Time()
		if w.touched[n].After(w.at) {
			w.touched[n] = lastTouch(w.team.Index, one.passage.issue, w.at)
		}
	}
}

// byMoment orders passages by a moment, then by key.
func byMoment(moment func(*passage) time.Time) func(a, b *passage) int {
	return func(a, b *passage) int {
		if c := moment(a).Compare(moment(b)); c != 0 {
			return c
		}
		return naming.CompareKeys(a.issue.Key.Last(), b.issue.Key.Last())
	}
}

// containsDay tells whether the day of a number lies in the window.
func (w *window) containsDay(day int) bool { return w.days.from <= day && day <= w.days.to }

// ageOf counts the local days from the start of work to the moment of the window, both included.
func (w *window) ageOf(p *passage) int { return w.days.today - p.startDay() + 1 }

// containsIssue tells whether an issue counts in the flow.
func (w *window) containsIssue(id int64) bool {
	_, _, counts := countedAt(w.team.Index, id, w.at)
	return counts
}

// countedAt returns the passage of an issue without its steps, the place of the snapshot that holds at a moment, and
// whether it counts in the flow then.
func countedAt(x *index.Index, id int64, at time.Time) (p passage, now int, counts bool) {
	p = passage{issue: x.Issues.Of(id), history: x.Histories.Of(id)}
	now = p.history.PlaceAt(at)
	return p, now, now >= 0 && p.countsAt(x, now, at)
}
