package chart

import (
	"cmp"
	"slices"

	"jerem/chart/labels"
	"jerem/chart/plot"
	"jerem/sorting"
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
	Opens     string // what the values lead to; "" for nothing
}

// isLinked tells whether the values lead somewhere.
func (b Bars) isLinked() bool { return b.Opens != "" && len(b.Bars) > 0 }

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
	d := &plot.Drawing{Height: barsHeight}
	top := b.Level
	for _, bar := range b.Bars {
		top = max(top, bar.Value)
	}
	s := plot.NewScale(top, barsUpper, barsLower)
	d.OpenWith(b.ID, b.Title, b.isLinked())
	d.ShadeDaysOff(b.Days, s)
	d.DrawGrid(s)
	for _, bar := range b.Bars {
		style := `class="f-unx"`
		if bar.Open {
			style = `class="hb" fill="url(#hatch-x)"`
		}
		drawColumn(d, columnOf(bar.Day, len(b.Days)), bar.Value, s, style)
	}
	d.OpenFrame()
	for _, level := range b.levelLines(s) {
		d.WriteFormat(`<path d="M%s %sH%s" class="s-end"/>`, labels.Coordinate(level[0].X*10),
			labels.Coordinate(level[0].Y),
			labels.Coordinate(level[1].X*10))
	}
	d.Text.WriteString("</svg>\n")
	var texts, links labels.Layers
	for _, one := range labels.Screens(barsNarrowest) {
		b.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: barsLower}, s, &texts, &links)
	}
	return d.CloseWith(&texts, &links)
}

// levelLines are the pieces of the line across the working days, X in percent and Y in pixels.
func (b Bars) levelLines(s plot.Scale) [][]labels.Point {
	if b.Level <= 0 {
		return nil
	}
	var out [][]labels.Point
	n, y := float64(len(b.Days)), s.YOf(b.Level)
	for i, day := range b.Days {
		if !day.Off {
			out = append(out, []labels.Point{{X: plot.AxisPlace(float64(i) / n), Y: y},
				{X: plot.AxisPlace(float64(i+1) / n), Y: y}})
		}
	}
	return out
}

// placeLabels writes the values of the bars and the name of the line on one screen.
func (b Bars) placeLabels(sc *labels.Scene, s plot.Scale, texts, links *labels.Layers) {
	plot.LabelGrid(sc, s)
	plot.LabelDays(sc, b.Days, s)
	levels := b.levelLines(s)
	sc.Lines = append(sc.Lines, levels...)
	var bars []labelled
	for _, bar := range b.Bars {
		bars = append(bars, labelled{columnOf(bar.Day, len(b.Days)), bar.Value, bar.Open, b.Opens})
	}
	labelValues(sc, bars, s)
	for _, bar := range bars {
		if bar.open {
			y := s.Lower - 6
			sc.Place(labels.Label{Text: "so far", Class: "",
				Spots: []labels.Spot{{X: bar.column.to, Dx: 4, Y: y, Anchor: labels.Start},
					{X: bar.column.from, Dx: -4, Y: y, Anchor: labels.End}}})
		}
	}
	if len(levels) > 0 {
		sc.Place(labels.Label{Text: b.LevelName, Class: "lab", Spots: levelSpots(levels)})
	}
	sc.ShowApart(texts, links)
}

// levelSpots are the places for the name of a line: at the ends of its pieces from the right, above and below it, and
// last above the plot.
func levelSpots(levels [][]labels.Point) []labels.Spot {
	var out []labels.Spot
	for _, above := range []bool{true, false} {
		for _, piece := range slices.Backward(levels) {
			y := piece[1].Y + 15
			if above {
				y = piece[1].Y - 6
			}
			out = append(out, labels.Spot{X: piece[1].X, Dx: 0, Y: y, Anchor: labels.End}, labels.Spot{X: piece[0].X,
				Dx: 0,
				Y:  y, Anchor: labels.Start})
		}
	}
	for _, y := range []float64{barsUpper - 8, barsUpper - 14} {
		out = append(out, labels.Spot{X: plot.Right, Dx: 0, Y: y, Anchor: labels.End}, labels.Spot{X: plot.Left, Dx: 2,
			Y:      y,
			Anchor: labels.Start})
	}
	return out
}

// column is a bar's sides, in percent of the width.
type column struct{ from, to float64 }

// columnOf returns the sides of a bar in its cell.
func columnOf(i, of int) column {
	n := float64(max(of, 1))
	return column{plot.AxisPlace((float64(i) + (1-barShare)/2) / n), plot.AxisPlace((float64(i) + (1+barShare)/2) / n)}
}

// drawColumn draws a bar from 0 to a value.
func drawColumn(d *plot.Drawing, c column, value float64, s plot.Scale, style string) {
	y := s.YOf(value)
	d.WriteFormat(`<rect x="%s%%" y="%s" width="%s%%" height="%s" %s/>`+"\n", labels.Coordinate(c.from),
		labels.Coordinate(y),
		labels.Coordinate(c.to-c.from), labels.Coordinate(s.Lower-y), style)
}

// labelled is a bar whose value is to be written.
type labelled struct {
	column column
	value  float64
	open   bool
	link   string
}

// labelValues keeps labels off the bars, and writes at each what it shows: above it, within it, or above a line that
// crosses it. The highest are the first to find room.
func labelValues(s *labels.Scene, bars []labelled, values plot.Scale) {
	for _, bar := range bars {
		s.Blocks = append(s.Blocks, labels.Block{From: bar.column.from, To: bar.column.to, Dfrom: 0, Dto: 0,
			Y0: values.YOf(bar.value),
			Y1: values.Lower})
	}
	bars = slices.Clone(bars)
	sorting.By(bars, func(a, b labelled) int { return -cmp.Compare(a.value, b.value) })
	for _, bar := range bars {
		y := values.YOf(bar.value)
		middle := (bar.column.from + bar.column.to) / 2
		var spots []labels.Spot
		for up := 7.0; up <= 31; up += 4 {
			spots = append(spots, labels.Spot{X: middle, Dx: 0, Y: y - up, Anchor: labels.Middle})
		}
		s.Place(labels.Label{Text: plot.Number(bar.value), Class: "lab", Link: bar.link, Spots: spots})
	}
}
