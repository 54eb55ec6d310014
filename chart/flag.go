package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jerem/chart/labels"
	"jerem/chart/plot"
	"jerem/sorting"
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
	ID    string // of the element of the page that tells the event, which the mark links to; "" for none
}

// tellMark says a mark in words.
func (m Mark) tellMark() string { return strings.TrimSpace(m.Label + " " + m.Word + " " + m.Delta) }

// markStack is the marks that share a place above the plot, one on the other.
type markStack struct{ marks []Mark }

// stackRow is a line of a stack: a mark, or how many more there are.
type stackRow struct {
	shape string
	text  string
	marks []Mark // those it tells
}

// The geometry of stacks, in pixels: the baselines of their rows from the plot upwards, where the lead to the plot
// begins, and how far a text stands from the middle of its shape.
const (
	stackLowest  = 55
	stackStep    = 15
	stackMost    = 4 // rows
	stackLead    = 60
	textOfMark   = 9
	shapeHalf    = 5
	stackApart   = 2 * labels.ClearOfTexts
	longestLabel = 110 // a longer key stands in the event alone
)

// stackMarks gathers marks so that their stacks stand clear of each other where the screen is narrowest.
func stackMarks(marks []Mark, s labels.Screen) []markStack {
	marks = slices.Clone(marks)
	sorting.By(marks, func(a, b Mark) int { return cmp.Compare(a.X, b.X) })
	var out []markStack
	for i := range marks {
		out = append(out, markStack{marks[i : i+1]})
		for n := len(out); n > 1 && !out[n-2].standsClear(out[n-1], s); n = len(out) {
			both := len(out[n-2].marks) + len(out[n-1].marks)
			out[n-2].marks = marks[i+1-both : i+1] // a stack holds marks that follow each other
			out = out[:n-1]
		}
	}
	return out
}

// standsClear tells whether a stack stands clear of the next one, both in their shortest wording.
func (f markStack) standsClear(next markStack, s labels.Screen) bool {
	_, end := f.extentOn(s, false)
	begin, _ := next.extentOn(s, false)
	return end+stackApart <= begin
}

// rowCount is how many lines a stack has.
func (f markStack) rowCount() int { return min(len(f.marks), stackMost) }

// rowAt is a line of a stack, the first change on top. What finds no room is counted in the last line.
func (f markStack) rowAt(i int, long bool) stackRow {
	if i == stackMost-1 && len(f.marks) > stackMost {
		return stackRow{shape: "many", text: strconv.Itoa(len(f.marks)-i) + " more", marks: f.marks[i:]}
	}
	m := &f.marks[i]
	text := m.Delta
	if long && m.Label != "" && labels.TextWidth(m.Label, false) <= longestLabel {
		text += " " + m.Label
	}
	return stackRow{shape: string(m.Kind), text: text, marks: f.marks[i : i+1]}
}

// stackRows is how many rows the highest stack of marks has on any screen.
func stackRows(marks []Mark) int {
	most := 0
	for _, one := range labels.Screens(burndownNarrowest) {
		for _, f := range stackMarks(marks, one) {
			most = max(most, f.rowCount())
		}
	}
	return most
}

// spotOf is the place of a row's text: behind its shape, before it where it would stand out of the drawing.
func (f markStack) spotOf(row stackRow, y float64, s labels.Screen) labels.Spot {
	spot := labels.Spot{X: plot.AxisPlace(f.marks[0].X), Dx: textOfMark, Y: y, Anchor: labels.Start}
	if spot.Area(row.text, "lab", s.Narrowest()).X1 > s.Narrowest()+labels.Overhang {
		spot.Dx, spot.Anchor = -textOfMark, labels.End
	}
	return spot
}

// extentOn is from where to where a stack stands on the narrowest drawing of a screen, in pixels.
func (f markStack) extentOn(s labels.Screen, long bool) (begin, end float64) {
	x := plot.AxisPlace(f.marks[0].X) / 100 * s.Narrowest()
	begin, end = x-shapeHalf, x+shapeHalf
	for i := range f.rowCount() {
		row := f.rowAt(i, long)
		area := f.spotOf(row, stackLowest, s).Area(row.text, "lab", s.Narrowest())
		begin, end = min(begin, area.X0), max(end, area.X1)
	}
	return begin, end
}

// hasRoomForKeys tells whether the rows of a stack may name their issues: between the stacks before and after it.
func hasRoomForKeys(stacks []markStack, i int, s labels.Screen) bool {
	if s.Hide == labels.HidePhone {
		return false
	}
	begin, end := stacks[i].extentOn(s, true)
	if i > 0 {
		_, before := stacks[i-1].extentOn(s, false)
		if before+stackApart > begin {
			return false
		}
	}
	if i+1 < len(stacks) {
		next, _ := stacks[i+1].extentOn(s, false)
		return end+stackApart <= next
	}
	return end <= s.Narrowest()+labels.Overhang
}

// drawStacks puts marks above the plot, each a link to its event, with leads to the moments they happened at.
func drawStacks(marks []Mark, s *labels.Scene, l *labels.Layers) {
	stacks := stackMarks(marks, s.Screen)
	longBefore := false
	for i, f := range stacks {
		long := !longBefore && hasRoomForKeys(stacks, i, s.Screen)
		if i > 0 && longBefore {
			_, before := stacks[i-1].extentOn(s.Screen, true)
			begin, _ := f.extentOn(s.Screen, true)
			long = before+stackApart <= begin && hasRoomForKeys(stacks, i, s.Screen)
		}
		f.drawStack(long, s, l)
		longBefore = long
	}
}

// drawStack draws one stack and its leads.
func (f markStack) drawStack(long bool, s *labels.Scene, l *labels.Layers) {
	for i := range f.rowCount() {
		row, y := f.rowAt(i, long), float64(stackLowest-stackStep*(f.rowCount()-1-i))
		l.Add(s.Screen, row.writeElement(plot.PlacePercent(f.marks[0].X), f.spotOf(row, y, s.Screen)))
	}
	for n, m := range f.marks {
		x, from := plot.PlacePercent(m.X), burndownUpper-8
		if n == 0 {
			from = stackLead
		}
		l.Add(s.Screen, labels.Element{Before: fmt.Sprintf(`<line x1="%s" x2="%s" y1="%d" y2="%d"`, x, x, from,
			burndownUpper), Class: "lead", After: "/>"})
		s.Lines = append(s.Lines, []labels.Point{{X: plot.AxisPlace(m.X), Y: float64(from)},
			{X: plot.AxisPlace(m.X), Y: burndownUpper}})
	}
}

// writeElement writes a row: shape and text, in a link to the event where there is one. data-events names all that it
// tells.
func (r stackRow) writeElement(x string, spot labels.Spot) labels.Element {
	var told, ids []string
	for _, m := range r.marks {
		told, ids = append(told, m.tellMark()), append(ids, m.ID)
	}
	said := labels.Escape(tellTogether(told))
	name, attributes := "g", ""
	if ids[0] != "" {
		name = "a"
		attributes = fmt.Sprintf(` href="#%s" data-events="%s"`, labels.Escape(ids[0]),
			labels.Escape(strings.Join(ids, " ")))
	}
	text := labels.Placed{Spot: spot, Text: r.text, Class: "lab"}.String()
	return labels.Element{Before: "<" + name + attributes, Class: "ev", After: fmt.Sprintf(
		`><title>%s</title><use href="#m-%s" x="%s" y="%s" class="f-ink"/>%s</%s>`, said, r.shape, x,
		labels.Coordinate(spot.Y-4), text, name)}
}
