package inline

import (
	"fmt"
	"strings"

	"jerem/chart/labels"
)

// Range is a row of a table of dates: from the date of even odds to a surer one, against a deadline; all rows share one
// axis. Places are shares of it.
type Range struct {
	Label    string   // what is read out; "" where the dates stand beside it
	From, To *float64 // nil where it is not told
	Due      *float64
	Class    string   // good, warn or bad
	Was      *float64 // where the surer date was told before; nil for nowhere else
}

// StateShapes are the outlines of the marks of states: a circle, a triangle, a diamond.
var StateShapes = map[string]string{"good": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0", "warn": "M0-6 6 5H-6Z",
	"bad": "M0-6 6 0 0 6-6 0Z"}

// SVG draws the row.
func (r Range) SVG() string {
	var b strings.Builder
	name := `aria-hidden="true"`
	if r.Label != "" {
		name = fmt.Sprintf(`role="img" aria-label="%s"`, labels.Escape(r.Label))
	}
	fmt.Fprintf(&b, `<svg class="range" %s><line x1="0" x2="100%%" y1="9" y2="9" class="base"/>`, name)
	at := func(x float64) string { return labels.Coordinate(clampShare(x)) + "%" }
	if r.Due != nil {
		fmt.Fprintf(&b, `<line x1="%s" x2="%s" y1="-9" y2="27" class="s-end"/>`, at(*r.Due), at(*r.Due))
	}
	if r.From == nil && r.To == nil {
		return b.String() + "</svg>"
	}
	fmt.Fprintf(&b, `<g class="%s">`, labels.Escape(r.Class))
	if r.Was != nil && r.To != nil {
		fmt.Fprintf(&b, `<line x1="%s" x2="%s" y1="9" y2="9" class="moved"/><line x1="%s" x2="%s" y1="4" y2="14" `+
			`class="was"/>`, at(*r.Was), at(*r.To), at(*r.Was), at(*r.Was))
	}
	if r.From != nil && r.To != nil {
		fmt.Fprintf(&b, `<line x1="%s" x2="%s" y1="9" y2="9" class="rb"/>`, at(*r.From), at(*r.To))
	}
	if r.From != nil {
		fmt.Fprintf(&b, `<circle cx="%s" cy="9" r="4" class="rg"/>`, at(*r.From))
	}
	if shape := StateShapes[r.Class]; r.To != nil && shape != "" && *r.To <= 1 {
		fmt.Fprintf(&b, `<svg x="%s" y="9" class="shape"><path d="%s" class="f-st"/></svg>`, at(*r.To), shape)
	} else if r.To != nil && *r.To > 1 { // an arrow: it goes on beyond the axis
		b.WriteString(`<svg x="100%" y="9" class="shape"><path d="M-1-7 7 0-1 7Z" class="f-st"/></svg>`)
	}
	b.WriteString("</g>")
	b.WriteString("</svg>")
	return b.String()
}
