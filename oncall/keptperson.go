package oncall

import (
	"time"

	"jerem/calendar"
)

// comparePerson: whether somebody was there up to when the past was kept must not change. One date in a later zone of
// theirs is no contradiction: the moment that was kept stays.
func comparePerson(kept, file Person, until time.Time) []Contradiction {
	var out []Contradiction
	if was, is := momentKept(kept.Joins, until), momentKept(file.Joins, until); kept.From != file.From &&
		!was.Equal(is) {
		out = append(out, contradictionOfDate(kept.Handle, "from", kept.From, file.From, was,
			"a from that is changed before it "+
				"has come lies ahead: write a date after today, or "))
	}
	if was, is := pastEnd(kept.Leaves, until), pastEnd(file.Leaves, until); kept.Until != file.Until && !was.Equal(is) {
		out = append(out, contradictionOfDate(kept.Handle, "until", kept.Until, file.Until, was,
			"somebody leaves today or later: "+
				"write a date from today on, or "))
	}
	return out
}

// contradictionOfDate is the line of a date of a person that the file changes though one of both has passed: the kept
// one, which was at a moment, unless that is never; else that of the file, and the remedy for it is to write another.
func contradictionOfDate(handle, field string, kept, file calendar.Date, was time.Time, another string) Contradiction {
	m := Contradiction{Person: handle, Field: field,
		Remedy: "write back what was kept; somebody who comes back has a new handle"}
	said := "the file says " + fieldText(field, file)
	switch {
	case was.Equal(never) && file == (calendar.Date{}):
		m.What = fieldText(field, kept) + " was kept, " + said + ", as if they had been there all along"
		m.Remedy = another + "what was kept"
	case was.Equal(never):
		m.What = fieldText(field, kept) + " was kept, " + said + ", which lies in the past"
		m.Remedy = another + "what was kept"
	case kept == (calendar.Date{}):
		m.What = "they were there all along, " + said
	default:
		m.What = fieldText(field, kept) + " has passed, " + said
	}
	return m
}

// fieldText is a date by its field: until 2026-01-31, no until.
func fieldText(field string, d calendar.Date) string {
	if d == (calendar.Date{}) {
		return "no " + field
	}
	return field + " " + d.String()
}

// momentKept returns a moment, or far ahead where it comes after what was kept.
func momentKept(t, until time.Time) time.Time {
	if t.After(until) {
		return never
	}
	return t
}

// pastEnd is past of an end: none is one that lies ahead.
func pastEnd(t, until time.Time) time.Time {
	if t.IsZero() {
		return never
	}
	return momentKept(t, until)
}
