// Package metadata keeps what all teams of a site share: fields, issue types, statuses, versions, boards, and the time
// zone of the account that reads.
//
// None of it has a history in Jira: only its present state is told. The names that a field or a status ever had stay
// known, for histories tell of them; what is no longer listed stays too. Whatever changes here concerns the whole past
// of all teams, so a write that changes something raises their generations:
//
//	err := s.Metadata.PutStatuses(ctx, []agile.Status{{ID: "3", Name: "Done", Category: agile.Done}})
//
// keeps the status, its name among those that it had, and raises every team if it was new or called something else
// before; the same list a second time writes nothing.
package metadata
