// Package roadmap tells which epics belong to which quarters at a moment, and how much work they hold.
//
// An epic belongs to the quarters that its marks name. What a mark is the team's rule says: a label, the name of a
// version that the epic is to be released in, or the quarter of the day on which it is due. One that belongs to an
// earlier quarter too is carried over: what was done before the later quarter does not count in it.
//
//	r := roadmap.New(x)
//	quarter := r.QuarterAt(moment)
//	total, done := r.Sum(r.Span(quarter), moment)
package roadmap
