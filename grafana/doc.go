// Package grafana writes boards for Grafana: the same figures as the pages, out of a database of series.
//
// # Words
//
// A board is a dashboard as Grafana provisions it: panels on a grid of 24 columns, and variables that a visitor picks:
// the data source, the team, the sprint or the quarter. A panel shows figures of the catalogue; its title, its
// description and its unit are the catalogue's, so a board says what a figure means as a page does. A [Store] is where
// the series lie, Prometheus' query language or Warp 10's; only how a figure is asked for hangs on it.
//
// # A figure becomes a query
//
// "Remaining" of a sprint has the class jerem.agile.sprint.remaining in the catalogue. On the board of sprints it is
//
//	max by (team, sprint) (last_over_time(jerem_sprint_remaining{team="$team",sprint="$sprint"}[1h]))
//
// for Prometheus and VictoriaMetrics, where the sink of remote write and /metrics call it so, and
//
//	[ $RTOKEN 'jerem.agile.sprint.remaining' { 'project' '=' $team TOSTRING + … } $end 1 h ] FETCH
//
// for Warp 10. A board has no figure that is not in the catalogue, and computes none: what it shows is what was posted.
package grafana
