package chart

import (
	"fmt"
	"math"
	"strings"

	"jerem/chart/labels"
)

// XY is a point: X between 0 and 1 of the axis, Y in the unit of the chart.
type XY struct{ X, Y float64 }

// The plot's left and right edge, in percent of the width.
const (
	left  = 2.5
	right = 97.5
)

// placePercent writes a place on the axis.
func placePercent(x float64) string { return labels.Coordinate(axisPlace(x)) + "%" }

// axisPlace returns a place on the axis in percent of the width; what is no number stands at the left.
func axisPlace(x float64) float64 {
	if math.IsNaN(x) {
		x = 0
	}
	return left + (right-left)*min(max(x, 0), 1)
}

// Number writes a figure with at most two decimals and the true minus sign.
func Number(x float64) string { return strings.Replace(labels.Coordinate(x), "-", "−", 1) }

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
	step := roundUp(highest / 5)
	return scale{top: math.Ceil(highest/step-1e-9) * step, step: step, upper: upper, lower: lower}
}

// withWholeSteps keeps to whole steps where all values are whole: half an issue is nothing to read off.
func (s scale) withWholeSteps(values ...float64) scale {
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

// roundUp returns the next number of 1, 2, 2.5 or 5 times a power of ten.
func roundUp(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if x <= m*power*(1+1e-9) {
			return m * power
		}
	}
	return 10 * power
}

func (s scale) yOf(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	return s.lower - min(max(v, 0), s.top)/s.top*(s.lower-s.upper)
}

// drawing collects the text of a chart.
type drawing struct {
	text   strings.Builder
	height int
}

func (d *drawing) writeFormat(format string, args ...any) { fmt.Fprintf(&d.text, format, args...) }

// openChart begins a chart whose title reads as its sentence.
func (d *drawing) openChart(id, title string) {
	d.writeFormat(`<svg class="chart" height="%d" role="img" aria-labelledby="%s"><title id="%s">%s</title>`+"\n",
		d.height,
		id,
		id, labels.Escape(title))
}

// openLinked begins a chart that holds links. All but the links, which stand behind the group that this opens and the
// caller closes, is one picture: only its sentence is read out, and the links. rows is how many rows of marks stand
// above the plot: the style takes away the room of the others.
func (d *drawing) openLinked(id, title string, rows int) {
	d.writeFormat(`<svg class="chart" height="%d" role="group" aria-labelledby="%s" data-rows="%d">`+
		`<title id="%s">%s</title><g aria-hidden="true">`+"\n", d.height, id, rows, id, labels.Escape(title))
}

func (d *drawing) closeChart() string {
	d.text.WriteString("</svg>\n")
	return d.text.String()
}

// openFrame opens the stretching part, whose x goes from 0 to 1000.
func (d *drawing) openFrame() {
	d.writeFormat(`<svg viewBox="0 0 1000 %d" preserveAspectRatio="none" width="100%%" height="%d" aria-hidden="true">`,
		d.height, d.height)
}

// straightPath writes a path through points, straight from one to the next.
func straightPath(points []XY, s scale) string {
	var b strings.Builder
	for i, p := range points {
		command := 'L'
		if i == 0 {
			command = 'M'
		}
		fmt.Fprintf(&b, "%c%s %s", command, labels.Coordinate(axisPlace(p.X)*10), labels.Coordinate(s.yOf(p.Y)))
	}
	return b.String()
}

// steppedPath writes a path of values that each hold until the next.
func steppedPath(points []XY, end float64, s scale) string {
	var b strings.Builder
	for i, p := range points {
		x, y := labels.Coordinate(axisPlace(p.X)*10), labels.Coordinate(s.yOf(p.Y))
		if i == 0 {
			fmt.Fprintf(&b, "M%s %s", x, y)
			continue
		}
		fmt.Fprintf(&b, "H%sV%s", x, y)
	}
	if len(points) > 0 {
		fmt.Fprintf(&b, "H%s", labels.Coordinate(axisPlace(end)*10))
	}
	return b.String()
}

func highestValue(lists ...[]XY) float64 {
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

// linksAsGroups takes the links out of a drawing that stands alone: what they lead to is on the page.
var linksAsGroups = strings.NewReplacer("<a href=", "<g data-link=", "</a>", "</g>")

// WithoutLinks returns a drawing whose links lead nowhere, for places where what they lead to is not.
func WithoutLinks(drawing string) string { return linksAsGroups.Replace(drawing) }

// Alone returns a drawing of [Burnup], [Burndown], [Bars], [Weeks] or [Trend] as a file of its own, 1000
// pixels wide. style is what its classes mean and definitions are the marks and patterns it uses; both
// are trusted. The style must make the class chart 960 pixels wide.
func Alone(drawing, style, definitions string) string {
	height := 0
	if _, err := fmt.Sscanf(drawing, `<svg class="chart" height="%d"`, &height); err != nil {
		return ""
	}
	drawing = WithoutLinks(drawing)
	placed := strings.Replace(drawing, `<svg class="chart"`,
		fmt.Sprintf(`<svg class="chart" x="%d" y="%d" width="960"`, margin, margin), 1)
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 %d" width="1000" height="%d">`,
		height+2*margin, height+2*margin) +
		"<style><![CDATA[" + strings.ReplaceAll(style, "]]>", "") + "]]></style><defs>" + definitions +
		`</defs><rect width="100%" height="100%" class="sheet"/>` + "\n" + placed + "</svg>\n"
}
