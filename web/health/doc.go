// Package health answers who watches the server: /healthz, /readyz and /metrics.
//
// The process is alive while it answers at all. It is ready once every team was read and as long as the store and the
// figures are well: 200 then, else 503 with a reason for each team, as text or as JSON for who asks for that. Among
// several instances it says which of them leads what. What keeps figures from being new is a trouble: it is told, and
// changes no status.
//
// /metrics tells the present figures that the catalogue gives a metric, out of the same teams as the pages, as of each
// team's last complete reading, and what is in trouble. Which teams and sprints there are is found at each scrape.
// Names of people's making become values of labels in one line of at most 200 letters; two that become the same by
// that are told apart by a number.
//
// An example: the readings of one team fail since 14:10. /readyz answers 200 and names the trouble, /metrics tells
// jerem_team_behind{team="Kubernetes"} 1 and since when, and its figures go on as of the last reading.
package health
