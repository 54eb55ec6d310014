package chart

import (
	"jerem/chart/labels"
)

// Level is a line across a whole plot: a percentile, a mean, a limit.
type Level struct {
	Value float64
	Name  string
	Short string // where the name finds no room
	Class string // how it is stroked: "s-end" for what counts, "s-now" for what stands behind
}

// The part of a plot's width that is kept free on its right for the names of lines.
const besideShare = .16

// withDaysAround adds empty cells after the days, so that the names of lines stand beside the data.
func withDaysAround(days []Day) []Day {
	out := append([]Day{}, days...)
	for range int(float64(len(days))*besideShare) + 1 {
		out = append(out, Day{})
	}
	return out
}

// drawLevels draws lines across the plot, within the stretching part of a drawing.
func (d *drawing) drawLevels(levels []Level, s scale) {
	for _, l := range levels {
		d.writeFormat(`<path d="M%s %sH%s" class="%s"/>`, labels.Coordinate(left*10), labels.Coordinate(s.yOf(l.Value)),
			labels.Coordinate(right*10), l.Class)
	}
}

// levels keeps labels off the lines and names them: at their right end, else at their left, above or below them.
func labelLevels(s *labels.Scene, levels []Level, values scale) {
	for _, l := range levels {
		y := values.yOf(l.Value)
		s.Lines = append(s.Lines, []labels.Point{{X: left, Y: y}, {X: right, Y: y}})
	}
	for _, l := range levels {
		y := values.yOf(l.Value)
		var spots []labels.Spot
		for _, at := range []float64{y - 6, y + 15, y - 12, y + 21} {
			spots = append(spots, labels.Spot{X: right, Dx: 0, Y: at, Anchor: labels.End})
		}
		for _, at := range []float64{y - 6, y + 15} {
			spots = append(spots, labels.Spot{X: left, Dx: 2, Y: at,
				Anchor: labels.Start}, labels.Spot{X: (left + right) / 2,
				Dx: 0, Y: at, Anchor: labels.Middle})
		}
		if !s.Place(labels.Label{Text: l.Name, Class: "lab", Spots: spots}) {
			s.Place(labels.Label{Text: l.Short, Class: "lab", Spots: spots})
		}
	}
}

func highestLevel(levels []Level) float64 {
	top := 0.0
	for _, l := range levels {
		top = max(top, l.Value)
	}
	return top
}
