// Package sqlviews makes the rows of which the views of the store are made, for readers in SQL: the figures of sprints,
// the entries of their ledgers, epics by quarter, impediments by sprint, and the points of change of all series. They
// are the figures of the API, in its JSON, without what moves by time alone.
//
// A long series is cut into parts of about a hundred points, each of which is a row; jerem_series puts them together.
// So what a change of today writes does not grow with the past (see series.BeginsPart).
//
// A team's rows are compared with those that are kept when its generation rises, and when a moment passes at which
// figures change by time alone. Those that differ are written, so a cycle without news writes nothing. A note beside
// the rows tells what they were made from: after a start they are made again only where that is something else.
//
//	k := &sqlviews.Keeper{Sources: sqlviews.Sources{Rows: s.ViewRows}, Load: cache.Team}
//	err := k.Keep(ctx, team) // after each reading
//
// A worked example: the budget of a sprint was changed, nothing else. The generation of its team rose, all rows are
// made anew, and their digests differ in the rows of that sprint and of the series of its budget: these are written, in
// one transaction with the note. The views then tell what GET /api/v1/teams/{team}/sprints/{id} tells.
package sqlviews
