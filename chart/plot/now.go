package plot

import (
	"jerem/chart/labels"
)

// DrawNow draws the line of the moment shown.
func (d *Drawing) DrawNow(x *float64, s Scale) {
	if x != nil {
		d.WriteFormat(`<line x1="%s" x2="%s" y1="%s" y2="%s" class="s-now"/>`+"\n", PlacePercent(*x), PlacePercent(*x),
			labels.Coordinate(s.Upper), labels.Coordinate(s.Lower))
	}
}

// KeepClearOfNow keeps labels off the line of the moment shown.
func KeepClearOfNow(s *labels.Scene, x *float64, values Scale) {
	if x != nil {
		s.Lines = append(s.Lines, []labels.Point{{X: AxisPlace(*x), Y: values.Upper},
			{X: AxisPlace(*x), Y: values.Lower}})
	}
}

// NameNow names the line of the moment shown, at its foot or further up.
func NameNow(s *labels.Scene, x *float64, name string, values Scale) {
	if x == nil {
		return
	}
	var spots []labels.Spot
	for up := 6.0; up < values.Lower-values.Upper; up += 12 {
		spots = append(spots, labels.Spot{X: AxisPlace(*x), Dx: 5, Y: values.Lower - up,
			Anchor: labels.Start}, labels.Spot{X: AxisPlace(*x), Dx: -5, Y: values.Lower - up, Anchor: labels.End})
	}
	s.Place(labels.Label{Text: name, Class: "", Spots: spots})
}

// DrawDot draws the end of a line.
func (d *Drawing) DrawDot(x, y float64) {
	d.WriteFormat(`<circle cx="%s" cy="%s" r="4" class="f-exp"/>`+"\n", PlacePercent(x), labels.Coordinate(y))
}

// KeepClearOfDot keeps labels off the end of a line.
func KeepClearOfDot(s *labels.Scene, x, y float64) {
	s.Blocks = append(s.Blocks, labels.Block{From: x, To: x, Dfrom: -4, Dto: 4, Y0: y - 4, Y1: y + 4})
}
