package chart

import (
	"slices"

	"jerem/chart/labels"
	"jerem/chart/plot"
)

// Week is a bar of a weekly chart.
type Week struct {
	Name  string
	Value float64
	Level float64 // a line at what the working days of the week would hold, 0 for none
	Open  bool    // the week is not over: hatched
	Link  string  // what its value leads to; "" for nothing
}

// Weeks is what a chart of values a week is drawn from.
type Weeks struct {
	ID, Title string
	Weeks     []Week
	Across    []Level // lines across all weeks
	Third     bool    // the card has a third of the page on a desk
}

// isLinked tells whether a value leads somewhere.
func (w Weeks) isLinked() bool {
	return slices.ContainsFunc(w.Weeks, func(one Week) bool { return one.Link != "" })
}

// What differs from the geometry of bars where the card has more than a third of the page, in pixels: beside it stands
// a table of the weeks of a quarter. weeksNarrowest is its least width on a desk.
const (
	weeksTaller    = 100
	weeksNarrowest = 555
)

// SVG draws the bars; they begin at 0, and a week that took something back stands at 0 with its figure.
func (w Weeks) SVG() string {
	taller := weeksTaller
	if w.Third {
		taller = 0
	}
	d := &plot.Drawing{Height: barsHeight + taller}
	top := plot.HighestLevel(w.Across)
	var values []float64
	for _, one := range w.Weeks {
		top = max(top, one.Value, one.Level)
		values = append(values, one.Value)
	}
	s := plot.NewScale(top, barsUpper, barsLower+float64(taller)).WithWholeSteps(values...)
	d.OpenWith(w.ID, w.Title, w.isLinked())
	d.DrawGrid(s)
	for i, one := range w.Weeks {
		style := `class="f-exp"`
		if one.Open {
			style = `class="hb2" fill="url(#hatch-n)"`
		}
		drawColumn(d, columnOf(i, len(w.Weeks)), one.Value, s, style)
	}
	d.OpenFrame()
	for _, level := range w.levelLines(s) {
		d.WriteFormat(`<path d="M%s %sH%s" class="s-end"/>`, labels.Coordinate(level[0].X*10),
			labels.Coordinate(level[0].Y),
			labels.Coordinate(level[1].X*10))
	}
	d.DrawLevels(w.Across, s)
	d.Text.WriteString("</svg>\n")
	var texts, links labels.Layers
	narrowest := float64(weeksNarrowest)
	if w.Third {
		narrowest = trendNarrowest
	}
	for _, one := range labels.Screens(narrowest) {
		w.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: s.Lower}, s, &texts, &links)
	}
	return d.CloseWith(&texts, &links)
}

// levelLines are the lines of what the weeks would hold, X in percent and Y in pixels.
func (w Weeks) levelLines(s plot.Scale) [][]labels.Point {
	var out [][]labels.Point
	n := float64(len(w.Weeks))
	for i, one := range w.Weeks {
		if y := s.YOf(one.Level); one.Level > 0 {
			out = append(out, []labels.Point{{X: plot.AxisPlace((float64(i) + .1) / n), Y: y},
				{X: plot.AxisPlace((float64(i) + .9) / n), Y: y}})
		}
	}
	return out
}

// placeLabels names the weeks and writes their values on one screen, the highest first.
func (w Weeks) placeLabels(sc *labels.Scene, s plot.Scale, texts, links *labels.Layers) {
	var names []string
	var bars []labelled
	for i, one := range w.Weeks {
		names = append(names, one.Name)
		bars = append(bars, labelled{columnOf(i, len(w.Weeks)), one.Value, one.Open, one.Link})
	}
	plot.LabelGrid(sc, s)
	plot.LabelNames(sc, names, s)
	sc.Lines = append(sc.Lines, w.levelLines(s)...)
	for _, across := range w.Across {
		sc.Lines = append(sc.Lines, []labels.Point{{X: plot.Left, Y: s.YOf(across.Value)},
			{X: plot.Right, Y: s.YOf(across.Value)}})
	}
	labelValues(sc, bars, s)
	plot.LabelLevels(sc, w.Across, s)
	sc.ShowApart(texts, links)
}
