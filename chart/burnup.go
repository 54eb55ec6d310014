package chart

import "html"

// Burnup is what a burnup is drawn from: the scope, what is done of it, and what the team's pace would
// add.
type Burnup struct {
	ID, Title string
	Days      []Day
	Scope     []XY     // the total, from each point on
	Done      []XY     // what is done, from each point on
	Capacity  []XY     // from now to the end, straight between points; nil for none
	End       float64  // where scope and done stop: now, or the end
	Now       *float64 // nil for what is over
	First     string   // at the first point of the scope
	Last      string   // at the last one
	DoneLabel string   // at the last point of what is done
	Pace      string   // at the capacity line
}

// The geometry of a burnup, in pixels.
const (
	burnupHeight = 340
	burnupUpper  = 34
	burnupLower  = 316
)

// SVG draws the burnup.
func (b Burnup) SVG() string {
	d := &drawing{height: burnupHeight}
	s := newScale(highest(b.Scope, b.Done, b.Capacity), burnupUpper, burnupLower)
	var values []float64
	for _, list := range [][]XY{b.Scope, b.Done} {
		for _, p := range list {
			values = append(values, p.Y)
		}
	}
	s = s.wholly(values...)
	d.open(b.ID, b.Title)
	d.days(b.Days, s)
	d.grid(s)
	d.frame()
	if len(b.Capacity) > 1 {
		d.printf(`<path d="%s" class="p s-cap"/>`, line(b.Capacity, s))
	}
	if len(b.Scope) > 0 {
		d.printf(`<path d="%s" class="p s-scope"/>`, steps(b.Scope, b.End, s))
	}
	if len(b.Done) > 0 {
		d.printf(`<path d="%s" class="p s-exp"/>`, steps(b.Done, b.End, s))
	}
	d.WriteString("</svg>\n")
	b.texts(d, s)
	return d.close()
}

func (b Burnup) texts(d *drawing, s scale) {
	if b.Now != nil {
		x := percent(*b.Now)
		d.printf(`<line x1="%s" x2="%s" y1="%d" y2="%d" class="s-now"/>`, x, x, burnupUpper, burnupLower)
		d.printf(`<text x="%s" dx="4" y="%d">now</text>`+"\n", x, burnupLower-6)
	}
	anchor, dx := "e", -8
	if b.End < .3 {
		anchor, dx = "", 8
	}
	if n := len(b.Scope); n > 0 {
		if b.End >= .3 && b.level(.12) {
			d.printf(`<text x="%s" dx="6" y="%s" class="lab only-w">%s</text>`+"\n", percent(b.Scope[0].X), trim(s.y(b.Scope[0].Y)-8), html.EscapeString(b.First))
		}
		d.printf(`<text x="%s" dx="%d" y="%s" class="lab %s">%s</text>`+"\n", percent(b.End), dx, trim(max(s.y(b.Scope[n-1].Y)-8, 12)), anchor, html.EscapeString(b.Last))
	}
	if n := len(b.Done); n > 0 {
		y := s.y(b.Done[n-1].Y)
		d.printf(`<circle cx="%s" cy="%s" r="4" class="f-exp"/>`, percent(b.End), trim(y))
		if b.Now != nil && b.End < .85 { // beside the dot, where nothing is drawn yet
			anchor, dx = "", 8
		}
		d.printf(`<text x="%s" dx="%d" y="%s" class="lab %s">%s</text>`+"\n", percent(b.End), dx, trim(min(y+18, burnupLower-6)), anchor, html.EscapeString(b.DoneLabel))
	}
	if n := len(b.Capacity); n > 1 {
		mid := b.Capacity[n/2]
		d.printf(`<text x="%s" dx="-8" y="%s" class="lab q e only-w">%s</text>`+"\n", percent(mid.X), trim(max(s.y(mid.Y)-6, 12)), html.EscapeString(b.Pace))
	}
}

// level tells whether the scope stands still at first, so that there is room to name it.
func (b Burnup) level(until float64) bool {
	for _, p := range b.Scope {
		if p.X <= until && p.Y != b.Scope[0].Y {
			return false
		}
	}
	return true
}

// Week is a bar of a weekly chart.
type Week struct {
	Name  string
	Value float64
	Level float64 // a line at what the working days of the week would hold, 0 for none
	Open  bool    // the week is not over: hatched
}

// Weeks is what a chart of values a week is drawn from.
type Weeks struct {
	ID, Title string
	Weeks     []Week
}

// SVG draws the bars; they begin at 0, and a week that took something back stands at 0 with its figure.
func (w Weeks) SVG() string {
	d := &drawing{height: barsHeight}
	top := 0.0
	var values []float64
	for _, one := range w.Weeks {
		top = max(top, one.Value, one.Level)
		values = append(values, one.Value)
	}
	s := newScale(top, barsUpper, barsLower).wholly(values...)
	d.open(w.ID, w.Title)
	d.grid(s)
	n := float64(max(len(w.Weeks), 1))
	for i, one := range w.Weeks {
		a, e := place((float64(i)+(1-barShare)/2)/n), place((float64(i)+(1+barShare)/2)/n)
		y, style := s.y(one.Value), `class="f-exp"`
		if one.Open {
			style = `class="hb2" fill="url(#hatch-n)"`
		}
		d.printf(`<rect x="%s%%" y="%s" width="%s%%" height="%s" %s/>`, trim(a), trim(y), trim(e-a), trim(barsLower-y), style)
		class := "lab m"
		if len(w.Weeks) > mostLabels {
			class += " only-w"
		}
		d.printf(`<text x="%s" y="%s" class="%s">%s</text>`, percent((float64(i)+.5)/n), trim(y-7), class, Number(one.Value))
		if len(w.Weeks) <= mostLabels || i%2 == 0 {
			d.printf(`<text x="%s" y="%d" class="m">%s</text>`, percent((float64(i)+.5)/n), barsLower+17, html.EscapeString(one.Name))
		}
		d.WriteString("\n")
	}
	w.levels(d, s, n)
	return d.close()
}

func (w Weeks) levels(d *drawing, s scale, n float64) {
	d.frame()
	for i, one := range w.Weeks {
		if one.Level > 0 {
			d.printf(`<path d="M%s %sH%s" class="s-end"/>`, trim(place((float64(i)+.1)/n)*10), trim(s.y(one.Level)), trim(place((float64(i)+.9)/n)*10))
		}
	}
	d.WriteString("</svg>\n")
}

// Progress draws done, doing and to do of one row on a scale that all rows share.
func Progress(label string, done, doing, todo, longest float64) string {
	if longest <= 0 || done+doing+todo <= 0 {
		return ""
	}
	d := &drawing{}
	d.printf(`<svg class="meter" role="img" aria-label="%s">`, html.EscapeString(label))
	x := 0.0
	for _, p := range []Part{{done, "f-done"}, {doing, "f-doing"}, {todo, "f-todo"}} {
		width := clamp(max(p.Value, 0) / longest)
		d.printf(`<rect x="%s%%" width="%s%%" class="%s"/>`, trim(x), trim(width), p.Class)
		x += width
	}
	d.WriteString("</svg>")
	return d.String()
}
