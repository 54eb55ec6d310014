package chart

import (
	"fmt"
	"jerem/chart/labels"
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

// flag is one mark, or several that would not stand side by side.
type flag struct{ marks []Mark }

// The heights of a flag, in pixels: what changed, in which way, on which issue, the shape, and the lead to the plot.
const (
	flagDelta, flagWord, flagLabel, flagShape, flagLead = 12, 26, 39, 51, 59
	flagDeltaPhone                                      = 36  // on a phone it stands alone
	longestLabel                                        = 110 // pixels; a longer key stands in the title alone
)

// groupMarks groups marks so that their flags stand clear of each other where the screen is narrowest.
func groupMarks(marks []Mark, s labels.Screen) []flag {
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
		out = append(out, flag{[]Mark{m}})
		for len(out) > 1 && !out[len(out)-2].clearOf(out[len(out)-1], s) {
			n := len(out)
			out[n-2].marks = append(out[n-2].marks, out[n-1].marks...)
			out = out[:n-1]
		}
	}
	return out
}

// clearOf tells whether a flag stands clear of the next one.
func (f flag) clearOf(next flag, s labels.Screen) bool {
	for _, a := range f.flagTexts(s) {
		for _, b := range next.flagTexts(s) {
			if a.Spot.Area(a.Text, a.Class, s.Narrowest()).X1+
				2*labels.ClearOfTexts > b.Spot.Area(b.Text, b.Class, s.Narrowest()).X0 {
				return false
			}
		}
	}
	return true
}

// flagTexts are what a flag says, at their places. On a phone it says how much alone.
func (f flag) flagTexts(s labels.Screen) []labels.Placed {
	first := f.marks[0]
	top, word, label := first.Delta, first.Word, first.Label
	if len(f.marks) > 1 {
		top, word, label = fmt.Sprintf("%d changes", len(f.marks)), f.commonWord(), ""
	}
	if s.Hide == labels.HidePhone {
		if len(f.marks) > 1 {
			top = fmt.Sprint(len(f.marks))
		}
		return []labels.Placed{f.placedText(s, flagDeltaPhone, top, "lab")}
	}
	if labels.TextWidth(label, false) > longestLabel {
		label = ""
	}
	out := []labels.Placed{f.placedText(s, flagDelta, top, "lab")}
	if word != "" {
		out = append(out, f.placedText(s, flagWord, word, ""))
	}
	if label != "" {
		out = append(out, f.placedText(s, flagLabel, label, "t-ink"))
	}
	return out
}

// placedText centres a text above the mark, but at the edges of the drawing, where it would stand out.
func (f flag) placedText(s labels.Screen, y float64, text, class string) labels.Placed {
	t := labels.Placed{Spot: labels.Spot{X: axisPlace(f.marks[0].X), Dx: 0, Y: y, Anchor: labels.Middle}, Text: text,
		Class: class}
	switch a := t.Spot.Area(text, class, s.Narrowest()); {
	case a.X1 > s.Narrowest()+labels.Overhang:
		t.Spot.Dx, t.Spot.Anchor = 6, labels.End
	case a.X0 < -labels.Gutter:
		t.Spot.Dx, t.Spot.Anchor = -6, labels.Start
	}
	return t
}

// commonWord is what all changes of a flag are, "" where they differ.
func (f flag) commonWord() string {
	first := f.marks[0]
	if f.shapeKind() == "many" {
		return ""
	}
	if first.Kind == Reestimated {
		return "re-estimated"
	}
	return first.Word
}

// shapeKind is the shape of a flag.
func (f flag) shapeKind() string {
	for _, m := range f.marks {
		if m.Kind != f.marks[0].Kind {
			return "many"
		}
	}
	return string(f.marks[0].Kind)
}

// drawFlag puts a flag above the plot: what changed, in which way, on which issue.
func (f flag) drawFlag(s *labels.Scene, l *labels.Layers) {
	x := placePercent(f.marks[0].X)
	var told []string
	for _, m := range f.marks {
		told = append(told, strings.TrimSpace(m.Label+" "+m.Word+" "+m.Delta))
	}
	l.Add(s.Screen, labels.Element{Before: fmt.Sprintf(`<line x1="%s" x2="%s" y1="%d" y2="%d"`, x, x, flagLead,
		burndownUpper), Class: "lead", After: "/>"})
	l.Add(s.Screen, labels.Element{Before: fmt.Sprintf(`<use href="#m-%s" x="%s" y="%d"`, f.shapeKind(), x, flagShape),
		Class: "f-ink", After: "><title>" + labels.Escape(strings.Join(told, "\n")) + "</title></use>"})
	s.Texts = append(s.Texts, f.flagTexts(s.Screen)...)
	s.Lines = append(s.Lines, []labels.Point{{X: axisPlace(f.marks[0].X), Y: flagLead},
		{X: axisPlace(f.marks[0].X), Y: burndownUpper}})
}
