package chart

import (
	"fmt"
	"math"
	"strings"

	"jerem/chart/labels"
	"jerem/chart/plot"
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
	Link      string // what the names of the columns lead to; "" for nothing
}

// SVG draws what stands between one column and the next as an area. Its axis begins at 0.
func (c Cumulative) SVG() string {
	d := &plot.Drawing{Height: scatterHeight}
	days := plot.WithDaysAround(c.Days)
	top := 0.0
	for _, column := range c.Columns {
		for _, v := range column.Values {
			top = max(top, v)
		}
	}
	s := plot.NewScale(top, scatterUpper, scatterLower).WithWholeSteps(1)
	d.OpenWith(c.ID, c.Title, c.Link != "")
	d.ShadeDaysOff(days, s)
	d.DrawGrid(s)
	d.OpenFrame()
	for i, column := range c.Columns {
		points := c.bandPoints(column, len(days))
		if len(points) == 0 {
			continue
		}
		end := float64(len(column.Values)) / float64(len(days))
		d.WriteFormat(`<path d="%sV%sH%s" class="%s"/>`, plot.SteppedPath(points, end, s), labels.Coordinate(s.Lower),
			labels.Coordinate(plot.AxisPlace(0)*10), c.bandClass(i))
		d.WriteFormat(`<path d="%s" class="p s-ink thin"/>`, plot.SteppedPath(points, end, s))
	}
	d.Text.WriteString("</svg>\n")
	var texts, links labels.Layers
	for _, one := range labels.Screens(scatterNarrowest) {
		c.placeLabels(&labels.Scene{Screen: one, Upper: 0, Lower: scatterLower - 1}, days, s, &texts, &links)
	}
	return d.CloseWith(&texts, &links)
}

// bandClass is the fill under a column's line: to do first, done last, what is between is being done.
func (c Cumulative) bandClass(i int) string {
	switch {
	case i == len(c.Columns)-1:
		return "f-done"
	case i == 0:
		return "f-todo"
	}
	return fmt.Sprintf("f-doing f-mid%d", i%2)
}

func (c Cumulative) bandPoints(column Reached, days int) []XY {
	var out []XY
	for i, v := range column.Values {
		out = append(out, XY{X: float64(i) / float64(days), Y: v})
	}
	return out
}

// placeLabels names the columns beside the ends of their lines, the last one first.
func (c Cumulative) placeLabels(sc *labels.Scene, days []Day, s plot.Scale, texts, links *labels.Layers) {
	plot.LabelGrid(sc, s)
	plot.LabelDays(sc, days, s)
	end := float64(len(c.Days)) / float64(len(days))
	for _, column := range c.Columns {
		sc.Lines = append(sc.Lines, plot.SteppedLine(c.bandPoints(column, len(days)), end, s))
	}
	if len(c.Days) > 0 { // the side where the areas end
		sc.Lines = append(sc.Lines, []labels.Point{{X: plot.AxisPlace(end), Y: s.Upper},
			{X: plot.AxisPlace(end), Y: s.Lower}})
	}
	below := math.Inf(1)
	for i := len(c.Columns) - 1; i >= 0; i-- {
		column := c.Columns[i]
		if len(column.Values) == 0 {
			continue
		}
		// below the room that the names above it take, from the row above the plot on
		y := max(s.YOf(column.Values[len(column.Values)-1]), s.Upper+nameHeight*float64(i-1)) + 4
		spots := spotsAbove(below, plot.AxisPlace(end), min(y, below-nameHeight))
		name := strings.TrimSpace(column.Name)
		if sc.Place(labels.Label{Text: name, Class: "lab", Link: c.Link, Spots: spots}) ||
			sc.Place(labels.Label{Text: shortenName(name, 7), Class: "lab", Link: c.Link, Spots: spots}) {
			below = sc.Texts[len(sc.Texts)-1].Spot.Y
		}
	}
	sc.ShowApart(texts, links)
}

// nameHeight is how far two names under each other stand apart, in pixels.
const nameHeight = 16.0

// spotsAbove are the places beside the end of a line at height y, the nearest first, that lie above the name of the
// column under it: lines that end at one height keep the order of their columns.
func spotsAbove(below float64, x float64, y float64) []labels.Spot {
	var spots []labels.Spot
	for away := 0.0; away <= 60; away += 4 {
		for _, y := range []float64{y - away, y + away} {
			if y < below {
				spots = append(spots, labels.Spot{X: x, Dx: 6, Y: y, Anchor: labels.Start})
			}
		}
	}
	return spots
}

// shortenName cuts a name to so many letters.
func shortenName(name string, letters int) string {
	runes := []rune(name)
	if len(runes) <= letters {
		return name
	}
	return string(runes[:letters-1]) + "…"
}
