package chart

import "html"

// Bar is the value of a day.
type Bar struct {
	Day   int // place among the days
	Value float64
	Open  bool // the day is not over: hatched
}

// Bars is what a chart of values a day is drawn from; it shares the axis of the burndown above it.
type Bars struct {
	ID, Title string
	Days      []Day
	Bars      []Bar
	Level     float64 // a line across the working days, 0 for none
	LevelName string
}

// The geometry of bars, in pixels.
const (
	barsHeight = 248
	barsUpper  = 24
	barsLower  = 224
	barShare   = .64 // of its day
)

// SVG draws the bars; they begin at 0.
func (b Bars) SVG() string {
	d := &drawing{height: barsHeight}
	top := b.Level
	for _, bar := range b.Bars {
		top = max(top, bar.Value)
	}
	s := newScale(top, barsUpper, barsLower)
	d.open(b.ID, b.Title)
	d.days(b.Days, s)
	d.grid(s)
	n := float64(max(len(b.Days), 1))
	for _, bar := range b.Bars {
		a, e := place((float64(bar.Day)+(1-barShare)/2)/n), place((float64(bar.Day)+(1+barShare)/2)/n)
		y := s.y(bar.Value)
		style := `class="f-unx"`
		if bar.Open {
			style = `class="hb" fill="url(#hatch-x)"`
		}
		d.printf(`<rect x="%s%%" y="%s" width="%s%%" height="%s" %s/>`, trim(a), trim(y), trim(e-a), trim(barsLower-y), style)
		if len(b.Days) <= 2*mostLabels {
			d.printf(`<text x="%s" y="%s" class="lab m">%s</text>`+"\n", percent((float64(bar.Day)+.5)/n), trim(y-7), Number(bar.Value))
		}
		if bar.Open {
			d.printf(`<text x="%s%%" dx="4" y="%d" class="only-w">so far</text>`+"\n", trim(e), barsLower-6)
		}
	}
	b.level(d, s, n)
	return d.close()
}

// level draws the line across the working days.
func (b Bars) level(d *drawing, s scale, n float64) {
	if b.Level <= 0 {
		return
	}
	d.frame()
	for i, day := range b.Days {
		if !day.Off {
			d.printf(`<path d="M%s %sH%s" class="s-end"/>`, trim(place(float64(i)/n)*10), trim(s.y(b.Level)), trim(place(float64(i+1)/n)*10))
		}
	}
	d.WriteString("</svg>\n")
	d.printf(`<text x="%s%%" y="%s" class="lab e">%s</text>`+"\n", trim(right), trim(s.y(b.Level)-6), html.EscapeString(b.LevelName))
}
