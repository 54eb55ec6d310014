// Package feed writes duties as a calendar that other programs subscribe to (RFC 5545). It is pure.
//
// Its words: a duty is a segment of a schedule with its rota; a feed is the duties of one person, or of one rota.
//
// The way through it: PersonalDuties and RotaDuties pick the duties of a span, six months back and twelve ahead
// (Span); Write writes them: UTC instants, lines that end with CRLF and are folded at 75 octets. The identifier (UID)
// of a duty stays the same as long as its rota, turn and start do, so that a calendar moves an entry instead of showing
// it twice.
//
// An example. Ada's duties, as /oncall/calendar/SECRET.ics answers them:
//
//	span := feed.Span(now, time.UTC)
//	duties := feed.PersonalDuties(schedules, "ada", span)
//	feed.Write(w, feed.Calendar{Name: "On call: ada", Stamp: now, Duties: duties, IsPersonal: true})
package feed
