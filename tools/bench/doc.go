// Bench measures Jerem beside its limits: each figure stands in a table beside what the machine could do at best in the
// same run, and the goal. docs/performance.md says what the figures mean and how to repeat them.
//
// A benchmark has a name (first, quiet, pages …) and gives rows of the table. The program that is measured is a process
// of its own, and so is all that it stands on, which is this program again under another command: the Jira that is read
// (room fakejira), the download without anything else ("bare"), and a Warp 10 that takes and discards points ("sink").
//
//	go run ./tools/bench first pages        # two benchmarks, at full size
//	BENCH=small go run ./tools/bench        # all of them in a few minutes
//	go run ./tools/bench --help             # their names
//
// It reads CPU seconds, memory and bytes written from /proc: it runs on Linux alone.
//
// The program is built from this tree, or named by -jerem, so that two of them can be measured one after the other;
// stores stand in the folder that -folder names, on a disk. Each benchmark is told in one line by --help.
package main
