package chart

import (
	"jerem/chart/labels"
)

// Dot is one issue of a scatter: on a day, at a value.
type Dot struct {
	Day   int // place among the days
	Value float64
	Title string // told by the dot
}

// Scatter is what a chart of single values by day is drawn from.
type Scatter struct {
	ID, Title string
	Days      []Day
	Dots      []Dot
	Levels    []Level
	Third     bool // the card has a third of the page on a desk
}

// The geometry of a scatter, in pixels. On a desk it has two thirds of the page at least.
const (
	scatterHeight    = 280
	scatterUpper     = 24
	scatterLower     = 256
	scatterNarrowest = 576
)

// SVG draws the dots; their axis begins at 0.
func (c Scatter) SVG() string {
	d := &drawing{height: scatterHeight}
	days := withDaysAround(c.Days)
	top := highestLevel(c.Levels)
	for _, dot := range c.Dots {
		top = max(top, dot.Value)
	}
	s := newScale(top, scatterUpper, scatterLower)
	d.openChart(c.ID, c.Title)
	d.shadeDaysOff(days, s)
	d.drawGrid(s)
	d.openFrame()
	d.drawLevels(c.Levels, s)
	d.text.WriteString("</svg>\n")
	for _, dot := range c.Dots {
		d.writeFormat(`<circle cx="%s" cy="%s" r="3.2" class="dot"><title>%s</title></circle>`+"\n",
			placePercent(middleOf(dot.Day, len(days))), labels.Coordinate(s.yOf(dot.Value)), labels.Escape(dot.Title))
	}
	var l labels.Layers
	narrowest := float64(scatterNarrowest)
	if c.Third {
		narrowest = trendNarrowest
	}
	for _, one := range labels.Screens(narrowest) {
		c.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: scatterLower - 1}, days, s, &l)
	}
	l.WriteTo(&d.text)
	return d.closeChart()
}

// middleOf returns the middle of a cell, between 0 and 1 of the axis.
func middleOf(i, of int) float64 { return (float64(i) + .5) / float64(max(of, 1)) }

func (c Scatter) placeLabels(sc *labels.Scene, days []Day, s scale, l *labels.Layers) {
	labelGrid(sc, s)
	labelDays(sc, days, s)
	for _, dot := range c.Dots {
		keepClearOfDot(sc, axisPlace(middleOf(dot.Day, len(days))), s.yOf(dot.Value))
	}
	labelLevels(sc, c.Levels, s)
	sc.Show(l)
}
