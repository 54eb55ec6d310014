package measure

import "time"

// ImpedimentsIn measures impediments from a moment to another that is not over, as known at the latter: for a team
// without sprints, whose unexpected work is told by weeks.
func (t *Team) ImpedimentsIn(from, to time.Time) *Impediments {
	return t.impediments(window{from: from, to: to}, to)
}
