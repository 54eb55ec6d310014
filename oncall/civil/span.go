package civil

import (
	"slices"
	"time"

	"jerem/calendar"
	"jerem/sorting"
)

// Span is a half-open stretch of time: its start belongs to it, its end does not.
type Span struct{ Start, End time.Time }

// Empty tells whether no instant lies in the span.
func (s Span) Empty() bool { return !s.Start.Before(s.End) }

// Holds tells whether t lies in the span.
func (s Span) Holds(t time.Time) bool { return !t.Before(s.Start) && t.Before(s.End) }

// Seconds returns the length in whole seconds, 0 for an empty span.
func (s Span) Seconds() int64 {
	if s.Empty() {
		return 0
	}
	return s.End.Unix() - s.Start.Unix()
}

// Clip returns what of the span lies in another; it may be empty.
func (s Span) Clip(in Span) Span {
	return Span{calendar.LaterOf(s.Start, in.Start), calendar.EarlierOf(s.End, in.End)}
}

// Meets tells whether the two spans share an instant.
func (s Span) Meets(other Span) bool { return !s.Clip(other).Empty() }

// UniteSpans sorts spans and joins those that touch or overlap; empty ones are left out.
func UniteSpans(spans []Span) []Span {
	kept := slices.DeleteFunc(slices.Clone(spans), Span.Empty)
	sorting.By(kept, func(a, b Span) int { return a.Start.Compare(b.Start) })
	var out []Span
	for _, s := range kept {
		last := len(out) - 1
		if last >= 0 && !s.Start.After(out[last].End) {
			out[last].End = calendar.LaterOf(out[last].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// IntersectSpans returns what two unions share, as a union.
func IntersectSpans(a, b []Span) []Span {
	var out []Span
	for i, j := 0, 0; i < len(a) && j < len(b); {
		if shared := a[i].Clip(b[j]); !shared.Empty() {
			out = append(out, shared)
		}
		if a[i].End.Before(b[j].End) {
			i++
		} else {
			j++
		}
	}
	return out
}

// SecondsOf adds up the lengths of spans.
func SecondsOf(spans []Span) int64 {
	var n int64
	for _, s := range spans {
		n += s.Seconds()
	}
	return n
}
