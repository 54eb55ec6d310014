// Package viewrows keeps what readers in SQL find: rows of figures as JSON, which views of the database take apart.
// What a row says is known to who makes it (jerem/sqlviews) and to the views; here it is a text with a digest.
//
//	digests, err := s.ViewRows.Digests(ctx, "K8S")
//	err = s.ViewRows.Put(ctx, "K8S", changed, gone) // the rows that differ alone
//
// The rows follow from the history and can be made again, so no generation rises by them.
package viewrows
