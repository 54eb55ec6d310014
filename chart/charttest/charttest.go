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

func (b box) over(o box) bool {
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

// hidden is the class that the style hides in a window of so many pixels.
func hidden(window int) string {
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
	p := picture{width: width, hide: hidden(window)}
	if err := p.read(svg, measure); err != nil {
		return []string{err.Error()}
	}
	var out []string
	for i, t := range p.texts {
		for _, o := range p.texts[i+1:] {
			if t.box.over(o.box) {
				out = append(out, fmt.Sprintf("%q lies on %q", t.said, o.said))
			}
		}
		out = append(out, p.covers(t)...)
	}
	return out
}

// covers tells what of the drawing a text lies on.
func (p *picture) covers(t text) []string {
	var out []string
	for _, line := range p.lines {
		for i := 1; i < len(line); i++ {
			if passes(t.box, line[i-1], line[i]) {
				out = append(out, fmt.Sprintf("%q lies on a line, between %.0f, %.0f and %.0f, %.0f", t.said, line[i-1][0],
					line[i-1][1], line[i][0], line[i][1]))
				break
			}
		}
	}
	for _, bar := range p.bars {
		if t.box.over(bar) {
			out = append(out, fmt.Sprintf("%q lies on a bar", t.said))
		}
	}
	if t.box.left < -42 || t.box.right > p.width+16 {
		out = append(out, fmt.Sprintf("%q stands out of the card, from %.0f to %.0f of %.0f", t.said, t.box.left, t.box.right,
			p.width))
	}
	return out
}

// passes tells whether a straight passes through a box, by walking along it.
func passes(b box, from, to [2]float64) bool {
	if !b.over(box{min(from[0], to[0]) - 1, max(from[0], to[0]) + 1, min(from[1], to[1]) - 1, max(from[1], to[1]) + 1}) {
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

// read takes from a drawing what its screen shows.
func (p *picture) read(svg string, measure func(string, bool) float64) error {
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
		if strings.Contains(classes, " "+p.hide+" ") {
			continue
		}
		p.take(d, start.Name.Local, at, classes, measure)
	}
}

func (p *picture) take(d *xml.Decoder, name string, at map[string]string, classes string,
	measure func(string, bool) float64) {
	switch name {
	case "text":
		p.texts = append(p.texts, p.text(said(d), at, classes, measure))
	case "path":
		p.lines = append(p.lines, p.path(at["d"]))
	case "line":
		if strings.Contains(classes, "gridl") || strings.Contains(classes, "zero") {
			return
		}
		p.lines = append(p.lines, [][2]float64{{p.x(at["x1"]), number(at["y1"])}, {p.x(at["x2"]), number(at["y2"])}})
	case "rect":
		if strings.Contains(classes, " off ") || strings.Contains(classes, "f-soft") || number(at["height"]) == 0 {
			return
		}
		left := p.x(at["x"])
		p.bars = append(p.bars, box{left, left + p.x(at["width"]), number(at["y"]), number(at["y"]) + number(at["height"])})
	case "circle":
		x, y, r := p.x(at["cx"]), number(at["cy"]), number(at["r"])
		p.bars = append(p.bars, box{x - r, x + r, y - r, y + r})
	}
}

// said reads the words of a text.
func said(d *xml.Decoder) string {
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

func (p *picture) text(words string, at map[string]string, classes string, measure func(string, bool) float64) text {
	long := measure(words, strings.Contains(classes, " lab ") && !strings.Contains(classes, " q "))
	x, y := p.x(at["x"])+number(at["dx"]), number(at["y"])
	switch {
	case strings.Contains(classes, " m "):
		x -= long / 2
	case strings.Contains(classes, " e "):
		x -= long
	}
	return text{words, box{x, x + long, y - 8, y + 2.4}}
}

// x reads a place, in percent or in pixels.
func (p *picture) x(text string) float64 {
	if share, ok := strings.CutSuffix(text, "%"); ok {
		return number(share) / 100 * p.width
	}
	return number(text)
}

func number(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return x
}

var step = regexp.MustCompile(`([MLHV])([-0-9.e]+)(?: ([-0-9.e]+))?`)

// path reads a line whose x goes from 0 to 1000, from its data.
func (p *picture) path(data string) [][2]float64 {
	var out [][2]float64
	x, y := math.NaN(), math.NaN()
	for _, m := range step.FindAllStringSubmatch(data, -1) {
		switch m[1] {
		case "M", "L":
			x, y = number(m[2])/1000*p.width, number(m[3])
		case "H":
			x = number(m[2]) / 1000 * p.width
		case "V":
			y = number(m[2])
		}
		out = append(out, [2]float64{x, y})
	}
	return out
}
