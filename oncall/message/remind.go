package message

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/roster"
)

// remindedAt is when a person is told of a duty that begins on the day after, on their clock.
const remindedAt = 18 * 60 * 60

// beginning is a duty that begins.
type beginning struct {
	rota     string
	previous string // who hands over; "" for nobody
	oncall.Segment
}

// Reminders returns the notices of duties that begin tomorrow and of which their person is to be told by now. A duty
// that has begun is told of no more, so a program that was down tells late or not at all.
func Reminders(v *roster.View) []roster.Notice {
	const reach = 3 * 24 * time.Hour // a duty that begins later is of no tomorrow in any zone
	var out []roster.Notice
	for _, b := range findBeginnings(v, civil.Span{Start: v.Now.Add(time.Second), End: v.Now.Add(reach)}) {
		due := remindAt(v, b)
		if due.After(v.Now) {
			continue
		}
		n := roster.Notice{Person: b.Person, Kind: NoticeTomorrow, Due: due}
		if !slices.Contains(out, n) { // two duties of one day are one message
			out = append(out, n)
		}
	}
	return out
}

// remindAt returns 18:00 of the day before a duty begins, on the person's clock.
func remindAt(v *roster.View, b beginning) time.Time {
	zone := zoneOf(v, b.Person)
	return civil.Instant(calendar.DateOf(b.Start, zone).Add(-1), remindedAt, zone)
}

// findBeginnings returns the duties that begin in a span: where somebody has the duty who did not have it in the
// covered time before, or where a turn begins.
func findBeginnings(v *roster.View, in civil.Span) []beginning {
	var out []beginning
	for _, s := range v.Schedules() {
		var before *oncall.Segment
		const back = 40 * 24 * time.Hour // covered time before is looked for so far
		for _, g := range s.Segments(civil.Span{Start: in.Start.Add(-back), End: in.End}) {
			isOther := before == nil || before.Person != g.Person || before.Turn.Index != g.Turn.Index ||
				before.Turn.Version != g.Turn.Version
			if isOther && !g.IsGap() && in.Holds(g.Start) {
				b := beginning{rota: s.Rota, Segment: g}
				if before != nil {
					b.previous = before.Person
				}
				out = append(out, b)
			}
			before = &g
		}
	}
	return out
}

// remindText words the duties that a reminder is about; "" where there are none any more.
func remindText(v *roster.View, n roster.Notice) (subject, text string) {
	var lines []string
	for _, b := range findBeginnings(v, civil.Span{Start: n.Due, End: n.Due.Add(3 * 24 * time.Hour)}) {
		if b.Person != n.Person || !remindAt(v, b).Equal(n.Due) {
			continue
		}
		line := fmt.Sprintf("%s from %s", b.rota, wordMoment(v, b.Start, n.Person))
		switch b.previous {
		case "", n.Person:
		default:
			line += ", " + b.previous + " hands over"
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return "", ""
	}
	return "You are on call tomorrow: " + lines[0], "You are on call:\n" + strings.Join(lines, "\n") + "\n"
}
