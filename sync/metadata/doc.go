// Package metadata reads what a site has little of and changes seldom: its fields, statuses and issue types, and each
// team's project, board and sprints. It is read again when it has become old.
//
// An answer that tells less than is known is doubted. What was known stays, a gap and a doubt are noted, and it goes
// when a later reading tells the same:
//
//	site, err := reader.ReadSite(ctx, ours, jiras)   // fields, statuses, types: of all teams
//	team, err := reader.Team(ctx, site, conf)        // project, board, sprints: asked for once a site
//	team.Notes.Doubts                                // "the board lists no sprint any more: those known are kept"
//
// A sprint that was the team's and that its board lists no more is asked for by its id. It stays while it answers;
// where Jira does not know it, it is gone at the second reading that finds so.
//
// The first reading of a program looks whether this is the Jira of which the store tells. Another address is the same
// Jira where one of twenty known issues has its id and was created in the same millisecond; else the reading is refused
// ([OtherSite]), for its numbers would be taken for those that are known. Beyond four teams, four are asked for at a
// time.
package metadata
