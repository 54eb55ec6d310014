package chart

import (
	"jerem/chart/labels"
)

// Growth is a change of the scope of a burnup, marked on its line where it happened.
type Growth struct {
	X, Y    float64 // the moment, and the scope after it
	Up      bool    // the scope grew; else it shrank
	Text    string  // by how much, and what did it
	Title   string  // the same in words
	Address string  // of what did it; "" for none
}

// marksOnLine is the number of rows above a plot whose room is kept: marks that stand on a line take none away.
const marksOnLine = 4

// drawGrowth marks the changes of the scope: a triangle up or down, which leads to what did it.
func (b Burnup) drawGrowth(d *drawing, s scale) {
	for _, g := range b.Grown {
		mark := "#m-rem"
		if g.Up {
			mark = "#m-add"
		}
		if g.Address != "" {
			d.writeFormat(`<a href="%s" aria-label="%s">`, labels.Escape(g.Address), labels.Escape(g.Title))
		}
		d.writeFormat(`<svg x="%s" y="%s" class="shape"><title>%s</title><use href="%s" class="grown"/></svg>`,
			placePercent(g.X),
			labels.Coordinate(s.yOf(g.Y)), labels.Escape(g.Title), mark)
		if g.Address != "" {
			d.text.WriteString("</a>")
		}
		d.text.WriteString("\n")
	}
}

// keepClearOfGrowth keeps labels off the marks.
func (b Burnup) keepClearOfGrowth(sc *labels.Scene, s scale) {
	for _, g := range b.Grown {
		x, y := axisPlace(g.X), s.yOf(g.Y)
		sc.Blocks = append(sc.Blocks, labels.Block{From: x, To: x, Dfrom: -6, Dto: 6, Y0: y - 6, Y1: y + 6})
	}
}

// nameGrowth says at each mark what changed, the first ones first; where there is no room the title says it.
func (b Burnup) nameGrowth(sc *labels.Scene, s scale) {
	for _, g := range b.Grown {
		x, y := axisPlace(g.X), s.yOf(g.Y)
		var spots []labels.Spot
		for away := 8.0; away <= 44; away += 6 {
			for _, anchor := range []labels.Anchor{labels.Middle, labels.Start, labels.End} {
				spots = append(spots, labels.Spot{X: x, Y: y - away, Anchor: anchor},
					labels.Spot{X: x, Y: y + away + 9, Anchor: anchor})
			}
		}
		sc.Place(labels.Label{Text: g.Text, Class: "lab", Spots: spots})
	}
}
