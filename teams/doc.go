// Package teams computes each team once for all who show it: sinks, pages, and /metrics.
//
// The store counts a generation of each team, which rises with everything that the team's figures rest on (see
// store.Generations). A [Cache] loads and computes a team once. When its generation has risen, the issues that changed
// are read and take the place of what they were (see measure.Update); while it stands, what is there is handed out. Who
// was given a team goes on with it: nothing of it changes.
//
// What time alone moves needs no reading at all: [Team.Until] is the moment of the last complete reading, and
// [Team.Lines] computes the series anew when one of the moments has passed at which they change by themselves, of which
// [NextMoment] tells the following one: a local midnight, a sprint's start, the end of its grace, its planned end. Who
// asks for the team meanwhile does not wait for its series.
//
// An example: a cycle reads nothing new at 14:10. The generation of the team stands, so [Cache.Team] asks the store one
// question and returns the team of 14:00 with Until 14:10; its lines are the same ones, and a sink that has them lacks
// nothing but the points of the grid since. The next cycle finds three issues changed: three are read, their state
// histories and those of their sub-tasks are computed, and all others are shared by the teams of 14:10 and 14:20.
package teams
