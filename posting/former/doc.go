// Package former takes over the account that former versions kept of a sink: all series of a team in one text, what was
// taken, what was being posted, and the stray points of tries before. The ledger of today has an entry for each series:
//
//	entries, err := former.Entries(noted)
//
// A series that stands in the account with 3 points is an entry with a claim of it by its digest, and the pieces that
// the claim is about; a stray stretch from one tick to another is a pending deletion of its series. The next posting
// then compares as always, and posts what differs.
package former
