package jira

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"jerem/agile"
)

// numberSide is one side of a change of a number: what it may stand for, the likeliest first.
type numberSide struct {
	readings []float64
	blank    bool // nothing was written: no value
	number   agile.Number
}

// number rewinds a number: custom fields tell it as text, time tracking in seconds as id and text. Of the
// readings of a text that one is taken which joins; see decide.
func (t *translator) number(field string, v value) agile.Timeline[agile.Number] {
	kind := t.kindOf(field)
	var sides []*numberSide
	for _, c := range t.changes[field] {
		sides = append(sides, sideOf(kind, c.From, c.FromString), sideOf(kind, c.To, c.ToString))
	}
	var current agile.Number
	if v.Number != nil {
		current = agile.Number{Value: *v.Number, Known: true}
	}
	decide(sides, current)
	list := make([]agile.Change[agile.Number], len(t.changes[field]))
	for n, c := range t.changes[field] {
		from, to := sides[2*n], sides[2*n+1]
		list[n] = agile.Change[agile.Number]{At: c.at, Order: c.order, From: from.number, To: to.number}
		for _, side := range []*numberSide{from, to} {
			if len(side.readings) == 0 && !side.blank {
				t.breaks(field, 1)
			}
		}
	}
	equal := same[agile.Number]
	if kind == kindSeconds {
		equal = sameSeconds
		if n := len(list); n > 0 && t.present(field) && sameSeconds(list[n-1].To, current) {
			list[n-1].To = current // 0 is an estimate, though the change tells nothing
		}
	}
	return rewoundBy(t, field, field, t.updated, current, list, equal)
}

// sameSeconds compares values of Jira's time tracking, which writes 0 and nothing for each other.
func sameSeconds(a, b agile.Number) bool { return a.Value == b.Value }

// sideOf reads a side of a change: time tracking tells the number as id, custom fields as text.
func sideOf(kind fieldKind, id, text string) *numberSide {
	first, second := text, id
	if kind == kindSeconds {
		first, second = id, text
	}
	if strings.TrimSpace(first) == "" {
		first = second
	}
	s := &numberSide{blank: strings.TrimSpace(first) == ""}
	for _, x := range readings(first) {
		if kind.holds(x) {
			s.readings = append(s.readings, x)
		}
	}
	return s
}

// decide gives each side its number. Two sides of a joint are what both can be read as. Where that leaves several
// readings, or a side stands at no joint, it is the present value where it can be read as that, else the likeliest.
func decide(sides []*numberSide, current agile.Number) {
	for n := 1; n+1 < len(sides); n += 2 {
		to, from := sides[n], sides[n+1] // of one change and of the next one
		if shared := common(to.readings, from.readings); len(shared) > 0 {
			to.readings, from.readings = shared, shared
		}
	}
	for _, s := range sides {
		switch {
		case current.Known && slices.Contains(s.readings, current.Value):
			s.number = current
		case len(s.readings) > 0:
			s.number = agile.Number{Value: s.readings[0], Known: true}
		}
	}
}

// common returns the readings that two lists share, the likeliest of both first, of equals the larger amount. It is
// the same whichever list is first.
func common(a, b []float64) []float64 {
	rank := func(x float64) int { return slices.Index(a, x) + slices.Index(b, x) }
	var both []float64
	for _, x := range a {
		if slices.Contains(b, x) {
			both = append(both, x)
		}
	}
	slices.SortFunc(both, func(x, y float64) int {
		return cmp.Or(rank(x)-rank(y), cmp.Compare(math.Abs(y), math.Abs(x)))
	})
	return both
}
