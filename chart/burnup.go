package chart

// Burnup is what a burnup is drawn from: the scope, what is done of it, and what the team's pace would
// add.
type Burnup struct {
	ID, Title string
	Days      []Day
	Scope     []XY     // the total, from each point on
	Done      []XY     // what is done, from each point on
	Capacity  []XY     // from now to the end, straight between points; nil for none
	End       float64  // where scope and done stop: now, or the end
	Now       *float64 // the moment shown; nil for what is over
	NowName   string   // "now", or the date of another moment
	First     string   // at the first point of the scope
	Last      string   // at the last one
	DoneLabel string   // at the last point of what is done
	Pace      string   // at the capacity line

	Fan      []FanPoint // how much is done by each day to come
	Dates    []DateMark // on the scope carried on
	Deadline *float64   // nil where the axis ends with it
	DueName  string     // at the deadline
}

// FanPoint is how much is done by a moment to come: the bounds of 90, 70 and 40 of 100 outcomes, and the median.
type FanPoint struct{ X, P05, P15, P30, P50, P70, P85, P95 float64 }

// DateMark is a day by which all is done in so many of 100 outcomes.
type DateMark struct {
	X    float64
	Name string
}

// The geometry of a burnup, in pixels. It has the whole width of the page.
const (
	burnupHeight    = 340
	burnupUpper     = 34
	burnupLower     = 316
	burnupNarrowest = 896
)

// SVG draws the burnup.
func (b Burnup) SVG() string {
	d := &drawing{height: burnupHeight}
	s := b.scale()
	d.open(b.ID, b.Title)
	d.shade(b.Days, s)
	d.grid(s)
	d.frame()
	b.fan(d, s)
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
	b.dates(d, s)
	d.now(b.Now, s)
	if n := len(b.Done); n > 0 {
		d.dot(b.End, s.y(b.Done[n-1].Y))
	}
	var l layers
	for _, one := range screens(burnupNarrowest) {
		b.labels(&scene{screen: one, upper: 0, lower: burnupLower - 1}, s, &l)
	}
	l.write(d)
	return d.close()
}

func (b Burnup) scale() scale {
	var values []float64
	for _, list := range [][]XY{b.Scope, b.Done} {
		for _, p := range list {
			values = append(values, p.Y)
		}
	}
	return newScale(highest(b.Scope, b.Done, b.Capacity, b.median()), burnupUpper, burnupLower).wholly(values...)
}

// labels names the lines on one screen: first what counts most.
func (b Burnup) labels(sc *scene, s scale, l *layers) {
	sc.grid(s)
	sc.days(b.Days, s)
	sc.lines = append(sc.lines, stepped(b.Scope, b.End, s), stepped(b.Done, b.End, s), straight(b.Capacity, s))
	sc.now(b.Now, s)
	b.keepClear(sc, s)
	x := place(b.End)
	if n := len(b.Done); n > 0 {
		sc.dot(x, s.y(b.Done[n-1].Y))
	}
	b.nameDates(sc, s)
	if n := len(b.Done); n > 0 {
		y := s.y(b.Done[n-1].Y)
		sides := []anchor{atEnd, atStart}
		if b.End < .85 { // beside the dot, where nothing is drawn yet
			sides = []anchor{atStart, atEnd}
		}
		sc.place(label{b.DoneLabel, "lab", around(x, y, 72, sides...)})
	}
	if n := len(b.Scope); n > 0 {
		sc.place(label{b.Last, "lab", around(x, s.y(b.Scope[n-1].Y), 72, atEnd, atStart)})
		if b.Scope[0].Y != b.Scope[n-1].Y {
			sc.place(label{b.First, "lab", around(place(b.Scope[0].X), s.y(b.Scope[0].Y), 36, atStart)})
		}
	}
	sc.nameNow(b.Now, b.NowName, s)
	if len(b.Capacity) > 1 {
		sc.place(label{b.Pace, "lab q", along(b.Capacity, s, .5, .7, .35, .85, .95, .2)})
	}
	sc.show(l)
}
