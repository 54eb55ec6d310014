package duty

import (
	"slices"
	"time"

	"jerem/sorting"
)

// Load is what on-call asks of a team, without anybody's name.
type Load struct {
	People                                     int
	Interruptions, OutOfHours, DisturbedNights int64
	RestSeconds                                int64
	LargestShare, Per12h                       float64
}

// fewest are the people below which a load would be one person's.
const fewest = 3

// Load returns the load of a month, up to now where it is not over; false where too few people were on duty.
func (b *Books) Load(team, month string) (out Load, isTold bool) {
	t := b.teamNamed(team)
	first := parseMonth(month)
	start, end := first.atHour(0, t.zone), nextMonth(first).atHour(0, t.zone)
	if b.At.Before(end) {
		end = b.At
	}
	onDuty := map[string]int64{}
	b.board.hoursIn(t, start, end, func(m time.Time, d duty) {
		if d.person != "" {
			onDuty[d.person] += int64(min(hour, end.Sub(m)) / time.Second)
		}
	})
	out.People = len(onDuty)
	if out.People < fewest {
		return out, false
	}
	countInterruptions(b, &out, t, start, end)
	var total, largest int64
	for _, seconds := range onDuty {
		total, largest = total+seconds, max(largest, seconds)
	}
	out.LargestShare, out.Per12h = float64(largest)/float64(total), float64(out.Interruptions*12*3600)/float64(total)
	return out, true
}

func countInterruptions(b *Books, out *Load, t *team, start, end time.Time) {
	type night struct {
		person string
		first  date
	}
	nights := map[night]bool{}
	for _, c := range b.calls {
		if c.team != t || c.verdict == "test" || c.started.Before(start) || !c.started.Before(end) {
			continue
		}
		out.Interruptions++
		if !t.atWork(c.started) {
			out.OutOfHours++
		}
		switch hour, day := c.started.In(t.zone).Hour(), dayOn(c.started, t.zone); {
		case hour >= 22:
			nights[night{c.person, day}] = true
		case hour < 8:
			nights[night{c.person, day.addDays(-1)}] = true
		}
	}
	out.DisturbedNights = int64(len(nights))
	for _, p := range t.people {
		out.RestSeconds += restSecondsOf(b, t, p.Handle, start, end)
	}
}

// rest is the daily rest.
const rest = 11 * time.Hour

// restSecondsOf returns the seconds of rest owed to somebody that fall into their working hours within a span, minute
// by minute.
func restSecondsOf(b *Books, t *team, person string, start, end time.Time) int64 {
	var seconds int64
	for m := start; m.Before(end); m = m.Add(time.Minute) {
		if t.atWork(m) && isOwedRest(b, t, person, m) {
			seconds += 60
		}
	}
	return seconds
}

// isOwedRest tells whether a minute lies in the rest after one of somebody's call-outs.
func isOwedRest(b *Books, t *team, person string, m time.Time) bool {
	return slices.ContainsFunc(restsOf(b, t, person), func(s [2]time.Time) bool {
		return !m.Before(s[0]) && m.Before(s[1])
	})
}

// rests returns the rests that are owed to somebody: after a call-out of which any part is out of hours or within a
// rest, unless the time of that length before it held neither a call-out nor working hours.
func restsOf(b *Books, t *team, person string) [][2]time.Time {
	if known, ok := b.restMemo[person]; ok {
		return known
	}
	var own []*call
	for _, c := range b.calls {
		if c.person == person && c.verdict != "test" {
			own = append(own, c)
		}
	}
	sorting.By(own, func(x, y *call) int { return x.started.Compare(y.started) })
	var out [][2]time.Time
	for _, c := range own {
		end, _ := b.endOf(c)
		if isDisturbing(b, t, c.started, end, out) && !wasFree(b, t, own, c) {
			out = append(out, [2]time.Time{end, end.Add(rest)})
		}
	}
	if b.restMemo == nil {
		b.restMemo = map[string][][2]time.Time{}
	}
	b.restMemo[person] = out
	return out
}

// isDisturbing tells whether any minute of a call-out is out of hours or within a rest; one without length is its
// start.
func isDisturbing(b *Books, t *team, start, end time.Time, rests [][2]time.Time) bool {
	for m := start; m.Before(end) || m.Equal(start); m = m.Add(time.Minute) {
		within := slices.ContainsFunc(rests, func(s [2]time.Time) bool { return !m.Before(s[0]) && m.Before(s[1]) })
		if within || !t.atWork(m) {
			return true
		}
	}
	return false
}

// wasFree tells whether the time before a call-out held neither another one nor working hours.
func wasFree(b *Books, t *team, own []*call, c *call) bool {
	from := c.started.Add(-rest)
	for m := from; m.Before(c.started); m = m.Add(time.Minute) {
		if t.atWork(m) {
			return false
		}
	}
	return !slices.ContainsFunc(own, func(x *call) bool {
		end, _ := b.endOf(x)
		return x != c && x.started.Before(c.started) && end.After(from)
	})
}
