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

// StateAt returns the state at t. A sprint whose start lies after t is in the future, one that
// is completed after t is active.
func (v SprintVersion) StateAt(t time.Time) SprintState {
	switch {
	case v.State == Future || v.Start.After(t):
		return Future
	case v.ClosedBy(t):
		return Closed
	}
	return Active
}

// ClosedBy tells whether the sprint was closed at or before t.
func (v SprintVersion) ClosedBy(t time.Time) bool {
	if v.State != Closed {
		return false
	}
	c := v.Completed()
	return !c.IsZero() && !c.After(t)
}

// Completed returns when the sprint was closed: its completion, or its planned end where a closed
// sprint tells none.
func (v SprintVersion) Completed() time.Time {
	if v.State == Closed && v.Complete.IsZero() {
		return v.End
	}
	return v.Complete
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
