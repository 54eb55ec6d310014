package inline

import (
	"fmt"
	"strings"

	"jerem/chart/labels"
)

// clampShare keeps a share between 0 and 100 percent.
func clampShare(share float64) float64 { return min(max(share*100, 0), 100) }

// Meter draws a share of a rail, with an optional tick at another share; class is that of the fill.
func Meter(share float64, tick *float64, class string) string {
	var b strings.Builder
	b.WriteString(`<svg class="meter" aria-hidden="true"><rect width="100%" class="rail"/>`)
	fmt.Fprintf(&b, `<rect width="%s%%" class="%s"/>`, labels.Coordinate(clampShare(share)), class)
	if tick != nil {
		x := labels.Coordinate(clampShare(*tick))
		fmt.Fprintf(&b, `<line x1="%s%%" x2="%s%%" y1="-3" y2="11" class="s-end"/>`, x, x)
	}
	b.WriteString("</svg>")
	return b.String()
}

// Part is a part of a bar, told by its class.
type Part struct {
	Value float64
	Class string
}

// Stack draws parts side by side as shares of their sum; nothing where the sum is 0.
func Stack(parts []Part) string {
	sum := 0.0
	for _, p := range parts {
		sum += max(p.Value, 0)
	}
	if sum == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<svg class="meter tall" aria-hidden="true">`)
	x := 0.0
	for _, p := range parts {
		width := max(p.Value, 0) / sum * 100
		fmt.Fprintf(&b, `<rect x="%s%%" width="%s%%" class="%s"/>`, labels.Coordinate(x), labels.Coordinate(width),
			p.Class)
		x += width
	}
	b.WriteString("</svg>")
	return b.String()
}

// Kept draws what was committed as an outline, what was completed as its filling and what of the
// commitment was kept as a tick, as shares of the longest row.
func Kept(committed, completed, kept, longest float64) string {
	if longest <= 0 {
		return ""
	}
	x := labels.Coordinate(clampShare(kept / longest))
	return fmt.Sprintf(`<svg class="meter" aria-hidden="true"><rect width="%s%%" class="hollow"/>`+
		`<rect width="%s%%" class="f-exp"/><line x1="%s%%" x2="%s%%" y1="-3" y2="11" class="s-end"/></svg>`,
		labels.Coordinate(clampShare(committed/longest)),
		labels.Coordinate(clampShare(completed/longest)), x, x)
}

// Progress draws done, doing and to do of one row on a scale that all rows share.
func Progress(done, doing, todo, longest float64) string {
	if longest <= 0 || done+doing+todo <= 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<svg class="meter" aria-hidden="true">`)
	x := 0.0
	for _, p := range []Part{{done, "f-done"}, {doing, "f-doing"}, {todo, "f-todo"}} {
		width := clampShare(max(p.Value, 0) / longest)
		fmt.Fprintf(&b, `<rect x="%s%%" width="%s%%" class="%s"/>`, labels.Coordinate(x), labels.Coordinate(width),
			p.Class)
		x += width
	}
	b.WriteString("</svg>")
	return b.String()
}
