// Package reporting holds the commands that read the store and write figures: status, digest, explain, export and
// calibrate; and grafana, which writes boards that show them. They run beside a process that writes the store.
//
// Each command is a struct whose fields are its flags, with a method Run. Those that speak of teams go over them by
// eachTeamAt (moments.go): a team that was never read, or of which nothing is known at the moment asked for, is told on
// the standard error and makes the command end with 1, while all other teams are written.
//
//	jerem export --team K8S --from 2026-10-01 --format csv
//	// → moments of the span in the team's time zone → measure/timeseries, part by part → lines on the standard output
//
// What is written on the standard output is for programs or people as --format says, and never mixed with troubles.
//
// A moment after the last complete reading is answered as of that reading, and the standard error says so; one before
// the team's first issue has no answer, and the error names since when something is known.
package reporting
