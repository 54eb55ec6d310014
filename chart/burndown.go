package chart

import (
	"jerem/chart/labels"
	"jerem/chart/plot"
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
	Steps     []Step   // of the line, in order of X
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
	d := &plot.Drawing{Height: burndownHeight}
	s := plot.NewScale(plot.HighestValue(b.Line, b.Ideal), burndownUpper,
		burndownLower).WithWholeSteps(plot.ValuesOf(b.Line)...)
	d.OpenLinked(b.ID, b.Title, stackRows(b.Marks))
	d.ShadeDaysOff(b.Days, s)
	d.DrawGrid(s)
	d.OpenFrame()
	drawBands(d, b.Fan, s)
	if len(b.Ideal) > 1 {
		d.WriteFormat(`<path d="%s" class="p s-ideal"/>`, plot.StraightPath(b.Ideal, s))
	}
	if len(b.Line) > 0 {
		d.WriteFormat(`<path d="%s" class="p s-exp"/>`, plot.SteppedPath(b.Line, b.End, s))
	}
	d.Text.WriteString("</svg>\n")
	d.DrawNow(b.Now, s)
	if n := len(b.Line); n > 0 {
		d.DrawDot(b.End, s.YOf(b.Line[n-1].Y))
	}
	for _, date := range b.Dates {
		d.DrawDot(date.X, s.Lower)
	}
	var texts, links labels.Layers
	for _, one := range labels.Screens(burndownNarrowest) {
		b.placeLabels(&labels.Scene{Screen: one, Upper: stackLead, Lower: burndownLower - 1}, s, &texts, &links)
	}
	texts.WriteTo(&d.Text)
	d.EndPicture()
	linkSteps(d, b.Steps, s)
	links.WriteTo(&d.Text)
	return d.CloseChart()
}

// placeLabels names the lines on one screen: first what counts most.
func (b Burndown) placeLabels(sc *labels.Scene, s plot.Scale, texts, links *labels.Layers) {
	plot.LabelGrid(sc, s)
	plot.LabelDays(sc, b.Days, s)
	drawStacks(b.Marks, sc, links)
	sc.Lines = append(sc.Lines, plot.SteppedLine(b.Line, b.End, s), plot.StraightLine(b.Ideal, s))
	keepClearOfBands(sc, b.Fan, s)
	plot.KeepClearOfNow(sc, b.Now, s)
	if n := len(b.Line); n > 0 {
		x, y := plot.AxisPlace(b.End), s.YOf(b.Line[n-1].Y)
		plot.KeepClearOfDot(sc, x, y)
		sides := []labels.Anchor{labels.End, labels.Start}
		if b.End < .85 { // beside the dot, where nothing has happened yet
			sides = []labels.Anchor{labels.Start, labels.End}
		}
		sc.Place(labels.Label{Text: b.Last, Class: "lab", Link: b.Opens.Last, Spots: labels.Around(x, y, 72, sides...)})
		sc.Place(labels.Label{Text: b.First, Class: "lab", Link: b.Opens.First,
			Spots: labels.Around(plot.AxisPlace(b.Line[0].X), s.YOf(b.Line[0].Y), 36, labels.Start)})
	}
	plot.NameNow(sc, b.Now, b.NowName, s)
	b.nameFan(sc, s)
	if len(b.Ideal) > 1 && plot.HighestValue(b.Ideal) > 0 { // a line of zeros needs no name
		sc.Place(labels.Label{Text: "ideal", Class: "",
			Spots: plot.SpotsAlong(b.Ideal, s, .25, .5, .75, .35, .65, .15, .85)})
	}
	sc.ShowApart(texts, links)
}

// nameFan says what the outcomes end at, and by when all is done where that is within the axis.
func (b Burndown) nameFan(sc *labels.Scene, s plot.Scale) {
	for _, date := range b.Dates {
		plot.KeepClearOfDot(sc, plot.AxisPlace(date.X), s.Lower)
	}
	if n := len(b.Fan); n > 1 {
		last := b.Fan[n-1]
		var spots []labels.Spot
		for _, x := range []float64{last.X, b.Fan[n/2].X} {
			for _, y := range []float64{s.YOf(last.P95) - 20, s.YOf(last.P05) + 16} {
				for away := 0.0; away <= 48; away += 6 {
					spots = append(spots, labels.Spot{X: plot.AxisPlace(x), Y: y - away, Anchor: labels.End},
						labels.Spot{X: plot.AxisPlace(x), Y: y + away, Anchor: labels.End})
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
			Spots: labels.Around(plot.AxisPlace(date.X), s.Lower, 60, labels.End, labels.Start)})
	}
}
