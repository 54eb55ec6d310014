package chart

import (
	"fmt"
	"slices"
	"strings"
)

// clamp keeps a share between 0 and 100 percent.
func clamp(share float64) float64 { return min(max(share*100, 0), 100) }

// Meter draws a share of a rail, with an optional tick at another share; class is that of the fill.
func Meter(label string, share float64, tick *float64, class string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="meter" role="img" aria-label="%s"><rect width="100%%" class="rail"/><rect width="%s%%" class="%s"/>`, escape(label), trim(clamp(share)), class)
	if tick != nil {
		x := trim(clamp(*tick))
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
	fmt.Fprintf(&b, `<svg class="meter tall" role="img" aria-label="%s">`, escape(label))
	x := 0.0
	for _, p := range parts {
		width := max(p.Value, 0) / sum * 100
		fmt.Fprintf(&b, `<rect x="%s%%" width="%s%%" class="%s"/>`, trim(x), trim(width), p.Class)
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
	x := trim(clamp(kept / longest))
	return fmt.Sprintf(`<svg class="meter" role="img" aria-label="%s"><rect width="%s%%" class="hollow"/><rect width="%s%%" class="f-exp"/><line x1="%s%%" x2="%s%%" y1="-3" y2="11" class="s-end"/></svg>`,
		escape(label), trim(clamp(committed/longest)), trim(clamp(completed/longest)), x, x)
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
	d.open(t.ID, t.Title)
	if len(points) > 0 {
		d.printf(`<rect x="%s%%" y="%s" width="%s%%" height="%s" class="f-soft"/>`, trim(left), trim(s.y(high)), trim(right-left), trim(s.y(low)-s.y(high)))
	}
	d.grid(s)
	d.frame()
	d.printf(`<path d="%s" class="p s-exp"/><path d="M%s %sH%s" class="s-end"/></svg>`+"\n", line(points, s), trim(left*10), trim(s.y(t.Median)), trim(right*10))
	for _, p := range points {
		d.printf(`<circle cx="%s" cy="%s" r="3.5" class="f-exp"/>`+"\n", percent(p.X), trim(s.y(p.Y)))
	}
	var l layers
	for _, one := range screens(trendNarrowest) {
		t.labels(&scene{screen: one, upper: 0, lower: trendLower}, points, s, &l)
	}
	l.write(d)
	return d.close()
}

// labels names the points and writes their values on one screen, the newest first.
func (t Trend) labels(sc *scene, points []XY, s scale, l *layers) {
	sc.grid(s)
	sc.names(t.Names, s)
	median := s.y(t.Median)
	sc.lines = append(sc.lines, straight(points, s), []XY{{left, median}, {right, median}})
	for _, p := range points {
		sc.dot(place(p.X), s.y(p.Y))
	}
	for _, p := range slices.Backward(points) {
		x, y := place(p.X), s.y(p.Y)
		sc.place(label{Number(p.Y), "lab", []spot{{x, 0, y - 10, atMiddle}, {x, 0, y + 18, atMiddle}, {x, 0, y - 16, atMiddle}, {x, 0, y + 24, atMiddle}, {x, 0, y - 22, atMiddle}, {x, 0, y + 30, atMiddle}}})
	}
	sc.show(l)
}

// Progress draws done, doing and to do of one row on a scale that all rows share.
func Progress(label string, done, doing, todo, longest float64) string {
	if longest <= 0 || done+doing+todo <= 0 {
		return ""
	}
	d := &drawing{}
	d.printf(`<svg class="meter" role="img" aria-label="%s">`, escape(label))
	x := 0.0
	for _, p := range []Part{{done, "f-done"}, {doing, "f-doing"}, {todo, "f-todo"}} {
		width := clamp(max(p.Value, 0) / longest)
		d.printf(`<rect x="%s%%" width="%s%%" class="%s"/>`, trim(x), trim(width), p.Class)
		x += width
	}
	d.WriteString("</svg>")
	return d.String()
}
