// Package chart draws: numbers in, SVG text out. A drawing knows numbers, not sprints, so pages,
// badges and tests share it.
//
// x is in percent and y in pixels: paths sit in a nested svg that stretches, text and marks stand at
// "x%", so one drawing serves a wide screen and a phone and text never shrinks. Where labels stand is
// computed, for a phone, a tablet and a desk each (screen.go), from the widths of their letters
// (width.go): no text lies on another or on a line of data; what finds no room is left out (label.go).
// Style comes by class only. Colours, patterns and marks are those of package ui and of the page's definitions.
package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// XY is a point: X between 0 and 1 of the axis, Y in the unit of the chart.
type XY struct{ X, Y float64 }

// The plot's left and right edge, in percent of the width.
const (
	left  = 2.5
	right = 97.5
)

// percent writes a place on the axis.
func percent(x float64) string { return trim(place(x)) + "%" }

// place returns a place on the axis in percent of the width; what is no number stands at the left.
func place(x float64) float64 {
	if math.IsNaN(x) {
		x = 0
	}
	return left + (right-left)*min(max(x, 0), 1)
}

// trim writes a coordinate with at most two decimals.
func trim(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		x = 0
	}
	x = min(max(x, -1e15), 1e15)
	text := strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64)
	if text == "-0" {
		return "0"
	}
	return text
}

// Number writes a figure with at most two decimals and the true minus sign.
func Number(x float64) string { return strings.Replace(trim(x), "-", "−", 1) }

// scale maps values from 0 to top onto pixels.
type scale struct {
	top          float64 // the value at the upper edge
	step         float64 // between grid lines
	upper, lower float64 // pixels
}

// newScale chooses a round top and at most five grid lines for values up to highest.
func newScale(highest, upper, lower float64) scale {
	if math.IsNaN(highest) || highest <= 0 {
		highest = 1
	}
	highest = min(max(highest, 1e-6), 1e15) // beyond that nothing can be read off a chart
	step := nice(highest / 5)
	return scale{top: math.Ceil(highest/step-1e-9) * step, step: step, upper: upper, lower: lower}
}

// wholly keeps to whole steps where all values are whole: half an issue is nothing to read off.
func (s scale) wholly(values ...float64) scale {
	for _, v := range values {
		if v != math.Trunc(v) {
			return s
		}
	}
	if s.step < 1 {
		s.step, s.top = 1, math.Ceil(s.top)
	}
	return s
}

// nice returns the next number of 1, 2, 2.5 or 5 times a power of ten.
func nice(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if x <= m*power*(1+1e-9) {
			return m * power
		}
	}
	return 10 * power
}

func (s scale) y(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	return s.lower - min(max(v, 0), s.top)/s.top*(s.lower-s.upper)
}

// drawing collects the text of a chart.
type drawing struct {
	strings.Builder
	height int
}

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(&d.Builder, format, args...) }

// open begins a chart whose title reads as its sentence.
func (d *drawing) open(id, title string) {
	d.printf(`<svg class="chart" height="%d" role="img" aria-labelledby="%s"><title id="%s">%s</title>`+"\n", d.height, id, id, escape(title))
}

func (d *drawing) close() string {
	d.WriteString("</svg>\n")
	return d.String()
}

// frame opens the stretching part, whose x goes from 0 to 1000.
func (d *drawing) frame() {
	d.printf(`<svg viewBox="0 0 1000 %d" preserveAspectRatio="none" width="100%%" height="%d" aria-hidden="true">`, d.height, d.height)
}

// line writes a path through points, straight from one to the next.
func line(points []XY, s scale) string {
	var b strings.Builder
	for i, p := range points {
		fmt.Fprintf(&b, "%c%s %s", map[bool]byte{true: 'M', false: 'L'}[i == 0], trim(place(p.X)*10), trim(s.y(p.Y)))
	}
	return b.String()
}

// steps writes a path of values that each hold until the next.
func steps(points []XY, end float64, s scale) string {
	var b strings.Builder
	for i, p := range points {
		x, y := trim(place(p.X)*10), trim(s.y(p.Y))
		if i == 0 {
			fmt.Fprintf(&b, "M%s %s", x, y)
			continue
		}
		fmt.Fprintf(&b, "H%sV%s", x, y)
	}
	if len(points) > 0 {
		fmt.Fprintf(&b, "H%s", trim(place(end)*10))
	}
	return b.String()
}

func highest(lists ...[]XY) float64 {
	top := 0.0
	for _, list := range lists {
		for _, p := range list {
			if p.Y > top && !math.IsInf(p.Y, 0) {
				top = p.Y
			}
		}
	}
	return top
}

// margin is the space around a drawing that stands alone, in pixels.
const margin = 20

// Alone returns a drawing of [Burnup], [Burndown], [Bars], [Weeks] or [Trend] as a file of its own, 1000
// pixels wide. style is what its classes mean and definitions are the marks and patterns it uses; both
// are trusted. The style must make the class chart 960 pixels wide.
func Alone(drawing, style, definitions string) string {
	height := 0
	if _, err := fmt.Sscanf(drawing, `<svg class="chart" height="%d"`, &height); err != nil {
		return ""
	}
	placed := strings.Replace(drawing, `<svg class="chart"`, fmt.Sprintf(`<svg class="chart" x="%d" y="%d" width="960"`, margin, margin), 1)
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 %d" width="1000" height="%d">`, height+2*margin, height+2*margin) +
		"<style><![CDATA[" + strings.ReplaceAll(style, "]]>", "") + "]]></style><defs>" + definitions + `</defs><rect width="100%" height="100%" class="sheet"/>` + "\n" + placed + "</svg>\n"
}
