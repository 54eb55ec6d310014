// Package store keeps what was read of a Jira and what follows from it. SQL stops here and in its room
// [jerem/store/db], and Jira's words never arrive: documents are opaque.
//
// Its words: a document is an issue as it was read, compressed. A timeline is what one field of it was when; all
// timelines of an issue are one row. A checkpoint tells up to where the store is current, so that a reading asks only
// for what is new. A gap is something that is lacking or doubted. A generation is a number of each team that is raised
// by whatever changes its figures. The ledger of a sink tells what stands there, series by series. Damage is a row that
// does not match its checksum: it is taken out, and derived or read again.
//
// A [Store] is families of small types over one database: [Issues], [Worklogs], [Sprints], [Teams], [Gaps], and those
// of rooms below: metadata (fields, types, statuses, boards), checkpoint, repair, ledger, and digests. All raise the
// generations of the teams that their rows concern (jerem/store/generation) in the transaction that writes them. An
// exported method is one transaction, and [Store.Together] makes one of several. One process writes a store in a file,
// others may read beside it; in PostgreSQL several instances share out the work: see [sharing.Coordinator.LeadReading].
//
// The way through it, by the example of one changed issue, K-7, of the team K:
//
//	docs := []store.Doc{{Issue: issue, Raw: document, RawVersion: 3, Read: now, Gaps: gaps}}
//	changed, err := s.Issues.Put(ctx, docs)
//
// Put compares its timelines with those that are kept. Where they differ it writes the row of the issue, its timelines,
// the links to its parents, epics and projects ([jerem/store/links]), and raises the generation of each team whose
// history holds it: K's, by its project, and that of a team with its epic. Triggers write the checksum of each row. At
// the end of the reading the team's state follows, with what belongs to it beside its project:
//
//	err = s.Teams.Put(ctx, store.TeamState{Name: "K", ProjectID: "10", Until: now, Others: others})
//
// Who shows K loads it once, and has it refreshed from then on:
//
//	loaded, err := s.Teams.Load(ctx, team)
//	loaded, err = s.Teams.Refresh(ctx, team, loaded)
//
// Refresh asks one statement where nothing changed. Else it reads the issues that changed since the generation that was
// loaded, by an index, those that came to the team by their links, and the time logged on these; all is compared with
// its checksums. It tells which they are (Loaded.Changed), whether anything else differs (Rest: sprints, sets, gaps,
// settings), or that the team had to be read whole (Anew: an issue may have left it). While a reading of K goes on K is
// as the last complete one found it: in Refresh what was given, in Load cut to that moment, and told (Partly). So is a
// team of which a reading ended early.
//
// After a correction of the translation, [Issues.Documents] walks through all documents, and Put keeps what is derived
// of them: Jira is not asked.
package store
