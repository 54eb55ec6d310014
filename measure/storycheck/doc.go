// Package storycheck holds the figures against stories: text files that tell the lives of a few issues and, worked out
// by hand, what must come out. measure/testdata/README.md has their language, and which edge case stands in which.
//
// A section of a story is named by the figure that it wants, and holds what is wanted, with its arithmetic as comments:
//
//	-- sprint 1 at 2026-11-04T10:00 --
//	# K-1 is done: 5 − 5
//	ledger 5 + 0 - 0 + 0 - 5 + 0 = 0
//
// [Run] reads setup and issues of each story of a folder (storytest), makes the team (measure.Of) and compares what the
// figures say with each section; a story that wants nothing fails. The rooms below measure run all stories as tests of
// their own: where one of them is changed, they say what became of the figures.
//
// A section may ask for a sprint as a whole or for parts of it (issues, entries, ideal, reconciliation, quality), for
// sprints, a quarter with its epics, an issue, a series, the mix, the flow, or for the JSON of an answer. What is
// wanted is the text that the figures write, to the last digit.
package storycheck
