// Package roadmap tells which epics belong to which quarters at a moment, and how much work they hold.
//
// An epic belongs to the quarters that its labels name. One that belongs to an earlier quarter too is carried over:
// what was done before the later quarter does not count in it.
//
//	r := roadmap.New(x)
//	quarter := r.QuarterAt(moment)
//	total, done := r.Sum(r.Span(quarter), moment)
package roadmap
