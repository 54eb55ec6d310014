package inline

import (
	"fmt"
	"math"
	"strings"

	"jerem/chart/labels"
)

// Spark is a small burnup of one row: what is in total and done, at even distances. All its values share one scale of
// its own; what lies ahead stays empty.
type Spark struct {
	Label       string
	Total, Done []float64
	Places      int // how many values the whole width has room for
}

// The height of a spark, in pixels.
const sparkHeight = 24

// SVG draws the row; nothing where there is nothing to draw.
func (k Spark) SVG() string {
	highest := 0.0
	for _, v := range append(append([]float64{}, k.Total...), k.Done...) {
		highest = max(highest, v)
	}
	if highest <= 0 || len(k.Total) < 2 || len(k.Total) != len(k.Done) {
		return ""
	}
	places := float64(max(k.Places, len(k.Total)) - 1)
	path := func(values []float64) string {
		var b strings.Builder
		for i, v := range values {
			if i > 0 && i+1 < len(values) && v == values[i-1] && v == values[i+1] {
				continue // within a level piece, whose ends draw it
			}
			at := labels.Coordinate(float64(i)/places*1000) + " " + labels.Coordinate(sparkY(v, highest))
			if i == 0 {
				b.WriteString("M" + at)
				continue
			}
			b.WriteString("L" + at)
		}
		return b.String()
	}
	end := labels.Coordinate(float64(len(k.Done)-1) / places * 1000)
	return fmt.Sprintf(`<svg class="spark" role="img" aria-label="%s" viewBox="0 0 1000 %d" `+
		`preserveAspectRatio="none"><path d="%sL%s %dL0 %dZ" class="f-soft"/>`+
		`<path d="%s" class="p s-ideal"/><path d="%s" class="p s-exp thin"/></svg>`,
		labels.Escape(k.Label), sparkHeight, path(k.Done), end, sparkHeight-2, sparkHeight-2, path(k.Total),
		path(k.Done))
}

// sparkY is the height of a value on the scale of a spark, in pixels; what is no number counts 0.
func sparkY(v, highest float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	return sparkHeight - 2 - min(max(v, 0), highest)/highest*(sparkHeight-4)
}

// DateTrend is a small line of one row: how a date moved against another one that stands still. Places are shares of
// an axis that all rows share; nil is a gap.
type DateTrend struct {
	Label  string
	Values []*float64
	Due    *float64
	Class  string // of the last point: good, warn or bad
}

// The height of a trend, in pixels: what moved stands below it in the same row. Its dot stands within it.
const (
	trendHeight = 18
	trendDot    = 3
)

// SVG draws the row; later is higher. Nothing where no value is told.
func (t DateTrend) SVG() string {
	y := func(x float64) float64 { return trendDot + (1-min(max(x, 0), 1))*(trendHeight-2*trendDot) }
	var path strings.Builder
	last, told, open := 0, 0, false
	for i, v := range t.Values {
		if v == nil {
			open = false
			continue
		}
		command := "M"
		if open {
			command = "L"
		}
		fmt.Fprintf(&path, "%s%s %s", command, labels.Coordinate(t.placeOf(i)*10), labels.Coordinate(y(*v)))
		last, open = i, true
		told++
	}
	if told == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="spark" role="img" aria-label="%s">`, labels.Escape(t.Label))
	if t.Due != nil {
		at := labels.Coordinate(y(*t.Due))
		fmt.Fprintf(&b, `<line x1="0" x2="100%%" y1="%s" y2="%s" class="base"/>`, at, at)
	}
	fmt.Fprintf(&b, `<svg viewBox="0 0 1000 %d" preserveAspectRatio="none" width="100%%" height="%d">`+
		`<path d="%s" class="p s-line"/></svg><g class="%s"><circle cx="%s%%" cy="%s" r="%d" class="f-st"/></g></svg>`,
		trendHeight, trendHeight, path.String(), labels.Escape(t.Class), labels.Coordinate(t.placeOf(last)),
		labels.Coordinate(y(*t.Values[last])), trendDot)
	return b.String()
}

// placeOf is where a value stands, in percent of the width; the last point has room for its dot.
func (t DateTrend) placeOf(i int) float64 {
	if len(t.Values) < 2 {
		return 96
	}
	return 2 + 94*float64(i)/float64(len(t.Values)-1)
}
