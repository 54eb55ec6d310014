// Package repair takes out of a store what does not match its checksum, and says what is to be derived or read again.
//
// Its words: [Damage] is what was taken out. An issue whose derived rows are damaged is derived again from its
// document; one whose document is damaged is asked of Jira again. What no reading brings back, such as former versions
// of a sprint, is noted as a gap of the teams that lose it.
//
// A reading begins so:
//
//	doubtful, err := s.Repair.Doubtful(ctx) // opened anew, a mismatch was met, or another program wrote
//	damage, err := s.Repair.TakeOut(ctx)
//
// derives damage.Documents again, reads the rest, and ends with [Repair.Clear]. Until then histories of which rows are
// missing are refused, never shown with holes.
//
// An example. Another program altered one change of issue 42. TakeOut deletes all that was derived of 42 and returns
// its document: sync/derive derives it again, and Jira is not asked. Had its document been altered, 42 would stand in
// damage.Unread and among those that the next reading asks for again.
package repair
