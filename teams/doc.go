// Package teams computes each team once for all who show it: sinks, pages, and /metrics.
//
// The store counts a generation of each team, which rises with everything that the team's figures rest on (see
// store.Generations). A [Cache] loads and computes a team when its generation has risen, and hands out what it has
// while the generation stands. What time alone moves needs no load: [Team.Until] is the moment of the last complete
// reading, and [Team.Lines] computes the series anew when one of the moments has passed at which they change by
// themselves, of which [NextMoment] tells the following one: a local midnight, a sprint's start, the end of its grace,
// its planned end.
//
// An example: a cycle reads nothing new at 14:10. The generation of the team stands, so [Cache.Team] asks the store
// one question and returns the team of 14:00 with Until 14:10; its lines are the same ones, and a sink that has them
// lacks nothing but the points of the grid since.
package teams
