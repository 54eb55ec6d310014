// Package summary says how a team stands in sentences, with the few figures that they tell. It computes nothing: what a
// sentence says was asked of measure, measure/outlook and measure/flow as of one moment, and a page that shows the
// figure shows the same.
//
// Its words:
//
//   - A status ([Status], made by [StatusAt]) is one moment of a team: a sentence for each page that it has (sprint,
//     quarter, flow) and the figures behind it, nil where they are not known.
//   - A digest ([Digest], made by [DigestAt]) is the word of a week for those who open no page: the sentence of the
//     quarter, what moved its date in seven days, and what came unexpected.
//   - A verdict ([Verdict]) is what a forecast says of a deadline: its state and odds, the dates at even odds and at
//     85 %, and by what the latter moved in a week.
//   - Limited: where a figure can be trusted little its sentence ends with the first reason, in brackets.
//
// Each sentence can be had alone: [SprintSentence], [QuarterSentence], [FlowSentence] and [NoSprintSentence] take
// values that were computed already, as pages do. The forecast given to one must be as of the moment of the figures
// beside it; nil leaves the verdict out.
//
// A worked example (see ExampleSprintSentence). On day 4 of a sprint K-1, of 5 points and committed, is done, K-2, of 3
// points and committed, is not:
//
//	S1, day 4 of 10: 5 points completed against a commitment of 8 points, 3 points remain in 1 open issue.
//
// The amounts are those of the ledger (measure), the days those of the team's calendar. A sprint past its planned end
// names that end in place of a day, and of a day that is over no odds are told. StatusAt adds the verdict: it asks
// outlook for the sprint and hands the forecast in.
//
// It knows neither pages nor commands: `jerem status` writes a Status, package digest sends a Digest.
package summary
