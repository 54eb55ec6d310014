// Package checksums is the SQL by which what is read of a team is compared with the checksums of its rows.
//
// Each row has a checksum in the table row_sum, which triggers write (see [jerem/store/db.Table]). Where a row does not
// match, the disk or a hand has changed it, and no figure is made of it: the team is refused with
// [jerem/store/db.ErrMismatch], until jerem/store/repair has taken the row out and it was derived or read again.
//
// Tables are compared in two ways. Those that teams share are compared whole as a team is loaded, and of its own ones
// the rows of the team: [CompareShared]. Those with a row or more of each issue are compared row by row with the
// question that reads them: [MatchingSQL] is a term of it.
//
//	matching := checksums.MatchingSQL(tables, map[string]string{"timeline": "t."})
//	query := `SELECT t.events, ` + matching + ` FROM timeline t`
//
// A row of which the term is false, or an issue of which a row is missing, is told by [CompareIssues], with the number
// of rows and their table.
package checksums
