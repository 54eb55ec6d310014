package chart

import (
	"jerem/chart/labels"
)

// Burndown is what a burndown is drawn from.
type Burndown struct {
	ID, Title string
	Days      []Day
	Line      []XY     // what remains, from each point on
	End       float64  // where the line stops: now, or the end of the sprint
	Ideal     []XY     // nil for none
	Now       *float64 // the moment shown; nil for a sprint that is over
	Marks     []Mark   // in order of X
	NowName   string   // "now", or the date of another moment
	First     string   // at the first point: "38 committed"
	Last      string   // at the last point: "27 remain"
	Opens     Opened   // what the texts at the line and the fan lead to

	Fan      []FanPoint // how much remains at moments to come: the bounds of 90, 70 and 40 of 100 outcomes
	FanEnd   string     // at the end of its median: "about 11 left"
	FanRange string     // under it: "between 9 and 14"
	Dates    []DateMark // on the line of 0, by when all is done in so many of 100 outcomes
}

// Opened are the addresses that the texts of a burndown lead to, "" for nowhere.
type Opened struct{ First, Last, Fan string }

// The geometry of a burndown, in pixels. On a desk it has two thirds of the page at least.
const (
	burndownHeight    = 336
	burndownUpper     = 76
	burndownLower     = 314
	burndownNarrowest = 576
)

// SVG draws the burndown.
func (b Burndown) SVG() string {
	d := &drawing{height: burndownHeight}
	s := newScale(highestValue(b.Line, b.Ideal), burndownUpper, burndownLower)
	d.openLinked(b.ID, b.Title, stackRows(b.Marks))
	d.shadeDaysOff(b.Days, s)
	d.drawGrid(s)
	d.openFrame()
	drawBands(d, b.Fan, s)
	if len(b.Ideal) > 1 {
		d.writeFormat(`<path d="%s" class="p s-ideal"/>`, straightPath(b.Ideal, s))
	}
	if len(b.Line) > 0 {
		d.writeFormat(`<path d="%s" class="p s-exp"/>`, steppedPath(b.Line, b.End, s))
	}
	d.text.WriteString("</svg>\n")
	d.drawNow(b.Now, s)
	if n := len(b.Line); n > 0 {
		d.drawDot(b.End, s.yOf(b.Line[n-1].Y))
	}
	for _, date := range b.Dates {
		d.drawDot(date.X, s.lower)
	}
	var texts, links labels.Layers
	for _, one := range labels.Screens(burndownNarrowest) {
		b.placeLabels(&labels.Scene{Screen: one, Upper: stackLead, Lower: burndownLower - 1}, s, &texts, &links)
	}
	texts.WriteTo(&d.text)
	d.text.WriteString("</g>\n")
	links.WriteTo(&d.text)
	return d.closeChart()
}

// placeLabels names the lines on one screen: first what counts most.
func (b Burndown) placeLabels(sc *labels.Scene, s scale, texts, links *labels.Layers) {
	labelGrid(sc, s)
	labelDays(sc, b.Days, s)
	drawStacks(b.Marks, sc, links)
	sc.Lines = append(sc.Lines, steppedLine(b.Line, b.End, s), straightLine(b.Ideal, s))
	keepClearOfBands(sc, b.Fan, s)
	keepClearOfNow(sc, b.Now, s)
	if n := len(b.Line); n > 0 {
		x, y := axisPlace(b.End), s.yOf(b.Line[n-1].Y)
		keepClearOfDot(sc, x, y)
		sides := []labels.Anchor{labels.End, labels.Start}
		if b.End < .85 { // beside the dot, where nothing has happened yet
			sides = []labels.Anchor{labels.Start, labels.End}
		}
		sc.Place(labels.Label{Text: b.Last, Class: "lab", Link: b.Opens.Last, Spots: labels.Around(x, y, 72, sides...)})
		sc.Place(labels.Label{Text: b.First, Class: "lab", Link: b.Opens.First,
			Spots: labels.Around(axisPlace(b.Line[0].X), s.yOf(b.Line[0].Y), 36, labels.Start)})
	}
	nameNow(sc, b.Now, b.NowName, s)
	b.nameFan(sc, s)
	if len(b.Ideal) > 1 && highestValue(b.Ideal) > 0 { // a line of zeros needs no name
		sc.Place(labels.Label{Text: "ideal", Class: "",
			Spots: spotsAlong(b.Ideal, s, .25, .5, .75, .35, .65, .15, .85)})
	}
	sc.ShowApart(texts, links)
}

