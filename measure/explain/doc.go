// Package explain opens figures: for each one of the catalogue it tells the value, the formula with the numbers put in,
// the issues and events behind it, and its grade, as an explanation (package explanation). Pages, the API and the
// command line show the same ones; package onpage opens the figures that pages alone show.
//
// Words. A figure is an entry of measure.Catalogue: its subject (a sprint, a quarter, an epic, a forecast …) and its
// name, which is its path in the answer that carries it. An input is what the figure is made from; its term is its name
// in the figure's expression. The expression over the inputs gives the value again:
//
//	ledger.remaining   commit + add + remove + reestimate + complete + reopen
//
// where a term stands for the sum of its inputs. The functions of an expression are count, mean, median, least, most,
// rank(share, term), ranges (the mean of the differences of neighbours), ceil, min, max and date (the working day of a
// number, counted from the moment). A test evaluates every expression over a played company and holds it to the value.
//
// A worked example. Of a sprint with a commitment of 8 and an issue of 3 that was added and finished,
//
//	sp, _ := team.Sprint(23, at)
//	for _, e := range explain.Sprint(team, sp) { … }
//
// tells of ledger.remaining the value 8, the numbers "8 + 3 − 0 + 0 − 3 + 0 = 8" and three or more inputs: one
// "commit" for each issue of the commitment, one "add" of 3 and one "complete" of −3.
package explain
