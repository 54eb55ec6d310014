package chart

// Burndown is what a burndown is drawn from.
type Burndown struct {
	ID, Title string
	Days      []Day
	Line      []XY     // what remains, from each point on
	End       float64  // where the line stops: now, or the end of the sprint
	Ideal     []XY     // nil for none
	Now       *float64 // the moment shown; nil for a sprint that is over
	Marks     []Mark   // in order of X
	NowName   string   // "now", or the date of another moment
	First     string   // at the first point: "38 committed"
	Last      string   // at the last point: "27 remain"
}

// The geometry of a burndown, in pixels. On a desk it has two thirds of the page at least.
const (
	burndownHeight    = 336
	burndownUpper     = 76
	burndownLower     = 314
	burndownNarrowest = 576
)

// SVG draws the burndown.
func (b Burndown) SVG() string {
	d := &drawing{height: burndownHeight}
	s := newScale(highest(b.Line, b.Ideal), burndownUpper, burndownLower)
	d.open(b.ID, b.Title)
	d.shade(b.Days, s)
	d.grid(s)
	d.frame()
	if len(b.Ideal) > 1 {
		d.printf(`<path d="%s" class="p s-ideal"/>`, line(b.Ideal, s))
	}
	if len(b.Line) > 0 {
		d.printf(`<path d="%s" class="p s-exp"/>`, steps(b.Line, b.End, s))
	}
	d.WriteString("</svg>\n")
	d.now(b.Now, s)
	if n := len(b.Line); n > 0 {
		d.dot(b.End, s.y(b.Line[n-1].Y))
	}
	var l layers
	for _, one := range screens(burndownNarrowest) {
		b.labels(&scene{screen: one, upper: flagLead, lower: burndownLower - 1}, s, &l)
	}
	l.write(d)
	return d.close()
}

// labels names the lines on one screen: first what counts most.
func (b Burndown) labels(sc *scene, s scale, l *layers) {
	sc.grid(s)
	sc.days(b.Days, s)
	for _, flag := range flags(b.Marks, sc.screen) {
		flag.draw(sc, l)
	}
	sc.lines = append(sc.lines, stepped(b.Line, b.End, s), straight(b.Ideal, s))
	sc.now(b.Now, s)
	if n := len(b.Line); n > 0 {
		x, y := place(b.End), s.y(b.Line[n-1].Y)
		sc.dot(x, y)
		sides := []anchor{atEnd, atStart}
		if b.End < .85 { // beside the dot, where nothing has happened yet
			sides = []anchor{atStart, atEnd}
		}
		sc.place(label{b.Last, "lab", around(x, y, 72, sides...)})
		sc.place(label{b.First, "lab", around(place(b.Line[0].X), s.y(b.Line[0].Y), 36, atStart)})
	}
	sc.nameNow(b.Now, b.NowName, s)
	if len(b.Ideal) > 1 && highest(b.Ideal) > 0 { // a line of zeros needs no name
		sc.place(label{"ideal", "", along(b.Ideal, s, .25, .5, .75, .35, .65, .15, .85)})
	}
	sc.show(l)
}

// now draws the line of the moment shown.
func (d *drawing) now(x *float64, s scale) {
	if x != nil {
		d.printf(`<line x1="%s" x2="%s" y1="%s" y2="%s" class="s-now"/>`+"\n", percent(*x), percent(*x), trim(s.upper), trim(s.lower))
	}
}

// dot draws the end of a line.
func (d *drawing) dot(x, y float64) {
	d.printf(`<circle cx="%s" cy="%s" r="4" class="f-exp"/>`+"\n", percent(x), trim(y))
}

// now keeps labels off the line of the moment shown.
func (s *scene) now(x *float64, values scale) {
	if x != nil {
		s.lines = append(s.lines, []XY{{place(*x), values.upper}, {place(*x), values.lower}})
	}
}

// nameNow names the line of the moment shown, at its foot or further up.
func (s *scene) nameNow(x *float64, name string, values scale) {
	if x == nil {
		return
	}
	var spots []spot
	for up := 6.0; up < values.lower-values.upper; up += 12 {
		spots = append(spots, spot{place(*x), 5, values.lower - up, atStart}, spot{place(*x), -5, values.lower - up, atEnd})
	}
	s.place(label{name, "", spots})
}

// dot keeps labels off the end of a line.
func (s *scene) dot(x, y float64) {
	s.blocks = append(s.blocks, block{x, x, -4, 4, y - 4, y + 4})
}
