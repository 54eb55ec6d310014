// Package derive derives issues again from what is kept of them, without Jira: after a correction of the translation,
// and where a row of the store was damaged.
//
// A document is what was read of an issue; its timelines follow from it ([jerem/jira/translate]). What a version
// derived is marked with the version of its translation: [Outdated] finds that it is another one and calls [All]. A row
// that does not match its checksum is taken out by [RepairDamage]; its document, if that is sound, gives it again, else
// Jira is to be asked:
//
//	damage, err := derive.RepairDamage(ctx, kept, log) // rows taken out; what of them no document gives is Unread
//	issues, changed, err := derive.All(ctx, kept)      // 500 in one transaction; how many came out differently
//
// An example. Another program changed the timelines of an issue in the file. RepairDamage finds that the row does not
// match its checksum, takes it out and derives it from the document: the figures are those of before, and
// nothing is left to ask. Had the document been changed, nothing could be derived from it: the issue would be among
// what is Unread, and the next reading asks Jira for it.
package derive
