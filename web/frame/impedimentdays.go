package frame

import (
	"jerem/measure"
	"jerem/measure/explain"
)

// ImpedimentDays is how many days the page of a team without sprints looks back on impediments, and how it is called.
const (
	ImpedimentDays = measure.RecentDays
	ImpedimentSpan = explain.RecentSpan
)
