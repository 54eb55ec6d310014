package chart

// Dot is one issue of a scatter: on a day, at a value.
type Dot struct {
	Day   int // place among the days
	Value float64
	Title string // told by the dot
}

// Scatter is what a chart of single values by day is drawn from.
type Scatter struct {
	ID, Title string
	Days      []Day
	Dots      []Dot
	Levels    []Level
}

// The geometry of a scatter, in pixels. On a desk it has two thirds of the page at least.
const (
	scatterHeight    = 280
	scatterUpper     = 24
	scatterLower     = 256
	scatterNarrowest = 576
)

// SVG draws the dots; their axis begins at 0.
func (c Scatter) SVG() string {
	d := &drawing{height: scatterHeight}
	days := padded(c.Days)
	top := highestLevel(c.Levels)
	for _, dot := range c.Dots {
		top = max(top, dot.Value)
	}
	s := newScale(top, scatterUpper, scatterLower)
	d.open(c.ID, c.Title)
	d.shade(days, s)
	d.grid(s)
	d.frame()
	d.drawLevels(c.Levels, s)
	d.WriteString("</svg>\n")
	for _, dot := range c.Dots {
		d.printf(`<circle cx="%s" cy="%s" r="3.2" class="dot"><title>%s</title></circle>`+"\n", percent(middleOf(dot.Day, len(days))), trim(s.y(dot.Value)), escape(dot.Title))
	}
	var l layers
	for _, one := range screens(scatterNarrowest) {
		c.labels(&scene{screen: one, upper: 0, lower: scatterLower - 1}, days, s, &l)
	}
	l.write(d)
	return d.close()
}

// middleOf returns the middle of a cell, between 0 and 1 of the axis.
func middleOf(i, of int) float64 { return (float64(i) + .5) / float64(max(of, 1)) }

func (c Scatter) labels(sc *scene, days []Day, s scale, l *layers) {
	sc.grid(s)
	sc.days(days, s)
	for _, dot := range c.Dots {
		sc.dot(place(middleOf(dot.Day, len(days))), s.y(dot.Value))
	}
	sc.levels(c.Levels, s)
	sc.show(l)
}
