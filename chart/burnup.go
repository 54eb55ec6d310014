package chart

import (
	"jerem/chart/labels"
	"jerem/chart/plot"
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
	PaceShort string   // there, where Pace finds no room; "" for nothing
	Grown     []Growth // what changed the scope
	Opens     BurnupLinks

	Fan      []FanPoint // how much is done by each day to come
	Dates    []DateMark // on the scope carried on, in their order
	Beyond   DateMark   // a date after the end of the axis: its name stands at the edge; no name for none
	Deadline *float64   // nil where the axis ends with it
	DueName  string     // at the deadline
}

// BurnupLinks are what the texts at the lines lead to; "" for nothing.
type BurnupLinks struct{ First, Last, Done, Pace string }

// FanPoint is how much is done by a moment to come: the bounds of 90, 70 and 40 of 100 outcomes, and the median.
type FanPoint struct{ X, P05, P15, P30, P50, P70, P85, P95 float64 }

// DateMark is a day by which all is done in so many of 100 outcomes.
type DateMark struct {
	X    float64
	Name string
	Link string // what the name leads to; "" for nothing
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
	d := &plot.Drawing{Height: burnupHeight}
	s := b.valueScale()
	d.OpenLinked(b.ID, b.Title, marksOnLine)
	d.ShadeDaysOff(b.Days, s)
	d.DrawGrid(s)
	d.OpenFrame()
	b.drawFan(d, s)
	if len(b.Capacity) > 1 {
		d.WriteFormat(`<path d="%s" class="p s-cap"/>`, plot.StraightPath(b.Capacity, s))
	}
	if len(b.Scope) > 0 {
		d.WriteFormat(`<path d="%s" class="p s-scope"/>`, plot.SteppedPath(b.Scope, b.End, s))
	}
	if len(b.Done) > 0 {
		d.WriteFormat(`<path d="%s" class="p s-exp"/>`, plot.SteppedPath(b.Done, b.End, s))
	}
	d.Text.WriteString("</svg>\n")
	b.drawDates(d, s)
	d.DrawNow(b.Now, s)
	if n := len(b.Done); n > 0 {
		d.DrawDot(b.End, s.YOf(b.Done[n-1].Y))
	}
	var texts, links labels.Layers
	for _, one := range labels.Screens(burnupNarrowest) {
		b.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: burnupLower - 1}, s, &texts, &links)
	}
	texts.WriteTo(&d.Text)
	d.EndPicture()
	b.drawGrowth(d, s)
	links.WriteTo(&d.Text)
	return d.CloseChart()
}

func (b Burnup) valueScale() plot.Scale {
	var values []float64
	for _, list := range [][]XY{b.Scope, b.Done} {
		for _, p := range list {
			values = append(values, p.Y)
		}
	}
	return plot.NewScale(plot.HighestValue(b.Scope, b.Done, b.Capacity, medianOf(b.Fan)), burnupUpper,
		burnupLower).WithWholeSteps(values...)
}

// placeLabels names the lines on one screen: first what counts most.
func (b Burnup) placeLabels(sc *labels.Scene, s plot.Scale, texts, links *labels.Layers) {
	plot.LabelGrid(sc, s)
	plot.LabelDays(sc, b.Days, s)
	sc.Lines = append(sc.Lines, plot.SteppedLine(b.Scope, b.End, s), plot.SteppedLine(b.Done, b.End, s),
		plot.StraightLine(b.Capacity, s))
	plot.KeepClearOfNow(sc, b.Now, s)
	b.keepClear(sc, s)
	b.keepClearOfGrowth(sc, s)
	x := plot.AxisPlace(b.End)
	if n := len(b.Done); n > 0 {
		plot.KeepClearOfDot(sc, x, s.YOf(b.Done[n-1].Y))
	}
	b.nameDates(sc, s)
	if n := len(b.Done); n > 0 {
		y := s.YOf(b.Done[n-1].Y)
		sides := []labels.Anchor{labels.End, labels.Start}
		if b.End < .85 { // beside the dot, where nothing is drawn yet
			sides = []labels.Anchor{labels.Start, labels.End}
		}
		sc.Place(labels.Label{Text: b.DoneLabel, Class: "lab", Link: b.Opens.Done,
			Spots: labels.Around(x, y, 72, sides...)})
	}
	if n := len(b.Scope); n > 0 {
		sc.Place(labels.Label{Text: b.Last, Class: "lab", Link: b.Opens.Last,
			Spots: labels.Around(x, s.YOf(b.Scope[n-1].Y), 72, labels.End, labels.Start)})
		if b.Scope[0].Y != b.Scope[n-1].Y {
			sc.Place(labels.Label{Text: b.First, Class: "lab", Link: b.Opens.First,
				Spots: labels.Around(plot.AxisPlace(b.Scope[0].X), s.YOf(b.Scope[0].Y), 24, labels.Start)})
		}
	}
	plot.NameNow(sc, b.Now, b.NowName, s)
	b.nameGrowth(sc, s)
	if len(b.Capacity) > 1 {
		b.namePace(sc, s)
	}
	sc.ShowApart(texts, links)
}

