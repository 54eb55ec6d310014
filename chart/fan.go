package chart

// datesY is where the names of dates stand above the plot, in pixels.
const datesY = 13

// band returns the outline of a part of the fan: along one bound and back along the other.
func (b Burnup) band(low, high func(FanPoint) float64) []XY {
	var out []XY
	for _, p := range b.Fan {
		out = append(out, XY{p.X, low(p)})
	}
	for i := len(b.Fan) - 1; i >= 0; i-- {
		out = append(out, XY{b.Fan[i].X, high(b.Fan[i])})
	}
	return out
}

// bands are the outlines of 90, 70 and 40 of 100 outcomes.
func (b Burnup) bands() [3][]XY {
	return [3][]XY{
		b.band(func(p FanPoint) float64 { return p.P05 }, func(p FanPoint) float64 { return p.P95 }),
		b.band(func(p FanPoint) float64 { return p.P15 }, func(p FanPoint) float64 { return p.P85 }),
		b.band(func(p FanPoint) float64 { return p.P30 }, func(p FanPoint) float64 { return p.P70 }),
	}
}

func (b Burnup) median() []XY {
	var out []XY
	for _, p := range b.Fan {
		out = append(out, XY{p.X, p.P50})
	}
	return out
}

// carried is the scope carried on to where the fan ends.
func (b Burnup) carried() []XY {
	if len(b.Fan) == 0 || len(b.Scope) == 0 {
		return nil
	}
	y := b.Scope[len(b.Scope)-1].Y
	end := b.Fan[len(b.Fan)-1].X
	for _, date := range b.Dates {
		end = max(end, date.X)
	}
	return []XY{{b.End, y}, {end, y}}
}

// fan draws the outcomes, widest first, their median dashed, and the scope carried on.
func (b Burnup) fan(d *drawing, s scale) {
	if len(b.Fan) < 2 {
		return
	}
	for i, class := range []string{"f-1", "f-2", "f-3"} {
		d.printf(`<path d="%s" class="%s"/>`, line(b.bands()[i], s), class)
	}
	d.printf(`<path d="%s" class="p s-med"/>`, line(b.median(), s))
	d.printf(`<path d="%s" class="p s-scope dash"/>`, line(b.carried(), s))
}

// dates draws the deadline and the days by which all is done, on the scope carried on.
func (b Burnup) dates(d *drawing, s scale) {
	if b.Deadline != nil {
		d.printf(`<line x1="%s" x2="%s" y1="%s" y2="%s" class="s-end"/>`+"\n", percent(*b.Deadline), percent(*b.Deadline), trim(s.upper), trim(s.lower))
	}
	carried := b.carried()
	for _, date := range b.Dates {
		if len(carried) == 0 {
			break
		}
		y := s.y(carried[0].Y)
		d.printf(`<line x1="%s" x2="%s" y1="%s" y2="%s" class="lead"/>`+"\n", percent(date.X), percent(date.X), trim(y), trim(s.lower))
		d.dot(date.X, y)
	}
}

// keepClear keeps labels off the fan, the deadline and the dates.
func (b Burnup) keepClear(sc *scene, s scale) {
	if b.Deadline != nil {
		x := place(*b.Deadline)
		sc.lines = append(sc.lines, []XY{{x, s.upper}, {x, s.lower}})
	}
	if len(b.Fan) < 2 {
		return
	}
	for _, band := range b.bands() {
		sc.lines = append(sc.lines, straight(band, s))
	}
	carried := b.carried()
	sc.lines = append(sc.lines, straight(b.median(), s), straight(carried, s))
	for _, date := range b.Dates {
		if len(carried) == 0 {
			break
		}
		x, y := place(date.X), s.y(carried[0].Y)
		sc.lines = append(sc.lines, []XY{{x, y}, {x, s.lower}})
		sc.dot(x, y)
	}
}

// nameDates names the deadline and the dates: above the plot, else beside their lines.
func (b Burnup) nameDates(sc *scene, s scale) {
	if b.Deadline != nil {
		x := place(*b.Deadline)
		spots := []spot{{x, 0, s.upper - 6, atMiddle}, {x, 0, s.upper - 6, atEnd}, {x, 4, s.upper - 6, atStart}}
		sc.place(label{b.DueName, "lab", append(spots, beside(x, s)...)})
	}
	for _, date := range b.Dates {
		x := place(date.X)
		spots := []spot{{x, 0, datesY, atMiddle}, {x, 0, datesY, atStart}, {x, 0, datesY, atEnd}}
		sc.place(label{date.Name, "lab", append(spots, beside(x, s)...)})
	}
}

// beside returns spots on both sides of an upright line, from its foot upwards.
func beside(x float64, s scale) []spot {
	var out []spot
	for up := 6.0; up < s.lower-s.upper; up += 12 {
		out = append(out, spot{x, 5, s.lower - up, atStart}, spot{x, -5, s.lower - up, atEnd})
	}
	return out
}
