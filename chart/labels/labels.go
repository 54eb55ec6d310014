package labels

import (
	"fmt"
	"strings"
)

// Anchor says which end of a text stands at its place.
type Anchor string

const (
	// Start, Middle and End of a text stand at its spot.
	Start  Anchor = ""
	Middle Anchor = "m"
	End    Anchor = "e"
)

// Spot is a place for a text: x in percent of the width and dx pixels from there, y the baseline in pixels.
type Spot struct {
	X, Dx, Y float64
	Anchor   Anchor
}

// Label is a text with the places it may stand at, the best first. Where none is free it is left out: what it says
// stands in the headline, the title and the tables too.
type Label struct {
	Text  string
	Class string // "lab" for strong, "" for plain
	Spots []Spot
	Link  string // where the text leads to, "" for nowhere
}

// isStrong tells whether a class is written in the weight of labels; "lab q" is plain again.
func isStrong(class string) bool { return class == "lab" || class == "lab inv" }

// Point is a place in a drawing: x in percent of its width, y in pixels.
type Point struct{ X, Y float64 }

// Area is a rectangle in pixels.
type Area struct{ X0, X1, y0, y1 float64 }

// Overlaps tells whether two rectangles have a part in common.
func (a Area) Overlaps(b Area) bool { return a.X0 < b.X1 && b.X0 < a.X1 && a.y0 < b.y1 && b.y0 < a.y1 }

// GrownBy is a rectangle with so many pixels more on each side.
func (a Area) GrownBy(by float64) Area { return Area{a.X0 - by, a.X1 + by, a.y0 - by, a.y1 + by} }

// The height of a text above and below its baseline, in pixels.
const (
	ascent  = 9.0
	descent = 2.6
)

// Area returns what a text covers in a drawing of a width.
func (p Spot) Area(text, class string, width float64) Area {
	long := TextWidth(text, isStrong(class))
	x := p.X/100*width + p.Dx
	switch p.Anchor {
	case Middle:
		x -= long / 2
	case End:
		x -= long
	}
	return Area{x, x + long, p.Y - ascent, p.Y + descent}
}

// Block is a rectangle whose sides are in percent of the width, moved by pixels.
type Block struct{ From, To, Dfrom, Dto, Y0, Y1 float64 }

func (b Block) areaOf(width float64) Area {
	return Area{b.From/100*width + b.Dfrom, b.To/100*width + b.Dto, b.Y0, b.Y1}
}

// Placed is a text that has its place.
type Placed struct {
	Spot        Spot
	Text, Class string
	Link        string // where it leads to, "" for nowhere
}

// Scene is what labels must keep clear of, on one screen: lines of data, bars and dots, and the texts that stand.
type Scene struct {
	Screen       Screen
	Lines        [][]Point
	Blocks       []Block
	Texts        []Placed
	Upper, Lower float64 // labels keep between these heights
}

// Distances that labels keep, in pixels: their halo must not erase a line, and two texts must read as two.
const (
	clearOfLines = 3.0
	ClearOfTexts = 3.0
	Overhang     = 10.0 // how far a text may stand out on the right: the card has that room
)

// isFree tells whether a text at a spot is clear of everything at every width of the screen.
func (s *Scene) isFree(p Spot, text, class string) bool {
	for _, width := range s.Screen.widths {
		if !s.freeAt(p.Area(text, class, width), width) {
			return false
		}
	}
	return true
}

func (s *Scene) freeAt(a Area, width float64) bool {
	if a.y0 < s.Upper || a.y1 > s.Lower || a.X0 < 0 || a.X1 > width+Overhang {
		return false
	}
	wide := a.GrownBy(ClearOfTexts)
	for _, t := range s.Texts {
		if wide.Overlaps(t.Spot.Area(t.Text, t.Class, width)) {
			return false
		}
	}
	wide = a.GrownBy(clearOfLines)
	for _, b := range s.Blocks {
		if wide.Overlaps(b.areaOf(width)) {
			return false
		}
	}
	for _, line := range s.Lines {
		if wide.crossedBy(line, width) {
			return false
		}
	}
	return true
}

// crossedBy tells whether a line passes through an area in a drawing of a width.
func (a Area) crossedBy(line []Point, width float64) bool {
	if len(line) == 0 {
		return false
	}
	x, y := line[0].X/100*width, line[0].Y
	for _, next := range line[1:] {
		nextX := next.X / 100 * width
		if !a.isBeside(x, y, nextX, next.Y) && a.cutBy(x, y, nextX, next.Y) {
			return true
		}
		x, y = nextX, next.Y
	}
	return false
}