// namePace names the line of the pace along it, or in short, at its end too.
func (b Burnup) namePace(sc *labels.Scene, s plot.Scale) {
	spots := plot.SpotsAlong(b.Capacity, s, .5, .7, .35, .85, .95, .2)
	if sc.Place(labels.Label{Text: b.Pace, Class: "lab q", Link: b.Opens.Pace, Spots: spots}) {
		return
	}
	last := b.Capacity[len(b.Capacity)-1]
	sc.Place(labels.Label{Text: b.PaceShort, Class: "lab q", Link: b.Opens.Pace, Spots: append(spots,
		labels.Around(plot.AxisPlace(last.X), s.YOf(last.Y), 24, labels.Middle, labels.End, labels.Start)...)})
}

// Growth is a change of the scope of a burnup, marked on its line where it happened.
type Growth struct {
	X, Y    float64 // the moment, and the scope after it
	Up      bool    // the scope grew; else it shrank
	Text    string  // by how much, and what did it
	Title   string  // the same in words
	Address string  // of what did it; "" for none
}

// marksOnLine is the number of rows above a plot whose room is kept: marks that stand on a line take none away.
const marksOnLine = 4

// drawGrowth marks the changes of the scope: a triangle up or down, which leads to what did it.
func (b Burnup) drawGrowth(d *plot.Drawing, s plot.Scale) {
	for _, g := range b.Grown {
		mark := "#m-rem"
		if g.Up {
			mark = "#m-add"
		}
		if g.Address != "" {
			d.WriteFormat(`<a href="%s" aria-label="%s">`, labels.Escape(g.Address), labels.Escape(g.Title))
		}
		d.WriteFormat(`<svg x="%s" y="%s" class="shape"><title>%s</title><use href="%s" class="grown"/></svg>`,
			plot.PlacePercent(g.X),
			labels.Coordinate(s.YOf(g.Y)), labels.Escape(g.Title), mark)
		if g.Address != "" {
			d.Text.WriteString("</a>")
		}
		d.Text.WriteString("\n")
	}
}

// keepClearOfGrowth keeps labels off the marks.
func (b Burnup) keepClearOfGrowth(sc *labels.Scene, s plot.Scale) {
	for _, g := range b.Grown {
		x, y := plot.AxisPlace(g.X), s.YOf(g.Y)
		sc.Blocks = append(sc.Blocks, labels.Block{From: x, To: x, Dfrom: -6, Dto: 6, Y0: y - 6, Y1: y + 6})
	}
}

// nameGrowth says at each mark what changed, the first ones first; where there is no room the title says it.
func (b Burnup) nameGrowth(sc *labels.Scene, s plot.Scale) {
	for _, g := range b.Grown {
		x, y := plot.AxisPlace(g.X), s.YOf(g.Y)
		var spots []labels.Spot
		for away := 8.0; away <= 26; away += 6 { // further away it is taken for that of another mark
			for _, anchor := range []labels.Anchor{labels.Middle, labels.Start, labels.End} {
				spots = append(spots, labels.Spot{X: x, Y: y - away, Anchor: anchor},
					labels.Spot{X: x, Y: y + away + 9, Anchor: anchor})
			}
		}
		sc.Place(labels.Label{Text: g.Text, Class: "lab", Spots: spots})
	}
}
