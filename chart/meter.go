package chart

import (
	"fmt"
	"html"
	"strings"
)

// clamp keeps a share between 0 and 100 percent.
func clamp(share float64) float64 { return min(max(share*100, 0), 100) }

// Meter draws a share of a rail, with an optional tick at another share; class is that of the fill.
func Meter(label string, share float64, tick *float64, class string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="meter" role="img" aria-label="%s"><rect width="100%%" class="rail"/><rect width="%s%%" class="%s"/>`, html.EscapeString(label), trim(clamp(share)), class)
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
	fmt.Fprintf(&b, `<svg class="meter tall" role="img" aria-label="%s">`, html.EscapeString(label))
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
		html.EscapeString(label), trim(clamp(committed/longest)), trim(clamp(completed/longest)), x, x)
}

// Trend is a value for each of several names, in order.
type Trend struct {
	ID, Title string
	Names     []string
	Values    []float64
	Median    float64
	Note      string
}

// The geometry of a trend, in pixels.
const (
	trendHeight = 230
	trendUpper  = 24
	trendLower  = 200
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
	d.printf(`<path d="%s" class="p s-exp"/><path d="M%s %sH%s" class="s-end"/></svg>`, line(points, s), trim(left*10), trim(s.y(t.Median)), trim(right*10))
	for i, p := range points {
		d.printf(`<circle cx="%s" cy="%s" r="3.5" class="f-exp"/><text x="%s" y="%s" class="lab m">%s</text>`, percent(p.X), trim(s.y(p.Y)), percent(p.X), trim(s.y(p.Y)-10), Number(p.Y))
		d.printf(`<text x="%s" y="%d" class="m">%s</text>`+"\n", percent(p.X), trendLower+17, html.EscapeString(t.Names[i]))
	}
	return d.close()
}
