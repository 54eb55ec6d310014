// Package encoding is the forms in which values are kept: moments, timelines, documents, what a gap is of, and
// joints of a history that do not fit. It knows no database.
//
// Its words:
//
//   - An [Event] is a step of a timeline with the field that it belongs to: field, moment, order, value. All events
//     of an issue are one text, a list in JSON, in a fixed order of fields: equal timelines make equal texts, and the
//     store compares them as such.
//   - A [Decoder] reads the texts of many issues, and keeps values that are equal once: most of them are a few words. A
//     [Decoding] does so beside who finds the rows.
//   - A document is what a Jira told of an issue, compressed ([Compress], [Decompress]).
//   - Moments are microseconds since 1970 UTC ([Micros], [FromMicros]).
//
// An example, an issue that changed its status:
//
//	text := encoding.WriteEvents(encoding.EncodeTimelines(issue))
//	// [["key",1767258000000000,0,"K-1"],["status",1767258000000000,0,"1"],["status",1767344400000000,3,"2"]]
//	err := encoding.NewDecoder().ReadIssue(&agile.Issue{ID: 1}, text)
package encoding
