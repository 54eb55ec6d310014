package small

import (
	"fmt"
	"math"
	"strings"

	"jerem/chart/labels"
	"jerem/chart/plot"
)

// Burnup is one of several small burnups that stand side by side on the same axes: what is in total and done by the end
// of each day. It has no labels of its own; the text beside it names it.
type Burnup struct {
	Label       string
	Total, Done []float64
	Places      int      // days of the axis; what lies ahead stays empty
	Due         float64  // where the quarter ends, as a share of the axis
	Early, Late *float64 // the 50 and the 85 % date, on the total; nil where it is done or the axis ends before
}

// The geometry of a small burnup, in pixels.
const (
	height = 64
	upper  = 6
	lower  = 62
)

// ScaleOf is the scale that several of them share.
func ScaleOf(list []Burnup) plot.Scale {
	highest := 0.0
	var values []float64
	for _, one := range list {
		values = append(append(values, one.Total...), one.Done...)
	}
	for _, v := range values {
		highest = max(highest, v)
	}
	return plot.NewScale(highest, upper, lower).WithWholeSteps(values...)
}

// SVG draws it on the scale of all; nothing where there never was anything to do.
func (b Burnup) SVG(s plot.Scale) string {
	if len(b.Total) == 0 || len(b.Total) != len(b.Done) || plot.HighestValue(pointsOf(b.Total)) <= 0 {
		return ""
	}
	var w strings.Builder
	fmt.Fprintf(&w, `<svg class="small" role="img" aria-label="%s"><svg viewBox="0 0 1000 %d" `+
		`preserveAspectRatio="none" aria-hidden="true"><path d="M0 %sH1000M0 %dH1000" class="p s-grid"/>`,
		labels.Escape(b.Label), height, labels.Coordinate(s.YOf(s.Top)), lower)
	total, done := b.stepPath(b.Total, s), b.stepPath(b.Done, s)
	fmt.Fprintf(&w, `<path d="%sV%dH0Z" class="f-soft"/><path d="%s" class="p s-scope"/>`+
		`<path d="%s" class="p s-exp"/><path d="M%s 0V%d" class="p s-end"/>`, done, lower, total, done,
		b.xOfShare(b.Due, 1000), lower)
	y := b.yOfValue(b.Total[len(b.Total)-1], s)
	b.drawCarried(&w, y)
	for _, date := range []struct {
		at    *float64
		class string
	}{{b.Early, "rg"}, {b.Late, "dot"}} {
		if date.at != nil {
			fmt.Fprintf(&w, `<circle cx="%s%%" cy="%s" r="3.5" class="%s"/>`,
				b.xOfShare(*date.at, 100), y, date.class)
		}
	}
	return w.String() + "</svg>"
}

// drawCarried carries the total on to the last of the dates, dashed as what is to come, and ends the part that is
// stretched.
func (b Burnup) drawCarried(w *strings.Builder, y string) {
	end := 0.0
	for _, at := range []*float64{b.Early, b.Late} {
		if at != nil {
			end = max(end, *at)
		}
	}
	now := float64(len(b.Total)) / float64(max(b.Places, len(b.Total)))
	if end > now {
		fmt.Fprintf(w, `<path d="M%s %sH%s" class="p s-scope dash"/>`, b.xOfShare(now, 1000), y, b.xOfShare(end, 1000))
	}
	w.WriteString("</svg>")
}

// xOfShare is a share of the axis as a place on a width, to a thousandth of it: less is seen by nobody, and a roadmap
// of many epics has thousands of places.
func (b Burnup) xOfShare(share, width float64) string {
	return labels.Coordinate(math.Round(min(max(share, 0), 1)*1000) * width / 1000)
}

// yOfValue is a value as a place from the top, to a tenth of a pixel.
func (b Burnup) yOfValue(v float64, s plot.Scale) string {
	return labels.Coordinate(math.Round(s.YOf(v)*10) / 10)
}

// stepPath is a line of values that each hold until the end of their day; equal ones are one piece.
func (b Burnup) stepPath(values []float64, s plot.Scale) string {
	var w strings.Builder
	x := func(day int) string {
		return b.xOfShare(float64(day)/float64(max(b.Places, len(values))), 1000)
	}
	for i, v := range values {
		switch {
		case i == 0:
			fmt.Fprintf(&w, "M0 %s", b.yOfValue(v, s))
		case v != values[i-1]:
			fmt.Fprintf(&w, "H%sV%s", x(i), b.yOfValue(v, s))
		}
	}
	return w.String() + "H" + x(len(values))
}

func pointsOf(values []float64) []plot.XY {
	out := make([]plot.XY, len(values))
	for i, v := range values {
		out[i].Y = v
	}
	return out
}
