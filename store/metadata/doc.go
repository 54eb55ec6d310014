// Package metadata keeps what all teams of a site share: fields, issue types, statuses, versions, boards, and the time
// zone of the account that reads.
//
// None of it has a history in Jira: only its present state is told. The names that a field or a status ever had stay
// known, for histories tell of them; what is no longer listed stays too. Whatever changes here concerns the whole past
// of all teams, so a write that changes something raises their generations:
//
//	err := s.Metadata.PutStatuses(ctx, []agile.Status{{ID: "3", Name: "Done", Category: agile.CategoryDone}})
//
// keeps the status, its name among those that it had, and raises every team if it was new or called something else
// before; the same list a second time writes nothing.
//
// A status that is not listed any more keeps its last category, and a version keeps its last name. Names that only
// histories tell ([Metadata.PutStatusNames], [Metadata.PutVersionNames]) never replace one that a list told. A board
// that changed raises the generations of its own teams alone. Beside all that stands the address of the Jira that told
// it ([Metadata.Address]): where the configuration names another one, sync/metadata decides what that means.
package metadata