// isBeside tells whether both points lie beyond the same side of the area, as those of nearly all parts of a line do:
// the straight between them cannot pass through it, and needs not be cut.
func (a Area) isBeside(x0, y0, x1, y1 float64) bool {
	return x0 < a.X0 && x1 < a.X0 || x0 > a.X1 && x1 > a.X1 || y0 < a.y0 && y1 < a.y0 || y0 > a.y1 && y1 > a.y1
}

// cutBy tells whether the straight from one point to another passes through the area: Liang and Barsky's way of cutting
// a straight by four sides.
func (a Area) cutBy(x0, y0, x1, y1 float64) bool {
	from, to := 0.0, 1.0
	for _, side := range [4][2]float64{{x0 - x1, x0 - a.X0}, {x1 - x0, a.X1 - x0}, {y0 - y1, y0 - a.y0},
		{y1 - y0, a.y1 - y0}} {
		direction, room := side[0], side[1]
		switch {
		case direction == 0:
			if room < 0 {
				return false
			}
		case direction < 0:
			from = max(from, room/direction)
		default:
			to = min(to, room/direction)
		}
	}
	return from <= to
}

// Place puts a label at the first of its spots that is free, and tells whether there was one.
func (s *Scene) Place(l Label) bool {
	for _, p := range l.Spots {
		if l.Text != "" && s.isFree(p, l.Text, l.Class) {
			s.Texts = append(s.Texts, Placed{p, l.Text, l.Class, l.Link})
			return true
		}
	}
	return false
}

// Line is one of several lines of a text.
type Line struct{ Text, Class, Link string }

// lineHeight is how far the lines of a text stand apart, in pixels.
const lineHeight = 14.0

// PlaceLines puts a text of several lines at the first spot, that of its first line, where all of them are free.
func (s *Scene) PlaceLines(spots []Spot, lines ...Line) bool {
	for _, p := range spots {
		free := true
		for i, line := range lines {
			free = free && s.isFree(p.spotBelow(i), line.Text, line.Class)
		}
		if !free {
			continue
		}
		for i, line := range lines {
			s.Texts = append(s.Texts, Placed{p.spotBelow(i), line.Text, line.Class, line.Link})
		}
		return true
	}
	return false
}

// spotBelow is the spot of the n-th line under a spot.
func (p Spot) spotBelow(n int) Spot {
	p.Y += float64(n) * lineHeight
	return p
}

// Put writes a text where it is told, without asking for room.
func (s *Scene) Put(p Spot, text, class string) {
	s.Texts = append(s.Texts, Placed{Spot: p, Text: text, Class: class})
}

// Show adds the texts of the scene to what its screen shows.
func (s *Scene) Show(l *Layers) { s.ShowApart(l, l) }

// ShowApart adds the texts of the scene to what its screen shows, those that lead somewhere apart from the others: a
// drawing whose picture is hidden from who hears it read keeps its links outside of it.
func (s *Scene) ShowApart(texts, links *Layers) {
	for _, t := range s.Texts {
		if t.Link == "" {
			texts.Add(s.Screen, t.writeElement())
			continue
		}
		links.Add(s.Screen, Element{fmt.Sprintf(`<a href="%s"`, Escape(t.Link)), "opens", ">" + t.String() + "</a>"})
	}
}

// String writes a text that has its place, shown on every screen.
func (t Placed) String() string {
	var l Layers
	for _, hide := range hides {
		l.Add(Screen{Hide: hide}, t.writeElement())
	}
	var b strings.Builder
	l.WriteTo(&b)
	return strings.TrimSuffix(b.String(), "\n")
}

func (t Placed) writeElement() Element {
	before := fmt.Sprintf(`<text x="%s%%"`, Coordinate(t.Spot.X))
	if t.Spot.Dx != 0 {
		before += fmt.Sprintf(` dx="%s"`, Coordinate(t.Spot.Dx))
	}
	class := t.Class
	if t.Spot.Anchor != Start {
		class = joinClasses(class, string(t.Spot.Anchor))
	}
	return Element{before + fmt.Sprintf(` y="%s"`, Coordinate(t.Spot.Y)), class, ">" + Escape(t.Text) + "</text>"}
}

func joinClasses(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// Around returns spots about a point: on the sides asked for, above and below it, each time further away, up to so many
// pixels: beyond that nobody sees what a text belongs to.
func Around(x, y, most float64, sides ...Anchor) []Spot {
	var out []Spot
	for away := 0.0; away <= most; away += 6 {
		for _, side := range sides {
			dx := 6.0
			switch side {
			case End:
				dx = -8
			case Middle:
				dx = 0
			}
			out = append(out, Spot{x, dx, y - 8 - away, side}, Spot{x, dx, y + 18 + away, side})
		}
	}
	return out
}
