// Package recall keeps what was computed of a history, so that it is not computed again while nothing changed that it
// rests on.
//
// Its words: a [Memo] keeps a few values of a whole history, by keys that name what they are; [Tables] keep a value of
// each issue alone, which a history that goes on takes over but for the issues that changed.
//
//	passages := recall.EachValue(tables, history.Issues, passagesKey{}, followIssue)
//	later := tables.Without(map[int64]bool{7: true}) // where issue 7 is followed anew, and no other
package recall
