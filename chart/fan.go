package chart

import (
	"slices"

	"jerem/chart/labels"
	"jerem/chart/plot"
)

// datesY is where the names of dates stand above the plot, in pixels.
const datesY = 13

// bandOutline returns the outline of a part of a fan: along one bound and back along the other.
func bandOutline(fan []FanPoint, low, high func(FanPoint) float64) []XY {
	var out []XY
	for _, p := range fan {
		out = append(out, XY{X: p.X, Y: low(p)})
	}
	for _, p := range slices.Backward(fan) {
		out = append(out, XY{X: p.X, Y: high(p)})
	}
	return out
}

// bandOutlines are the outlines of 90, 70 and 40 of 100 outcomes.
func bandOutlines(fan []FanPoint) [3][]XY {
	return [3][]XY{
		bandOutline(fan, func(p FanPoint) float64 { return p.P05 }, func(p FanPoint) float64 { return p.P95 }),
		bandOutline(fan, func(p FanPoint) float64 { return p.P15 }, func(p FanPoint) float64 { return p.P85 }),
		bandOutline(fan, func(p FanPoint) float64 { return p.P30 }, func(p FanPoint) float64 { return p.P70 }),
	}
}

func medianOf(fan []FanPoint) []XY {
	var out []XY
	for _, p := range fan {
		out = append(out, XY{X: p.X, Y: p.P50})
	}
	return out
}

// drawBands draws the outcomes, widest first, and their median dashed.
func drawBands(d *plot.Drawing, fan []FanPoint, s plot.Scale) {
	if len(fan) < 2 {
		return
	}
	for i, outline := range bandOutlines(fan) {
		d.WriteFormat(`<path d="%s" class="f-%d"/>`, plot.StraightPath(outline, s), i+1)
	}
	d.WriteFormat(`<path d="%s" class="p s-med"/>`, plot.StraightPath(medianOf(fan), s))
}

// keepClearOfBands keeps labels off the outlines of a fan and its median.
func keepClearOfBands(sc *labels.Scene, fan []FanPoint, s plot.Scale) {
	if len(fan) < 2 {
		return
	}
	for _, outline := range bandOutlines(fan) {
		sc.Lines = append(sc.Lines, plot.StraightLine(outline, s))
	}
	sc.Lines = append(sc.Lines, plot.StraightLine(medianOf(fan), s))
}

// carriedScope is the scope carried on from now to where the fan, the dates and the pace end; none where nothing lies
// ahead.
func (b Burnup) carriedScope() []XY {
	if len(b.Scope) == 0 {
		return nil
	}
	end := b.End
	if n := len(b.Fan); n > 0 {
		end = b.Fan[n-1].X
	}
	if n := len(b.Capacity); n > 0 {
		end = max(end, b.Capacity[n-1].X)
	}
	for _, date := range b.Dates {
		end = max(end, date.X)
	}
	if !(end > b.End) {
		return nil
	}
	y := b.Scope[len(b.Scope)-1].Y
	return []XY{{X: b.End, Y: y}, {X: end, Y: y}}
}

// drawFan draws the outcomes, widest first, their median dashed, and the scope carried on.
func (b Burnup) drawFan(d *plot.Drawing, s plot.Scale) {
	drawBands(d, b.Fan, s)
	if carried := b.carriedScope(); len(carried) > 0 {
		d.WriteFormat(`<path d="%s" class="p s-scope dash"/>`, plot.StraightPath(carried, s))
	}
}

