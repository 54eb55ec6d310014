package chart

import (
	"slices"

	"jerem/chart/labels"
	"jerem/chart/plot"
)

// Trend is a value for each of several names, in order.
type Trend struct {
	ID, Title string
	Names     []string
	Values    []float64
	Links     []string // what the values lead to; nil for nothing
	Median    float64
	Note      string
}

// isLinked tells whether the values lead somewhere.
func (t Trend) isLinked() bool { return len(t.Links) == len(t.Values) && len(t.Links) > 0 }

// The geometry of a trend, in pixels. On a desk it has a third of the page at least, beside a
// table of six sprints.
const (
	trendHeight    = 360
	trendUpper     = 24
	trendLower     = 330
	trendNarrowest = 256
)

// SVG draws the line, a band from the lowest to the highest value, and the median.
func (t Trend) SVG() string {
	d := &plot.Drawing{Height: trendHeight}
	points := make([]XY, len(t.Values))
	low, high := 0.0, 0.0
	for i, v := range t.Values {
		points[i] = XY{X: (float64(i) + .5) / float64(len(t.Values)), Y: v}
		if i == 0 || v < low {
			low = v
		}
		high = max(high, v)
	}
	s := plot.NewScale(high, trendUpper, trendLower)
	d.OpenWith(t.ID, t.Title, t.isLinked())
	if len(points) > 0 {
		d.WriteFormat(`<rect x="%s%%" y="%s" width="%s%%" height="%s" class="f-soft"/>`, labels.Coordinate(plot.Left),
			labels.Coordinate(s.YOf(high)), labels.Coordinate(plot.Right-plot.Left),
			labels.Coordinate(s.YOf(low)-s.YOf(high)))
	}
	d.DrawGrid(s)
	d.OpenFrame()
	d.WriteFormat(`<path d="%s" class="p s-exp"/><path d="M%s %sH%s" class="s-end"/></svg>`+"\n",
		plot.StraightPath(points, s),
		labels.Coordinate(plot.Left*10), labels.Coordinate(s.YOf(t.Median)), labels.Coordinate(plot.Right*10))
	for _, p := range points {
		d.WriteFormat(`<circle cx="%s" cy="%s" r="3.5" class="f-exp"/>`+"\n", plot.PlacePercent(p.X),
			labels.Coordinate(s.YOf(p.Y)))
	}
	var texts, links labels.Layers
	for _, one := range labels.Screens(trendNarrowest) {
		t.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: trendLower}, points, s, &texts, &links)
	}
	return d.CloseWith(&texts, &links)
}

// placeLabels names the points and writes their values on one screen, the newest first.
func (t Trend) placeLabels(sc *labels.Scene, points []XY, s plot.Scale, texts, links *labels.Layers) {
	plot.LabelGrid(sc, s)
	plot.LabelNames(sc, t.Names, s)
	median := s.YOf(t.Median)
	sc.Lines = append(sc.Lines, plot.StraightLine(points, s), []labels.Point{{X: plot.Left, Y: median},
		{X: plot.Right, Y: median}})
	for _, p := range points {
		plot.KeepClearOfDot(sc, plot.AxisPlace(p.X), s.YOf(p.Y))
	}
	for i, p := range slices.Backward(points) {
		link := ""
		if t.isLinked() {
			link = t.Links[i]
		}
		x, y := plot.AxisPlace(p.X), s.YOf(p.Y)
		sc.Place(labels.Label{Text: plot.Number(p.Y), Class: "lab", Link: link,
			Spots: []labels.Spot{{X: x, Dx: 0, Y: y - 10, Anchor: labels.Middle},
				{X: x, Dx: 0, Y: y + 18, Anchor: labels.Middle}, {X: x, Dx: 0, Y: y - 16, Anchor: labels.Middle},
				{X: x, Dx: 0, Y: y + 24, Anchor: labels.Middle}, {X: x, Dx: 0, Y: y - 22, Anchor: labels.Middle},
				{X: x, Dx: 0, Y: y + 30, Anchor: labels.Middle}}})
	}
	sc.ShowApart(texts, links)
}
