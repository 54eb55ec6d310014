package flow

import (
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure/internal/index"
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
		return columns{names: []string{string(index.ToDo), string(index.Doing), string(index.Done)}}
	}
	return c
}

// columnOf returns the place of the column of a status: the last one for what is done without a column, -1 for a
// status that no column maps.
func (c columns) columnOf(status string, state index.State) int {
	if c.byStatus == nil {
		return slices.Index(c.names, string(state))
	}
	if column, mapped := c.byStatus[status]; mapped {
		return column
	}
	if state == index.Done {
		return len(c.names) - 1
	}
	return -1
}

// cumulativeFlow counts what reached each column by the end of each day of the window.
func cumulativeFlow(w *window) CFD {
	reached, backward := countMoves(w)
	out := CFD{Columns: w.columns.names, Days: []CFDDay{}}
	last := w.to
	if w.today.Before(last) {
		last = w.today
	}
	counts := make([]int, len(w.columns.names))
	for column, days := range reached {
		counts[column] = countBefore(days, w.from)
	}
	for d := w.from; !last.Before(d); d = d.Add(1) {
		day := CFDDay{Date: d.String(), Backward: backward[d], Reached: make([]int, len(counts))}
		for column, days := range reached {
			counts[column] += days[d]
		}
		copy(day.Reached, counts)
		out.Days = append(out.Days, day)
	}
	return out
}

func countBefore(days map[calendar.Date]int, from calendar.Date) int {
	n := 0
	for d, count := range days {
		if d.Before(from) {
			n += count
		}
	}
	return n
}

// countMoves counts, for each column, the issues that first reached it or a later one on each day, and the moves back.
func countMoves(w *window) (reached []map[calendar.Date]int, backward map[calendar.Date]int) {
	reached, backward = make([]map[calendar.Date]int, len(w.columns.names)), map[calendar.Date]int{}
	for column := range reached {
		reached[column] = map[calendar.Date]int{}
	}
	for _, p := range w.passages {
		furthest, before := -1, -1
		for _, s := range p.steps {
			date := w.team.Index.Date(s.at)
			if s.column < before {
				backward[date]++
			}
			for ; furthest < s.column; furthest++ {
				reached[furthest+1][date]++
			}
			before = s.column
		}
	}
	return reached, backward
}

// leaving is when an issue left a column forwards for the last time.
type leaving struct {
	column int
	at     time.Time
}

// columnLeavings lists the last leaving forwards of each column that an issue left so.
func (p *passage) columnLeavings() []leaving {
	var out []leaving
	for n := 1; n < len(p.steps); n++ {
		from, to := p.steps[n-1].column, p.steps[n].column
		if from < 0 || to <= from {
			continue
		}
		out = slices.DeleteFunc(out, func(l leaving) bool { return l.column == from })
		out = append(out, leaving{from, p.steps[n].at})
	}
	return out
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
	first := w.today.Add(1 - WindowDays)
	for _, p := range w.passages {
		for _, l := range p.columnLeavings() {
			begun := !p.start.IsZero() && !l.at.Before(p.start)
			if begun && !w.team.Index.Date(l.at).Before(first) {
				ages[l.column] = append(ages[l.column], ColumnAge{p.issue.Key.Last(), l.at.UTC(),
					w.daysBetween(p.start, l.at)})
			}
		}
	}
	for _, list := range ages {
		slices.SortStableFunc(list, func(a, b ColumnAge) int { return a.At.Compare(b.At) })
	}
	return ages
}

// columnPace returns, for each column, the 85th percentile of the ages at leaving it.
func (w *window) columnPace() []ColumnPace {
	out := make([]ColumnPace, len(w.columns.names))
	for column, list := range w.columnAges() {
		days := make([]int, len(list))
		for n, one := range list {
			days[n] = one.Days
		}
		slices.Sort(days)
		out[column] = ColumnPace{Column: w.columns.names[column], P85: nearestRank(days, Levels[2].Share)}
	}
	return out
}
