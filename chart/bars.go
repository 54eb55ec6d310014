package chart

import (
	"cmp"
	"slices"
)

// Bar is the value of a day.
type Bar struct {
	Day   int // place among the days
	Value float64
	Open  bool // the day is not over: hatched
}

// Bars is what a chart of values a day is drawn from; it shares the axis of the burndown above it.
type Bars struct {
	ID, Title string
	Days      []Day
	Bars      []Bar
	Level     float64 // a line across the working days, 0 for none
	LevelName string
}

// The geometry of bars, in pixels. On a desk they have two thirds of the page at least.
const (
	barsHeight    = 248
	barsUpper     = 24
	barsLower     = 224
	barShare      = .64 // of its day
	barsNarrowest = burndownNarrowest
)

// SVG draws the bars; they begin at 0.
func (b Bars) SVG() string {
	d := &drawing{height: barsHeight}
	top := b.Level
	for _, bar := range b.Bars {
		top = max(top, bar.Value)
	}
	s := newScale(top, barsUpper, barsLower)
	d.open(b.ID, b.Title)
	d.shade(b.Days, s)
	d.grid(s)
	for _, bar := range b.Bars {
		style := `class="f-unx"`
		if bar.Open {
			style = `class="hb" fill="url(#hatch-x)"`
		}
		d.column(columnOf(bar.Day, len(b.Days)), s.y(bar.Value), style)
	}
	d.frame()
	for _, level := range b.levels(s) {
		d.printf(`<path d="M%s %sH%s" class="s-end"/>`, trim(level[0].X*10), trim(level[0].Y), trim(level[1].X*10))
	}
	d.WriteString("</svg>\n")
	var l layers
	for _, one := range screens(barsNarrowest) {
		b.labels(&scene{screen: one, upper: 0, lower: barsLower}, s, &l)
	}
	l.write(d)
	return d.close()
}

// levels are the pieces of the line across the working days, X in percent and Y in pixels.
func (b Bars) levels(s scale) [][]XY {
	if b.Level <= 0 {
		return nil
	}
	var out [][]XY
	n, y := float64(len(b.Days)), s.y(b.Level)
	for i, day := range b.Days {
		if !day.Off {
			out = append(out, []XY{{place(float64(i) / n), y}, {place(float64(i+1) / n), y}})
		}
	}
	return out
}

// labels writes the values of the bars and the name of the line on one screen.
func (b Bars) labels(sc *scene, s scale, l *layers) {
	sc.grid(s)
	sc.days(b.Days, s)
	levels := b.levels(s)
	sc.lines = append(sc.lines, levels...)
	var bars []labelled
	for _, bar := range b.Bars {
		bars = append(bars, labelled{columnOf(bar.Day, len(b.Days)), bar.Value, bar.Open})
	}
	sc.values(bars, s)
	for _, bar := range bars {
		if bar.open {
			y := float64(barsLower - 6)
			sc.place(label{"so far", "", []spot{{bar.to, 4, y, atStart}, {bar.from, -4, y, atEnd}}})
		}
	}
	if len(levels) > 0 {
		sc.place(label{b.LevelName, "lab", levelSpots(levels)})
	}
	sc.show(l)
}

// levelSpots are the places for the name of a line: at the ends of its pieces from the right, above and below it, and
// last above the plot.
func levelSpots(levels [][]XY) []spot {
	var out []spot
	for _, above := range []bool{true, false} {
		for _, piece := range slices.Backward(levels) {
			y := piece[1].Y + 15
			if above {
				y = piece[1].Y - 6
			}
			out = append(out, spot{piece[1].X, 0, y, atEnd}, spot{piece[0].X, 0, y, atStart})
		}
	}
	for _, y := range []float64{barsUpper - 8, barsUpper - 14} {
		out = append(out, spot{right, 0, y, atEnd}, spot{left, 2, y, atStart})
	}
	return out
}

// column is a bar's sides, in percent of the width.
type column struct{ from, to float64 }

// columnOf returns the sides of a bar in its cell.
func columnOf(i, of int) column {
	n := float64(max(of, 1))
	return column{place((float64(i) + (1-barShare)/2) / n), place((float64(i) + (1+barShare)/2) / n)}
}

func (d *drawing) column(c column, y float64, style string) {
	d.printf(`<rect x="%s%%" y="%s" width="%s%%" height="%s" %s/>`+"\n", trim(c.from), trim(y), trim(c.to-c.from), trim(barsLower-y), style)
}

// labelled is a bar whose value is to be written.
type labelled struct {
	column
	value float64
	open  bool
}

// values keeps labels off the bars, and writes at each what it shows: above it, within it, or above a line that
// crosses it. The highest are the first to find room.
func (s *scene) values(bars []labelled, values scale) {
	for _, bar := range bars {
		s.blocks = append(s.blocks, block{bar.from, bar.to, 0, 0, values.y(bar.value), barsLower})
	}
	bars = slices.Clone(bars)
	slices.SortStableFunc(bars, func(a, b labelled) int { return -cmp.Compare(a.value, b.value) })
	for _, bar := range bars {
		y := values.y(bar.value)
		middle := (bar.from + bar.to) / 2
		var spots []spot
		for up := 7.0; up <= 31; up += 4 {
			spots = append(spots, spot{middle, 0, y - up, atMiddle})
		}
		s.place(label{Number(bar.value), "lab", spots})
	}
}
