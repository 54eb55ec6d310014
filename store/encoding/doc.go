// Package encoding is the forms in which values are kept: moments, timelines, documents, what a gap is of, and
// joints of a history that do not fit. It knows no database.
//
// Its words: an [Event] is a step of a timeline with the field that it belongs to. All events of an issue are one text;
// a [Decoder] reads the texts of many issues, and keeps values that are equal once. A document is compressed.
//
// An example, an issue that changed its status:
//
//	text := encoding.WriteEvents(encoding.EncodeTimelines(issue))
//	// [["key",1767258000000000,0,"K-1"],["status",1767258000000000,0,"1"],["status",1767344400000000,3,"2"]]
//	err := encoding.NewDecoder().ReadIssue(&agile.Issue{ID: 1}, text)
//
// Equal timelines make equal texts: the store compares them as such.
package encoding