// drawDates draws the deadline and the days by which all is done, on the scope carried on.
func (b Burnup) drawDates(d *plot.Drawing, s plot.Scale) {
	if b.Deadline != nil {
		d.WriteFormat(`<line x1="%s" x2="%s" y1="%s" y2="%s" class="s-end"/>`+"\n", plot.PlacePercent(*b.Deadline),
			plot.PlacePercent(*b.Deadline),
			labels.Coordinate(s.Upper), labels.Coordinate(s.Lower))
	}
	carried := b.carriedScope()
	for _, date := range b.Dates {
		if len(carried) == 0 {
			break
		}
		y := s.YOf(carried[0].Y)
		d.WriteFormat(`<line x1="%s" x2="%s" y1="%s" y2="%s" class="lead"/>`+"\n", plot.PlacePercent(date.X),
			plot.PlacePercent(date.X),
			labels.Coordinate(s.Upper), labels.Coordinate(s.Lower))
		d.DrawDot(date.X, y)
	}
}

// keepClear keeps labels off the fan, the deadline and the dates.
func (b Burnup) keepClear(sc *labels.Scene, s plot.Scale) {
	if b.Deadline != nil {
		x := plot.AxisPlace(*b.Deadline)
		sc.Lines = append(sc.Lines, []labels.Point{{X: x, Y: s.Upper}, {X: x, Y: s.Lower}})
	}
	keepClearOfBands(sc, b.Fan, s)
	carried := b.carriedScope()
	sc.Lines = append(sc.Lines, plot.StraightLine(carried, s))
	for _, date := range b.Dates {
		if len(carried) == 0 {
			break
		}
		x, y := plot.AxisPlace(date.X), s.YOf(carried[0].Y)
		sc.Lines = append(sc.Lines, []labels.Point{{X: x, Y: s.Upper}, {X: x, Y: s.Lower}})
		plot.KeepClearOfDot(sc, x, y)
	}
}

// nameDates names the deadline and the dates, the surest first: above the plot, else beside their lines.
func (b Burnup) nameDates(sc *labels.Scene, s plot.Scale) {
	if b.Deadline != nil {
		x := plot.AxisPlace(*b.Deadline)
		spots := []labels.Spot{{X: x, Dx: 0, Y: s.Upper - 6, Anchor: labels.Middle},
			{X: x, Dx: 0, Y: s.Upper - 6, Anchor: labels.End}, {X: x, Dx: 4, Y: s.Upper - 6, Anchor: labels.Start}}
		sc.Place(labels.Label{Text: b.DueName, Class: "lab", Spots: append(spots, spotsBeside(x, s)...)})
	}
	sc.Place(labels.Label{Text: b.Beyond.Name, Class: "lab", Link: b.Beyond.Link,
		Spots: []labels.Spot{{X: plot.Right, Dx: 0, Y: datesY, Anchor: labels.End}}})
	for _, date := range slices.Backward(b.Dates) {
		x := plot.AxisPlace(date.X)
		spots := []labels.Spot{{X: x, Dx: 0, Y: datesY, Anchor: labels.Middle},
			{X: x, Dx: 0, Y: datesY, Anchor: labels.Start}, {X: x, Dx: 0, Y: datesY, Anchor: labels.End}}
		spots = append(append(spots, spotsBeside(x, s)...), spotsBefore(x, s)...)
		sc.Place(labels.Label{Text: date.Name, Class: "lab", Link: date.Link, Spots: spots})
	}
}

// spotsBefore returns spots above the plot that end before an upright line: on a phone the names of two dates and of
// the deadline have no room above their own.
func spotsBefore(x float64, s plot.Scale) []labels.Spot {
	var out []labels.Spot
	for away := 4.0; away <= 40; away += 6 {
		for _, y := range []float64{s.Upper - 6, datesY} {
			out = append(out, labels.Spot{X: x, Dx: -away, Y: y, Anchor: labels.End})
		}
	}
	return out
}

// spotsBeside returns spots on both sides of an upright line, from its foot upwards.
func spotsBeside(x float64, s plot.Scale) []labels.Spot {
	var out []labels.Spot
	for up := 6.0; up < s.Lower-s.Upper; up += 12 {
		out = append(out, labels.Spot{X: x, Dx: 5, Y: s.Lower - up, Anchor: labels.Start}, labels.Spot{X: x, Dx: -5,
			Y: s.Lower - up, Anchor: labels.End})
	}
	return out
}
