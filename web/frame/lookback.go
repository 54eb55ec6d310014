package frame

// LookBack is how many days the page of a team without sprints looks back on impediments, and how it is called.
const (
	LookBack     = 28
	LookBackName = "the last four weeks"
)
