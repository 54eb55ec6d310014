package chart

import (
	"fmt"
	"strings"
)

// Reached is how many issues had reached a column or a later one by the end of each day.
type Reached struct {
	Name   string
	Values []float64 // by day
}

// Cumulative is what a cumulative flow is drawn from: columns from the first to the last, lines that never fall.
type Cumulative struct {
	ID, Title string
	Days      []Day
	Columns   []Reached
}

// SVG draws what stands between one column and the next as an area. Its axis begins at 0.
func (c Cumulative) SVG() string {
	d := &drawing{height: scatterHeight}
	days := padded(c.Days)
	top := 0.0
	for _, column := range c.Columns {
		for _, v := range column.Values {
			top = max(top, v)
		}
	}
	s := newScale(top, scatterUpper, scatterLower).wholly(1)
	d.open(c.ID, c.Title)
	d.shade(days, s)
	d.grid(s)
	d.frame()
	for i, column := range c.Columns {
		points := c.points(column, len(days))
		if len(points) == 0 {
			continue
		}
		end := float64(len(column.Values)) / float64(len(days))
		d.printf(`<path d="%sV%sH%s" class="%s"/>`, steps(points, end, s), trim(s.lower), trim(place(0)*10), c.class(i))
		d.printf(`<path d="%s" class="p s-ink thin"/>`, steps(points, end, s))
	}
	d.WriteString("</svg>\n")
	var l layers
	for _, one := range screens(scatterNarrowest) {
		c.labels(&scene{screen: one, upper: 0, lower: scatterLower - 1}, days, s, &l)
	}
	l.write(d)
	return d.close()
}

// class is the fill under a column's line: to do first, done last, what is between is being done.
func (c Cumulative) class(i int) string {
	switch {
	case i == len(c.Columns)-1:
		return "f-done"
	case i == 0:
		return "f-todo"
	}
	return fmt.Sprintf("f-doing f-mid%d", i%2)
}

func (c Cumulative) points(column Reached, days int) []XY {
	var out []XY
	for i, v := range column.Values {
		out = append(out, XY{float64(i) / float64(days), v})
	}
	return out
}

// labels names the columns beside the ends of their lines, the last one first.
func (c Cumulative) labels(sc *scene, days []Day, s scale, l *layers) {
	sc.grid(s)
	sc.days(days, s)
	end := float64(len(c.Days)) / float64(len(days))
	for _, column := range c.Columns {
		sc.lines = append(sc.lines, stepped(c.points(column, len(days)), end, s))
	}
	if len(c.Days) > 0 { // the side where the areas end
		sc.lines = append(sc.lines, []XY{{place(end), s.upper}, {place(end), s.lower}})
	}
	for i := len(c.Columns) - 1; i >= 0; i-- {
		column := c.Columns[i]
		if len(column.Values) == 0 {
			continue
		}
		y := s.y(column.Values[len(column.Values)-1])
		var spots []spot
		for away := 0.0; away <= 60; away += 4 {
			spots = append(spots, spot{place(end), 6, y + 4 - away, atStart}, spot{place(end), 6, y + 4 + away, atStart})
		}
		name := strings.TrimSpace(column.Name)
		if !sc.place(label{name, "lab", spots}) {
			sc.place(label{shortened(name, 7), "lab", spots})
		}
	}
	sc.show(l)
}

// shortened cuts a name to so many letters.
func shortened(name string, letters int) string {
	runes := []rune(name)
	if len(runes) <= letters {
		return name
	}
	return string(runes[:letters-1]) + "…"
}
