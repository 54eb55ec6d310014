package flow

import (
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/workstate"
	"jerem/sorting"
)

// window are the passages of a team's work as of a moment, and the window asked.
type window struct {
	team     *measure.Team
	at       time.Time
	from, to calendar.Date
	days     windowDays
	columns  columns
	passages []*passage        // by id of the issue
	present  []*index.Snapshot // of the issues of the same places
	finished []*passage        // those finished in the window, in order of finish, then of key
	begun    []*passage        // those that have begun and are not done, in order of start, then of key
	touched  []time.Time       // when the issues of begun last changed or had work logged
	doing    []int             // places of those of begun that stand in doing
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
	all := wholePassages(x, w.columns)
	w.passages, w.present = make([]*passage, 0, len(all)), make([]*index.Snapshot, 0, len(all))
	for _, whole := range all {
		now := whole.history.PlaceAt(at)
		if now < 0 || !whole.countsAt(x, now, at) {
			continue
		}
		p := whole.upTo(now, at)
		w.passages, w.present = append(w.passages, p), append(w.present, &whole.history[now])
		if p.isFinished() && w.containsDay(p.finishDay()) {
			w.finished = append(w.finished, p)
		}
	}
	sorting.By(w.finished, byMoment(func(p *passage) time.Time { return p.finished() }))
	w.begun = w.unfinishedPassages()
	w.touched = make([]time.Time, len(w.begun))
	for n, p := range w.begun {
		w.touched[n] = w.lastTouch(p.issue)
		if p.presentState() == workstate.Doing {
			w.doing = append(w.doing, n)
		}
	}
	w.pace = w.columnPace()
	return w
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

// unfinishedPassages returns the passages that have begun and are not done, in order of start, then of key.
func (w *window) unfinishedPassages() []*passage {
	var begun []*passage
	for _, p := range w.passages {
		if p.hasStarted() && p.presentState() != workstate.Done {
			begun = append(begun, p)
		}
	}
	sorting.By(begun, byMoment(func(p *passage) time.Time { return p.started() }))
	return begun
}

// containsIssue tells whether an issue counts in the flow.
func (w *window) containsIssue(id int64) bool {
	p := passage{issue: w.team.Index.Issues.Of(id), history: w.team.Index.Histories.Of(id)}
	now := p.history.PlaceAt(w.at)
	return now >= 0 && p.countsAt(w.team.Index, now, w.at)
}
