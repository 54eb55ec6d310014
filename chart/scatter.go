package chart

import (
	"jerem/chart/labels"
	"jerem/chart/plot"
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
	d := &plot.Drawing{Height: scatterHeight}
	days := plot.WithDaysAround(c.Days)
	top := plot.HighestLevel(c.Levels)
	for _, dot := range c.Dots {
		top = max(top, dot.Value)
	}
	s := plot.NewScale(top, scatterUpper, scatterLower)
	d.OpenChart(c.ID, c.Title)
	d.ShadeDaysOff(days, s)
	d.DrawGrid(s)
	d.OpenFrame()
	d.DrawLevels(c.Levels, s)
	d.Text.WriteString("</svg>\n")
	for _, dot := range c.Dots {
		d.WriteFormat(`<circle cx="%s" cy="%s" r="3.2" class="dot"><title>%s</title></circle>`+"\n",
			plot.PlacePercent(plot.MiddleOf(dot.Day, len(days))), labels.Coordinate(s.YOf(dot.Value)),
			labels.Escape(dot.Title))
	}
	var l labels.Layers
	narrowest := float64(scatterNarrowest)
	if c.Third {
		narrowest = trendNarrowest
	}
	for _, one := range labels.Screens(narrowest) {
		c.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: scatterLower - 1}, days, s, &l)
	}
	l.WriteTo(&d.Text)
	return d.CloseChart()
}

func (c Scatter) placeLabels(sc *labels.Scene, days []Day, s plot.Scale, l *labels.Layers) {
	plot.LabelGrid(sc, s)
	plot.LabelDays(sc, days, s)
	for _, dot := range c.Dots {
		plot.KeepClearOfDot(sc, plot.AxisPlace(plot.MiddleOf(dot.Day, len(days))), s.YOf(dot.Value))
	}
	plot.LabelLevels(sc, c.Levels, s)
	sc.Show(l)
}
