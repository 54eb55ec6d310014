// Package digest makes digests of all that forecasts rest on, as of each of some moments: while the digest of a moment
// is the same, what was told as of it is the same too, and need not be simulated again.
//
// Its words:
//
//   - [Digests] holds the sums of one team. The digest of a moment is the sum of the digests of what happened by then
//     (changes of issues, time logged, call-outs), so that an issue is added and taken away alone, in any order.
//   - An index that took in changes tells which issues differ from the one before: the others are not read again.
//
// The way through it, for two moments a week apart, before and after time was logged between them:
//
//	var digests digest.Digests
//	before := digests.At(team, []time.Time{monday, nextMonday})
//	after := digests.At(measure.Update(team, changed, relogged), []time.Time{monday, nextMonday})
//	// after[0] == before[0]: nothing happened by the first Monday; after[1] is another one
//
// The seed is of one [Digests]: those of another one, and of another run of the program, do not compare.
package digest
