package translate

import (
	"cmp"
	"math"
	"slices"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/sorting"
)

// numberSide is one side of a change of a number, with the number that was decided for.
type numberSide struct {
	amount document.Amount
	number agile.Number
}

// rewindNumber rewinds a rewindNumber: custom fields tell it as text, time tracking in seconds as id and text. Of the
// readings of a text that one is taken which joins; see decideReadings.
func (t *translator) rewindNumber(field string, v document.Value) agile.Timeline[agile.Number] {
	changes := t.source.changes[field]
	sides := make([]numberSide, 0, 2*len(changes))
	for _, c := range changes {
		from, to := c.item.Amounts()
		sides = append(sides, numberSide{amount: from}, numberSide{amount: to})
	}
	var current agile.Number
	if v.Number != nil {
		current = agile.Number{Value: *v.Number, Known: true}
	}
	decideReadings(sides, current)
	list := make([]agile.Change[agile.Number], len(changes))
	for n, c := range changes {
		from, to := sides[2*n], sides[2*n+1]
		list[n] = agile.Change[agile.Number]{At: c.at, Order: c.order, From: from.number, To: to.number}
	}
	for _, side := range sides {
		if !side.amount.IsReadable() {
			t.addBroken(field, 1)
		}
	}
	equal := isSame[agile.Number]
	if t.source.kindOf(field) == document.KindSeconds {
		equal = isSameSeconds
		if n := len(list); n > 0 && t.source.isKnown(field) && isSameSeconds(list[n-1].To, current) {
			list[n-1].To = current // 0 is an estimate, though the change tells nothing
		}
	}
	return rewindTimeline(t, rewinding[agile.Number]{
		field: field, name: field, current: current, changes: list, until: t.source.updated, equal: equal,
	})
}

// isSameSeconds compares values of Jira's time tracking, which writes 0 and nothing for each other.
func isSameSeconds(a, b agile.Number) bool { return a.Value == b.Value }

// decideReadings gives each side its number. Two sides of a joint are what both can be read as. Where that leaves
// several readings, or a side stands at no joint, it is the present value where it can be read as that, else the
// likeliest.
func decideReadings(sides []numberSide, current agile.Number) {
	for n := 1; n+1 < len(sides); n += 2 {
		to, from := &sides[n].amount, &sides[n+1].amount // of one change and of the next one
		if shared := sharedReadings(to.Readings, from.Readings); len(shared) > 0 {
			to.Readings, from.Readings = shared, shared
		}
	}
	for n := range sides {
		readings := sides[n].amount.Readings
		switch {
		case current.Known && slices.Contains(readings, current.Value):
			sides[n].number = current
		case len(readings) > 0:
			sides[n].number = agile.Number{Value: readings[0], Known: true}
		}
	}
}

// sharedReadings returns the readings that two lists share, the likeliest of both first, of equals the larger amount.
// It is the same whichever list is first.
func sharedReadings(a, b []float64) []float64 {
	rank := func(x float64) int { return slices.Index(a, x) + slices.Index(b, x) }
	var both []float64
	for _, x := range a {
		if slices.Contains(b, x) {
			both = append(both, x)
		}
	}
	sorting.By(both, func(x, y float64) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(math.Abs(y), math.Abs(x)))
	})
	return both
}
