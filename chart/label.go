package chart

import "fmt"

// anchor says which end of a text stands at its place.
type anchor string

const (
	atStart  anchor = ""
	atMiddle anchor = "m"
	atEnd    anchor = "e"
)

// spot is a place for a text: x in percent of the width and dx pixels from there, y the baseline in pixels.
type spot struct {
	x, dx, y float64
	anchor   anchor
}

// label is a text with the places it may stand at, the best first. Where none is free it is left out: what it says
// stands in the headline, the title and the tables too.
type label struct {
	text  string
	class string // "lab" for strong, "" for plain
	spots []spot
}

// strong tells whether a class is written in the weight of labels; "lab q" is plain again.
func strong(class string) bool { return class == "lab" || class == "lab inv" }

// area is a rectangle in pixels.
type area struct{ x0, x1, y0, y1 float64 }

func (a area) meets(b area) bool { return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 }

func (a area) grown(by float64) area { return area{a.x0 - by, a.x1 + by, a.y0 - by, a.y1 + by} }

// The height of a text above and below its baseline, in pixels.
const (
	ascent  = 9.0
	descent = 2.6
)

// area returns what a text covers in a drawing of a width.
func (p spot) area(text, class string, width float64) area {
	long := TextWidth(text, strong(class))
	x := p.x/100*width + p.dx
	switch p.anchor {
	case atMiddle:
		x -= long / 2
	case atEnd:
		x -= long
	}
	return area{x, x + long, p.y - ascent, p.y + descent}
}

// block is a rectangle whose sides are in percent of the width, moved by pixels.
type block struct{ from, to, dfrom, dto, y0, y1 float64 }

func (b block) area(width float64) area {
	return area{b.from/100*width + b.dfrom, b.to/100*width + b.dto, b.y0, b.y1}
}

// written is a text that has its place.
type written struct {
	spot
	text, class string
}

// scene is what labels must keep clear of, on one screen: lines of data, bars and dots, and the texts that stand.
type scene struct {
	screen
	lines        [][]XY // X in percent of the width, Y in pixels
	blocks       []block
	texts        []written
	upper, lower float64 // labels keep between these heights
}

// Distances that labels keep, in pixels: their halo must not erase a line, and two texts must read as two.
const (
	clearOfLines = 3.0
	clearOfTexts = 3.0
	overhang     = 10.0 // how far a text may stand out on the right: the card has that room
)

// free tells whether a text at a spot is clear of everything at every width of the screen.
func (s *scene) free(p spot, text, class string) bool {
	for _, width := range s.widths {
		if !s.freeAt(p.area(text, class, width), width) {
			return false
		}
	}
	return true
}

func (s *scene) freeAt(a area, width float64) bool {
	if a.y0 < s.upper || a.y1 > s.lower || a.x0 < 0 || a.x1 > width+overhang {
		return false
	}
	wide := a.grown(clearOfTexts)
	for _, t := range s.texts {
		if wide.meets(t.area(t.text, t.class, width)) {
			return false
		}
	}
	wide = a.grown(clearOfLines)
	for _, b := range s.blocks {
		if wide.meets(b.area(width)) {
			return false
		}
	}
	for _, line := range s.lines {
		if wide.crossed(line, width) {
			return false
		}
	}
	return true
}

// crossed tells whether a line passes through an area in a drawing of a width.
func (a area) crossed(line []XY, width float64) bool {
	for i := 1; i < len(line); i++ {
		p, q := line[i-1], line[i]
		if a.cut(p.X/100*width, p.Y, q.X/100*width, q.Y) {
			return true
		}
	}
	return false
}

// cut tells whether the straight from one point to another passes through the area: Liang and Barsky's way of cutting
// a straight by four sides.
func (a area) cut(x0, y0, x1, y1 float64) bool {
	from, to := 0.0, 1.0
	for _, side := range [4][2]float64{{x0 - x1, x0 - a.x0}, {x1 - x0, a.x1 - x0}, {y0 - y1, y0 - a.y0}, {y1 - y0, a.y1 - y0}} {
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

// place puts a label at the first of its spots that is free, and tells whether there was one.
func (s *scene) place(l label) bool {
	for _, p := range l.spots {
		if l.text != "" && s.free(p, l.text, l.class) {
			s.texts = append(s.texts, written{p, l.text, l.class})
			return true
		}
	}
	return false
}

// stand writes a text where it is told, without asking for room.
func (s *scene) stand(p spot, text, class string) {
	s.texts = append(s.texts, written{p, text, class})
}

// show adds the texts of the scene to what its screen shows.
func (s *scene) show(l *layers) {
	for _, t := range s.texts {
		l.add(s.screen, t.element())
	}
}

func (t written) element() element {
	before := fmt.Sprintf(`<text x="%s%%"`, trim(t.x))
	if t.dx != 0 {
		before += fmt.Sprintf(` dx="%s"`, trim(t.dx))
	}
	class := t.class
	if t.anchor != atStart {
		class = join(class, string(t.anchor))
	}
	return element{before + fmt.Sprintf(` y="%s"`, trim(t.y)), class, ">" + escape(t.text) + "</text>"}
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// around returns spots about a point: on the sides asked for, above and below it, each time further away, up to so many
// pixels: beyond that nobody sees what a text belongs to.
func around(x, y, most float64, sides ...anchor) []spot {
	var out []spot
	for away := 0.0; away <= most; away += 6 {
		for _, side := range sides {
			dx := 6.0
			switch side {
			case atEnd:
				dx = -8
			case atMiddle:
				dx = 0
			}
			out = append(out, spot{x, dx, y - 8 - away, side}, spot{x, dx, y + 18 + away, side})
		}
	}
	return out
}

// along returns spots beside a line between points: above and below it at several places, the first ones first.
func along(points []XY, s scale, shares ...float64) []spot {
	var out []spot
	for _, share := range shares {
		x := points[0].X + share*(points[len(points)-1].X-points[0].X)
		y := s.y(at(points, x))
		for _, away := range []float64{8, 14, 20} {
			out = append(out, spot{place(x), -6, y + 6 + away, atEnd}, spot{place(x), 6, y - away, atStart}, spot{place(x), -6, y - away, atEnd}, spot{place(x), 6, y + 6 + away, atStart})
		}
	}
	return out
}

// at returns the value of a line of straights at a place.
func at(points []XY, x float64) float64 {
	for i := 1; i < len(points); i++ {
		p, q := points[i-1], points[i]
		if x <= q.X && q.X > p.X {
			return p.Y + (q.Y-p.Y)*(x-p.X)/(q.X-p.X)
		}
	}
	return points[len(points)-1].Y
}
