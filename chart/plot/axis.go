package plot

import (
	"math"

	"jerem/chart/labels"
)

// Day is a cell of the time axis.
type Day struct {
	Name   string // "Mon", left out where it is narrow
	Number string // "16"
	Month  string // "Oct", told where it changes; "" for never
	Off    bool   // weekend or day off: shaded
	Why    string // why it is off, named under it where there is room: "weekend"; "" for no name
}

// Below is how far under the plot the names of the axis stand, in pixels.
const Below = 17

// ShadeDaysOff shades what is off.
func (d *Drawing) ShadeDaysOff(days []Day, s Scale) {
	n := float64(len(days))
	for i := 0; i < len(days); i++ {
		j := i
		for j < len(days) && days[j].Off {
			j++
		}
		if j > i {
			a, b := AxisPlace(float64(i)/n), AxisPlace(float64(j)/n)
			d.WriteFormat(`<rect x="%s%%" y="%s" width="%s%%" height="%s" class="off"/>`+"\n", labels.Coordinate(a),
				labels.Coordinate(s.Upper), labels.Coordinate(b-a), labels.Coordinate(s.Lower-s.Upper))
			i = j
		}
	}
}

// DrawGrid draws the horizontal lines; the zero line is darker.
func (d *Drawing) DrawGrid(s Scale) {
	for n := range s.gridLines() {
		class := "gridl"
		if n == 0 {
			class = "zero"
		}
		y := labels.Coordinate(s.YOf(float64(n) * s.Step))
		d.WriteFormat(`<line x1="%s%%" x2="%s%%" y1="%s" y2="%s" class="%s"/>`+"\n", labels.Coordinate(Left),
			labels.Coordinate(Right), y, y, class)
	}
}

// gridLines is how many lines a grid has.
func (s Scale) gridLines() int { return int(math.Round(s.Top/s.Step)) + 1 }

// LabelGrid writes the values of the grid beside it.
func LabelGrid(s *labels.Scene, values Scale) {
	for n := range values.gridLines() {
		v := float64(n) * values.Step
		s.Put(labels.Spot{X: Left, Dx: -6, Y: values.YOf(v) + 4, Anchor: labels.End}, shortNumber(v), "")
	}
}

// shortNumber writes a value of the grid: thousands and millions by a letter.
func shortNumber(v float64) string {
	for _, unit := range []struct {
		from, size float64
		name       string
	}{{1e12, 1e12, "T"}, {1e9, 1e9, "G"}, {1e6, 1e6, "M"}, {1e4, 1e3, "k"}} {
		if v >= unit.from {
			return Number(v/unit.size) + unit.name
		}
	}
	return Number(v)
}

// wordings is how many wordings a name has, from the longest to the shortest.
const wordings = 3

// labelColumns writes names under as many columns as stand clear of each other, evenly: text returns that of a column
// where every so many are named, in one of the wordings.
func labelColumns(s *labels.Scene, count int, y float64, text func(i, every, wording int) string) {
	steps := []int{1, 2, 3, 4, 5, 7, 14, 28, 56, 91, 182, 365, 1000}
	if count > 28 { // of many days, the same weekday is named
		steps = steps[5:]
	}
	for _, every := range steps {
		for wording := range wordings {
			var texts []labels.Placed
			for i := 0; i < count; i += every {
				if name := text(i, every, wording); name != "" {
					middle := AxisPlace((float64(i) + .5) / float64(count))
					texts = append(texts, labels.Placed{Spot: labels.Spot{X: middle, Dx: 0, Y: y,
						Anchor: labels.Middle}, Text: name,
						Class: ""})
				}
			}
			if standClear(s, texts) {
				s.Texts = append(s.Texts, texts...)
				return
			}
		}
	}
}

// standClear tells whether names side by side are clear of each other where the drawing is narrowest.
func standClear(s *labels.Scene, texts []labels.Placed) bool {
	for i := 1; i < len(texts); i++ {
		a, b := texts[i-1], texts[i]
		if a.Spot.Area(a.Text, a.Class, s.Screen.Narrowest()).GrownBy(labels.ClearOfTexts).Overlaps(b.Spot.Area(b.Text,
			b.Class, s.Screen.Narrowest())) {
			return false
		}
	}
	return true
}

