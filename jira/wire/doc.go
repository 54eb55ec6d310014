// Package wire holds the shapes in which a Jira sends issues, histories and fields, and the forms in which it writes
// times. It knows no rule of what is kept or what anything means.
//
// Who made a change or logged time has no place in these shapes: it is not even read.
//
// A shape takes what comes. An [Issue] or a [History] of another shape reads without an error and says what is wrong in
// Wrong, so that one of them does not hide the others of an answer; a [Text] takes a string, a number or null. For
// example, {"id": 7, "created": 1767344400000, "items": []} is a History with the ID "7", and [ParseTime] makes of its
// Created the 2nd of January 2026, as it does of "2026-01-02T10:00:00.000+0100".
//
// A [Reader] reads an answer of the shape that is expected in one pass; what it is not sure of is read again by a
// decoder, so that each answer is read as the standard library reads it. The way of an answer:
//
//	wire.Decode(raw, &answer)
//	    answer.ReadShape(reader) // its own names; then Reader.Issues, Reader.Histories
//	    a decoder                // where that was false, or something stands behind what was read
package wire
