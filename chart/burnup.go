package chart

import (
	"jerem/chart/labels"
)

// Burnup is what a burnup is drawn from: the scope, what is done of it, and what the team's pace would
// add.
type Burnup struct {
	ID, Title string
	Days      []Day
	Scope     []XY     // the total, from each point on
	Done      []XY     // what is done, from each point on
	Capacity  []XY     // from now to the end, straight between points; nil for none
	End       float64  // where scope and done stop: now, or the end
	Now       *float64 // the moment shown; nil for what is over
	NowName   string   // "now", or the date of another moment
	First     string   // at the first point of the scope
	Last      string   // at the last one
	DoneLabel string   // at the last point of what is done
	Pace      string   // at the capacity line
	Grown     []Growth // what changed the scope

	Fan      []FanPoint // how much is done by each day to come
	Dates    []DateMark // on the scope carried on
	Deadline *float64   // nil where the axis ends with it
	DueName  string     // at the deadline
}

// FanPoint is how much is done by a moment to come: the bounds of 90, 70 and 40 of 100 outcomes, and the median.
type FanPoint struct{ X, P05, P15, P30, P50, P70, P85, P95 float64 }

// DateMark is a day by which all is done in so many of 100 outcomes.
type DateMark struct {
	X    float64
	Name string
}

// The geometry of a burnup, in pixels. It has the whole width of the page.
const (
	burnupHeight    = 340
	burnupUpper     = 34
	burnupLower     = 316
	burnupNarrowest = 896
)

// SVG draws the burnup.
func (b Burnup) SVG() string {
	d := &drawing{height: burnupHeight}
	s := b.valueScale()
	d.openLinked(b.ID, b.Title, marksOnLine)
	d.shadeDaysOff(b.Days, s)
	d.drawGrid(s)
	d.openFrame()
	b.drawFan(d, s)
	if len(b.Capacity) > 1 {
		d.writeFormat(`<path d="%s" class="p s-cap"/>`, straightPath(b.Capacity, s))
	}
	if len(b.Scope) > 0 {
		d.writeFormat(`<path d="%s" class="p s-scope"/>`, steppedPath(b.Scope, b.End, s))
	}
	if len(b.Done) > 0 {
		d.writeFormat(`<path d="%s" class="p s-exp"/>`, steppedPath(b.Done, b.End, s))
	}
	d.text.WriteString("</svg>\n")
	b.drawDates(d, s)
	d.drawNow(b.Now, s)
	if n := len(b.Done); n > 0 {
		d.drawDot(b.End, s.yOf(b.Done[n-1].Y))
	}
	var l labels.Layers
	for _, one := range labels.Screens(burnupNarrowest) {
		b.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: burnupLower - 1}, s, &l)
	}
	l.WriteTo(&d.text)
	d.text.WriteString("</g>\n")
	b.drawGrowth(d, s)
	return d.closeChart()
}

func (b Burnup) valueScale() scale {
	var values []float64
	for _, list := range [][]XY{b.Scope, b.Done} {
		for _, p := range list {
			values = append(values, p.Y)
		}
	}
	return newScale(highestValue(b.Scope, b.Done, b.Capacity, medianOf(b.Fan)), burnupUpper,
		burnupLower).withWholeSteps(values...)
}

// placeLabels names the lines on one screen: first what counts most.
func (b Burnup) placeLabels(sc *labels.Scene, s scale, l *labels.Layers) {
	labelGrid(sc, s)
	labelDays(sc, b.Days, s)
	sc.Lines = append(sc.Lines, steppedLine(b.Scope, b.End, s), steppedLine(b.Done, b.End, s),
		straightLine(b.Capacity, s))
	keepClearOfNow(sc, b.Now, s)
	b.keepClear(sc, s)
	b.keepClearOfGrowth(sc, s)
	x := axisPlace(b.End)
	if n := len(b.Done); n > 0 {
		keepClearOfDot(sc, x, s.yOf(b.Done[n-1].Y))
	}
	b.nameDates(sc, s)
	if n := len(b.Done); n > 0 {
		y := s.yOf(b.Done[n-1].Y)
		sides := []labels.Anchor{labels.End, labels.Start}
		if b.End < .85 { // beside the dot, where nothing is drawn yet
			sides = []labels.Anchor{labels.Start, labels.End}
		}
		sc.Place(labels.Label{Text: b.DoneLabel, Class: "lab", Spots: labels.Around(x, y, 72, sides...)})
	}
	if n := len(b.Scope); n > 0 {
		sc.Place(labels.Label{Text: b.Last, Class: "lab",
			Spots: labels.Around(x, s.yOf(b.Scope[n-1].Y), 72, labels.End, labels.Start)})
		if b.Scope[0].Y != b.Scope[n-1].Y {
			sc.Place(labels.Label{Text: b.First, Class: "lab",
				Spots: labels.Around(axisPlace(b.Scope[0].X), s.yOf(b.Scope[0].Y), 36, labels.Start)})
		}
	}
	nameNow(sc, b.Now, b.NowName, s)
	b.nameGrowth(sc, s)
	if len(b.Capacity) > 1 {
		sc.Place(labels.Label{Text: b.Pace, Class: "lab q",
			Spots: spotsAlong(b.Capacity, s, .5, .7, .35, .85, .95, .2)})
	}
	sc.Show(l)
}
