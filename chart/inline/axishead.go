package inline

import (
	"fmt"
	"strings"

	"jerem/chart/labels"
)

// AxisHead names an axis of dates above rows of [Range] that share it: the deadline, and of the months those that
// stand clear of it and of each other.
type AxisHead struct {
	Due     float64 // as a share of the axis
	DueName string
	Ticks   []AxisTick
}

// AxisTick is a name at a place of an axis.
type AxisTick struct {
	X    float64
	Name string
}

// The least distances of names on an axis, as shares of its width where it is narrowest, and the room at its ends.
const (
	clearOfDue  = .24
	clearOfTick = .2
	axisMargin  = .04
)

// SVG draws the names; the deadline is strong.
func (a AxisHead) SVG() string {
	var b strings.Builder
	name := func(x float64, text, class string) {
		x = min(max(x, 0), 1)
		anchor := "m"
		switch {
		case x < axisMargin*2:
			anchor = ""
		case x > 1-axisMargin*2:
			anchor = "e"
		}
		fmt.Fprintf(&b, `<text x="%s%%" y="12" class="%s">%s</text>`, labels.Coordinate(x*100),
			strings.TrimSpace(class+" "+anchor), labels.Escape(text))
	}
	b.WriteString(`<svg class="axishead" aria-hidden="true">`)
	name(a.Due, a.DueName, "lab")
	last := -1.0
	for _, tick := range a.Ticks {
		away := max(tick.X-a.Due, a.Due-tick.X)
		if tick.X < 0 || tick.X > 1 || away < clearOfDue || last >= 0 && tick.X-last < clearOfTick {
			continue
		}
		name(tick.X, tick.Name, "")
		last = tick.X
	}
	b.WriteString("</svg>")
	return b.String()
}
