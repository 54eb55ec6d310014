package chart

import (
	"jerem/chart/inline"
	"jerem/chart/labels"
	"jerem/chart/plot"
)

// Told is what dates were told at several moments, one after the other: for each a bar from the date of even odds to
// a surer one, against the date on which it was due and the one on which it came.
type Told struct {
	ID, Title string
	Moments   []ToldDates
	Dates     []ToldDate // lines across: when it was due, when it came
	Ticks     []ToldDate // names of the axis of dates
	Third     bool       // the card has a third of the page on a desk
	Link      string     // what the dates lead to; "" for nothing
}

// ToldDates is what was told at a moment. Places are shares of the axis of dates, later is higher.
type ToldDates struct {
	Name     string   // of the moment, under the plot
	From, To *float64 // nil where it was not told
	Class    string   // whether it held: good, bad, or "" while that cannot be told
	Title    string
}

// ToldDate is a date of the axis.
type ToldDate struct {
	Y           float64
	Name, Short string
	Class       string // of its line
}

// The geometry, in pixels. On a desk the card has two thirds of the page.
const (
	toldHeight    = 350
	toldUpper     = 24
	toldLower     = 326
	toldNarrowest = 555
)

// SVG draws the dates.
func (c Told) SVG() string {
	d := &plot.Drawing{Height: toldHeight}
	s := plot.Scale{Top: 1, Step: 1, Upper: toldUpper, Lower: toldLower}
	d.OpenWith(c.ID, c.Title, c.Link != "")
	for _, tick := range c.Ticks {
		d.DrawAcross(s.YOf(tick.Y), "gridl")
	}
	for _, date := range c.Dates {
		d.DrawAcross(s.YOf(date.Y), date.Class)
	}
	if c.Link == "" {
		c.eachMoment(s, func(_ ToldDates, mark string) { d.Text.WriteString(mark) })
	}
	var texts, links labels.Layers
	narrowest := float64(toldNarrowest)
	if c.Third {
		narrowest = trendNarrowest
	}
	for _, one := range labels.Screens(narrowest) {
		c.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: toldLower - 1}, s, &texts, &links)
	}
	if c.Link == "" {
		return d.CloseWith(&texts, &links)
	}
	texts.WriteTo(&d.Text)
	d.EndPicture()
	c.eachMoment(s, func(one ToldDates, mark string) { d.DrawLink(c.Link, one.Title, mark) })
	links.WriteTo(&d.Text)
	return d.CloseChart()
}

// eachMoment calls for each moment with the mark of its dates.
func (c Told) eachMoment(s plot.Scale, call func(one ToldDates, mark string)) {
	for i, one := range c.Moments {
		if one.From != nil || one.To != nil {
			call(one, one.datesMark(plot.AxisPlace(plot.MiddleOf(i, len(c.Moments))), s))
		}
	}
}

// datesMark draws the dates of a moment at a place in percent of the width.
func (one ToldDates) datesMark(x float64, s plot.Scale) string {
	var d plot.Drawing
	at := labels.Coordinate(x) + "%"
	class := one.Class
	if class == "" {
		class = "open"
	}
	d.WriteFormat(`<g class="told %s"><title>%s</title>`, labels.Escape(class), labels.Escape(one.Title))
	if one.From != nil && one.To != nil {
		d.WriteFormat(`<line x1="%s" x2="%s" y1="%s" y2="%s" class="rb"/>`, at, at, labels.Coordinate(s.YOf(*one.From)),
			labels.Coordinate(s.YOf(*one.To)))
	}
	if one.From != nil {
		d.WriteFormat(`<circle cx="%s" cy="%s" r="3.5" class="rg"/>`, at, labels.Coordinate(s.YOf(*one.From)))
	}
	if one.To != nil {
		shape := inline.StateShapes[one.Class]
		if shape == "" {
			shape = inline.StateShapes["good"]
		}
		d.WriteFormat(`<svg x="%s" y="%s" class="shape"><path d="%s" class="f-st"/></svg>`, at,
			labels.Coordinate(s.YOf(*one.To)), shape)
	}
	d.Text.WriteString("</g>\n")
	return d.Text.String()
}

// placeLabels names moments and dates on one screen.
func (c Told) placeLabels(sc *labels.Scene, s plot.Scale, texts, links *labels.Layers) {
	var names []string
	for i, one := range c.Moments {
		names = append(names, one.Name)
		x := plot.AxisPlace(plot.MiddleOf(i, len(c.Moments)))
		for _, y := range []*float64{one.From, one.To} {
			if y != nil {
				plot.KeepClearOfDot(sc, x, s.YOf(*y))
			}
		}
		if one.From != nil && one.To != nil {
			sc.Lines = append(sc.Lines, []labels.Point{{X: x, Y: s.YOf(*one.From)}, {X: x, Y: s.YOf(*one.To)}})
		}
	}
	plot.LabelNames(sc, names, s)
	var levels []Level
	for _, date := range c.Dates {
		levels = append(levels, Level{Value: date.Y, Name: date.Name, Short: date.Short, Link: c.Link})
	}
	for _, tick := range c.Ticks {
		sc.Put(labels.Spot{X: plot.Left, Dx: -6, Y: s.YOf(tick.Y) + 4, Anchor: labels.End}, tick.Name, "")
	}
	plot.LabelLevels(sc, levels, s)
	sc.ShowApart(texts, links)
}
