package chart

import (
	"fmt"
	"slices"

	"jerem/chart/labels"
	"jerem/chart/plot"
)

// Dot is one issue of a scatter: on a day, at a value.
type Dot struct {
	Day   int // place among the days
	Value float64
	Title string // told by the dot
	Name  string // beside the dot, where it has room; "" for one that is as others
	Link  string // what it leads to; "" for nothing
}

// anyLinked tells whether some dot leads somewhere.
func anyLinked(dots []Dot) bool {
	return slices.ContainsFunc(dots, func(dot Dot) bool { return dot.Link != "" })
}

// circleMark is the mark of a dot at a place of the axis.
func (dot Dot) circleMark(x, y float64, radius string) string {
	return fmt.Sprintf(`<circle cx="%s" cy="%s" r="%s" class="dot"><title>%s</title></circle>`, plot.PlacePercent(x),
		labels.Coordinate(y), radius, labels.Escape(dot.Title))
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
	var values []float64
	for _, dot := range c.Dots {
		top, values = max(top, dot.Value), append(values, dot.Value)
	}
	s := plot.NewScale(top, scatterUpper, scatterLower).WithWholeSteps(values...)
	d.OpenWith(c.ID, c.Title, c.isLinked())
	d.ShadeDaysOff(days, s)
	d.DrawGrid(s)
	d.OpenFrame()
	d.DrawLevels(c.Levels, s)
	d.Text.WriteString("</svg>\n")
	if !c.isLinked() {
		c.eachDot(days, s, func(_ Dot, circle string) { d.WriteFormat("%s\n", circle) })
	}
	var texts, links labels.Layers
	narrowest := float64(scatterNarrowest)
	if c.Third {
		narrowest = trendNarrowest
	}
	for _, one := range labels.Screens(narrowest) {
		c.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: scatterLower - 1}, days, s, &texts, &links)
	}
	if !c.isLinked() {
		return d.CloseWith(&texts, &links)
	}
	texts.WriteTo(&d.Text)
	d.EndPicture()
	c.eachDot(days, s, func(dot Dot, circle string) { d.DrawLink(dot.Link, dot.Title, circle) })
	links.WriteTo(&d.Text)
	return d.CloseChart()
}

// isLinked tells whether the dots lead somewhere.
func (c Scatter) isLinked() bool { return anyLinked(c.Dots) }

// eachDot calls for each dot with its mark.
func (c Scatter) eachDot(days []Day, s plot.Scale, call func(dot Dot, circle string)) {
	for _, dot := range c.Dots {
		call(dot, dot.circleMark(plot.MiddleOf(dot.Day, len(days)), s.YOf(dot.Value), "3.2"))
	}
}

func (c Scatter) placeLabels(sc *labels.Scene, days []Day, s plot.Scale, texts, links *labels.Layers) {
	plot.LabelGrid(sc, s)
	plot.LabelDays(sc, days, s)
	sc.Blocks = slices.Grow(sc.Blocks, len(c.Dots))
	for _, dot := range c.Dots {
		plot.KeepClearOfDot(sc, plot.AxisPlace(plot.MiddleOf(dot.Day, len(days))), s.YOf(dot.Value))
	}
	plot.LabelLevels(sc, c.Levels, s)
	for _, dot := range c.Dots {
		dot.placeName(sc, plot.AxisPlace(plot.MiddleOf(dot.Day, len(days))), s.YOf(dot.Value))
	}
	sc.ShowApart(texts, links)
}

// placeName puts the name of a dot right beside it, so that it is not taken for that of another.
func (dot Dot) placeName(sc *labels.Scene, x, y float64) {
	if dot.Name == "" {
		return
	}
	sc.Place(labels.Label{Text: dot.Name, Class: "lab q", Spots: []labels.Spot{
		{X: x, Dx: 8, Y: y + 4, Anchor: labels.Start}, {X: x, Dx: -8, Y: y + 4, Anchor: labels.End},
		{X: x, Dx: 0, Y: y - 10, Anchor: labels.Middle}, {X: x, Dx: 0, Y: y + 17, Anchor: labels.Middle}}})
}
