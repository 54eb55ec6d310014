package measure

import (
	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/roadmap"
	"jerem/measure/internal/workstate"
)

// State is where work stands: one definition for a team, everywhere.
type State = workstate.State

// The states of work.
const (
	ToDo  = workstate.ToDo
	Doing = workstate.Doing
	Done  = workstate.Done
)

// QuarterName names a quarter: Q4-26 is the fourth one of 2026. Where a team's year does not begin in January, the
// year is the one in which its first quarter begins.
type QuarterName = roadmap.QuarterName

// ParseQuarter reads a name as Qn-yy; false where it is none.
func ParseQuarter(text string) (QuarterName, bool) { return roadmap.ParseQuarter(text) }

// QuarterOfDue returns the quarter in which an epic is due, by a team's rule; false without a day, or for one of
// another century.
func QuarterOfDue(rule agile.QuarterRule, due calendar.Date) (QuarterName, bool) {
	return roadmap.QuarterOfDue(rule, due)
}

// UnknownNature is the nature of an impediment that tells none.
const UnknownNature = impediment.UnknownNature
