package chart

// AgeColumn is a column of a board with the age of what stands in it.
type AgeColumn struct {
	Name     string
	Pace     *float64 // the age by which 85 of 100 left it; nil where nothing tells
	PaceName string
	Dots     []Dot // Day is not used
}

// Ageing is what a chart of the age of work in progress is drawn from: column by column, each against its pace.
type Ageing struct {
	ID, Title string
	Columns   []AgeColumn
}

// ageingNarrowest is the least width of the card on a desk, in pixels: a third of the page.
const ageingNarrowest = 256

// SVG draws a cell for each column, its issues as dots side by side and its pace as a line.
func (a Ageing) SVG() string {
	d := &drawing{height: barsHeight}
	top := 0.0
	for _, c := range a.Columns {
		if c.Pace != nil {
			top = max(top, *c.Pace)
		}
		for _, dot := range c.Dots {
			top = max(top, dot.Value)
		}
	}
	s := newScale(top, barsUpper, barsLower)
	d.open(a.ID, a.Title)
	d.grid(s)
	d.frame()
	for _, pace := range a.paces(s) {
		d.printf(`<path d="M%s %sH%s" class="s-end"/>`, trim(pace[0].X*10), trim(pace[0].Y), trim(pace[1].X*10))
	}
	d.WriteString("</svg>\n")
	a.eachDot(func(x float64, dot Dot) {
		d.printf(`<circle cx="%s" cy="%s" r="4" class="dot"><title>%s</title></circle>`+"\n", percent(x), trim(s.y(dot.Value)), escape(dot.Title))
	})
	var l layers
	for _, one := range screens(ageingNarrowest) {
		a.labels(&scene{screen: one, upper: 0, lower: barsLower - 1}, s, &l)
	}
	l.write(d)
	return d.close()
}

// eachDot calls for each dot with its place on the axis: those of a column stand side by side in its cell.
func (a Ageing) eachDot(call func(x float64, dot Dot)) {
	n := float64(len(a.Columns))
	for i, c := range a.Columns {
		for j, dot := range c.Dots {
			call((float64(i)+.2+.6*middleOf(j, len(c.Dots)))/n, dot)
		}
	}
}

// paces are the lines of the columns, X in percent and Y in pixels.
func (a Ageing) paces(s scale) [][]XY {
	var out [][]XY
	n := float64(len(a.Columns))
	for i, c := range a.Columns {
		if c.Pace != nil {
			y := s.y(*c.Pace)
			out = append(out, []XY{{place((float64(i) + .08) / n), y}, {place((float64(i) + .92) / n), y}})
		}
	}
	return out
}

func (a Ageing) labels(sc *scene, s scale, l *layers) {
	sc.grid(s)
	for i, c := range a.Columns {
		cell := sc.least() * (right - left) / 100 / float64(len(a.Columns))
		sc.stand(spot{place(middleOf(i, len(a.Columns))), 0, s.lower + below, atMiddle}, fitting(c.Name, cell-clearOfTexts), "")
	}
	sc.lines = append(sc.lines, a.paces(s)...)
	a.eachDot(func(x float64, dot Dot) { sc.dot(place(x), s.y(dot.Value)) })
	n := float64(len(a.Columns))
	for i, c := range a.Columns {
		if c.Pace == nil {
			continue
		}
		x, y := place((float64(i)+.5)/n), s.y(*c.Pace)
		sc.place(label{c.PaceName, "lab", []spot{{x, 0, y - 6, atMiddle}, {x, 0, y + 15, atMiddle}, {x, 0, y - 12, atMiddle}, {x, 0, y + 21, atMiddle}}})
	}
	sc.show(l)
}

// fitting cuts a name to so many pixels; "" where nothing of it fits.
func fitting(name string, pixels float64) string {
	for letters := len([]rune(name)); letters > 1; letters-- {
		if text := shortened(name, letters); TextWidth(text, false) <= pixels {
			return text
		}
	}
	return ""
}
