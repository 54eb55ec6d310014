package chart

import (
	"fmt"
	"slices"
	"strings"

	"jerem/chart/labels"
)

// clampShare keeps a share between 0 and 100 percent.
func clampShare(share float64) float64 { return min(max(share*100, 0), 100) }

// Meter draws a share of a rail, with an optional tick at another share; class is that of the fill.
func Meter(label string, share float64, tick *float64, class string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="meter" role="img" aria-label="%s"><rect width="100%%" class="rail"/>`,
		labels.Escape(label))
	fmt.Fprintf(&b, `<rect width="%s%%" class="%s"/>`, labels.Coordinate(clampShare(share)), class)
	if tick != nil {
		x := labels.Coordinate(clampShare(*tick))
		fmt.Fprintf(&b, `<line x1="%s%%" x2="%s%%" y1="-3" y2="11" class="s-end"/>`, x, x)
	}
	b.WriteString("</svg>")
	return b.String()
}

// Part is a part of a bar, told by its class.
type Part struct {
	Value float64
	Class string
}

// Stack draws parts side by side as shares of their sum; nothing where the sum is 0.
func Stack(label string, parts []Part) string {
	sum := 0.0
	for _, p := range parts {
		sum += max(p.Value, 0)
	}
	if sum == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="meter tall" role="img" aria-label="%s">`, labels.Escape(label))
	x := 0.0
	for _, p := range parts {
		width := max(p.Value, 0) / sum * 100
		fmt.Fprintf(&b, `<rect x="%s%%" width="%s%%" class="%s"/>`, labels.Coordinate(x), labels.Coordinate(width),
			p.Class)
		x += width
	}
	b.WriteString("</svg>")
	return b.String()
}

// Kept draws what was committed as an outline, what was completed as its filling and what of the
// commitment was kept as a tick, as shares of the longest row.
func Kept(label string, committed, completed, kept, longest float64) string {
	if longest <= 0 {
		return ""
	}
	x := labels.Coordinate(clampShare(kept / longest))
	return fmt.Sprintf(`<svg class="meter" role="img" aria-label="%s"><rect width="%s%%" class="hollow"/>`+
		`<rect width="%s%%" class="f-exp"/><line x1="%s%%" x2="%s%%" y1="-3" y2="11" class="s-end"/></svg>`,
		labels.Escape(label), labels.Coordinate(clampShare(committed/longest)),
		labels.Coordinate(clampShare(completed/longest)), x, x)
}

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
		d.addf(`<rect x="%s%%" y="%s" width="%s%%" height="%s" class="f-soft"/>`, labels.Coordinate(left),
			labels.Coordinate(s.y(high)), labels.Coordinate(right-left), labels.Coordinate(s.y(low)-s.y(high)))
	}
	d.drawGrid(s)
	d.openFrame()
	d.addf(`<path d="%s" class="p s-exp"/><path d="M%s %sH%s" class="s-end"/></svg>`+"\n", straightPath(points, s),
		labels.Coordinate(left*10), labels.Coordinate(s.y(t.Median)), labels.Coordinate(right*10))
	for _, p := range points {
		d.addf(`<circle cx="%s" cy="%s" r="3.5" class="f-exp"/>`+"\n", placePercent(p.X), labels.Coordinate(s.y(p.Y)))
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
	median := s.y(t.Median)
	sc.Lines = append(sc.Lines, straightLine(points, s), []labels.Point{{X: left, Y: median}, {X: right, Y: median}})
	for _, p := range points {
		keepClearOfDot(sc, axisPlace(p.X), s.y(p.Y))
	}
	for _, p := range slices.Backward(points) {
		x, y := axisPlace(p.X), s.y(p.Y)
		sc.Place(labels.Label{Text: Number(p.Y), Class: "lab",
			Spots: []labels.Spot{{X: x, Dx: 0, Y: y - 10, Anchor: labels.Middle},
				{X: x, Dx: 0, Y: y + 18, Anchor: labels.Middle}, {X: x, Dx: 0, Y: y - 16, Anchor: labels.Middle},
				{X: x, Dx: 0, Y: y + 24, Anchor: labels.Middle}, {X: x, Dx: 0, Y: y - 22, Anchor: labels.Middle},
				{X: x, Dx: 0, Y: y + 30, Anchor: labels.Middle}}})
	}
	sc.Show(l)
}

// Progress draws done, doing and to do of one row on a scale that all rows share.
func Progress(label string, done, doing, todo, longest float64) string {
	if longest <= 0 || done+doing+todo <= 0 {
		return ""
	}
	d := &drawing{}
	d.addf(`<svg class="meter" role="img" aria-label="%s">`, labels.Escape(label))
	x := 0.0
	for _, p := range []Part{{done, "f-done"}, {doing, "f-doing"}, {todo, "f-todo"}} {
		width := clampShare(max(p.Value, 0) / longest)
		d.addf(`<rect x="%s%%" width="%s%%" class="%s"/>`, labels.Coordinate(x), labels.Coordinate(width), p.Class)
		x += width
	}
	d.text.WriteString("</svg>")
	return d.text.String()
}
