package frame

// ImpedimentDays is how many days the page of a team without sprints looks back on impediments, and how it is called.
const (
	ImpedimentDays = 28
	ImpedimentSpan = "the last four weeks"
)
