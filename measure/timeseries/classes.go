package timeseries

import "jerem/measure"

// The classes of the older bot, kept by name.
const (
	classEpic       = measure.ClassEpic
	classSprint     = measure.ClassSprint
	classImpediment = measure.ClassImpediment
)

// The classes of figures that the older bot did not have.
const (
	classAgileSprint  = measure.ClassAgileSprint
	classAgileQuarter = measure.ClassAgileQuarter
)
