package chart

import (
	"slices"

	"jerem/chart/labels"
)

// Trend is a value for each of several names, in order.
type Trend struct {
	ID, Title string
	Names     []string
	Values    []float64
	Median    float64
	Note      string
}

// The geometry of a trend, in pixels. On a desk it has a third of the page at least.
const (
	trendHeight    = 230
	trendUpper     = 24
	trendLower     = 200
	trendNarrowest = 256
)

// SVG draws the line, a band from the lowest to the highest value, and the median.
func (t Trend) SVG() string {
	d := &drawing{height: trendHeight}
	points := make([]XY, len(t.Values))
	low, high := 0.0, 0.0
	for i, v := range t.Values {
		points[i] = XY{(float64(i) + .5) / float64(len(t.Values)), v}
		if i == 0 || v < low {
			low = v
		}
		high = max(high, v)
	}
	s := newScale(high, trendUpper, trendLower)
	d.openChart(t.ID, t.Title)
	if len(points) > 0 {
		d.writeFormat(`<rect x="%s%%" y="%s" width="%s%%" height="%s" class="f-soft"/>`, labels.Coordinate(left),
			labels.Coordinate(s.yOf(high)), labels.Coordinate(right-left), labels.Coordinate(s.yOf(low)-s.yOf(high)))
	}
	d.drawGrid(s)
	d.openFrame()
	d.writeFormat(`<path d="%s" class="p s-exp"/><path d="M%s %sH%s" class="s-end"/></svg>`+"\n",
		straightPath(points, s),
		labels.Coordinate(left*10), labels.Coordinate(s.yOf(t.Median)), labels.Coordinate(right*10))
	for _, p := range points {
		d.writeFormat(`<circle cx="%s" cy="%s" r="3.5" class="f-exp"/>`+"\n", placePercent(p.X),
			labels.Coordinate(s.yOf(p.Y)))
	}
	var l labels.Layers
	for _, one := range labels.Screens(trendNarrowest) {
		t.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: trendLower}, points, s, &l)
	}
	l.WriteTo(&d.text)
	return d.closeChart()
}

// placeLabels names the points and writes their values on one screen, the newest first.
func (t Trend) placeLabels(sc *labels.Scene, points []XY, s scale, l *labels.Layers) {
	labelGrid(sc, s)
	labelNames(sc, t.Names, s)
	median := s.yOf(t.Median)
	sc.Lines = append(sc.Lines, straightLine(points, s), []labels.Point{{X: left, Y: median}, {X: right, Y: median}})
	for _, p := range points {
		keepClearOfDot(sc, axisPlace(p.X), s.yOf(p.Y))
	}
	for _, p := range slices.Backward(points) {
		x, y := axisPlace(p.X), s.yOf(p.Y)
		sc.Place(labels.Label{Text: Number(p.Y), Class: "lab",
			Spots: []labels.Spot{{X: x, Dx: 0, Y: y - 10, Anchor: labels.Middle},
				{X: x, Dx: 0, Y: y + 18, Anchor: labels.Middle}, {X: x, Dx: 0, Y: y - 16, Anchor: labels.Middle},
				{X: x, Dx: 0, Y: y + 24, Anchor: labels.Middle}, {X: x, Dx: 0, Y: y - 22, Anchor: labels.Middle},
				{X: x, Dx: 0, Y: y + 30, Anchor: labels.Middle}}})
	}
	sc.Show(l)
}
