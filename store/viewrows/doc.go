// Package viewrows keeps what readers in SQL find: rows of figures as JSON, which views of the database take apart.
// What a row says is known to who makes it (jerem/sqlviews) and to the views; here it is a text with a digest.
//
//   - A [Key] tells the rows of a team apart: a kind, and a key within the kind.
//   - A [Row] is a key with its body, the JSON, and the body's digest, which its maker computes.
//
// An example. The body of one row of a team was computed anew, and another row is no more. Who makes the rows asks for
// the digests that are kept, compares those of what it computed, and puts what differs:
//
//	digests, err := s.ViewRows.Digests(ctx, "K8S")  // by key, without the bodies
//	err = s.ViewRows.Put(ctx, "K8S", changed, gone) // all or nothing; every other row stays as it is
//
// A row of changed takes the place of one with its key. A reader that asks while Put runs finds all rows as they were
// before, or all as they are after it.
//
// The rows follow from the history and can be made again, so no generation rises by them.
package viewrows
