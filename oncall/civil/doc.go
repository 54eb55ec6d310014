// Package civil turns the times of plans, which clocks on a wall show, into instants, and computes with the spans
// between them.
//
// Its words:
//
//   - An instant is a moment of the world ([time.Time]).
//   - A civil time is a date with seconds since its midnight in a zone: what a rota says, "09:00 on Mondays in
//     Paris". One that the clocks skip stands for the instant at which they skip it; of one that comes twice the
//     first is meant.
//   - A [Period] is a number of days, weeks or months that is added to dates. It has no length in seconds: a day may
//     have 23 hours.
//   - A [Span] holds its start and not its end, so that spans follow each other without a gap and without an overlap.
//
// The way through it: [Instant] makes an instant of a civil time, [ClockOf] goes back. [Period.After] adds periods to
// an anchor, [Period.Count] counts them. A Span clips, meets and measures; [UniteSpans] and [IntersectSpans] work on
// many.
//
// An example. On 29 March 2026 the clocks in Paris skip the hour from 02:00 to 03:00:
//
//	civil.Instant(march29, 2*60*60+30*60, paris) // 03:00 in summer time, the first instant that shows 02:30 or later
//	civil.Span{Start: civil.Midnight(march29, paris), End: civil.Midnight(march30, paris)}.Seconds() // 23 hours
//
// A handover every month that begins on 31 January falls on the last day of shorter months, and comes back to the 31st.
package civil
