package labels

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Screen is a range of widths that a drawing is shown at. Text keeps its size while the drawing stretches, so where a
// text may stand depends on the width; the labels are placed once for each screen, and a class of the style hides
// those of the others. What stands at the same place on all is written once.
type Screen struct {
	Hide   string    // the class of what this screen does not show
	widths []float64 // of the drawing, in pixels, at which every text must be clear of the others and of the lines
}

// The classes that the style hides: on a phone (up to 520 pixels), on a tablet (up to 1020), on a desk and on paper.
const (
	HidePhone  = "x-p"
	hideTablet = "x-t"
	hideDesk   = "x-d"
)

// Gutter is the room that the style leaves beside a drawing for the values of its grid, in pixels.
const Gutter = 26

// Screens are the three kinds of screen for a drawing that is at least narrowest pixels wide on a desk. The other
// bounds are those of a card in the only column of a phone or a tablet, and of the widest page.
func Screens(narrowest float64) []Screen {
	return []Screen{
		{HidePhone, stepWidths(254-Gutter, 456-Gutter)},
		{hideTablet, stepWidths(452-Gutter, 902-Gutter)},
		{hideDesk, stepWidths(narrowest-Gutter, 1160)},
	}
}

// stepWidths returns widths from the least to the most, in steps small enough that nothing slips between them.
func stepWidths(least, most float64) []float64 {
	const count = 9
	var out []float64
	for i := range count {
		out = append(out, least+(most-least)*float64(i)/(count-1))
	}
	return out
}

// Narrowest is the narrowest width of a screen: there things fixed in pixels are the closest together.
func (s Screen) Narrowest() float64 { return s.widths[0] }

// Element is a piece of a drawing whose class says on which screens it is shown.
type Element struct{ Before, Class, After string }

// Layers collects what each screen shows.
type Layers struct {
	order []Element
	shown map[Element][3]bool // by the places of the screens among those of hides
}

// hides are the classes of all screens.
var hides = [3]string{HidePhone, hideTablet, hideDesk}

// Add shows an element on a screen.
func (l *Layers) Add(s Screen, e Element) {
	if l.shown == nil {
		l.shown = map[Element][3]bool{}
	}
	shown, known := l.shown[e]
	if !known {
		l.order = append(l.order, e)
	}
	shown[slices.Index(hides[:], s.Hide)] = true
	l.shown[e] = shown
}

// WriteTo writes every element once, hidden where its screen does not show it.
func (l *Layers) WriteTo(to *strings.Builder) {
	for _, e := range l.order {
		classes := []string{}
		if e.Class != "" {
			classes = append(classes, e.Class)
		}
		shown := l.shown[e]
		for n, hide := range hides {
			if !shown[n] {
				classes = append(classes, hide)
			}
		}
		to.WriteString(e.Before)
		if len(classes) > 0 {
			fmt.Fprintf(to, ` class="%s"`, strings.Join(classes, " "))
		}
		to.WriteString(e.After + "\n")
	}
}

// Escape makes a text safe inside a drawing: markup is escaped, and characters that XML does not allow are left out.
func Escape(text string) string {
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

// Coordinate writes a coordinate with at most two decimals.
func Coordinate(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		x = 0
	}
	x = min(max(x, -1e15), 1e15)
	text := strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64)
	if text == "-0" {
		return "0"
	}
	return text
}
