package chart

import "math"

// Day is a cell of the time axis.
type Day struct {
	Name   string // "Mon", left out where it is narrow
	Number string // "16"
	Month  string // "Oct", told where it changes; "" for never
	Off    bool   // weekend or day off: shaded
}

// below is how far under the plot the names of the axis stand, in pixels.
const below = 17

// shade shades what is off.
func (d *drawing) shade(days []Day, s scale) {
	n := float64(len(days))
	for i := 0; i < len(days); i++ {
		j := i
		for j < len(days) && days[j].Off {
			j++
		}
		if j > i {
			a, b := place(float64(i)/n), place(float64(j)/n)
			d.printf(`<rect x="%s%%" y="%s" width="%s%%" height="%s" class="off"/>`+"\n", trim(a), trim(s.upper), trim(b-a), trim(s.lower-s.upper))
			i = j
		}
	}
}

// grid draws the horizontal lines; the zero line is darker.
func (d *drawing) grid(s scale) {
	for n := range s.steps() {
		class := "gridl"
		if n == 0 {
			class = "zero"
		}
		y := trim(s.y(float64(n) * s.step))
		d.printf(`<line x1="%s%%" x2="%s%%" y1="%s" y2="%s" class="%s"/>`+"\n", trim(left), trim(right), y, y, class)
	}
}

// steps is how many lines a grid has.
func (s scale) steps() int { return int(math.Round(s.top/s.step)) + 1 }

// grid writes the values of the grid beside it.
func (s *scene) grid(values scale) {
	for n := range values.steps() {
		v := float64(n) * values.step
		s.stand(spot{left, -6, values.y(v) + 4, atEnd}, short(v), "")
	}
}

// short writes a value of the grid: thousands and millions by a letter.
func short(v float64) string {
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

// columns writes names under as many columns as stand clear of each other, evenly: text returns that of a column
// where every so many are named, in one of the wordings.
func (s *scene) columns(count int, y float64, text func(i, every, wording int) string) {
	steps := []int{1, 2, 3, 4, 5, 7, 14, 28, 56, 91, 182, 365, 1000}
	if count > 28 { // of many days, the same weekday is named
		steps = steps[5:]
	}
	for _, every := range steps {
		for wording := range wordings {
			var texts []written
			for i := 0; i < count; i += every {
				if name := text(i, every, wording); name != "" {
					middle := place((float64(i) + .5) / float64(count))
					texts = append(texts, written{spot{middle, 0, y, atMiddle}, name, ""})
				}
			}
			if s.clear(texts) {
				s.texts = append(s.texts, texts...)
				return
			}
		}
	}
}

// clear tells whether names side by side are clear of each other where the drawing is narrowest.
func (s *scene) clear(texts []written) bool {
	for i := 1; i < len(texts); i++ {
		a, b := texts[i-1], texts[i]
		if a.area(a.text, a.class, s.least()).grown(clearOfTexts).meets(b.area(b.text, b.class, s.least())) {
			return false
		}
	}
	return true
}

// days names the days under the plot: by weekday and number where there is room, else the weekday of the first after
// days off alone, else by number, else every second one and so on. A month stands where it changes.
func (s *scene) days(days []Day, values scale) {
	s.columns(len(days), values.lower+below, func(i, every, wording int) string {
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

// names writes the names of columns under the plot.
func (s *scene) names(names []string, values scale) {
	s.columns(len(names), values.lower+below, func(i, _, _ int) string { return names[i] })
}

// straight returns a line through points as labels must keep clear of it.
func straight(points []XY, s scale) []XY {
	var out []XY
	for _, p := range points {
		out = append(out, XY{place(p.X), s.y(p.Y)})
	}
	return out
}

// stepped returns a line of values that each hold until the next.
func stepped(points []XY, end float64, s scale) []XY {
	var out []XY
	for i, p := range points {
		x, y := place(p.X), s.y(p.Y)
		if i > 0 {
			out = append(out, XY{x, out[len(out)-1].Y})
		}
		out = append(out, XY{x, y})
	}
	if len(out) > 0 {
		out = append(out, XY{place(end), out[len(out)-1].Y})
	}
	return out
}
