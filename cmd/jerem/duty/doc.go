// Package duty is the commands on call: who is on duty, the schedule, what is wrong with the file, statements, and what
// operators do by hand. They work beside a running `jerem serve`: what is kept stands in a file that several processes
// may use.
//
// The way through it: open puts the section on call to work ([office]); each command has a file. Nothing needs a Jira.
//
//	jerem oncall who                        # k8s: ada until 2026-01-12T08:00:00Z
//	jerem oncall schedule --format ics      # the next twelve weeks as a calendar
//	jerem oncall check                      # exit 1 where the file must be mended
package duty
