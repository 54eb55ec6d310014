package chart

import (
	"html"
	"strings"
)

// screen is a range of widths that a drawing is shown at. Text keeps its size while the drawing stretches, so where a
// text may stand depends on the width; the labels are placed once for each screen, and a class of the style hides
// those of the others. What stands at the same place on all is written once.
type screen struct {
	hide   string    // the class of what this screen does not show
	widths []float64 // of the drawing, in pixels, at which every text must be clear of the others and of the lines
}

// The classes that the style hides: on a phone (up to 520 pixels), on a tablet (up to 1020), on a desk and on paper.
const (
	hidePhone  = "x-p"
	hideTablet = "x-t"
	hideDesk   = "x-d"
)

// gutter is the room that the style leaves beside a drawing for the values of its grid, in pixels.
const gutter = 26

// screens are the three kinds of screen for a drawing that is at least narrowest pixels wide on a desk. The other
// bounds are those of a card in the only column of a phone or a tablet, and of the widest page.
func screens(narrowest float64) []screen {
	return []screen{
		{hidePhone, widths(254-gutter, 456-gutter)},
		{hideTablet, widths(452-gutter, 902-gutter)},
		{hideDesk, widths(narrowest-gutter, 1160)},
	}
}

// widths returns widths from the least to the most, in steps small enough that nothing slips between them.
func widths(least, most float64) []float64 {
	const count = 9
	var out []float64
	for i := range count {
		out = append(out, least+(most-least)*float64(i)/(count-1))
	}
	return out
}

// least is the narrowest width of a screen: there things fixed in pixels are the closest together.
func (s screen) least() float64 { return s.widths[0] }

// element is a piece of a drawing whose class says on which screens it is shown.
type element struct{ before, class, after string }

// layers collects what each screen shows.
type layers struct {
	order []element
	shown map[element]map[string]bool // by the class that hides it there
}

// add shows an element on a screen.
func (l *layers) add(s screen, e element) {
	if l.shown == nil {
		l.shown = map[element]map[string]bool{}
	}
	if l.shown[e] == nil {
		l.shown[e] = map[string]bool{}
		l.order = append(l.order, e)
	}
	l.shown[e][s.hide] = true
}

// write writes every element once, hidden where its screen does not show it.
func (l *layers) write(d *drawing) {
	for _, e := range l.order {
		classes := []string{}
		if e.class != "" {
			classes = append(classes, e.class)
		}
		for _, hide := range []string{hidePhone, hideTablet, hideDesk} {
			if !l.shown[e][hide] {
				classes = append(classes, hide)
			}
		}
		d.WriteString(e.before)
		if len(classes) > 0 {
			d.printf(` class="%s"`, strings.Join(classes, " "))
		}
		d.WriteString(e.after + "\n")
	}
}

// escape makes a text safe inside a drawing: markup is escaped, and characters that XML does not allow are left out.
func escape(text string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return r
		case r < ' ' || r == 0xFFFE || r == 0xFFFF || r >= 0x7F && r <= 0x9F:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD")))
}
