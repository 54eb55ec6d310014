package measure

import (
	"slices"
	"time"
)

// span is the part of a sprint's life that figures look at: its ledger runs from start (excluded)
// to end (included).
type span struct {
	id         int64
	start, end time.Time
	closed     bool // end is the completion: an exit by the Sprint field at it is roll-over
}

// stay is an issue's life as one sprint sees it.
type stay struct {
	issue int64
	beats []seen
}

// seen is a beat with the answer to whether the issue is in the sprint.
type seen struct {
	beat
	in bool
}

// stays returns the lives of all issues that ever stood in the sprint, in ascending order of id.
func (t *Team) stays(s span) []stay {
	ids := slices.Clone(t.members[s.id])
	slices.Sort(ids)
	out := make([]stay, 0, len(ids))
	for _, id := range ids {
		out = append(out, stay{id, t.watch(id, s)})
	}
	return out
}

// watch returns the beats of an issue up to the end of the span.
func (t *Team) watch(id int64, s span) []seen {
	var out []seen
	inSprint, held := false, false
	for _, b := range t.lives[id] {
		if b.at.After(s.end) {
			break
		}
		now := slices.Contains(b.sprints, s.id)
		if s.closed && b.at.Equal(s.end) && b.moved && inSprint && !now && b.counts {
			held = true // closing the sprint takes nothing out of it
		}
		inSprint = now || held
		out = append(out, seen{b, inSprint && b.counts && b.scoped})
	}
	return out
}

// until returns what holds of a stay at a moment, every change at it included.
func (s stay) until(at time.Time) seen {
	var last seen
	for _, b := range s.beats {
		if b.at.After(at) {
			break
		}
		last = b
	}
	return last
}

// last returns what holds of a stay at the end of the span.
func (s stay) last() seen {
	if len(s.beats) == 0 {
		return seen{}
	}
	return s.beats[len(s.beats)-1]
}

// doneSince returns the moment of the last entry into done and what held of the issue then; false
// for an issue that is done since its creation, or never was. Changes of one moment count as one.
func (s stay) doneSince() (seen, bool) {
	var found seen
	ok, was := false, true // what is done from its first moment on has no entry
	first := true
	for i, b := range s.beats {
		if i+1 < len(s.beats) && s.beats[i+1].at.Equal(b.at) {
			continue
		}
		is := b.state == Done
		if is && !was && !first {
			found, ok = b, true
		}
		was, first = is, false
	}
	return found, ok
}
