// Package explanation is what an opened figure is: its value, its formula with the numbers put in, what stands behind
// it and its grade. Package explain opens the figures of the catalogue, package onpage those that pages alone show;
// the API, pages and the command line show what both return.
//
// Words. An [Explanation] names its figure of the catalogue. An [Input] is what the figure is made from; its term is
// its name in the figure's expression, and an input without a term is shown beside the others and does not count.
// Listed inputs are those that people see as a list. [TeamWords] writes values as the people of one team read them.
//
// A worked example. A sprint with a commitment of 8, an issue of 3 added and an issue of 3 completed has 8 points
// left:
//
//	w := explanation.WordsOf(team)
//	e := explanation.Begin(catalogue.OfSprint, "ledger.remaining") // "Remaining", with its formula and unit
//	e.Value, e.Shown.Value = explanation.Number(8), w.FormatAmount(8)
//	e.Numbers = w.FormatPart(8) + " + " + w.FormatPart(3) + " − " + w.FormatPart(3) + " = " + w.FormatPart(8)
//	e.Inputs = []explanation.Input{
//		{Term: "commit", Issue: "K8S-9", Value: explanation.Number(8)},
//		{Term: "add", Issue: "K8S-12", Value: explanation.Number(3)},
//		{Term: "complete", Issue: "K8S-12", Value: explanation.Number(-3)},
//	}
//
// What stands beside its sum is written by FormatPart, time exactly ("12 h 5 min"), so that it adds up as it is read;
// the figure itself stays hours with one decimal.
//
// [RunningSums] tells of it "8", "11" and "8". [Changes] compares it with the same figure as of another moment: it
// names what the value was and is, and the issues whose inputs differ.
package explanation
