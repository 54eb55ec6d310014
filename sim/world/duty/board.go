package duty

import (
	"slices"
	"time"

	"jerem/sorting"
)

// change is a change as the board knows it.
type change struct {
	act, seq   int // the act that asked; the order in which it came into force
	kind       string
	rota       *team
	start, end time.Time
	from, to   string
	state      string // open, accepted, declined, withdrawn
}

// duty is who is on duty in an hour.
type duty struct {
	version, turn int // version is -1 before the first one
	covered       bool
	planned       string
	followed      string // whom changes have led to
	person        string // "" outside coverage and in a gap
}

// board is who has asked whom for what, in the order of the acts.
type board struct {
	changes []*change
	seqs    int
	memo    map[*team]map[int64]duty // by hour, before changes
}

func newBoard() *board { return &board{memo: map[*team]map[int64]duty{}} }

// versionAt returns the number of the version that holds, -1 for none.
func (t *team) versionAt(m time.Time) int {
	out := -1
	for i, v := range t.versions {
		if !m.Before(t.turnStart(v, 0)) {
			out = i
		}
	}
	return out
}

// turnStart returns when turn k of a version begins, if the version went on for ever.
func (t *team) turnStart(v version, k int) time.Time {
	return v.from.addDays(k*v.days).atHour(v.handover, t.zone)
}

// turnAt returns the number of the turn of a version.
func (t *team) turnAt(v version, m time.Time) int {
	k := dayOn(m, t.zone).daysSince(v.from) / v.days
	if m.Before(t.turnStart(v, k)) {
		k--
	}
	return k
}

// coversMoment tells whether a version covers a moment, as if it went on for ever.
func (t *team) coversMoment(v version, m time.Time) bool {
	if !v.nights {
		return true
	}
	day, hour := dayOn(m, t.zone), m.In(t.zone).Hour()
	isRest := func(d date) bool { return d.isWeekend() || t.isHoliday(d) }
	switch {
	case hour < 9: // of the window of the day before: a night, or a whole day until 9
		return true
	case hour >= 18:
		return true
	}
	return isRest(day)
}

// isThere tells whether somebody of the team may be on duty at a moment.
func (t *team) isThere(handle string, m time.Time) bool {
	i := slices.IndexFunc(t.people, func(p Person) bool { return p.Handle == handle })
	if i < 0 || t.people[i].until == "" {
		return i >= 0
	}
	until := parseDay(t.people[i].until)
	return until.isZero() || m.Before(until.addDays(1).atHour(0, t.zone))
}

// plannedDuty returns the duty of the hour that a moment lies in, before changes.
func (b *board) plannedDuty(t *team, m time.Time) duty {
	hour := m.Unix() / 3600
	if b.memo[t] == nil {
		b.memo[t] = map[int64]duty{}
	}
	if d, ok := b.memo[t][hour]; ok {
		return d
	}
	d := duty{version: t.versionAt(m)}
	if d.version >= 0 {
		v := t.versions[d.version]
		d.turn, d.covered = t.turnAt(v, m), t.coversMoment(v, m)
		d.planned = v.people[d.turn%len(v.people)]
		d.followed = d.planned
	}
	b.memo[t][hour] = d
	return d
}

// dutyAt returns who is on duty: the planned person, then each change in force by seq whose from is followed.
func (b *board) dutyAt(t *team, m time.Time) duty {
	d := b.plannedDuty(t, m)
	if d.version < 0 {
		return d
	}
	for _, c := range b.changes { // they are in order of seq once accepted
		if c.rota == t && c.state == "accepted" && !m.Before(c.start) && m.Before(c.end) && c.from == d.followed {
			d.followed = c.to
		}
	}
	if d.covered && t.isThere(d.followed, m) {
		d.person = d.followed
	}
	return d
}

// hoursIn yields each hour of a span with its duty, where the rota has one.
func (b *board) hoursIn(t *team, start, end time.Time, yield func(time.Time, duty)) {
	for m := start; m.Before(end); m = m.Add(time.Hour) {
		if d := b.dutyAt(t, m); d.version >= 0 && d.covered {
			yield(m, d)
		}
	}
}

// hasAll tells whether somebody is followed through all covered time of a span, of which there is some.
func (b *board) hasAll(t *team, handle string, start, end time.Time) bool {
	hours, own := 0, 0
	b.hoursIn(t, start, end, func(_ time.Time, d duty) {
		hours++
		if d.followed == handle {
			own++
		}
	})
	return hours > 0 && own == hours
}

// putInForce brings changes into force.
func (b *board) putInForce(list ...*change) {
	for _, c := range list {
		b.seqs++
		c.seq, c.state = b.seqs, "accepted"
	}
	sorting.By(b.changes, func(x, y *change) int { return x.seq - y.seq })
}

// sidesOf returns the changes that an act asked for: one, or both of an exchange.
func (b *board) sidesOf(act int) []*change {
	var out []*change
	for _, c := range b.changes {
		if c.act == act {
			out = append(out, c)
		}
	}
	return out
}
