package plot

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
	Left  = 2.5
	Right = 97.5
)

// PlacePercent writes a place on the axis.
func PlacePercent(x float64) string { return labels.Coordinate(AxisPlace(x)) + "%" }

// AxisPlace returns a place on the axis in percent of the width; what is no number stands at the left.
func AxisPlace(x float64) float64 {
	if math.IsNaN(x) {
		x = 0
	}
	return Left + (Right-Left)*min(max(x, 0), 1)
}

// Number writes a figure with at most two decimals, the true minus sign, and its thousands apart by a narrow space.
func Number(x float64) string {
	whole, fraction, hasFraction := strings.Cut(strings.TrimPrefix(labels.Coordinate(x), "-"), ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "\u202f" + whole[at:]
	}
	if hasFraction {
		whole += "." + fraction
	}
	if strings.HasPrefix(labels.Coordinate(x), "-") {
		return "−" + whole
	}
	return whole
}

// Scale maps values from 0 to top onto pixels.
type Scale struct {
	Top          float64 // the value at the upper edge
	Step         float64 // between grid lines
	Upper, Lower float64 // pixels
}

// NewScale chooses a round top and at most five grid lines for values up to highest.
func NewScale(highest, upper, lower float64) Scale {
	if math.IsNaN(highest) || highest <= 0 {
		highest = 1
	}
	highest = min(max(highest, 1e-6), 1e15) // beyond that nothing can be read off a chart
	step := roundUp(highest / 5)
	return Scale{Top: math.Ceil(highest/step-1e-9) * step, Step: step, Upper: upper, Lower: lower}
}

// WithWholeSteps keeps to whole steps where all values are whole: half an issue is nothing to read off.
func (s Scale) WithWholeSteps(values ...float64) Scale {
	for _, v := range values {
		if v != math.Trunc(v) {
			return s
		}
	}
	if s.Step != math.Trunc(s.Step) {
		highest := s.Top
		s.Step = roundUp(math.Ceil(s.Step))
		if s.Step == 2.5 {
			s.Step = 5
		}
		s.Top = math.Ceil(highest/s.Step-1e-9) * s.Step
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

// YOf returns the height of a value, in pixels from above; what is no number counts 0.
func (s Scale) YOf(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	return s.Lower - min(max(v, 0), s.Top)/s.Top*(s.Lower-s.Upper)
}

// Drawing collects the text of a chart.
type Drawing struct {
	Text   strings.Builder
	Height int
}

// WriteFormat adds text to the drawing.
func (d *Drawing) WriteFormat(format string, args ...any) { fmt.Fprintf(&d.Text, format, args...) }

// OpenChart begins a chart that is one picture: its title, read as its sentence, is all that is read out. The title is
// its name by itself; named a second time, as by aria-labelledby, it would be read twice. [Drawing.EndPicture] ends
// the picture.
func (d *Drawing) OpenChart(id, title string) {
	d.WriteFormat(`<svg class="chart" height="%d" role="img"><title id="%s">%s</title><g aria-hidden="true">`+"\n",
		d.Height, id, labels.Escape(title))
}

// OpenLinked begins a chart that holds links. All but the links, which stand behind the group that this opens and the
// caller ends by [Drawing.EndPicture], is one picture as of [Drawing.OpenChart]: only its sentence is read out, and the
// links. rows is how many rows of marks stand above the plot: the style takes away the room of the others.
func (d *Drawing) OpenLinked(id, title string, rows int) {
	d.WriteFormat(`<svg class="chart" height="%d" role="group" data-rows="%d">`+
		`<title id="%s">%s</title><g aria-hidden="true">`+"\n", d.Height, rows, id, labels.Escape(title))
}

// openRows is the number of rows above a plot whose room is kept where no mark stands above it.
const openRows = 4

// OpenWith begins a chart that may hold links: with some it is a group as of [Drawing.OpenLinked], else one picture.
func (d *Drawing) OpenWith(id, title string, linked bool) {
	if linked {
		d.OpenLinked(id, title, openRows)
		return
	}
	d.OpenChart(id, title)
}

// EndPicture ends what is one picture: what follows is read out by itself.
func (d *Drawing) EndPicture() { d.Text.WriteString("</g>\n") }

// CloseWith writes the texts of a chart, behind its picture what leads somewhere, and ends it.
func (d *Drawing) CloseWith(texts, links *labels.Layers) string {
	texts.WriteTo(&d.Text)
	d.EndPicture()
	links.WriteTo(&d.Text)
	return d.CloseChart()
}

// DrawLink writes a mark that leads somewhere, for a pointer: who uses a keyboard finds the same in the tables. title
// is what it says.
func (d *Drawing) DrawLink(address, title, mark string) {
	d.WriteFormat(`<a href="%s" tabindex="-1" aria-label="%s" class="opens">%s</a>`+"\n", labels.Escape(address),
		labels.Escape(title), mark)
}

// CloseChart ends the chart and returns its text.
func (d *Drawing) CloseChart() string {
	d.Text.WriteString("</svg>\n")
	return d.Text.String()
}

// OpenFrame opens the stretching part, whose x goes from 0 to 1000.
func (d *Drawing) OpenFrame() {
	d.WriteFormat(`<svg viewBox="0 0 1000 %d" preserveAspectRatio="none" width="100%%" height="%d" aria-hidden="true">`,
		d.Height, d.Height)
}

// StraightPath writes a path through points, straight from one to the next.
func StraightPath(points []XY, s Scale) string {
	var b strings.Builder
	for i, p := range points {
		command := 'L'
		if i == 0 {
			command = 'M'
		}
		fmt.Fprintf(&b, "%c%s %s", command, labels.Coordinate(AxisPlace(p.X)*10), labels.Coordinate(s.YOf(p.Y)))
	}
	return b.String()
}

// SteppedPath writes a path of values that each hold until the next.
func SteppedPath(points []XY, end float64, s Scale) string {
	var b strings.Builder
	for i, p := range points {
		x, y := labels.Coordinate(AxisPlace(p.X)*10), labels.Coordinate(s.YOf(p.Y))
		if i == 0 {
			fmt.Fprintf(&b, "M%s %s", x, y)
			continue
		}
		fmt.Fprintf(&b, "H%sV%s", x, y)
	}
	if len(points) > 0 {
		fmt.Fprintf(&b, "H%s", labels.Coordinate(AxisPlace(end)*10))
	}
	return b.String()
}

// ValuesOf returns the values of points.
func ValuesOf(points []XY) []float64 {
	var out []float64
	for _, p := range points {
		out = append(out, p.Y)
	}
	return out
}

// HighestValue returns the highest finite value of lists of points, 0 for none.
func HighestValue(lists ...[]XY) float64 {
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
