package chart

import (
	"cmp"
	"slices"

	"jerem/chart/labels"
	"jerem/chart/plot"
	"jerem/sorting"
)

// LaneSpan is a value and from when to when it held.
type LaneSpan struct {
	From, To float64
	Name     string
	Class    string // of its fill; "" for a plain one
}

// LaneColumn is an amount at a moment, as a share of the highest.
type LaneColumn struct {
	X, Share float64
	Name     string
}

// Lane is one thing that changed over time: its values side by side, or amounts as columns.
type Lane struct {
	Name    string
	Spans   []LaneSpan
	Columns []LaneColumn
	Class   string // of the columns' fill
}

// Tick is a named moment of the axis.
type Tick struct {
	X    float64
	Name string
}

// Lanes is what a timeline is drawn from: lanes one below the other, on one axis.
type Lanes struct {
	ID, Title string
	Lanes     []Lane
	Ticks     []Tick
}

// The geometry of lanes, in pixels from the top of a lane: the baselines of its name and of the names of its values,
// and its bar. It has the whole width of the page.
const (
	laneName      = 14
	laneLabels    = 30
	laneUpper     = 36
	laneLower     = 48
	laneHeight    = 62
	lanesFoot     = 26
	lanesNarrow   = 896
	columnWidth   = .5 // percent of the width
	lanesGapShare = .001
)

// SVG draws the lanes.
func (t Lanes) SVG() string {
	d := &plot.Drawing{Height: len(t.Lanes)*laneHeight + lanesFoot}
	d.OpenChart(t.ID, t.Title)
	lower := float64(len(t.Lanes) * laneHeight)
	for _, tick := range t.Ticks {
		x := plot.PlacePercent(tick.X)
		d.WriteFormat(`<line x1="%s" x2="%s" y1="0" y2="%s" class="gridl"/>`+"\n", x, x, labels.Coordinate(lower))
	}
	for i, lane := range t.Lanes {
		lane.drawLane(d, float64(i*laneHeight))
	}
	var l labels.Layers
	for _, one := range labels.Screens(lanesNarrow) {
		t.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: lower + lanesFoot}, lower, &l)
	}
	l.WriteTo(&d.Text)
	d.EndPicture()
	return d.CloseChart()
}

// drawLane draws the values and amounts of a lane whose top is at y.
func (t Lane) drawLane(d *plot.Drawing, y float64) {
	for _, span := range t.Spans {
		class := span.Class
		if class == "" {
			class = "f-span"
		}
		from, to := span.barBounds()
		d.WriteFormat(`<rect x="%s%%" y="%s" width="%s%%" height="%d" class="%s"><title>%s</title></rect>`+"\n",
			labels.Coordinate(from), labels.Coordinate(y+laneUpper), labels.Coordinate(to-from), laneLower-laneUpper,
			class,
			labels.Escape(span.Name))
	}
	for _, c := range t.Columns {
		high := min(max(c.Share, 0), 1) * (laneLower - laneUpper)
		d.WriteFormat(`<rect x="%s%%" y="%s" width="%s%%" height="%s" class="%s"><title>%s</title></rect>`+"\n",
			labels.Coordinate(plot.AxisPlace(c.X)-columnWidth/2), labels.Coordinate(y+laneLower-high),
			labels.Coordinate(columnWidth), labels.Coordinate(high), t.Class, labels.Escape(c.Name))
	}
}

// barBounds are the ends of a value's bar in percent of the width: a little apart from the next one, and never nothing.
func (s LaneSpan) barBounds() (from, to float64) {
	from, to = plot.AxisPlace(s.From), plot.AxisPlace(s.To-lanesGapShare)
	return from, max(to, from+.15)
}

// placeLabels names the lanes, their values and the moments on one screen: the longest values first.
func (t Lanes) placeLabels(sc *labels.Scene, lower float64, l *labels.Layers) {
	for i, lane := range t.Lanes {
		y := float64(i * laneHeight)
		sc.Put(labels.Spot{X: plot.Left, Y: y + laneName}, lane.Name, "")
		for _, span := range lane.Spans {
			from, to := span.barBounds()
			sc.Blocks = append(sc.Blocks, labels.Block{From: from, To: to, Y0: y + laneUpper, Y1: y + laneLower})
		}
	}
	for _, tick := range t.Ticks {
		sc.Place(labels.Label{Text: tick.Name, Spots: []labels.Spot{
			{X: plot.AxisPlace(tick.X), Y: lower + plot.Below, Anchor: labels.Middle}}})
	}
	for i, lane := range t.Lanes {
		lane.nameValues(sc, float64(i*laneHeight+laneLabels))
	}
	sc.Show(l)
}

