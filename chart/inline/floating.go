package inline

import (
	"fmt"
	"strings"

	"jerem/chart/labels"
)

// Floating is a row of a waterfall: a bar from where the row before it ended to where it ends itself. All rows share
// one axis; places are shares of it.
type Floating struct {
	From, To float64
	Zero     *float64 // a line through the row: where nothing is added or taken; nil for none
	Joined   bool     // a line leads from the end of the bar to the row below
	Class    string   // of the bar
}

// SVG draws the row. What adds nothing is a bare line.
func (f Floating) SVG() string {
	var b strings.Builder
	at := func(x float64) string { return labels.Coordinate(clampShare(x)) + "%" }
	b.WriteString(`<svg class="fall" aria-hidden="true">`)
	if f.Zero != nil {
		fmt.Fprintf(&b, `<line x1="%s" x2="%s" y1="-9" y2="23" class="base"/>`, at(*f.Zero), at(*f.Zero))
	}
	low, high := clampShare(min(f.From, f.To)), clampShare(max(f.From, f.To))
	if high > low {
		fmt.Fprintf(&b, `<rect x="%s%%" width="%s%%" height="14" class="%s"/>`, labels.Coordinate(low),
			labels.Coordinate(high-low), labels.Escape(f.Class))
	} else {
		fmt.Fprintf(&b, `<line x1="%s" x2="%s" y1="0" y2="14" class="s-end"/>`, at(f.To), at(f.To))
	}
	if f.Joined {
		fmt.Fprintf(&b, `<line x1="%s" x2="%s" y1="14" y2="34" class="lead"/>`, at(f.To), at(f.To))
	}
	b.WriteString("</svg>")
	return b.String()
}

// FloatingRows lays signed parts end to end on one axis and adds the row of their sum, which starts where the first
// part does. The axis is as long as the bars need; classes are those of the parts, the last that of the sum.
func FloatingRows(parts []float64, classes []string) []Floating {
	at, low, high := 0.0, 0.0, 0.0
	ends := []float64{0}
	for _, part := range parts {
		at += part
		ends = append(ends, at)
		low, high = min(low, at), max(high, at)
	}
	if high == low {
		high = low + 1
	}
	share := func(x float64) float64 { return (x - low) / (high - low) }
	zero := share(0)
	var out []Floating
	for i := range parts {
		out = append(out, Floating{From: share(ends[i]), To: share(ends[i+1]), Zero: &zero, Joined: true,
			Class: classes[i]})
	}
	last := len(parts)
	return append(out, Floating{From: zero, To: share(at), Zero: &zero, Class: classes[last]})
}
