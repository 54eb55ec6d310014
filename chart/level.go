package chart

// Level is a line across a whole plot: a percentile, a mean, a limit.
type Level struct {
	Value float64
	Name  string
	Short string // where the name finds no room
	Class string // how it is stroked: "s-end" for what counts, "s-now" for what stands behind
}

// The part of a plot's width that is kept free on its right for the names of lines.
const besideShare = .16

// padded adds empty cells after the days, so that the names of lines stand beside the data.
func padded(days []Day) []Day {
	out := append([]Day{}, days...)
	for range int(float64(len(days))*besideShare) + 1 {
		out = append(out, Day{})
	}
	return out
}

// drawLevels draws lines across the plot, within the stretching part of a drawing.
func (d *drawing) drawLevels(levels []Level, s scale) {
	for _, l := range levels {
		d.printf(`<path d="M%s %sH%s" class="%s"/>`, trim(left*10), trim(s.y(l.Value)), trim(right*10), l.Class)
	}
}

// levels keeps labels off the lines and names them: at their right end, else at their left, above or below them.
func (s *scene) levels(levels []Level, values scale) {
	for _, l := range levels {
		y := values.y(l.Value)
		s.lines = append(s.lines, []XY{{left, y}, {right, y}})
	}
	for _, l := range levels {
		y := values.y(l.Value)
		var spots []spot
		for _, at := range []float64{y - 6, y + 15, y - 12, y + 21} {
			spots = append(spots, spot{right, 0, at, atEnd})
		}
		for _, at := range []float64{y - 6, y + 15} {
			spots = append(spots, spot{left, 2, at, atStart}, spot{(left + right) / 2, 0, at, atMiddle})
		}
		if !s.place(label{l.Name, "lab", spots}) {
			s.place(label{l.Short, "lab", spots})
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
