package chart

// Week is a bar of a weekly chart.
type Week struct {
	Name  string
	Value float64
	Level float64 // a line at what the working days of the week would hold, 0 for none
	Open  bool    // the week is not over: hatched
}

// Weeks is what a chart of values a week is drawn from.
type Weeks struct {
	ID, Title string
	Weeks     []Week
	Across    []Level // lines across all weeks
	Third     bool    // the card has a third of the page on a desk
}

// weeksNarrowest is the least width of the card on a desk, in pixels.
const weeksNarrowest = 555

// SVG draws the bars; they begin at 0, and a week that took something back stands at 0 with its figure.
func (w Weeks) SVG() string {
	d := &drawing{height: barsHeight}
	top := highestLevel(w.Across)
	var values []float64
	for _, one := range w.Weeks {
		top = max(top, one.Value, one.Level)
		values = append(values, one.Value)
	}
	s := newScale(top, barsUpper, barsLower).wholly(values...)
	d.open(w.ID, w.Title)
	d.grid(s)
	for i, one := range w.Weeks {
		style := `class="f-exp"`
		if one.Open {
			style = `class="hb2" fill="url(#hatch-n)"`
		}
		d.column(columnOf(i, len(w.Weeks)), s.y(one.Value), style)
	}
	d.frame()
	for _, level := range w.levels(s) {
		d.printf(`<path d="M%s %sH%s" class="s-end"/>`, trim(level[0].X*10), trim(level[0].Y), trim(level[1].X*10))
	}
	d.drawLevels(w.Across, s)
	d.WriteString("</svg>\n")
	var l layers
	narrowest := float64(weeksNarrowest)
	if w.Third {
		narrowest = trendNarrowest
	}
	for _, one := range screens(narrowest) {
		w.labels(&scene{screen: one, upper: 0, lower: barsLower}, s, &l)
	}
	l.write(d)
	return d.close()
}

// levels are the lines of what the weeks would hold, X in percent and Y in pixels.
func (w Weeks) levels(s scale) [][]XY {
	var out [][]XY
	n := float64(len(w.Weeks))
	for i, one := range w.Weeks {
		if y := s.y(one.Level); one.Level > 0 {
			out = append(out, []XY{{place((float64(i) + .1) / n), y}, {place((float64(i) + .9) / n), y}})
		}
	}
	return out
}

// labels names the weeks and writes their values on one screen, the highest first.
func (w Weeks) labels(sc *scene, s scale, l *layers) {
	var names []string
	var bars []labelled
	for i, one := range w.Weeks {
		names = append(names, one.Name)
		bars = append(bars, labelled{columnOf(i, len(w.Weeks)), one.Value, one.Open})
	}
	sc.grid(s)
	sc.names(names, s)
	sc.lines = append(sc.lines, w.levels(s)...)
	for _, across := range w.Across {
		sc.lines = append(sc.lines, []XY{{left, s.y(across.Value)}, {right, s.y(across.Value)}})
	}
	sc.values(bars, s)
	sc.levels(w.Across, s)
	sc.show(l)
}