// cutLetters are the lengths that a name without room is cut to, the longest first: a shorter one would say nothing.
var cutLetters = []int{80, 60, 48, 40, 34, 28, 24, 20, 17, 14, 12, 10, 8}

// nameValues names the values of a lane above where they begin, and its columns above them, as far as there is room:
// the value that holds at last, cut where the whole of it would leave others without a name, then the longest, then
// the beginnings of those that found too little room.
func (t Lane) nameValues(sc *labels.Scene, y float64) {
	spans := t.longestFirst()
	if len(spans) > 0 {
		spans[0].placeBeside(sc, y, spans[1:])
	}
	for _, span := range placeWhole(sc, y, spans[min(1, len(spans)):]) {
		for _, letters := range cutLetters {
			if short := shortenName(span.Name, letters); short != span.Name && span.placeName(sc, y, short) {
				break
			}
		}
	}
	for _, c := range t.Columns {
		sc.Place(labels.Label{Text: c.Name, Class: "lab q", Spots: []labels.Spot{{X: plot.AxisPlace(c.X), Y: y,
			Anchor: labels.Middle}, {X: plot.AxisPlace(c.X), Y: y, Anchor: labels.End},
			{X: plot.AxisPlace(c.X), Y: y}}})
	}
}

// placeBeside writes the name of a value, as much of it as leaves others the room above their own bars; where nothing
// does, as much as there is room for.
func (s LaneSpan) placeBeside(sc *labels.Scene, y float64, others []LaneSpan) {
	others = slices.DeleteFunc(slices.Clone(others), func(o LaneSpan) bool {
		from, to := o.barBounds()
		return labels.TextWidth(o.Name, false) > (to-from)/100*sc.Screen.Narrowest()
	})
	before := len(sc.Texts)
	left := len(placeWhole(sc, y, others))
	sc.Texts = sc.Texts[:before]
	longest := ""
	for _, letters := range append([]int{len(s.Name) + 1}, cutLetters...) {
		name := shortenName(s.Name, letters)
		if !s.placeName(sc, y, name) {
			continue
		}
		if longest == "" {
			longest = name
		}
		placed := len(sc.Texts)
		isEnough := len(placeWhole(sc, y, others)) == left
		sc.Texts = sc.Texts[:placed]
		if isEnough {
			return
		}
		sc.Texts = sc.Texts[:before]
	}
	s.placeName(sc, y, longest)
}

// placeWhole writes the whole names of values, and returns those that found no room.
func placeWhole(sc *labels.Scene, y float64, spans []LaneSpan) (left []LaneSpan) {
	for _, span := range spans {
		if !span.placeName(sc, y, span.Name) {
			left = append(left, span)
		}
	}
	return left
}

// placeName writes a name of a value above the beginning of its bar, or above its end, and tells whether there is room.
func (s LaneSpan) placeName(sc *labels.Scene, y float64, name string) bool {
	x, _ := s.barBounds()
	return sc.Place(labels.Label{Text: name, Class: "lab q", Spots: []labels.Spot{{X: x, Y: y},
		{X: plot.AxisPlace(s.To), Y: y, Anchor: labels.End}}})
}

// longestFirst are the values of a lane in the order in which they are named: the one that holds at last, then the
// longest.
func (t Lane) longestFirst() []LaneSpan {
	out := slices.Clone(t.Spans)
	sorting.By(out, func(a, b LaneSpan) int { return cmp.Compare(b.To-b.From, a.To-a.From) })
	if n := len(t.Spans); n > 1 {
		last := t.Spans[n-1]
		out = slices.DeleteFunc(out, func(s LaneSpan) bool { return s == last })
		out = append([]LaneSpan{last}, out...)
	}
	return out
}
