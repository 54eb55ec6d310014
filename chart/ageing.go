package chart

import (
	"slices"

	"jerem/chart/labels"
	"jerem/chart/plot"
)

// AgeColumn is a column of a board with the age of what stands in it.
type AgeColumn struct {
	Name     string
	Pace     *float64 // the age by which 85 of 100 left it; nil where nothing tells
	PaceName string
	PaceLink string // what the name of the pace leads to; "" for nothing
	Dots     []Dot  // Day is not used
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
	d := &plot.Drawing{Height: barsHeight}
	top, days := 0.0, []float64{}
	for _, c := range a.Columns {
		if c.Pace != nil {
			top = max(top, *c.Pace)
		}
		for _, dot := range c.Dots {
			top, days = max(top, dot.Value), append(days, dot.Value)
		}
	}
	s := plot.NewScale(top, barsUpper, barsLower).WithWholeSteps(days...)
	d.OpenWith(a.ID, a.Title, a.isLinked())
	d.DrawGrid(s)
	d.OpenFrame()
	for _, pace := range a.paceLines(s) {
		d.WriteFormat(`<path d="M%s %sH%s" class="s-end"/>`, labels.Coordinate(pace[0].X*10),
			labels.Coordinate(pace[0].Y),
			labels.Coordinate(pace[1].X*10))
	}
	d.Text.WriteString("</svg>\n")
	if !a.isLinked() {
		a.eachDot(func(x float64, dot Dot) { d.WriteFormat("%s\n", dot.circleMark(x, s.YOf(dot.Value), "4")) })
	}
	var texts, links labels.Layers
	for _, one := range labels.Screens(ageingNarrowest) {
		a.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: barsLower - 1}, s, &texts, &links)
	}
	if !a.isLinked() {
		return d.CloseWith(&texts, &links)
	}
	texts.WriteTo(&d.Text)
	d.EndPicture()
	a.eachDot(func(x float64, dot Dot) {
		d.DrawLink(dot.Link, dot.Title, dot.circleMark(x, s.YOf(dot.Value), "4"))
	})
	links.WriteTo(&d.Text)
	return d.CloseChart()
}

// isLinked tells whether the dots lead somewhere.
func (a Ageing) isLinked() bool {
	return slices.ContainsFunc(a.Columns, func(c AgeColumn) bool { return anyLinked(c.Dots) })
}

// eachDot calls for each dot with its place on the axis: those of a column stand side by side in its cell.
func (a Ageing) eachDot(call func(x float64, dot Dot)) {
	n := float64(len(a.Columns))
	for i, c := range a.Columns {
		for j, dot := range c.Dots {
			call((float64(i)+.2+.6*plot.MiddleOf(j, len(c.Dots)))/n, dot)
		}
	}
}

// paceLines are the lines of the columns, X in percent and Y in pixels.
func (a Ageing) paceLines(s plot.Scale) [][]labels.Point {
	var out [][]labels.Point
	n := float64(len(a.Columns))
	for i, c := range a.Columns {
		if c.Pace != nil {
			y := s.YOf(*c.Pace)
			out = append(out, []labels.Point{{X: plot.AxisPlace((float64(i) + .08) / n), Y: y},
				{X: plot.AxisPlace((float64(i) + .92) / n), Y: y}})
		}
	}
	return out
}

func (a Ageing) placeLabels(sc *labels.Scene, s plot.Scale, texts, links *labels.Layers) {
	plot.LabelGrid(sc, s)
	for i, c := range a.Columns {
		cell := sc.Screen.Narrowest() * (plot.Right - plot.Left) / 100 / float64(len(a.Columns))
		sc.Put(labels.Spot{X: plot.AxisPlace(plot.MiddleOf(i, len(a.Columns))), Dx: 0, Y: s.Lower + plot.Below,
			Anchor: labels.Middle}, cutToFit(c.Name, cell-labels.ClearOfTexts), "")
	}
	sc.Lines = append(sc.Lines, a.paceLines(s)...)
	a.eachDot(func(x float64, dot Dot) { plot.KeepClearOfDot(sc, plot.AxisPlace(x), s.YOf(dot.Value)) })
	n := float64(len(a.Columns))
	for i, c := range a.Columns {
		if c.Pace == nil {
			continue
		}
		x, y := plot.AxisPlace((float64(i)+.5)/n), s.YOf(*c.Pace)
		sc.Place(labels.Label{Text: c.PaceName, Class: "lab", Link: c.PaceLink,
			Spots: []labels.Spot{{X: x, Dx: 0, Y: y - 6, Anchor: labels.Middle},
				{X: x, Dx: 0, Y: y + 15, Anchor: labels.Middle},
				{X: x, Dx: 0, Y: y - 12, Anchor: labels.Middle}, {X: x, Dx: 0, Y: y + 21, Anchor: labels.Middle}}})
	}
	a.eachDot(func(x float64, dot Dot) { dot.placeName(sc, plot.AxisPlace(x), s.YOf(dot.Value)) })
	sc.ShowApart(texts, links)
}

// cutToFit cuts a name to so many pixels; "" where nothing of it fits.
func cutToFit(name string, pixels float64) string {
	const narrowestLetter = 2 // pixels: a name without end is not measured letter by letter
	most := min(len([]rune(name)), int(pixels/narrowestLetter))
	for letters := most; letters > 1; letters-- {
		if text := shortenName(name, letters); labels.TextWidth(text, false) <= pixels {
			return text
		}
	}
	return ""
}
