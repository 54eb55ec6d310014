package timeseries

import "jerem/measure/catalogue"

// The classes of the older bot, kept by name.
const (
	classEpic       = catalogue.ClassEpic
	classSprint     = catalogue.ClassSprint
	classImpediment = catalogue.ClassImpediment
)

// The classes of figures that the older bot did not have.
const (
	classAgileSprint  = catalogue.ClassAgileSprint
	classAgileQuarter = catalogue.ClassAgileQuarter
)