// LabelDays names the days under the plot: by weekday and number where there is room, else the weekday of the first
// after days off alone, else by number, else every second one and so on. A month stands where it changes.
func LabelDays(s *labels.Scene, days []Day, values Scale) {
	labelColumns(s, len(days), values.Lower+Below, func(i, every, wording int) string {
		day := days[i]
		if day.Off && every == 1 {
			return ""
		}
		text := day.Number
		if named := wording == 0 || wording == 1 && (i == 0 || days[i-1].Off); named && every == 1 && day.Name != "" {
			text = day.Name + " " + text
		}
		if day.Month != "" && newMonth(days, i, every) {
			text += " " + day.Month
		}
		return text
	})
	nameDaysOff(s, days, values)
}

// nameDaysOff names what is off under the plot, where the days beside it leave room: each run of days with one reason.
func nameDaysOff(s *labels.Scene, days []Day, values Scale) {
	lower := s.Lower
	s.Lower = values.Lower + Below + labels.ClearOfTexts
	for i := 0; i < len(days); {
		j := i + 1
		for j < len(days) && days[j].Off && days[j].Why == days[i].Why {
			j++
		}
		if days[i].Off && days[i].Why != "" {
			middle := AxisPlace(float64(i+j) / 2 / float64(len(days)))
			s.Place(labels.Label{Text: days[i].Why,
				Spots: []labels.Spot{{X: middle, Y: values.Lower + Below, Anchor: labels.Middle}}})
		}
		i = j
	}
	s.Lower = lower
}

// newMonth tells whether a day is the first named one of its month, where every so many are named. The very first
// says its month only where days go without their weekdays.
func newMonth(days []Day, i, every int) bool {
	if i == 0 {
		return every > 1
	}
	for j := i - every; j >= 0; j -= every {
		if every == 1 && days[j].Off {
			continue
		}
		return days[j].Month != days[i].Month
	}
	return true
}

// LabelNames writes the names of columns under the plot.
func LabelNames(s *labels.Scene, names []string, values Scale) {
	labelColumns(s, len(names), values.Lower+Below, func(i, _, _ int) string { return names[i] })
}

// StraightLine returns a line through points as labels must keep clear of it.
func StraightLine(points []XY, s Scale) []labels.Point {
	var out []labels.Point
	for _, p := range points {
		out = append(out, labels.Point{X: AxisPlace(p.X), Y: s.YOf(p.Y)})
	}
	return out
}

// SteppedLine returns a line of values that each hold until the next.
func SteppedLine(points []XY, end float64, s Scale) []labels.Point {
	var out []labels.Point
	for i, p := range points {
		x, y := AxisPlace(p.X), s.YOf(p.Y)
		if i > 0 {
			out = append(out, labels.Point{X: x, Y: out[len(out)-1].Y})
		}
		out = append(out, labels.Point{X: x, Y: y})
	}
	if len(out) > 0 {
		out = append(out, labels.Point{X: AxisPlace(end), Y: out[len(out)-1].Y})
	}
	return out
}

// SpotsAlong returns spots beside a line between points: above and below it at several places, the first ones first.
func SpotsAlong(points []XY, s Scale, shares ...float64) []labels.Spot {
	var out []labels.Spot
	for _, share := range shares {
		x := points[0].X + share*(points[len(points)-1].X-points[0].X)
		y := s.YOf(valueAt(points, x))
		for _, away := range []float64{8, 14, 20} {
			out = append(out, labels.Spot{X: AxisPlace(x), Dx: -6, Y: y + 6 + away,
				Anchor: labels.End}, labels.Spot{X: AxisPlace(x),
				Dx: 6, Y: y - away, Anchor: labels.Start}, labels.Spot{X: AxisPlace(x), Dx: -6, Y: y - away,
				Anchor: labels.End}, labels.Spot{X: AxisPlace(x), Dx: 6, Y: y + 6 + away, Anchor: labels.Start})
		}
	}
	return out
}

// valueAt returns the value of a line of straights at a place.
func valueAt(points []XY, x float64) float64 {
	for i := 1; i < len(points); i++ {
		p, q := points[i-1], points[i]
		if x <= q.X && q.X > p.X {
			return p.Y + (q.Y-p.Y)*(x-p.X)/(q.X-p.X)
		}
	}
	return points[len(points)-1].Y
}

// MiddleOf returns the middle of a cell, between 0 and 1 of the axis.
func MiddleOf(i, of int) float64 { return (float64(i) + .5) / float64(max(of, 1)) }
