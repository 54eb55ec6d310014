// Package duty is the commands on call: who is on duty, the schedule, what is wrong with the file, statements, and what
// operators do by hand. They work beside a running `jerem serve`: what is kept stands in a file that several processes
// may use.
//
// The way through it: openOffice reads the configuration and what is kept, and each command, in a file of its own, asks
// oncall/roster by it. Who only looks makes no file where none is; a configuration without a rota is a wrong use, told
// with the place in docs/oncall.md. At a shell an operator acts, who may do what the pages allow an operator and who
// pays, and whose acts stand in the journal as those of "command line". Nothing needs a Jira.
//
//	jerem oncall who                        # k8s: ada until 2026-01-12T08:00:00Z
//	jerem oncall schedule --format ics      # the next twelve weeks as a calendar
//	jerem oncall check                      # exit 1 where the file must be mended
//
// A date in --from, --to or --at is 00:00 of that day in the zone of the rota.
package duty
