// Package charttest reads a drawing as a browser shows it, and tells which of its texts lie on another text, on a
// line of data, on a bar or outside. It shares no code with the drawing.
package charttest

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// box is a rectangle in pixels.
type box struct{ left, right, top, bottom float64 }

func (b box) overlapsBox(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

type text struct {
	said string
	box  box
}

// picture is a drawing at one width.
type picture struct {
	width float64
	hide  string // class of what is not shown
	texts []text
	lines [][][2]float64
	bars  []box
}

// hiddenClass is the class that the style hides in a window of so many pixels.
func hiddenClass(window int) string {
	switch {
	case window <= 520:
		return "x-p"
	case window <= 1020:
		return "x-t"
	}
	return "x-d"
}

// Faults returns what is wrong with a drawing that is so many pixels wide in a window of a width. measure returns the
// width of a text in pixels, strong or not; a text is high 8 pixels above its baseline and 2.4 below.
func Faults(svg string, window int, width float64, measure func(text string, strong bool) float64) []string {
	p := picture{width: width, hide: hiddenClass(window)}
	if err := p.readDrawing(svg, measure); err != nil {
		return []string{err.Error()}
	}
	var out []string
	for i, t := range p.texts {
		for _, o := range p.texts[i+1:] {
			if t.box.overlapsBox(o.box) {
				out = append(out, fmt.Sprintf("%q lies on %q", t.said, o.said))
			}
		}
		out = append(out, p.coveredBy(t)...)
	}
	return out
}

// coveredBy tells what of the drawing a text lies on.
func (p *picture) coveredBy(t text) []string {
	var out []string
	for _, line := range p.lines {
		for i := 1; i < len(line); i++ {
			if lineCrosses(t.box, line[i-1], line[i]) {
				out = append(out, fmt.Sprintf("%q lies on a line, between %.0f, %.0f and %.0f, %.0f", t.said,
					line[i-1][0],
					line[i-1][1], line[i][0], line[i][1]))
				break
			}
		}
	}
	for _, bar := range p.bars {
		if t.box.overlapsBox(bar) {
			out = append(out, fmt.Sprintf("%q lies on a bar", t.said))
		}
	}
	if t.box.left < -42 || t.box.right > p.width+16 {
		out = append(out, fmt.Sprintf("%q stands out of the card, from %.0f to %.0f of %.0f", t.said, t.box.left,
			t.box.right,
			p.width))
	}
	return out
}

// lineCrosses tells whether a straight passes through a box, by walking along it.
func lineCrosses(b box, from, to [2]float64) bool {
	if !b.overlapsBox(box{min(from[0], to[0]) - 1, max(from[0], to[0]) + 1, min(from[1], to[1]) - 1,
		max(from[1], to[1]) + 1}) {
		return false
	}
	const steps = 400
	for i := range steps + 1 {
		share := float64(i) / steps
		x, y := from[0]+(to[0]-from[0])*share, from[1]+(to[1]-from[1])*share
		if x > b.left && x < b.right && y > b.top && y < b.bottom {
			return true
		}
	}
	return false
}

// readDrawing takes from a drawing what its screen shows.
func (p *picture) readDrawing(svg string, measure func(string, bool) float64) error {
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("not well-formed: %w", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		at := map[string]string{}
		for _, a := range start.Attr {
			at[a.Name.Local] = a.Value
		}
		classes := " " + at["class"] + " "
		if strings.Contains(classes, " "+p.hide+" ") { // and all that it holds
			if err := d.Skip(); err != nil {
				return fmt.Errorf("not well-formed: %w", err)
			}
			continue
		}
		p.takeElement(d, start.Name.Local, at, classes, measure)
	}
}

func (p *picture) takeElement(d *xml.Decoder, name string, at map[string]string, classes string,
	measure func(string, bool) float64) {
	switch name {
	case "text":
		p.texts = append(p.texts, p.addText(textContent(d), at, classes, measure))
	case "path":
		p.lines = append(p.lines, p.parsePath(at["d"]))
	case "line":
		if strings.Contains(classes, "gridl") || strings.Contains(classes, "zero") {
			return
		}
		p.lines = append(p.lines, [][2]float64{{p.parseX(at["x1"]), parseNumber(at["y1"])},
			{p.parseX(at["x2"]), parseNumber(at["y2"])}})
	case "rect":
		isGround := strings.Contains(classes, " off ") || strings.Contains(classes, "f-soft")
		isUnseen := strings.Contains(classes, " reach ") // of a link, until the pointer is there
		if isGround || isUnseen || parseNumber(at["height"]) == 0 {
			return
		}
		left := p.parseX(at["x"])
		p.bars = append(p.bars, box{left, left + p.parseX(at["width"]), parseNumber(at["y"]),
			parseNumber(at["y"]) + parseNumber(at["height"])})
	case "circle":
		x, y, r := p.parseX(at["cx"]), parseNumber(at["cy"]), parseNumber(at["r"])
		p.bars = append(p.bars, box{x - r, x + r, y - r, y + r})
	}
}

// textContent reads the words of a text.
func textContent(d *xml.Decoder) string {
	var b strings.Builder
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return b.String()
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			b.Write(t)
		}
	}
	return b.String()
}

func (p *picture) addText(words string, at map[string]string, classes string, measure func(string, bool) float64) text {
	long := measure(words, strings.Contains(classes, " lab ") && !strings.Contains(classes, " q "))
	x, y := p.parseX(at["x"])+parseNumber(at["dx"]), parseNumber(at["y"])
	switch {
	case strings.Contains(classes, " m "):
		x -= long / 2
	case strings.Contains(classes, " e "):
		x -= long
	}
	return text{words, box{x, x + long, y - 8, y + 2.4}}
}

// parseX reads a place, in percent or in pixels.
func (p *picture) parseX(text string) float64 {
	if share, ok := strings.CutSuffix(text, "%"); ok {
		return parseNumber(share) / 100 * p.width
	}
	return parseNumber(text)
}

func parseNumber(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return x
}

var step = regexp.MustCompile(`([MLHV])([-0-9.e]+)(?: ([-0-9.e]+))?`)

// parsePath reads a line whose x goes from 0 to 1000, from its data.
func (p *picture) parsePath(data string) [][2]float64 {
	var out [][2]float64
	x, y := math.NaN(), math.NaN()
	for _, m := range step.FindAllStringSubmatch(data, -1) {
		switch m[1] {
		case "M", "L":
			x, y = parseNumber(m[2])/1000*p.width, parseNumber(m[3])
		case "H":
			x = parseNumber(m[2]) / 1000 * p.width
		case "V":
			y = parseNumber(m[2])
		}
		out = append(out, [2]float64{x, y})
	}
	return out
}
