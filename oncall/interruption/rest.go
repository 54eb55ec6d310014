package interruption

import (
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
)

// Rest is the time off that a call-out owes its person.
type Rest struct {
	Callout int64
	Team    string
	civil.Span
}

// Rests returns the rest that a person's call-outs owe, in their order; those of other persons are left out. A
// call-out owes `daily` from its end if any part of it lies out of hours or within an earlier rest, unless the time
// of that length before its start held neither a call-out nor working hours. Tests count nowhere.
func Rests(p oncall.Person, callouts []Callout, daily time.Duration) []Rest {
	var out []Rest
	var before []Callout
	for _, c := range ByStart(callouts) {
		if c.Person != p.Handle || c.Verdict == Test {
			continue
		}
		if owesRest(p, c, before, out, daily) {
			end := c.Span().End
			out = append(out, Rest{c.ID, c.Team, civil.Span{Start: end, End: end.Add(daily)}})
		}
		before = append(before, c)
	}
	return out
}

func owesRest(p oncall.Person, c Callout, before []Callout, rests []Rest, daily time.Duration) bool {
	at := c.atLeastASecond()
	isDisturbing := civil.SecondsOf(p.WorkingTime(at)) < at.Seconds()
	for _, r := range rests {
		isDisturbing = isDisturbing || r.Meets(at)
	}
	if !isDisturbing {
		return false
	}
	earlier := civil.Span{Start: c.Started.Add(-daily), End: c.Started}
	for _, b := range before {
		if b.atLeastASecond().Meets(earlier) {
			return true
		}
	}
	return len(p.WorkingTime(earlier)) > 0
}

// atLeastASecond returns the time of the call-out; one that ended at once takes the second it began in.
func (c Callout) atLeastASecond() civil.Span {
	return civil.Span{Start: c.Started, End: calendar.LaterOf(c.Span().End, c.Started.Add(time.Second))}
}

// RestFromSprint returns the seconds of rest that fall into the person's working hours within a span, rests that
// overlap once; team "" takes all teams' call-outs.
func RestFromSprint(p oncall.Person, rests []Rest, team string, in civil.Span) int64 {
	var spans []civil.Span
	for _, r := range rests {
		if team == "" || r.Team == team {
			spans = append(spans, r.Clip(in))
		}
	}
	var n int64
	for _, s := range civil.UniteSpans(spans) {
		n += civil.SecondsOf(p.WorkingTime(s))
	}
	return n
}
