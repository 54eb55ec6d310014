package flow

import (
	"slices"
	"time"

	"jerem/measure/internal/index"
	"jerem/measure/internal/workstate"
	"jerem/sorting"
)

// CFD counts, for each day of the window, the issues that ever reached a column or a later one: its lines never fall.
type CFD struct {
	Columns []string `json:"columns"`
	Days    []CFDDay `json:"days"`
}

// CFDDay is a day of the cumulative flow, as of its end or of the moment asked.
type CFDDay struct {
	Date     string `json:"date"`
	Reached  []int  `json:"reached"`  // in the order of columns
	Backward int    `json:"backward"` // moves to an earlier column than the one before, on this day
}

// columns are the columns of a board that have statuses; todo, doing and done where there are none.
type columns struct {
	names    []string
	byStatus map[string]int // nil where states are the columns
}

func columnsOf(x *index.Index) columns {
	c := columns{byStatus: map[string]int{}}
	if x.History.Board != nil {
		for _, column := range x.History.Board.Columns {
			if len(column.Statuses) == 0 {
				continue
			}
			for _, status := range column.Statuses {
				if _, twice := c.byStatus[status]; !twice {
					c.byStatus[status] = len(c.names)
				}
			}
			c.names = append(c.names, column.Name)
		}
	}
	if len(c.names) == 0 {
		return columns{names: []string{string(workstate.ToDo), string(workstate.Doing), string(workstate.Done)}}
	}
	return c
}

// columnOf returns the place of the column of a status: the last one for what is done without a column, -1 for a
// status that no column maps.
func (c columns) columnOf(status string, state workstate.State) int {
	if c.byStatus == nil {
		return slices.Index(c.names, string(state))
	}
	if column, mapped := c.byStatus[status]; mapped {
		return column
	}
	if state == workstate.Done {
		return len(c.names) - 1
	}
	return -1
}

// cumulativeFlow counts what reached each column by the end of each day of the window.
func cumulativeFlow(w *window) CFD {
	out := CFD{Columns: w.columns.names, Days: []CFDDay{}}
	last := min(w.days.to, w.days.today)
	for d, day := w.from, w.days.from; day <= last; d, day = d.Add(1), day+1 {
		out.Days = append(out.Days, CFDDay{Date: d.String(), Reached: make([]int, len(w.columns.names))})
	}
	if len(out.Days) == 0 {
		return out
	}
	countMoves(w, out.Days)
	for n, day := range out.Days[1:] {
		for column := range day.Reached {
			day.Reached[column] += out.Days[n].Reached[column]
		}
	}
	return out
}

// countMoves counts, for each column, the issues that first reached it or a later one on each of the days, those of
// before on the first one; and the moves back.
func countMoves(w *window, days []CFDDay) {
	further := 0
	for column, count := range slices.Backward(w.before) {
		further += count
		days[0].Reached[column] += further
	}
	for _, p := range w.lately {
		furthest, before := int16(-1), int16(-1)
		for _, s := range p.steps {
			n := int(s.day) - w.days.from
			if n >= len(days) {
				break
			}
			if s.column < before && n >= 0 {
				days[n].Backward++
			}
			for ; furthest < s.column; furthest++ {
				days[max(0, n)].Reached[furthest+1]++
			}
			before = s.column
		}
	}
}

// ColumnAge is the age of an issue when it left a column forwards for the last time.
type ColumnAge struct {
	Issue string
	At    time.Time
	Days  int
}

// ColumnAges returns, for each column, the ages at leaving of what left it forwards for the last time in the last 90
// days, in order of leaving. What left before its start has no age.
func (f *Flow) ColumnAges() [][]ColumnAge { return f.window.columnAges() }

func (w *window) columnAges() [][]ColumnAge {
	ages := make([][]ColumnAge, len(w.columns.names))
	w.eachLeaving(func(p *passage, column int, left passageStep, age int) {
		ages[column] = append(ages[column], ColumnAge{p.issue.Key.Last(), p.momentOf(left).UTC(), age})
	})
	for _, list := range ages {
		sorting.By(list, func(a, b ColumnAge) int { return a.At.Compare(b.At) })
	}
	return ages
}

// eachLeaving calls put for each step of the last 90 days by which an issue with an age left a column forwards for the
// last time.
func (w *window) eachLeaving(put func(p *passage, column int, left passageStep, age int)) {
	first := w.days.today + 1 - WindowDays
	for _, p := range w.lately {
		if !p.hasStarted() {
			continue
		}
		for n, left := range p.steps {
			if left.leaves && int(left.day) >= first && !p.momentOf(left).Before(p.started()) {
				put(p, int(p.steps[n-1].column), left, int(left.day)-p.startDay()+1)
			}
		}
	}
}

// columnPace returns, for each column, the 85th percentile of the ages at leaving it.
func (w *window) columnPace() []ColumnPace {
	ages := make([][]int, len(w.columns.names))
	w.eachLeaving(func(_ *passage, column int, _ passageStep, age int) { ages[column] = append(ages[column], age) })
	out := make([]ColumnPace, len(w.columns.names))
	for column, days := range ages {
		slices.Sort(days)
		out[column] = ColumnPace{Column: w.columns.names[column], P85: nearestRank(days, Levels[2].Share)}
	}
	return out
}
