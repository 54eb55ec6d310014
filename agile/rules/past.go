package rules

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"jerem/sorting"
)

// Former holds the rules that a reading found changed, as they were counted by before it.
type Former struct {
	Until time.Time `json:"until"` // Jira's clock at that reading
	Set
}

// Past is what was counted by before the present rules, oldest first.
type Past []Former

// Span is a rule that was another one than the present one in a span of time.
type Span struct {
	Change
	From, Until time.Time // From is zero where it was so before the first reading that kept the rules
}

// mostFormer is how many changes of a team's rules are kept: of more the oldest two are told as one.
const mostFormer = 200

// Add returns a past with what a reading found changed, none where all is as before. A clock of Jira's that was put
// back ends no span before it began.
func (p Past) Add(before, now Set, reading time.Time) Past {
	changed := changedOf(before, now)
	if changed.isEmpty() {
		return p
	}
	if n := len(p); n > 0 && reading.Before(p[n-1].Until) {
		reading = p[n-1].Until
	}
	p = append(slices.Clip(p), Former{reading, changed})
	if len(p) > mostFormer {
		oldest := overlaySet(p[1].Set, p[0].Set)
		p = append(Past{{p[1].Until, oldest}}, p[2:]...)
	}
	return p
}

// SpansOf tells which rules were others than the present ones and when, in order of their codes and times. A rule
// that was wrong for a while and is right again is told of that while alone.
func (p Past) SpansOf(now Set) (out []Span) {
	state := now
	for n := len(p) - 1; n >= 0; n-- {
		state = overlaySet(state, p[n].Set)
		var from time.Time
		if n > 0 {
			from = p[n-1].Until
		}
		if !from.Before(p[n].Until) {
			continue
		}
		for _, c := range now.ChangesSince(state) {
			out = addSpan(out, Span{c, from, p[n].Until})
		}
	}
	sorting.By(out, func(a, b Span) int {
		return cmp.Or(a.Subject.Compare(b.Subject), a.Until.Compare(b.Until))
	})
	return out
}

// addSpan adds a span to those after it: one that goes on with the same words is one with it.
func addSpan(list []Span, s Span) []Span {
	for n, later := range list {
		if later.Change == s.Change && later.From.Equal(s.Until) {
			list[n].From = s.From
			return list
		}
	}
	return append(list, s)
}

// changedOf returns what of a set is another one in the next, or gone from it. The name of a status or a type is no
// rule.
func changedOf(before, now Set) Set {
	return Set{
		Texts: changedIn(before.Texts, now.Texts, func(a, b string) bool { return a == b }),
		Statuses: changedIn(before.Statuses, now.Statuses, func(a, b Place) bool {
			return a.State == b.State && a.Column == b.Column
		}),
		Types:    changedIn(before.Types, now.Types, func(a, b Level) bool { return a.Level == b.Level }),
		Versions: changedIn(before.Versions, now.Versions, func(a, b string) bool { return a == b }),
	}
}

func changedIn[K comparable, V any](before, now map[K]V, same func(a, b V) bool) map[K]V {
	out := map[K]V{}
	for key, was := range before {
		if is, known := now[key]; !known || !same(was, is) {
			out[key] = was
		}
	}
	return out
}

// overlaySet returns a set with what another one holds in place of its own.
func overlaySet(s, over Set) Set {
	return Set{
		Texts:    overlayMap(s.Texts, over.Texts),
		Statuses: overlayMap(s.Statuses, over.Statuses),
		Types:    overlayMap(s.Types, over.Types),
		Versions: overlayMap(s.Versions, over.Versions),
	}
}

func overlayMap[K comparable, V any](m, over map[K]V) map[K]V {
	if len(over) == 0 {
		return m
	}
	out := maps.Clone(over)
	for key, value := range m {
		if _, is := out[key]; !is {
			out[key] = value
		}
	}
	return out
}

func (s Set) isEmpty() bool { return len(s.Texts)+len(s.Statuses)+len(s.Types)+len(s.Versions) == 0 }
