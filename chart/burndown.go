package chart

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// MarkKind says what a change of scope was.
type MarkKind string

// The kinds of a mark, each with a shape of its own.
const (
	Added       MarkKind = "add"
	Removed     MarkKind = "rem"
	Reestimated MarkKind = "est"
	Reopened    MarkKind = "reo"
)

// Mark is a change of scope, told above the plot.
type Mark struct {
	X     float64
	Kind  MarkKind
	Delta string // "+5"
	Word  string // "added", "5 → 8"
	Label string // key of the issue
}

// Burndown is what a burndown is drawn from.
type Burndown struct {
	ID, Title string
	Days      []Day
	Line      []XY     // what remains, from each point on
	End       float64  // where the line stops: now, or the end of the sprint
	Ideal     []XY     // nil for none
	Now       *float64 // nil for a sprint that is over
	Marks     []Mark   // in order of X
	First     string   // at the first point: "38 committed"
	Last      string   // at the last point: "27 remain"
}

// The geometry of a burndown, in pixels.
const (
	burndownHeight = 336
	burndownUpper  = 76
	burndownLower  = 314
)

// SVG draws the burndown.
func (b Burndown) SVG() string {
	d := &drawing{height: burndownHeight}
	s := newScale(highest(b.Line, b.Ideal), burndownUpper, burndownLower)
	d.open(b.ID, b.Title)
	d.days(b.Days, s)
	d.grid(s)
	d.frame()
	if len(b.Ideal) > 1 {
		d.printf(`<path d="%s" class="p s-ideal"/>`, line(b.Ideal, s))
	}
	if len(b.Line) > 0 {
		d.printf(`<path d="%s" class="p s-exp"/>`, steps(b.Line, b.End, s))
	}
	d.WriteString("</svg>\n")
	b.texts(d, s)
	for _, flag := range flags(b.Marks) {
		flag.draw(d)
	}
	return d.close()
}

// texts writes the labels at the lines and the line of now.
func (b Burndown) texts(d *drawing, s scale) {
	if b.Now != nil {
		x := percent(*b.Now)
		d.printf(`<line x1="%s" x2="%s" y1="%d" y2="%d" class="s-now"/>`, x, x, burndownUpper, burndownLower)
		d.printf(`<text x="%s" dx="4" y="%d">now</text>`+"\n", x, burndownLower-6)
	}
	if mid, ok := b.besideIdeal(); ok {
		d.printf(`<text x="%s" dx="-6" y="%s" class="e only-w">ideal</text>`+"\n", percent(mid.X), trim(s.y(mid.Y)+14))
	}
	if n := len(b.Line); n > 0 {
		last := b.Line[n-1]
		d.printf(`<text x="%s" dx="6" y="%s" class="lab">%s</text>`+"\n", percent(b.Line[0].X), trim(s.y(b.highestUntil(b.Line[0].X+.14))-8), html.EscapeString(b.First))
		d.printf(`<circle cx="%s" cy="%s" r="4" class="f-exp"/>`, percent(b.End), trim(s.y(last.Y)))
		anchor, dx, dy := "e", -8, 18.0
		if b.End < .85 { // beside the dot, where nothing has happened yet
			anchor, dx, dy = "", 8, -6
		}
		d.printf(`<text x="%s" dx="%d" y="%s" class="lab %s">%s</text>`+"\n", percent(b.End), dx, trim(min(s.y(last.Y)+dy, burndownLower-6)), anchor, html.EscapeString(b.Last))
	}
}

// besideIdeal is the place on the ideal line that its name stands at: early, where it is steep, but not
// where the value of now is written. A line of zeros needs no name.
func (b Burndown) besideIdeal() (XY, bool) {
	if len(b.Ideal) < 2 || highest(b.Ideal) == 0 {
		return XY{}, false
	}
	const word, reading = .06, .22 // widths of both labels, in parts of the axis
	early := b.Ideal[len(b.Ideal)/4]
	if b.End < early.X && b.End+reading > early.X-word {
		return b.Ideal[len(b.Ideal)*3/4], true
	}
	return early, true
}

// highestUntil is the highest value of the line up to a place: a label above it touches nothing.
func (b Burndown) highestUntil(x float64) float64 {
	top := 0.0
	for _, p := range b.Line {
		if p.X <= x {
			top = max(top, p.Y)
		}
	}
	return top
}

// flag is one mark, or several that would not stand side by side.
type flag struct{ marks []Mark }

// apart is how far, in parts of the axis, flags must stand from each other.
const apart = .1

// flags groups marks that stand too close.
func flags(marks []Mark) []flag {
	marks = slices.Clone(marks)
	slices.SortStableFunc(marks, func(a, b Mark) int {
		switch {
		case a.X < b.X:
			return -1
		case a.X > b.X:
			return 1
		}
		return 0
	})
	var out []flag
	for _, m := range marks {
		if n := len(out); n > 0 && m.X-out[n-1].marks[0].X < apart {
			out[n-1].marks = append(out[n-1].marks, m)
			continue
		}
		out = append(out, flag{[]Mark{m}})
	}
	return out
}

// draw puts a flag above the plot: what changed, in which way, on which issue.
func (f flag) draw(d *drawing) {
	first := f.marks[0]
	x := percent(first.X)
	top, word, label := html.EscapeString(first.Delta), first.Word, first.Label
	var told []string
	for _, m := range f.marks {
		told = append(told, strings.TrimSpace(m.Label+" "+m.Word+" "+m.Delta))
	}
	kind := first.Kind
	if len(f.marks) > 1 {
		top, word, label = fmt.Sprintf(`%d<tspan class="only-w"> changes</tspan>`, len(f.marks)), "", ""
		if kinds := f.kinds(); len(kinds) == 1 {
			word = first.Word
			if kind == Reestimated {
				word = "re-estimated"
			}
		} else {
			kind = "many"
		}
	}
	d.printf(`<line x1="%s" x2="%s" y1="59" y2="%d" class="lead"/>`, x, x, burndownUpper)
	d.printf(`<use href="#m-%s" x="%s" y="51" class="f-ink"><title>%s</title></use>`, kind, x, html.EscapeString(strings.Join(told, "\n")))
	d.printf(`<text x="%s" y="12" class="lab m sg">%s</text>`, x, top)
	d.printf(`<text x="%s" y="26" class="m only-w">%s</text>`, x, html.EscapeString(word))
	d.printf(`<text x="%s" y="39" class="m only-w t-ink">%s</text>`+"\n", x, html.EscapeString(label))
}

func (f flag) kinds() map[MarkKind]bool {
	kinds := map[MarkKind]bool{}
	for _, m := range f.marks {
		kinds[m.Kind] = true
	}
	return kinds
}
