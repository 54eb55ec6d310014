package oncall_test

import (
	"slices"
	"time"
)

// The independent calculation: on-call by the letter of docs/oncall.md, slot by slot of a quarter of an hour, without
// any code of the rooms it is compared with. All times of a story are quarters of an hour.
const slot = 15 * time.Minute

// naiveDay is a date, as days since 1970.
type naiveDay int

func dayOf(text string) naiveDay {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return naiveDay(t.Unix() / 86400)
}

func (d naiveDay) utc() time.Time        { return time.Unix(int64(d)*86400, 0).UTC() }
func (d naiveDay) String() string        { return d.utc().Format(time.DateOnly) }
func (d naiveDay) weekday() time.Weekday { return d.utc().Weekday() }

func localDay(t time.Time, zone *time.Location) naiveDay {
	return dayOf(t.In(zone).Format(time.DateOnly))
}

type clockKey struct {
	day  naiveDay
	secs int
	zone string
}

var clocks = map[clockKey]time.Time{}

// clockAt looks for the first instant at which a zone's clocks show a time of a date, or a later one.
func clockAt(d naiveDay, secs int, zone *time.Location) time.Time {
	key := clockKey{d, secs, zone.String()}
	if t, ok := clocks[key]; ok {
		return t
	}
	wanted := d.utc().Add(time.Duration(secs) * time.Second).Format("2006-01-02 15:04:05")
	t := d.utc().Add(-16 * time.Hour)
	for t.In(zone).Format("2006-01-02 15:04:05") < wanted {
		t = t.Add(slot)
	}
	clocks[key] = t
	return t
}

type naiveWindow struct {
	days     []time.Weekday
	holidays bool
	from, to int // seconds since midnight
}

type naiveVersion struct {
	from     naiveDay
	handover int
	every    int
	unit     string // d, w, mo
	people   []string
	always   bool
	windows  []naiveWindow
}

type naiveRota struct {
	name, team, region string
	level              int
	zone               *time.Location
	versions           []naiveVersion
	until              naiveDay // 0 for none
}

type naivePerson struct {
	handle, region string
	zone           *time.Location
	from, until    naiveDay // 0 for none
}

// frenchHolidays are those of 2026, from a calendar on the wall.
var frenchHolidays = []string{"2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25",
	"2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25"}

func isHoliday(d naiveDay, region string) bool {
	return region == "FR" && slices.Contains(frenchHolidays, d.String())
}

// turnDay is the date on which turn k begins.
func (v naiveVersion) turnDay(k int) naiveDay {
	switch v.unit {
	case "d":
		return v.from + naiveDay(k*v.every)
	case "w":
		return v.from + naiveDay(7*k*v.every)
	}
	anchor := v.from.utc()
	first := time.Date(anchor.Year(), anchor.Month()+time.Month(k*v.every), 1, 0, 0, 0, 0, time.UTC)
	day := anchor.Day()
	for {
		d := time.Date(first.Year(), first.Month(), day, 0, 0, 0, 0, time.UTC)
		if d.Month() == first.Month() {
			return naiveDay(d.Unix() / 86400)
		}
		day--
	}
}

func (r naiveRota) turnStart(v naiveVersion, k int) time.Time {
	return clockAt(v.turnDay(k), v.handover, r.zone)
}

// versionAt is the number of the version that holds at t, -1 for none.
func (r naiveRota) versionAt(t time.Time) int {
	if r.until != 0 && !t.Before(clockAt(r.until+1, 0, r.zone)) {
		return -1
	}
	out := -1
	for i, v := range r.versions {
		if !t.Before(r.turnStart(v, 0)) {
			out = i
		}
	}
	return out
}

func (r naiveRota) turnAt(v naiveVersion, t time.Time) int {
	k := 0
	for !t.Before(r.turnStart(v, k+1)) {
		k++
	}
	return k
}

// covers tells whether a version covers t, as if it went on for ever.
func (r naiveRota) covers(v naiveVersion, t time.Time) bool {
	if v.always {
		return true
	}
	today := localDay(t, r.zone)
	for d := today - 2; d <= today; d++ {
		for _, w := range v.windows {
			isOn := slices.Contains(w.days, d.weekday()) || w.holidays && isHoliday(d, r.region)
			end := d
			if w.to <= w.from {
				end++
			}
			if isOn && !t.Before(clockAt(d, w.from, r.zone)) && t.Before(clockAt(end, w.to, r.zone)) {
				return true
			}
		}
	}
	return false
}

