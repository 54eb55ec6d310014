// Package health answers who watches the server: /healthz, /readyz and /metrics.
//
// The process is alive while it answers at all. It is ready once every team was read and as long as the store and the
// figures are well; what keeps figures from being new is told and changes nothing of that. /metrics tells the present
// figures that the catalogue gives a metric, out of the same teams as the pages, and what is in trouble.
//
// An example: the readings of one team fail since 14:10. /readyz answers 200 and names the trouble, /metrics tells
// jerem_team_behind{team="Kubernetes"} 1 and since when, and its figures go on as of the last reading.
package health
