package web

// lookBack is how many days the page of a team without sprints looks back on impediments, and how it is called.
const (
	lookBack     = 28
	lookBackName = "the last four weeks"
)