func (p naivePerson) isThere(t time.Time) bool {
	return (p.from == 0 || !t.Before(clockAt(p.from, 0, p.zone))) &&
		(p.until == 0 || t.Before(clockAt(p.until+1, 0, p.zone)))
}

// worksAt tells whether t lies in the person's working hours, 09:00 to 18:00.
func (p naivePerson) worksAt(t time.Time) bool {
	d := localDay(t, p.zone)
	if d.weekday() == time.Saturday || d.weekday() == time.Sunday || isHoliday(d, p.region) {
		return false
	}
	return !t.Before(clockAt(d, 9*3600, p.zone)) && t.Before(clockAt(d, 18*3600, p.zone))
}

type naiveChange struct {
	id, seq, group int
	kind, rota     string
	start, end     time.Time
	from, to       string
	state          string    // open, accepted, declined, withdrawn, cancelled, expired; rest cancelled is cut
	until          time.Time // of one that is cut: from here on it is no longer in force
	answered       time.Time // when it came into force
}

// inForce is the time in which a change counts; an empty one for never.
func (c naiveChange) inForce() (start, end time.Time) {
	switch c.state {
	case "accepted":
		return c.start, c.end
	case "cut":
		return c.start, c.until
	}
	return c.start, c.start
}

func (c naiveChange) countsAt(t time.Time) bool {
	start, end := c.inForce()
	return !t.Before(start) && t.Before(end)
}

// naiveDuty is who is on duty at a slot.
type naiveDuty struct {
	exists, covered           bool
	version, turn             int
	planned, followed, person string
	changes                   []int
}

type naiveBoard struct {
	rotas   []naiveRota
	people  []naivePerson
	changes []naiveChange
	planned map[string]map[int64]naiveDuty // by rota and instant, before changes
}

func (b *naiveBoard) rota(name string) naiveRota {
	return b.rotas[slices.IndexFunc(b.rotas, func(r naiveRota) bool { return r.name == name })]
}

func (b *naiveBoard) person(handle string) naivePerson {
	return b.people[slices.IndexFunc(b.people, func(p naivePerson) bool { return p.handle == handle })]
}

// dutyAt tells who is on duty: the planned person, then each change in force in order of seq whose from is followed.
func (b *naiveBoard) dutyAt(rota string, t time.Time) naiveDuty {
	d := b.plannedAt(rota, t)
	if !d.exists {
		return d
	}
	var inForce []naiveChange
	for _, c := range b.changes {
		if c.rota == rota && c.countsAt(t) {
			inForce = append(inForce, c)
		}
	}
	slices.SortFunc(inForce, func(x, y naiveChange) int { return x.seq - y.seq })
	for _, c := range inForce {
		if c.from == d.followed {
			d.followed = c.to
			d.changes = append(slices.Clone(d.changes), c.id)
		}
	}
	if d.covered && b.person(d.followed).isThere(t) {
		d.person = d.followed
	}
	return d
}

func (b *naiveBoard) plannedAt(rota string, t time.Time) naiveDuty {
	if b.planned[rota] == nil {
		b.planned[rota] = map[int64]naiveDuty{}
	}
	if d, ok := b.planned[rota][t.Unix()]; ok {
		return d
	}
	r := b.rota(rota)
	d := naiveDuty{version: r.versionAt(t)}
	if d.version >= 0 {
		v := r.versions[d.version]
		d.exists, d.turn, d.covered = true, r.turnAt(v, t), r.covers(v, t)
		d.planned = v.people[d.turn%len(v.people)]
		d.followed = d.planned
	}
	b.planned[rota][t.Unix()] = d
	return d
}

// coveredDuties are the duties of the covered slots of a span.
func (b *naiveBoard) coveredDuties(rota string, start, end time.Time) []naiveDuty {
	var out []naiveDuty
	for t := start; t.Before(end); t = t.Add(slot) {
		if d := b.dutyAt(rota, t); d.exists && d.covered {
			out = append(out, d)
		}
	}
	return out
}

// isFollowedThrough tells whether a handle is the one followed through all covered time.
func (b *naiveBoard) isFollowedThrough(c naiveChange) bool {
	for _, d := range b.coveredDuties(c.rota, c.start, c.end) {
		if d.followed != c.from {
			return false
		}
	}
	return true
}
