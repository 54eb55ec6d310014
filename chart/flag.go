package chart

import (
	"fmt"
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

// flags groups marks so that their flags stand clear of each other where the screen is narrowest.
func flags(marks []Mark, s screen) []flag {
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
func (f flag) clearOf(next flag, s screen) bool {
	for _, a := range f.texts(s) {
		for _, b := range next.texts(s) {
			if a.area(a.text, a.class, s.least()).x1+2*clearOfTexts > b.area(b.text, b.class, s.least()).x0 {
				return false
			}
		}
	}
	return true
}

// texts are what a flag says, at their places. On a phone it says how much alone.
func (f flag) texts(s screen) []written {
	first := f.marks[0]
	top, word, label := first.Delta, first.Word, first.Label
	if len(f.marks) > 1 {
		top, word, label = fmt.Sprintf("%d changes", len(f.marks)), f.commonWord(), ""
	}
	if s.hide == hidePhone {
		if len(f.marks) > 1 {
			top = fmt.Sprint(len(f.marks))
		}
		return []written{f.text(s, flagDeltaPhone, top, "lab")}
	}
	if TextWidth(label, false) > longestLabel {
		label = ""
	}
	out := []written{f.text(s, flagDelta, top, "lab")}
	if word != "" {
		out = append(out, f.text(s, flagWord, word, ""))
	}
	if label != "" {
		out = append(out, f.text(s, flagLabel, label, "t-ink"))
	}
	return out
}

// text centres a text above the mark, but at the edges of the drawing, where it would stand out.
func (f flag) text(s screen, y float64, text, class string) written {
	t := written{spot{place(f.marks[0].X), 0, y, atMiddle}, text, class}
	switch a := t.area(text, class, s.least()); {
	case a.x1 > s.least()+overhang:
		t.dx, t.anchor = 6, atEnd
	case a.x0 < -gutter:
		t.dx, t.anchor = -6, atStart
	}
	return t
}

// commonWord is what all changes of a flag are, "" where they differ.
func (f flag) commonWord() string {
	first := f.marks[0]
	if f.kind() == "many" {
		return ""
	}
	if first.Kind == Reestimated {
		return "re-estimated"
	}
	return first.Word
}

// kind is the shape of a flag.
func (f flag) kind() string {
	for _, m := range f.marks {
		if m.Kind != f.marks[0].Kind {
			return "many"
		}
	}
	return string(f.marks[0].Kind)
}

// draw puts a flag above the plot: what changed, in which way, on which issue.
func (f flag) draw(s *scene, l *layers) {
	x := percent(f.marks[0].X)
	var told []string
	for _, m := range f.marks {
		told = append(told, strings.TrimSpace(m.Label+" "+m.Word+" "+m.Delta))
	}
	l.add(s.screen, element{fmt.Sprintf(`<line x1="%s" x2="%s" y1="%d" y2="%d"`, x, x, flagLead, burndownUpper), "lead", "/>"})
	l.add(s.screen, element{fmt.Sprintf(`<use href="#m-%s" x="%s" y="%d"`, f.kind(), x, flagShape), "f-ink", "><title>" + escape(strings.Join(told, "\n")) + "</title></use>"})
	s.texts = append(s.texts, f.texts(s.screen)...)
	s.lines = append(s.lines, []XY{{place(f.marks[0].X), flagLead}, {place(f.marks[0].X), burndownUpper}})
}