// nameFan says what the outcomes end at, and by when all is done where that is within the axis.
func (b Burndown) nameFan(sc *labels.Scene, s scale) {
	for _, date := range b.Dates {
		keepClearOfDot(sc, axisPlace(date.X), s.lower)
	}
	if n := len(b.Fan); n > 1 {
		last := b.Fan[n-1]
		var spots []labels.Spot
		for _, x := range []float64{last.X, b.Fan[n/2].X} {
			for _, y := range []float64{s.yOf(last.P95) - 20, s.yOf(last.P05) + 16} {
				for away := 0.0; away <= 48; away += 6 {
					spots = append(spots, labels.Spot{X: axisPlace(x), Y: y - away, Anchor: labels.End},
						labels.Spot{X: axisPlace(x), Y: y + away, Anchor: labels.End})
				}
			}
		}
		if sc.PlaceLines(spots, labels.Line{Text: b.FanEnd, Class: "lab",
			Link: b.Opens.Fan}, labels.Line{Text: b.FanRange}) {
			return
		}
		sc.Place(labels.Label{Text: b.FanEnd, Class: "lab", Link: b.Opens.Fan, Spots: spots})
	}
	for _, date := range b.Dates {
		sc.Place(labels.Label{Text: date.Name, Class: "lab",
			Spots: labels.Around(axisPlace(date.X), s.lower, 60, labels.End, labels.Start)})
	}
}

// drawNow draws the line of the moment shown.
func (d *drawing) drawNow(x *float64, s scale) {
	if x != nil {
		d.writeFormat(`<line x1="%s" x2="%s" y1="%s" y2="%s" class="s-now"/>`+"\n", placePercent(*x), placePercent(*x),
			labels.Coordinate(s.upper), labels.Coordinate(s.lower))
	}
}

// drawDot draws the end of a line.
func (d *drawing) drawDot(x, y float64) {
	d.writeFormat(`<circle cx="%s" cy="%s" r="4" class="f-exp"/>`+"\n", placePercent(x), labels.Coordinate(y))
}

// now keeps labels off the line of the moment shown.
func keepClearOfNow(s *labels.Scene, x *float64, values scale) {
	if x != nil {
		s.Lines = append(s.Lines, []labels.Point{{X: axisPlace(*x), Y: values.upper},
			{X: axisPlace(*x), Y: values.lower}})
	}
}

// nameNow names the line of the moment shown, at its foot or further up.
func nameNow(s *labels.Scene, x *float64, name string, values scale) {
	if x == nil {
		return
	}
	var spots []labels.Spot
	for up := 6.0; up < values.lower-values.upper; up += 12 {
		spots = append(spots, labels.Spot{X: axisPlace(*x), Dx: 5, Y: values.lower - up,
			Anchor: labels.Start}, labels.Spot{X: axisPlace(*x), Dx: -5, Y: values.lower - up, Anchor: labels.End})
	}
	s.Place(labels.Label{Text: name, Class: "", Spots: spots})
}

// dot keeps labels off the end of a line.
func keepClearOfDot(s *labels.Scene, x, y float64) {
	s.Blocks = append(s.Blocks, labels.Block{From: x, To: x, Dfrom: -4, Dto: 4, Y0: y - 4, Y1: y + 4})
}
