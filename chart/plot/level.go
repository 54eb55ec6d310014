package plot

import (
	"jerem/chart/labels"
)

// Level is a line across a whole plot: a percentile, a mean, a limit.
type Level struct {
	Value float64
	Name  string
	Short string // where the name finds no room
	Link  string // what the name leads to; "" for nothing
	Class string // how it is stroked: "s-end" for what counts, "s-now" for what stands behind
}

// The part of a plot's width that is kept free on its right for the names of lines.
const besideShare = .16

// WithDaysAround adds empty cells after the days, so that the names of lines stand beside the data.
func WithDaysAround(days []Day) []Day {
	out := append([]Day{}, days...)
	for range int(float64(len(days))*besideShare) + 1 {
		out = append(out, Day{})
	}
	return out
}

// DrawLevels draws lines across the plot, within the stretching part of a drawing.
func (d *Drawing) DrawLevels(levels []Level, s Scale) {
	for _, l := range levels {
		d.WriteFormat(`<path d="M%s %sH%s" class="%s"/>`, labels.Coordinate(Left*10), labels.Coordinate(s.YOf(l.Value)),
			labels.Coordinate(Right*10), l.Class)
	}
}

// LabelLevels keeps labels off the lines and names them: at their right end, else at their left, above or below them.
func LabelLevels(s *labels.Scene, levels []Level, values Scale) {
	for _, l := range levels {
		y := values.YOf(l.Value)
		s.Lines = append(s.Lines, []labels.Point{{X: Left, Y: y}, {X: Right, Y: y}})
	}
	for _, l := range levels {
		y := values.YOf(l.Value)
		var spots []labels.Spot
		for _, at := range []float64{y - 6, y + 15, y - 12, y + 21} {
			spots = append(spots, labels.Spot{X: Right, Dx: 0, Y: at, Anchor: labels.End})
		}
		for _, at := range []float64{y - 6, y + 15} {
			spots = append(spots, labels.Spot{X: Left, Dx: 2, Y: at,
				Anchor: labels.Start}, labels.Spot{X: (Left + Right) / 2,
				Dx: 0, Y: at, Anchor: labels.Middle})
		}
		if !s.Place(labels.Label{Text: l.Name, Class: "lab", Link: l.Link, Spots: spots}) {
			s.Place(labels.Label{Text: l.Short, Class: "lab", Link: l.Link, Spots: spots})
		}
	}
}

// HighestLevel returns the highest value of lines, 0 for none.
func HighestLevel(levels []Level) float64 {
	top := 0.0
	for _, l := range levels {
		top = max(top, l.Value)
	}
	return top
}

// DrawAcross draws a line across the plot at a height.
func (d *Drawing) DrawAcross(y float64, class string) {
	d.WriteFormat(`<line x1="%s%%" x2="%s%%" y1="%s" y2="%s" class="%s"/>`+"\n", labels.Coordinate(Left),
		labels.Coordinate(Right), labels.Coordinate(y), labels.Coordinate(y), class)
}
