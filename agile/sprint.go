package agile

import "time"

// SprintState is future, active or closed.
type SprintState string

// The states of a sprint.
const (
	Future SprintState = "future"
	Active SprintState = "active"
	Closed SprintState = "closed"
)

// SprintVersion is a sprint as it was seen at one reading. Jira keeps no history of sprints.
type SprintVersion struct {
	Seen     time.Time // when this version was first read, Jira's clock
	Name     string
	Goal     string
	State    SprintState
	Start    time.Time // the actual start; planned while the sprint is in the future; zero if unknown
	End      time.Time // the planned end; zero if unknown
	Complete time.Time // when it was closed; zero while it is not
}

// Started tells whether the sprint of this version ever began.
func (v SprintVersion) Started() bool { return v.State != Future && !v.Start.IsZero() }

// StateAt returns the state at t. One that is completed after t is active, one whose start lies after t is in the
// future, unless Jira said by then that it is active. Of a closed sprint that no moment is told of, Jira's word of the
// last reading holds for the past too.
func (v SprintVersion) StateAt(t time.Time) SprintState {
	toldActive := v.State == Active && !v.Seen.IsZero() && !v.Seen.After(t)
	switch {
	case v.State == Future || v.Start.After(t) && !toldActive:
		return Future
	case v.ClosedBy(t) || v.CompletionUnknown():
		return Closed
	}
	return Active
}

// BegunBy tells whether the sprint is known to have begun at or before t.
func (v SprintVersion) BegunBy(t time.Time) bool { return v.Started() && !v.Start.After(t) }

// CompletionUnknown tells whether the sprint is closed and nothing tells when: neither its completion nor its planned
// end.
func (v SprintVersion) CompletionUnknown() bool { return v.State == Closed && v.Completed().IsZero() }

// CompletionAssumed tells whether the planned end stands for the completion of a closed sprint that tells none.
func (v SprintVersion) CompletionAssumed() bool {
	return v.State == Closed && v.Complete.IsZero() && !v.End.IsZero()
}

// ClosedBy tells whether the sprint is known to have been closed at or before t.
func (v SprintVersion) ClosedBy(t time.Time) bool {
	if v.State != Closed {
		return false
	}
	c := v.Completed()
	return !c.IsZero() && !c.After(t)
}

// Completed returns when the sprint was closed: its completion, or its planned end where a closed sprint tells none,
// but no later than when it was seen closed.
func (v SprintVersion) Completed() time.Time {
	switch {
	case !v.CompletionAssumed():
		return v.Complete
	case !v.Seen.IsZero() && v.Seen.Before(v.End):
		return v.Seen
	}
	return v.End
}

// Sprint is a sprint with all its versions, in ascending order of Seen.
type Sprint struct {
	ID          int64
	OriginBoard int64 // the board it began on, 0 if unknown
	Versions    []SprintVersion
}

// Last returns the present version.
func (s *Sprint) Last() SprintVersion {
	if len(s.Versions) == 0 {
		return SprintVersion{}
	}
	return s.Versions[len(s.Versions)-1]
}

// At returns the sprint as it was known at t: the last version seen by then, the first one before
// any was seen. A start or a completion that lies at or before t counts although it was seen only
// later: it carries its own date.
func (s *Sprint) At(t time.Time) SprintVersion {
	if len(s.Versions) == 0 {
		return SprintVersion{}
	}
	i := 0
	for i+1 < len(s.Versions) && !s.Versions[i+1].Seen.After(t) {
		i++
	}
	for j := i + 1; j < len(s.Versions); j++ {
		now, next := s.Versions[i], s.Versions[j]
		begun := !now.Started() && next.Started() && !next.Start.After(t)
		closed := now.Started() && now.State != Closed && next.ClosedBy(t)
		if begun || closed {
			i = j
		}
	}
	return s.Versions[i]
}
